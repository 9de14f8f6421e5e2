-- Stored alarms of one board, with whether people were ever shown them. $1 board
-- Columns: alarm_no, location_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, certainty, trend,
-- run, base_first, base_last, base_n, points, part_of, shown, incomplete, shown_before, facts, ever shown, after_on
SELECT a.alarm_no, a.location_no, a.unit, a.series, a.title, a.direction, a.from_on, a.last_on, a.peak_on, a.period, a.method, a.observed, a.expected, a.upper, a.pvalue,
       a.certainty, a.trend, a.run, a.base_first, a.base_last, a.base_n, a.points, a.part_of, a.shown, a.incomplete, a.shown_before, a.facts, l.shown_on IS NOT NULL, a.after_on
  FROM result.alarm a LEFT JOIN result.alarm_life l USING (alarm_no)
 WHERE a.board_no = $1::int
 ORDER BY a.alarm_no
