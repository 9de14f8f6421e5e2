-- Alarms of the school or office of this session that are no longer there, in order of number. told: of which a bulletin made before a day told, and none since that they are gone.
-- $1 that day. Columns: alarm_no, title, started_on, last_on, gone_on, gone_break (the other way of counting that is why; NULL: better data), state, event, event_on, told
SELECT g.alarm_no, g.title, g.started_on, g.last_on, g.gone_on, g.gone_break, g.state, g.event, g.event_on,
       coalesce((SELECT NOT t.gone FROM result.bulletin_told_before t WHERE t.alarm_no = g.alarm_no AND t.made_on < $1::date ORDER BY t.made_on DESC LIMIT 1), false)
  FROM result.bulletin_gone g WHERE g.gone_on <= $1::date
 ORDER BY g.alarm_no
