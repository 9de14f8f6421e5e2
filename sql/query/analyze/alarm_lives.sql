-- Alarms that were seen before, with what people did with them. $1 board
-- Columns: alarm_no, location_no, unit, series, direction, started_on, last_on, shown_on, closed_last (how far it had come when it was last closed)
SELECT alarm_no, location_no, unit, series, direction, started_on, last_on, shown_on, closed_last
  FROM result.alarm_life WHERE board_no = $1::int
 ORDER BY started_on, alarm_no
