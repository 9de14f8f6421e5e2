-- Pupils per group on 1 October. One row per location, group and year. $1 boards. Columns: location_no, grp, year, pupils
SELECT c.location_no, c.grp, c.year, c.pupils
  FROM register.pupil_count c
 WHERE c.grp > 0 AND EXISTS (SELECT FROM register.location_period p WHERE p.location_no = c.location_no AND p.board_no = ANY ($1::int[]))
 ORDER BY c.location_no, c.grp, c.year
