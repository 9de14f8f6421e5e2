-- Every location and the board it belonged to, when. One row per location and period, in order of code and date.
SELECT l.code, l.location_no, l.office, p.board_no, p.valid_from, CASE WHEN p.valid_to = 'infinity' THEN date '2200-12-31' ELSE p.valid_to END
  FROM register.location l
  JOIN register.location_period p USING (location_no)
 ORDER BY l.code COLLATE "C", p.valid_from
