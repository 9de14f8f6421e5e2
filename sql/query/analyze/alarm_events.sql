-- Incidents of the alarms of a board, by day. $1 board. Columns: alarm_no, day, incidents
SELECT alarm_no, day, sum(incidents) FROM result.alarm_event WHERE board_no = $1::int GROUP BY alarm_no, day ORDER BY alarm_no, day
