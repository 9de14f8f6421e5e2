-- Derive the register schema from the register files as delivered. Runs with the owner's rights, so that ingest can
-- bring it up to date without being able to write a line of it (register is read-only to every pipeline role).
CREATE OR REPLACE FUNCTION register.refresh() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    newest integer := (SELECT max(delivery_no) FROM fact.delivery WHERE board_no IS NULL OR kind = 'vrijedag');
BEGIN
    -- Called after every ingest; a run that was killed between loading and deriving is caught up with here.
    IF newest IS NULL OR EXISTS (SELECT FROM register.refreshed WHERE delivery_no = newest) THEN
        RETURN false;
    END IF;
    CREATE TEMP TABLE live ON COMMIT DROP AS
    SELECT r.scope, r.as_of, r.code, min(r.board_no) AS board_no, min(r.name) AS name, min(r.place) AS place,
           min(r.region) AS region
      FROM fact.register_row r
      JOIN fact.delivery d USING (delivery_no)
     WHERE d.replaced_by IS NULL
     GROUP BY r.scope, r.as_of, r.code;

    INSERT INTO register.board (board_no) SELECT DISTINCT board_no FROM live ON CONFLICT DO NOTHING;
    INSERT INTO register.board (board_no, name)
    SELECT DISTINCT ON (r.board_no) r.board_no, r.name FROM fact.board_row r JOIN fact.delivery d USING (delivery_no)
     WHERE d.replaced_by IS NULL ORDER BY r.board_no, r.delivery_no DESC
        ON CONFLICT (board_no) DO UPDATE SET name = excluded.name WHERE board.name IS DISTINCT FROM excluded.name;

    -- In the order of their codes, so that a rerun from nothing numbers the same.
    INSERT INTO register.location (code, office, scope)
    SELECT code, false, scope FROM (SELECT DISTINCT ON (code) code, scope FROM live ORDER BY code, as_of) n
     WHERE NOT EXISTS (SELECT FROM register.location l WHERE l.code = n.code) ORDER BY code;
    INSERT INTO register.location (code, office, scope)
    SELECT 'B' || lpad(board_no::text, 5, '0'), true, 'kantoor' FROM register.board b
     WHERE NOT EXISTS (SELECT FROM register.location l WHERE l.code = 'B' || lpad(b.board_no::text, 5, '0')) ORDER BY board_no;

    -- Periods: vintages of one scope in order of date; a location missing from a later vintage has closed by then,
    -- and what the first vintage says is taken to hold before it.
    DELETE FROM register.location_period;
    INSERT INTO register.location_period (location_no, valid_from, valid_to, board_no, name, place, region)
    WITH vintage AS (
        SELECT scope, as_of, lead(as_of) OVER (PARTITION BY scope ORDER BY as_of) AS next_as_of,
               row_number() OVER (PARTITION BY scope ORDER BY as_of) = 1 AS is_first
          FROM (SELECT DISTINCT scope, as_of FROM live) v
    ), seen AS (
        SELECT r.code, CASE WHEN v.is_first THEN date '1990-01-01' ELSE v.as_of END AS first,
               coalesce(v.next_as_of - 1, 'infinity'::date) AS last, r.board_no, r.name, r.place, r.region
          FROM live r JOIN vintage v USING (scope, as_of)
    ), marked AS (
        SELECT *, CASE WHEN lag(board_no) OVER w = board_no AND lag(last) OVER w = first - 1 THEN 0 ELSE 1 END AS starts
          FROM seen WINDOW w AS (PARTITION BY code ORDER BY first)
    ), grouped AS (
        SELECT *, sum(starts) OVER (PARTITION BY code ORDER BY first) AS span FROM marked
    )
    SELECT l.location_no, min(g.first), max(g.last), g.board_no,
           (array_agg(g.name ORDER BY g.first DESC))[1], (array_agg(g.place ORDER BY g.first DESC))[1],
           -- older vintages carry no holiday region: the latest known one of the location serves
           (array_agg(g.region ORDER BY g.first DESC) FILTER (WHERE g.region IS NOT NULL))[1]
      FROM grouped g JOIN register.location l USING (code)
     GROUP BY l.location_no, g.span, g.board_no;
    UPDATE register.location_period p SET region = q.region
      FROM (SELECT DISTINCT ON (location_no) location_no, region FROM register.location_period
             WHERE region IS NOT NULL ORDER BY location_no, valid_from DESC) q
     WHERE p.location_no = q.location_no AND p.region IS NULL;
    -- The office has the region of most of its schools.
    INSERT INTO register.location_period (location_no, valid_from, valid_to, board_no, name, place, region)
    SELECT l.location_no, date '1990-01-01', 'infinity', b.board_no, coalesce(b.name, 'Bestuur ' || b.board_no), NULL,
           (SELECT mode() WITHIN GROUP (ORDER BY p.region) FROM register.location_period p WHERE p.board_no = b.board_no)
      FROM register.board b JOIN register.location l ON l.code = 'B' || lpad(b.board_no::text, 5, '0');

    DELETE FROM register.pupil_count;
    INSERT INTO register.pupil_count (location_no, year, grp, pupils, masked)
    SELECT DISTINCT ON (l.location_no, year, r.grp) l.location_no, (r.first_year + c.at - 1)::smallint AS year, r.grp,
           c.n, c.n IS NULL
      FROM fact.pupil_row r
      JOIN fact.delivery d USING (delivery_no)
      JOIN register.location l USING (code)
     CROSS JOIN unnest(r.counts) WITH ORDINALITY AS c(n, at)
     WHERE d.replaced_by IS NULL AND c.n IS DISTINCT FROM 0 -- 0 = not open that year
     ORDER BY l.location_no, year, r.grp, r.delivery_no DESC;

    DELETE FROM register.closed_day;
    INSERT INTO register.closed_day (region, first, last, public, name)
    SELECT DISTINCT ON (region, first, name) g.region, r.first, coalesce(r.last, r.first), r.public, r.name
      FROM fact.holiday_row r
      JOIN fact.delivery d USING (delivery_no)
     CROSS JOIN generate_series(0, 3) AS g(region)
     WHERE d.replaced_by IS NULL AND CASE WHEN r.regions = 0 THEN g.region = 0 ELSE g.region > 0 AND r.regions >> (g.region - 1) & 1 = 1 END
     ORDER BY region, first, name, coalesce(r.last, r.first) DESC;

    DELETE FROM register.free_day;
    INSERT INTO register.free_day SELECT DISTINCT ON (r.location_no, r.first) r.location_no, r.first, r.last
      FROM fact.free_row r JOIN fact.delivery d USING (delivery_no) WHERE d.replaced_by IS NULL ORDER BY r.location_no, r.first, r.last DESC;

    DELETE FROM register.finding;
    INSERT INTO register.finding (finding, code, detail)
    -- primary schools of the newest register without a pupil count
    SELECT 'locatie zonder leerlingaantal', n.code, ''
      FROM (SELECT DISTINCT ON (code) * FROM live WHERE scope = 'po' AND as_of = (SELECT max(as_of) FROM live WHERE scope = 'po')) n
     WHERE EXISTS (SELECT FROM fact.pupil_row) AND NOT EXISTS (SELECT FROM fact.pupil_row r WHERE r.code = n.code)
    UNION ALL
    SELECT DISTINCT 'leerlingaantal onder ander bestuur', n.code, r.board_no || ' in plaats van ' || n.board_no
      FROM (SELECT DISTINCT ON (code) * FROM live WHERE scope = 'po' AND as_of = (SELECT max(as_of) FROM live WHERE scope = 'po')) n
      JOIN fact.pupil_row r ON r.code = n.code AND r.board_no <> n.board_no AND r.grp = 0;
    PERFORM ops.statistics('register');
    INSERT INTO register.refreshed (delivery_no) VALUES (newest) ON CONFLICT (only_row) DO UPDATE SET delivery_no = newest;
    RETURN true;
END
$$;
