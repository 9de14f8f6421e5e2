-- Days from which a school's incidents are counted in another way: it changed its form, or a break was declared for its board.
-- $1 boards. Columns: board_no, location_no (0: every school of the board), on_date
SELECT board_no, location_no, period_begin
  FROM (SELECT board_no, location_no, period_begin, form, lag(form) OVER (PARTITION BY board_no, location_no ORDER BY period_begin) AS form_before
          FROM fact.delivery WHERE board_no = ANY ($1::int[]) AND kind = 'incident' AND replaced_by IS NULL AND location_no IS NOT NULL) d
 WHERE form <> form_before
 UNION
SELECT board_no, 0, on_date FROM result.series_break WHERE board_no = ANY ($1::int[]) AND kind = 'incident'
 ORDER BY 1, 2, 3
