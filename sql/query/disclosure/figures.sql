-- All cells of a board, with the events of the same cell of the indicator that contains it. Ordered so that the cells of one
-- table follow each other. $1 board. Columns as used in disclose.c tables_load.
SELECT f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category, f.ord, f.events, f.persons, f.schools, f.numerator, f.denominator, f.sd,
       f.extra, f.p_change, p.events
  FROM result.figure f
  LEFT JOIN result.figure p ON p.board_no = f.board_no AND p.schooljaar = f.schooljaar AND p.indicator = f.subset_of AND p.breakdown = f.breakdown
   AND p.location_no = f.location_no AND p.category = f.category
 WHERE f.board_no = $1::int
 ORDER BY f.schooljaar, f.indicator, f.breakdown, f.ord, f.location_no, f.category
