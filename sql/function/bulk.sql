-- Partitions of large deliveries. ingest owns no tables, so these run with the owner's rights and take only names they know.
-- A partition is made, filled with COPY FREEZE in the same transaction (so without WAL where the server allows), then indexed and attached.
CREATE OR REPLACE FUNCTION fact.bulk_name(parent text, delivery integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
BEGIN
    IF parent NOT IN ('incident', 'answer') OR delivery <= 0 THEN
        RAISE EXCEPTION 'no such table' USING ERRCODE = '42501';
    END IF;
    RETURN parent || '_' || delivery;
END
$$;

CREATE OR REPLACE FUNCTION fact.bulk_begin(parent text, delivery integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part text := fact.bulk_name(parent, delivery);
BEGIN
    EXECUTE format('CREATE TABLE fact.%I (LIKE fact.%I INCLUDING DEFAULTS)', part, parent);
    EXECUTE format('ALTER TABLE fact.%I ALTER COLUMN bulk SET DEFAULT %s', part, delivery);
    IF parent = 'incident' THEN -- no samples of pseudonyms in the planner's statistics (migrate/0006_person)
        EXECUTE format('ALTER TABLE fact.%I ALTER COLUMN people SET STATISTICS 0', part);
    END IF;
    EXECUTE format('GRANT INSERT ON fact.%I TO vb_ingest', part);
    RETURN 'fact.' || part;
END
$$;

-- Rows of one delivery lie together, so a block range index is all they need: a thousandth of the size of a tree.
CREATE OR REPLACE FUNCTION fact.bulk_end(parent text, delivery integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part text := fact.bulk_name(parent, delivery);
BEGIN
    EXECUTE format('CREATE INDEX ON fact.%I USING brin (location_no)', part);
    EXECUTE format('ALTER TABLE fact.%I ATTACH PARTITION fact.%I FOR VALUES IN (%s)', parent, part, delivery);
    RETURN true;
END
$$;

-- Drop the partitions of deliveries that are no longer in force: faster than deleting their rows one by one.
CREATE OR REPLACE FUNCTION fact.bulk_sweep() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part record;
    dropped integer := 0;
BEGIN
    FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  JOIN fact.delivery d ON c.relname IN ('incident_' || d.delivery_no, 'answer_' || d.delivery_no)
                 WHERE i.inhparent IN ('fact.incident'::regclass, 'fact.answer'::regclass) AND d.replaced_by IS NOT NULL LOOP
        EXECUTE format('DROP TABLE fact.%I', part.relname);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION fact.bulk_name(text, integer), fact.bulk_begin(text, integer), fact.bulk_end(text, integer), fact.bulk_sweep() FROM PUBLIC;
