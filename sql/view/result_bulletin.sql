-- What one school may see of itself. Row-level security on the tables under the views: vb_bulletin gets the rows
-- of the location named by the setting vb.location and none without it; the pipeline's own roles are not limited.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['alarm', 'series', 'figure'] LOOP
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
CREATE OR REPLACE VIEW result.bulletin_alarm WITH (security_barrier) AS
SELECT * FROM result.alarm WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_series WITH (security_barrier) AS
SELECT * FROM result.series WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_figure WITH (security_barrier) AS
SELECT * FROM result.figure WHERE location_no = nullif(current_setting('vb.location', true), '')::int;
CREATE OR REPLACE VIEW result.bulletin_location WITH (security_barrier) AS
SELECT l.location_no, l.code, p.name, p.place, p.board_no, b.name AS board_name
  FROM register.location l
  JOIN register.location_period p ON p.location_no = l.location_no
  JOIN register.board b USING (board_no)
 WHERE l.location_no = nullif(current_setting('vb.location', true), '')::int
 ORDER BY p.valid_from DESC LIMIT 1;
