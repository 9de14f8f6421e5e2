-- What was done with the alarms of the school or office of this session, in order. One row a step. Columns: alarm_no, step, done_on, event, event_on, the step that was undone
SELECT alarm_no, step, done_on, event, event_on, undone_step FROM result.bulletin_step ORDER BY alarm_no, step_no
