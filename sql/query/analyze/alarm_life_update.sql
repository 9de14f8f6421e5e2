-- An alarm that was seen before, as it is now; one that goes on after it was closed is new again, and that is a step of its life.
-- $1 alarm, $2 first and $3 last day, $4 as-of date, $5 whether it is shown, $6 title
WITH step AS (
    INSERT INTO result.alarm_step (alarm_no, location_no, step, done_on, state, seen_on, was_event, was_event_on, closed_on, closed_last)
    SELECT alarm_no, location_no, 'went on', $4::date, state, seen_on, event, event_on, closed_on, closed_last
      FROM result.alarm_life WHERE alarm_no = $1::int AND state = 'closed' AND $3::date > closed_last)
UPDATE result.alarm_life l
   SET started_on = $2::date, last_on = $3::date, gone_on = NULL, gone_break = NULL, title = $6,
       breaks = (SELECT s.breaks FROM result.series s WHERE (s.board_no, s.location_no, s.unit, s.series) = (l.board_no, l.location_no, l.unit, l.series) AND s.period <> 'year'
                  ORDER BY s.period LIMIT 1),
       shown_on = CASE WHEN $5::boolean THEN coalesce(shown_on, $4::date) ELSE shown_on END,
       state = CASE WHEN state = 'closed' AND $3::date > closed_last THEN 'new' ELSE state END,
       new_on = CASE WHEN state = 'closed' AND $3::date > closed_last THEN $4::date ELSE new_on END,
       closed_on = CASE WHEN state = 'closed' AND $3::date > closed_last THEN NULL ELSE closed_on END
 WHERE alarm_no = $1::int
