-- What a school (or an office) may do with its own alarms, and only with those: the location comes from the setting vb.location, the event
-- from the settings that the alarm was made with, so that nothing else can be written. With the owner's rights, since vb_bulletin has none.
-- Every step is kept with the life before it; 'undone' takes the last one back and is a step itself. What the pipeline did ('went on') cannot be taken back, nor what lies before it.
CREATE OR REPLACE FUNCTION result.bulletin_mark(no integer, what text, event_code text, event_day date, today date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    life result.alarm_life;
    back result.alarm_step;
    here integer := nullif(current_setting('vb.location', true), '')::int;
BEGIN
    SELECT * INTO life FROM result.alarm_life WHERE alarm_no = no AND location_no = here FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    END IF;
    IF today < life.new_on THEN
        RETURN 'before new';
    END IF;
    IF what = 'undone' THEN
        SELECT * INTO back FROM result.alarm_step s
         WHERE s.alarm_no = no AND s.step <> 'undone' AND NOT EXISTS (SELECT FROM result.alarm_step u WHERE u.undoes = s.step_no) ORDER BY s.step_no DESC LIMIT 1;
        IF NOT FOUND OR back.step = 'went on' THEN
            RETURN 'nothing to undo';
        END IF;
        IF today < back.done_on THEN
            RETURN 'before step';
        END IF;
    ELSIF what = 'seen' THEN
        IF life.state <> 'new' THEN
            RETURN 'unchanged';
        END IF;
    ELSIF what = 'explained' THEN
        IF life.state = 'closed' THEN
            RETURN 'closed';
        END IF;
        IF NOT EXISTS (SELECT FROM result.alarm_setting s, jsonb_array_elements(s.setting::jsonb -> 'events') e
                        WHERE s.board_no = life.board_no AND e ->> 'event' = event_code) THEN
            RETURN 'no such event';
        END IF;
        IF event_day IS NULL OR event_day > today THEN
            RETURN 'no such day';
        END IF;
        IF event_day < life.started_on - interval '1 year' THEN
            RETURN 'long before';
        END IF;
        IF life.state = 'explained' AND life.event = event_code AND life.event_on = event_day THEN
            RETURN 'unchanged';
        END IF;
    ELSIF what = 'closed' THEN
        IF life.state = 'closed' THEN
            RETURN 'unchanged';
        END IF;
    ELSE
        RETURN 'no such step';
    END IF;
    INSERT INTO result.alarm_step (alarm_no, location_no, step, done_on, event, event_on, undoes, state, seen_on, was_event, was_event_on, closed_on, closed_last)
    VALUES (no, here, what, today, CASE WHEN what = 'explained' THEN event_code END, CASE WHEN what = 'explained' THEN event_day END, back.step_no,
            life.state, life.seen_on, life.event, life.event_on, life.closed_on, life.closed_last);
    IF what = 'undone' THEN
        UPDATE result.alarm_life SET state = back.state, seen_on = back.seen_on, event = back.was_event, event_on = back.was_event_on, closed_on = back.closed_on, closed_last = back.closed_last
         WHERE alarm_no = no;
        RETURN back.step;
    ELSIF what = 'seen' THEN
        UPDATE result.alarm_life SET state = 'seen', seen_on = today WHERE alarm_no = no;
    ELSIF what = 'explained' THEN
        UPDATE result.alarm_life SET event = event_code, event_on = event_day, seen_on = coalesce(seen_on, today), state = 'explained' WHERE alarm_no = no;
    ELSE
        UPDATE result.alarm_life SET state = 'closed', seen_on = coalesce(seen_on, today), closed_on = today, closed_last = last_on WHERE alarm_no = no;
    END IF;
    RETURN 'done';
END
$$;

-- A bulletin of the school of this session was made: which alarms it told, how far each had come, and of which ones it told that they are gone.
DROP FUNCTION IF EXISTS result.bulletin_note(date);
CREATE OR REPLACE FUNCTION result.bulletin_note(day date, told integer[], last_on date[], gone integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO result.bulletin_made SELECT nullif(current_setting('vb.location', true), '')::int, day
     WHERE nullif(current_setting('vb.location', true), '') IS NOT NULL
        ON CONFLICT DO NOTHING;
    INSERT INTO result.bulletin_told
    SELECT l.location_no, day, l.alarm_no, coalesce(t.last_on, l.last_on), t.last_on IS NULL
      FROM (SELECT * FROM unnest(told, last_on) AS a(no, last_on) UNION ALL SELECT no, NULL FROM unnest(gone) AS a(no)) t JOIN result.alarm_life l ON l.alarm_no = t.no
     WHERE l.location_no = nullif(current_setting('vb.location', true), '')::int
        ON CONFLICT (location_no, made_on, alarm_no) DO UPDATE SET last_on = excluded.last_on, gone = excluded.gone;
$$;
