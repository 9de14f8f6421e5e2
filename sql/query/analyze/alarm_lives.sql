-- Alarms that were seen before, with what people did with them. $1 board
-- Columns: alarm_no, location_no, unit, series, direction, started_on, last_on, shown_on
SELECT alarm_no, location_no, unit, series, direction, started_on, last_on, shown_on
  FROM result.alarm_life WHERE board_no = $1::int
 ORDER BY started_on, alarm_no
