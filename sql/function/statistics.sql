-- Bring the planner's statistics of one of our schemas up to date. Rooms own no tables and may not ANALYZE them; without statistics
-- after a large load the planner may loop for minutes where a hash join takes milliseconds.
CREATE OR REPLACE FUNCTION ops.statistics(which text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    name text;
BEGIN
    IF which NOT IN ('register', 'fact', 'result', 'release') THEN
        RAISE EXCEPTION 'no such schema' USING ERRCODE = '42501';
    END IF;
    FOR name IN SELECT relname FROM pg_class WHERE relnamespace = which::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition LOOP
        EXECUTE format('ANALYZE %I.%I', which, name);
    END LOOP;
    RETURN true;
END
$$;
