-- Days from which a school's incidents are counted in another way: it changed its form, a break was declared for its board, or somebody explained an alarm of
-- the school by one. $1 boards, $2 codes of events that are breaks. Columns: board_no, location_no (0: every school of the board), on_date
SELECT board_no, location_no, period_begin
  FROM (SELECT board_no, location_no, period_begin, form, lag(form) OVER (PARTITION BY board_no, location_no ORDER BY period_begin) AS form_before
          FROM fact.delivery WHERE board_no = ANY ($1::int[]) AND kind = 'incident' AND replaced_by IS NULL AND location_no IS NOT NULL) d
 WHERE form <> form_before
 UNION
SELECT board_no, 0, on_date FROM result.series_break WHERE board_no = ANY ($1::int[]) AND kind = 'incident'
 UNION
SELECT board_no, location_no, event_on FROM result.alarm_life WHERE board_no = ANY ($1::int[]) AND unit = 'school' AND event = ANY (string_to_array($2, ','))
 ORDER BY 1, 2, 3
