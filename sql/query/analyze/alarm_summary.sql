-- How many alarms each school and office has by state, for whoever sees to it that bulletins are read: no series, no numbers. $1 board or 0.
-- Columns: board_no, code, new, seen, explained, closed, hidden (beyond the budget), latest (last day)
SELECT a.board_no, coalesce(l.code, ''), count(*) FILTER (WHERE a.shown AND e.state = 'new'), count(*) FILTER (WHERE a.shown AND e.state = 'seen'),
       count(*) FILTER (WHERE a.shown AND e.state = 'explained'), count(*) FILTER (WHERE a.shown AND e.state = 'closed'), count(*) FILTER (WHERE NOT a.shown), max(a.last_on)
  FROM result.alarm a JOIN result.alarm_life e USING (alarm_no) LEFT JOIN register.location l ON l.location_no = a.location_no
 WHERE a.part_of IS NULL AND ($1::int = 0 OR a.board_no = $1::int)
 GROUP BY a.board_no, l.code
 ORDER BY a.board_no, l.code
