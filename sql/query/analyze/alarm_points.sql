-- Stored points of one board. $1 board
-- Columns: location_no, unit, series, period, method, used, day, observed, expected, upper, pvalue, phi, score, basis, alarm_no, from_on, last_on, peak_on
SELECT p.location_no, p.unit, p.series, p.period, p.method, p.used, p.day, p.observed, p.expected, p.upper, p.pvalue, p.phi, p.score, p.basis, p.alarm_no,
       a.from_on, a.last_on, a.peak_on
  FROM result.alarm_point p LEFT JOIN result.alarm a USING (alarm_no)
 WHERE p.board_no = $1::int
 ORDER BY p.location_no, p.unit, p.series, p.period, p.method, p.day
