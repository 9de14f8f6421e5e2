-- Put what key_map says in the place of every pseudonym of a board. One row per kind and table: kind, table within fact, rows
-- changed, pseudonyms in them. $1 board
WITH mine AS (SELECT delivery_no FROM fact.delivery WHERE board_no = $1::int)
   , incident AS (
    UPDATE fact.incident_row i
       SET people = (SELECT coalesce(string_agg((SELECT k.new FROM key_map k WHERE k.old = substring(i.people FROM 18 * n + 1 FOR 16))
                                           || substring(i.people FROM 18 * n + 17 FOR 2), ''::bytea ORDER BY n), ''::bytea)
                       FROM generate_series(0, length(i.people) / 18 - 1) AS n)
      FROM mine WHERE i.delivery_no = mine.delivery_no AND length(i.people) > 0
    RETURNING 'incident' AS kind, i.tableoid AS part, length(i.people) / 18 AS people)
   , measure AS (
    UPDATE fact.measure m SET person = encode(k.new, 'hex')::uuid FROM mine, key_map k
     WHERE m.delivery_no = mine.delivery_no AND k.old = uuid_send(m.person)
    RETURNING 'maatregel', m.tableoid, 1)
   , complaint AS (
    UPDATE fact.complaint c SET complainant = (SELECT encode(k.new, 'hex')::uuid FROM key_map k WHERE k.old = uuid_send(c.complainant)),
                                respondent = (SELECT encode(k.new, 'hex')::uuid FROM key_map k WHERE k.old = uuid_send(c.respondent))
      FROM mine WHERE c.delivery_no = mine.delivery_no AND (c.complainant IS NOT NULL OR c.respondent IS NOT NULL)
    RETURNING 'klacht', c.tableoid, num_nonnulls(c.complainant, c.respondent))
   , case_step AS (
    UPDATE fact.case_step s SET person = encode(k.new, 'hex')::uuid FROM mine, key_map k
     WHERE s.delivery_no = mine.delivery_no AND k.old = uuid_send(s.person)
    RETURNING 'meldcode', s.tableoid, 1)
   , accident AS (
    UPDATE fact.accident a SET person = encode(k.new, 'hex')::uuid FROM mine, key_map k
     WHERE a.delivery_no = mine.delivery_no AND k.old = uuid_send(a.person)
    RETURNING 'ongeval', a.tableoid, 1)
   , changed AS (SELECT * FROM incident UNION ALL SELECT * FROM measure UNION ALL SELECT * FROM complaint UNION ALL SELECT * FROM case_step
                 UNION ALL SELECT * FROM accident)
SELECT d.kind, c.relname, count(*), sum(d.people) FROM changed d JOIN pg_class c ON c.oid = d.part GROUP BY d.kind, c.relname ORDER BY d.kind, c.relname
