-- Tables of large deliveries. ingest owns no tables, so these run with the owner's rights and take only names they know.
-- A delivery may have several parts, each a table filled through a connection of its own: made and filled with COPY FREEZE in one transaction
-- (so without WAL where the server allows), then indexed. Such a table becomes a child of the fact table (INHERIT) in the transaction of the delivery;
-- until then a part that was committed is an orphan, which nobody reads and bulk_orphans removes.
--
-- A child and not a partition, because a partition needs a key: a column in every row, and a check of every row that is loaded, or a reading of all of them.
-- The number of the delivery stands in no row either: added once the rows are there, it is a default of the table that the server keeps beside them.
DROP FUNCTION IF EXISTS fact.bulk_name(text, integer), fact.bulk_begin(text, integer), fact.bulk_end(text, integer), fact.bulk_value(integer, integer);

CREATE OR REPLACE FUNCTION fact.bulk_name(parent text, delivery integer, part integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
BEGIN
    IF parent NOT IN ('incident_row', 'answer') OR delivery <= 0 OR part NOT BETWEEN 0 AND 15 THEN
        RAISE EXCEPTION 'no such table' USING ERRCODE = '42501';
    END IF;
    RETURN split_part(parent, '_', 1) || '_' || delivery || '_' || part;
END
$$;

CREATE OR REPLACE FUNCTION fact.bulk_begin(parent text, delivery integer, part integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    name text := fact.bulk_name(parent, delivery, part);
    columns text;
BEGIN
    -- Not LIKE: that would lock the fact table against the delivery's own transaction. Columns of one length lie together: between them no bytes are lost.
    SELECT string_agg(format('%I %s%s', attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END), ', ' ORDER BY attlen < 0, attlen, attnum)
      INTO columns FROM pg_attribute WHERE attrelid = ('fact.' || parent)::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'delivery_no';
    EXECUTE format('CREATE TABLE fact.%I (%s)', name, columns);
    IF parent = 'incident_row' THEN -- no samples of pseudonyms in the planner's statistics (migrate/0006_person)
        EXECUTE format('ALTER TABLE fact.%I ALTER COLUMN people SET STATISTICS 0', name);
    END IF;
    EXECUTE format('GRANT INSERT ON fact.%I TO vb_ingest', name);
    PERFORM set_config('backend_flush_after', '1MB', true); -- to disk while rows still come: the commit waits for what is left (measured 65 ms, then 20)
    RETURN 'fact.' || name;
END
$$;

-- Once it is filled. Rows of one delivery lie together, so a block range index is all they need: a thousandth of the size of a tree.
CREATE OR REPLACE FUNCTION fact.bulk_index(parent text, delivery integer, part integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    name text := fact.bulk_name(parent, delivery, part);
BEGIN
    EXECUTE format('CREATE INDEX ON fact.%I USING brin (location_no)', name);
    EXECUTE format('ALTER TABLE fact.%I ADD COLUMN delivery_no integer NOT NULL DEFAULT %s', name, delivery);
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION fact.bulk_attach(parent text, delivery integer, part integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    EXECUTE format('ALTER TABLE fact.%I INHERIT fact.%I', fact.bulk_name(parent, delivery, part), parent);
    RETURN true;
END
$$;

-- Drop the tables of deliveries that are no longer in force: faster than deleting their rows one by one.
CREATE OR REPLACE FUNCTION fact.bulk_sweep() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    part record;
    dropped integer := 0;
BEGIN
    FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  JOIN fact.delivery d ON split_part(c.relname, '_', 2) = d.delivery_no::text
                 WHERE i.inhparent IN ('fact.incident_row'::regclass, 'fact.answer'::regclass) AND d.replaced_by IS NOT NULL LOOP
        EXECUTE format('DROP TABLE fact.%I', part.relname);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;

-- Parts of a delivery that never came to be: its run ended between the commit of a part and its own. Only for who holds the lock of ingest.
CREATE OR REPLACE FUNCTION fact.bulk_orphans() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    orphan record;
    dropped integer := 0;
BEGIN
    FOR orphan IN SELECT relname FROM pg_class c
                   WHERE relnamespace = 'fact'::regnamespace AND relkind = 'r' AND relname ~ '^(incident|answer)_[0-9]+_[0-9]+$'
                     AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) LOOP
        EXECUTE format('DROP TABLE fact.%I', orphan.relname);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION fact.bulk_name(text, integer, integer), fact.bulk_begin(text, integer, integer), fact.bulk_index(text, integer, integer),
    fact.bulk_attach(text, integer, integer), fact.bulk_sweep(), fact.bulk_orphans() FROM PUBLIC;
