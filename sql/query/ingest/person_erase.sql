-- Take one person out of the facts of a board: out of the people of incidents (which stay), and out of the person columns.
-- One row per kind and table: kind, table within fact, rows changed. $1 board, $2 pseudonyms as an array
WITH who AS (SELECT array_agg(uuid_send(p)) AS ids FROM unnest($2::uuid[]) AS p)
   , mine AS (SELECT delivery_no FROM fact.delivery WHERE board_no = $1::int)
   , incident AS (
    UPDATE fact.incident_row i
       SET people = (SELECT coalesce(string_agg(substring(i.people FROM 18 * n + 1 FOR 18), ''::bytea ORDER BY n), ''::bytea)
                       FROM generate_series(0, length(i.people) / 18 - 1) AS n
                      WHERE substring(i.people FROM 18 * n + 1 FOR 16) <> ALL (who.ids))
      FROM mine, who
     WHERE i.delivery_no = mine.delivery_no
       AND EXISTS (SELECT FROM generate_series(0, length(i.people) / 18 - 1) AS n WHERE substring(i.people FROM 18 * n + 1 FOR 16) = ANY (who.ids))
    RETURNING 'incident' AS kind, i.tableoid AS part)
   , measure AS (
    UPDATE fact.measure m SET person = NULL FROM mine WHERE m.delivery_no = mine.delivery_no AND m.person = ANY ($2::uuid[])
    RETURNING 'maatregel', m.tableoid)
   , complaint AS (
    UPDATE fact.complaint k SET complainant = CASE WHEN k.complainant = ANY ($2::uuid[]) THEN NULL ELSE k.complainant END,
                                respondent = CASE WHEN k.respondent = ANY ($2::uuid[]) THEN NULL ELSE k.respondent END
      FROM mine WHERE k.delivery_no = mine.delivery_no AND (k.complainant = ANY ($2::uuid[]) OR k.respondent = ANY ($2::uuid[]))
    RETURNING 'klacht', k.tableoid)
   , case_step AS (
    UPDATE fact.case_step s SET person = NULL FROM mine WHERE s.delivery_no = mine.delivery_no AND s.person = ANY ($2::uuid[])
    RETURNING 'meldcode', s.tableoid)
   , accident AS (
    UPDATE fact.accident a SET person = NULL FROM mine WHERE a.delivery_no = mine.delivery_no AND a.person = ANY ($2::uuid[])
    RETURNING 'ongeval', a.tableoid)
   , changed AS (SELECT * FROM incident UNION ALL SELECT * FROM measure UNION ALL SELECT * FROM complaint UNION ALL SELECT * FROM case_step
                 UNION ALL SELECT * FROM accident)
SELECT d.kind, c.relname, count(*) FROM changed d JOIN pg_class c ON c.oid = d.part GROUP BY d.kind, c.relname ORDER BY d.kind, c.relname
