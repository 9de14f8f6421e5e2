-- What was known when, of months in which something was known more than once or that are recent. $1 board
-- Columns: location_no, month, month_end, known_on, incidents
SELECT location_no, month, (month + interval '1 month')::date - 1, known_on, incidents
  FROM result.report_known WHERE board_no = $1::int
 ORDER BY location_no, month, known_on
