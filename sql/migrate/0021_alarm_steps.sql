-- What people do with an alarm can be taken back, and both are kept; a bulletin remembers which alarms it told; an alarm that is gone knows when another way of counting is why.
ALTER TABLE result.alarm ADD COLUMN after_on date; -- how far it had come when it was closed, when it was computed: what goes on after that is new
ALTER TABLE result.alarm_life
    ADD COLUMN title     text,   -- 'pestincidenten'
    ADD COLUMN breaks    date[], -- of its series when it was last seen
    ADD COLUMN gone_break date;  -- the break that was not among them in the run that no longer saw it; NULL: better data
UPDATE result.alarm_life l SET title = a.title FROM result.alarm a WHERE a.alarm_no = l.alarm_no;
UPDATE result.alarm_life l SET breaks = s.breaks FROM result.series s
 WHERE (s.board_no, s.location_no, s.unit, s.series) = (l.board_no, l.location_no, l.unit, l.series) AND s.period IN ('month', 'week', 'event') AND l.gone_on IS NULL;
UPDATE result.alarm_life l SET gone_break = l.event_on
  FROM result.alarm_setting s CROSS JOIN LATERAL jsonb_array_elements(s.setting::jsonb -> 'events') e
 WHERE s.board_no = l.board_no AND l.gone_on IS NOT NULL AND l.event_on <= l.last_on AND e ->> 'event' = l.event AND (e ->> 'break')::boolean;

-- One row a step; a step that was taken back stays. No free text.
CREATE TABLE result.alarm_step (
    step_no     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alarm_no    integer NOT NULL,
    location_no integer NOT NULL,
    step        text NOT NULL CHECK (step IN ('seen', 'explained', 'closed', 'went on', 'undone')),
    done_on     date,                          -- as-of date; NULL: before steps were kept
    event       text CHECK (event ~ '^[a-z_]{1,40}$'),
    event_on    date,
    undoes      bigint UNIQUE,                 -- of 'undone': the step that was taken back
    -- the life before the step, to go back to
    state       text NOT NULL,
    seen_on     date,
    was_event   text,
    was_event_on date,
    closed_on   date,
    closed_last date,
    CHECK ((event IS NULL) = (event_on IS NULL)),
    CHECK ((step = 'undone') = (undoes IS NOT NULL))
);
CREATE INDEX ON result.alarm_step (alarm_no);
CREATE INDEX ON result.alarm_step (location_no);

-- What bulletins told, so that "new since the last one" does not depend on who came first on a day.
CREATE TABLE result.bulletin_told (
    location_no integer NOT NULL,
    made_on     date NOT NULL,
    alarm_no    integer NOT NULL,
    last_on     date NOT NULL,                 -- how far the alarm had come
    gone        boolean NOT NULL,              -- told was that it is no longer there
    PRIMARY KEY (location_no, made_on, alarm_no)
);

-- Steps and bulletins of before: as far as they can be known. What one step changed in one life is the state before it.
INSERT INTO result.alarm_step (alarm_no, location_no, step, done_on, state)
SELECT alarm_no, location_no, 'seen', seen_on, 'new' FROM result.alarm_life WHERE seen_on IS NOT NULL ORDER BY alarm_no;
INSERT INTO result.alarm_step (alarm_no, location_no, step, event, event_on, state, seen_on)
SELECT alarm_no, location_no, 'explained', event, event_on, 'seen', seen_on FROM result.alarm_life WHERE event IS NOT NULL ORDER BY alarm_no;
INSERT INTO result.alarm_step (alarm_no, location_no, step, done_on, state, seen_on, was_event, was_event_on)
SELECT alarm_no, location_no, 'closed', closed_on, CASE WHEN event IS NULL THEN 'seen' ELSE 'explained' END, seen_on, event, event_on
  FROM result.alarm_life WHERE closed_on IS NOT NULL ORDER BY alarm_no;
INSERT INTO result.bulletin_told
SELECT l.location_no, b.made_on, l.alarm_no, l.last_on, l.gone_on IS NOT NULL AND l.gone_on <= b.made_on
  FROM result.alarm_life l JOIN result.bulletin_made b USING (location_no) LEFT JOIN result.alarm a USING (alarm_no)
 WHERE l.shown_on <= b.made_on AND a.part_of IS NULL;
DELETE FROM result.board_state; -- everything is computed again
