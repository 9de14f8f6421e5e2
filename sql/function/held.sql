-- Rows of a delivery whose natural key was perhaps there before (ingest/held.h): what becomes of each, decided with the exact keys.
--
-- One key, in the order of time: the row that stands (of an earlier delivery of the board, or of this one), then the rows held back as they
-- stood in the file. A row that says the same as the one before it is a duplicate. A row that says something else supersedes the one before
-- it: the later one stands, the earlier one is taken out and counted as superseded in the account of its own delivery. Later is who was received
-- later, on the same day who was loaded later: a row held back that meets another one of a delivery received after its own is superseded itself.
CREATE OR REPLACE FUNCTION fact.held_begin(parent text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF parent NOT IN ('incident_row', 'accident', 'complaint', 'measure', 'case_step') THEN
        RAISE EXCEPTION 'no such table' USING ERRCODE = '42501';
    END IF;
    EXECUTE format('CREATE TEMP TABLE held_rows (LIKE fact.%I INCLUDING DEFAULTS, ord bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP', parent);
    GRANT INSERT ON pg_temp.held_rows TO vb_ingest;
    RETURN true;
END
$$;

-- enable_nestloop: nothing is known here of the rows that were just loaded, nor of a board's first delivery, and the planner then takes thousands of rows for one. A loop over
-- those compares every row held back with every row there is; a hash never does, and no index that a loop could use is missed: keys have none.
CREATE OR REPLACE FUNCTION fact.held_settle(parent text, delivery integer, OUT loaded bigint, OUT superseded bigint, OUT duplicate bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET enable_nestloop = off AS $$
DECLARE
    every text; -- columns of the table
    said text;  -- those that say something: not whose row it is
BEGIN
    IF parent NOT IN ('incident_row', 'accident', 'complaint', 'measure', 'case_step') THEN
        RAISE EXCEPTION 'no such table' USING ERRCODE = '42501';
    END IF;
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum), string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attname <> 'delivery_no')
      INTO every, said FROM pg_attribute WHERE attrelid = ('fact.' || parent)::regclass AND attnum > 0 AND NOT attisdropped;
    ANALYZE pg_temp.held_rows (key);
    EXECUTE format($q$
        WITH mine AS (SELECT board_no, received_on FROM fact.delivery WHERE delivery_no = $1)
           , standing AS ( -- the row that stands for a key: there is one, but for keys that two deliveries of one day brought before this was so
            SELECT DISTINCT ON (t.key) t.key, t.delivery_no, t.tableoid AS part, t.ctid AS place, d.received_on > m.received_on AS younger, ROW(%2$s) AS said
              FROM fact.%1$I t JOIN fact.delivery d USING (delivery_no) JOIN mine m ON m.board_no = d.board_no
             WHERE d.replaced_by IS NULL AND t.key IN (SELECT key FROM pg_temp.held_rows)
             ORDER BY t.key, d.received_on DESC, t.delivery_no DESC)
           , line AS (
            SELECT s.key, 0::bigint AS ord, s.said, s.younger FROM standing s
            UNION ALL
            SELECT h.key, h.ord, ROW(%3$s), coalesce(s.younger, false) FROM pg_temp.held_rows h LEFT JOIN standing s USING (key))
           , told AS (
            SELECT key, ord, younger,
                   CASE WHEN younger THEN ord > 0 AND said IS NOT DISTINCT FROM first_value(said) OVER w
                        ELSE row_number() OVER w > 1 AND said IS NOT DISTINCT FROM lag(said) OVER w END AS again
              FROM line WINDOW w AS (PARTITION BY key ORDER BY ord))
           , wins AS ( -- of the rows that say something new, the last one stands; nothing new stands beside a younger one
            SELECT key, CASE WHEN bool_or(younger) THEN 0 ELSE max(ord) END AS ord FROM told WHERE NOT again GROUP BY key)
           , lost AS (SELECT s.* FROM standing s JOIN wins w USING (key) WHERE w.ord > 0)
           , removed AS (DELETE FROM fact.%1$I t USING lost l WHERE t.tableoid = l.part AND t.ctid = l.place RETURNING l.delivery_no)
           , counted AS (
            UPDATE fact.delivery d SET rows_loaded = d.rows_loaded - r.n, rows_superseded = d.rows_superseded + r.n
              FROM (SELECT delivery_no, count(*) AS n FROM removed WHERE delivery_no <> $1 GROUP BY delivery_no) r
             WHERE d.delivery_no = r.delivery_no RETURNING 1)
           , noted AS ( -- whose rows went for whose
            INSERT INTO fact.superseded (delivery_no, by_delivery_no, rows)
            SELECT delivery_no, $1, count(*) FROM removed WHERE delivery_no <> $1 GROUP BY delivery_no
            UNION ALL
            SELECT $1, s.delivery_no, count(*) FROM standing s JOIN told t USING (key) WHERE s.younger AND t.ord > 0 AND NOT t.again GROUP BY s.delivery_no
            RETURNING 1)
           , taken AS (
            INSERT INTO fact.%1$I (%4$s) SELECT %5$s FROM pg_temp.held_rows h JOIN wins w ON w.key = h.key AND w.ord = h.ord RETURNING 1)
           , own AS (SELECT count(*) AS n FROM removed WHERE delivery_no = $1)
        SELECT (SELECT count(*) FROM taken) - own.n, own.n + (SELECT count(*) FROM told t JOIN wins w USING (key) WHERE t.ord > 0 AND NOT t.again AND t.ord <> w.ord),
               (SELECT count(*) FROM told WHERE ord > 0 AND again)
          FROM own$q$,
        parent, 't.' || replace(said, ', ', ', t.'), 'h.' || replace(said, ', ', ', h.'), every, 'h.' || replace(every, ', ', ', h.'))
      INTO loaded, superseded, duplicate USING delivery;
END
$$;
REVOKE ALL ON FUNCTION fact.held_begin(text), fact.held_settle(text, integer) FROM PUBLIC;
