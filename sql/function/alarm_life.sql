-- What a school (or an office) may do with its own alarms, and only with those: the location comes from the setting vb.location, the event
-- from the settings that the alarm was made with, so that nothing else can be written. With the owner's rights, since vb_bulletin has none.
CREATE OR REPLACE FUNCTION result.bulletin_mark(no integer, what text, event_code text, event_day date, today date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    life result.alarm_life;
    here integer := nullif(current_setting('vb.location', true), '')::int;
BEGIN
    SELECT * INTO life FROM result.alarm_life WHERE alarm_no = no AND location_no = here FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    END IF;
    IF today < life.new_on THEN
        RETURN 'before new';
    END IF;
    IF what = 'seen' THEN
        IF life.state <> 'new' THEN
            RETURN 'unchanged';
        END IF;
        UPDATE result.alarm_life SET state = 'seen', seen_on = today WHERE alarm_no = no;
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
        UPDATE result.alarm_life SET event = event_code, event_on = event_day, seen_on = coalesce(seen_on, today), state = 'explained' WHERE alarm_no = no;
    ELSIF what = 'closed' THEN
        IF life.state = 'closed' THEN
            RETURN 'unchanged';
        END IF;
        UPDATE result.alarm_life SET state = 'closed', seen_on = coalesce(seen_on, today), closed_on = today, closed_last = last_on WHERE alarm_no = no;
    ELSE
        RETURN 'no such step';
    END IF;
    RETURN 'done';
END
$$;

-- A bulletin of the school of this session was made.
CREATE OR REPLACE FUNCTION result.bulletin_note(day date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO result.bulletin_made SELECT nullif(current_setting('vb.location', true), '')::int, day
     WHERE nullif(current_setting('vb.location', true), '') IS NOT NULL
        ON CONFLICT DO NOTHING;
$$;
