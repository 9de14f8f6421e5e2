-- Alarms of the school or office of this session: the newest first, what is shown before what the budget holds back. Parts of another alarm are
-- told with that one. told: the last bulletin made before a day that spoke of it said that it was there, and as far as it went on after it was closed. $1 that day
-- Columns: alarm_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, certainty, trend, run,
-- base_first, base_last, base_n, points, shown, incomplete, facts, state, new_on, seen_on, event, event_on, closed_on, told
SELECT alarm_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, certainty, trend, run,
       base_first, base_last, base_n, points, shown, incomplete, facts, state, new_on, seen_on, event, event_on, closed_on,
       coalesce((SELECT NOT t.gone AND t.last_on > coalesce(a.after_on, '-infinity') FROM result.bulletin_told_before t WHERE t.alarm_no = a.alarm_no AND t.made_on < $1::date
                  ORDER BY t.made_on DESC LIMIT 1), false)
  FROM result.bulletin_alarm a
 WHERE part_of IS NULL
 ORDER BY shown DESC, state = 'closed', last_on DESC, certainty DESC, alarm_no
