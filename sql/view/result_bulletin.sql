-- What one school may see of itself; the office of a board sees the board's own series. Row-level security on the tables under the views:
-- vb_bulletin gets the rows of the location named by the setting vb.location and none without it; the pipeline's own roles are not limited.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['alarm', 'alarm_point', 'alarm_life', 'alarm_step', 'bulletin_made', 'bulletin_told', 'series', 'figure'] LOOP
        EXECUTE format('ALTER TABLE result.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS pipeline ON result.%I', name);
        EXECUTE format('CREATE POLICY pipeline ON result.%I TO vb_analyze, vb_disclose USING (true) WITH CHECK (true)', name);
        EXECUTE format('DROP POLICY IF EXISTS one_school ON result.%I', name);
        EXECUTE format('CREATE POLICY one_school ON result.%I FOR SELECT TO vb_bulletin USING (location_no = nullif(current_setting(''vb.location'', true), '''')::int)', name);
    END LOOP;
END
$$;

-- The views run with the owner's rights on the tables, so each repeats the condition itself: the policy above
-- still holds when somebody grants a table by mistake.
-- An office hears that its board stands out, on what and since when, but no counts: those leave only through disclosure.
CREATE OR REPLACE VIEW result.bulletin_alarm WITH (security_barrier) AS
SELECT a.alarm_no, a.board_no, a.location_no, a.unit, a.series, a.title, a.direction, a.from_on, a.last_on, a.peak_on, a.period, a.method,
       CASE WHEN a.unit = 'school' THEN a.observed END AS observed, CASE WHEN a.unit = 'school' THEN a.expected END AS expected,
       CASE WHEN a.unit = 'school' THEN a.upper END AS upper, CASE WHEN a.unit = 'school' THEN a.pvalue END AS pvalue,
       a.certainty, a.trend, a.run, a.base_first, a.base_last, a.base_n, a.points, a.part_of, a.shown, a.incomplete,
       CASE WHEN a.unit = 'school' THEN a.facts
            WHEN a.facts -> 'on' IS NULL THEN '{}'::json
            ELSE json_build_object('on', json_build_object('peak', a.facts #> '{on,peak}', 'period', a.facts #> '{on,period}', 'method', a.facts #> '{on,method}', 'run', a.facts #> '{on,run}',
                                                           'certainty', a.facts #> '{on,certainty}')) END AS facts,
       l.state, l.new_on, l.seen_on, l.event, l.event_on, l.closed_on,
       CASE WHEN l.state <> 'closed' THEN l.closed_last END AS after_on -- closed when it had come this far, and it went on
  FROM result.alarm a JOIN result.alarm_life l USING (alarm_no)
 WHERE a.location_no = nullif(current_setting('vb.location', true), '')::int;
-- Alarms that a later run no longer sees: better data, or another way of counting in the meantime (gone_break). Not those that nobody saw: parts of another one, and what the
-- budget held back.
CREATE OR REPLACE VIEW result.bulletin_gone WITH (security_barrier) AS
SELECT alarm_no, location_no, unit, series, started_on, last_on, gone_on, coalesce(title, series) AS title, state, event, event_on, gone_break FROM result.alarm_life
 WHERE gone_on IS NOT NULL AND (shown_on IS NOT NULL OR state <> 'new') AND location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_series WITH (security_barrier) AS
SELECT s.board_no, s.location_no, s.series, s.period, u.day AS month, u.observed, u.exposure, u.complete, u.expected, u.upper, s.breaks, s.likely_on, s.likely_ratio
  FROM result.series s
 CROSS JOIN LATERAL unnest(s.day, s.observed, s.exposure, s.complete, s.expected, s.upper) AS u(day, observed, exposure, complete, expected, upper)
 WHERE s.unit = 'school' AND s.location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_figure WITH (security_barrier) AS
SELECT * FROM result.figure WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_step WITH (security_barrier) AS
SELECT s.step_no, s.alarm_no, s.step, s.done_on, s.event, s.event_on, u.step AS undone_step FROM result.alarm_step s LEFT JOIN result.alarm_step u ON u.step_no = s.undoes
 WHERE s.location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_told_before WITH (security_barrier) AS
SELECT location_no, made_on, alarm_no, last_on, gone FROM result.bulletin_told WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_made_before WITH (security_barrier) AS
SELECT location_no, made_on FROM result.bulletin_made WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_location WITH (security_barrier) AS
SELECT l.location_no, l.code, p.name, p.place, p.board_no, b.name AS board_name
  FROM register.location l
  JOIN register.location_period p ON p.location_no = l.location_no
  JOIN register.board b USING (board_no)
 WHERE l.location_no = nullif(current_setting('vb.location', true), '')::int
 ORDER BY p.valid_from DESC LIMIT 1;
