-- Alarms of the school or office of this session: the newest first, what is shown before what the budget holds back. Parts of another alarm are
-- told with that one.
-- Columns: alarm_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, certainty, trend, run,
-- base_first, base_last, base_n, points, shown, incomplete, facts, state, new_on, seen_on, event, event_on, closed_on
SELECT alarm_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, certainty, trend, run,
       base_first, base_last, base_n, points, shown, incomplete, facts, state, new_on, seen_on, event, event_on, closed_on
  FROM result.bulletin_alarm
 WHERE part_of IS NULL
 ORDER BY shown DESC, state = 'closed', last_on DESC, certainty DESC, alarm_no
