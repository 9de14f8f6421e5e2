-- The tables of large deliveries become children of the fact table instead of partitions of it, and the fact table holds the other rows itself (sql/function/bulk says why).
-- The views that go with the old tables are made again after every migration.
DO $$
DECLARE
    parent text;
    part text;
    parts text[];
BEGIN
    FOREACH parent IN ARRAY ARRAY['incident_row', 'answer'] LOOP
        SELECT array_agg(relname) INTO parts FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = ('fact.' || parent)::regclass;
        FOREACH part IN ARRAY parts LOOP
            EXECUTE format('ALTER TABLE fact.%I DETACH PARTITION fact.%I', parent, part);
            EXECUTE format('ALTER TABLE fact.%I DROP COLUMN bulk', part);
        END LOOP;
        EXECUTE format('DROP TABLE fact.%I CASCADE', parent);
        EXECUTE format('ALTER TABLE fact.%I RENAME TO %I', split_part(parent, '_', 1) || '_0', parent);
        FOREACH part IN ARRAY parts LOOP
            IF part <> split_part(parent, '_', 1) || '_0' THEN
                EXECUTE format('ALTER TABLE fact.%I INHERIT fact.%I', part, parent);
            END IF;
        END LOOP;
    END LOOP;
END
$$;
