-- An alarm that was seen before, as it is now; one that goes on after it was closed is new again.
-- $1 alarm, $2 first and $3 last day, $4 as-of date, $5 whether it is shown
UPDATE result.alarm_life
   SET started_on = $2::date, last_on = $3::date, gone_on = NULL,
       shown_on = CASE WHEN $5::boolean THEN coalesce(shown_on, $4::date) ELSE shown_on END,
       state = CASE WHEN state = 'closed' AND $3::date > closed_last THEN 'new' ELSE state END,
       new_on = CASE WHEN state = 'closed' AND $3::date > closed_last THEN $4::date ELSE new_on END,
       closed_on = CASE WHEN state = 'closed' AND $3::date > closed_last THEN NULL ELSE closed_on END
 WHERE alarm_no = $1::int
