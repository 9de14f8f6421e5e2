-- A later delivery for the same school (or board), kind and period replaces the earlier one: its rows go (bulk_sweep and
-- delivery_clear), its line stays. A questionnaire only replaces one with the same instrument; a register file only one of the same form.
-- Tables of one file (sheets) stand beside each other: $9 are the hashes of all of them, which replace none of their own.
-- Files of one run stand beside each other too (monthly exports, a file per school): of these, only what was received earlier is replaced.
-- A file for the whole board replaces only what an earlier one holds of the schools that it holds itself, $12 (NULL: everything): what is left of the earlier one
-- stands, and its account says how many rows were superseded. Which schools those are, of a file that was corrected for others, is kept: somebody must say whether they
-- have nothing any more (fact.left_out). A file that is said to be the whole of its period comes with NULL.
-- What it holds is counted in its rows, not in its account: forget takes rows out, and the account stays.
-- $10 first delivery of this run, $11 received. $1 new delivery, $2 kind, $3 board or 0, $4 location or 0, $5 $6 period, $7 instrument or 0, $8 form. One row: how many are replaced, how many in part, how many schools are left out.
WITH rival AS (
    SELECT d.delivery_no FROM fact.delivery d
     WHERE d.delivery_no <> $1::int AND d.replaced_by IS NULL AND d.kind = $2
       AND coalesce(d.board_no, 0) = $3::int AND coalesce(d.location_no, 0) = $4::int
       AND d.period_begin = $5::date AND d.period_end = $6::date
       AND (d.board_no IS NOT NULL OR d.form = $8)
       AND d.sha256 <> ALL ($9::text[]) AND (d.delivery_no < $10::int OR d.received_on < $11::date)
       AND ($7::int = 0 OR d.form = $8 OR EXISTS (SELECT FROM fact.answer a WHERE a.delivery_no = d.delivery_no AND a.instrument = $7::int)))
   , school AS (
    SELECT delivery_no, location_no, count(*) AS n
      FROM (        SELECT delivery_no, location_no FROM fact.incident_row WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.answer WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.complaint WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.measure WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.goal WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.accident WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.signal WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.case_step WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.compliance WHERE delivery_no IN (SELECT delivery_no FROM rival) UNION ALL
                    SELECT delivery_no, location_no FROM fact.free_row WHERE delivery_no IN (SELECT delivery_no FROM rival)) x
     WHERE $12::int[] IS NOT NULL GROUP BY delivery_no, location_no)
   , held AS (
    SELECT delivery_no, coalesce(sum(n) FILTER (WHERE location_no = ANY ($12::int[])), 0)::bigint AS n, coalesce(sum(n) FILTER (WHERE location_no <> ALL ($12::int[])), 0)::bigint AS rest
      FROM school GROUP BY delivery_no)
   , left_out AS ( -- of files that this one corrects, or that an earlier one corrected
    INSERT INTO fact.left_out (delivery_no, earlier_no, location_no, rows)
    SELECT $1::int, s.delivery_no, s.location_no, s.n FROM school s JOIN held h USING (delivery_no)
     WHERE s.location_no <> ALL ($12::int[]) AND (h.n > 0 OR EXISTS (SELECT FROM fact.left_out l WHERE l.earlier_no = s.delivery_no))
    RETURNING location_no)
   , old AS (
    UPDATE fact.delivery d SET replaced_by = $1::int FROM rival r LEFT JOIN held h USING (delivery_no)
     WHERE d.delivery_no = r.delivery_no AND ($12::int[] IS NULL OR coalesce(h.rest, 0) = 0) RETURNING d.delivery_no)
   , part AS (
    UPDATE fact.delivery d SET rows_loaded = d.rows_loaded - h.n, rows_superseded = d.rows_superseded + h.n FROM held h JOIN rival r USING (delivery_no)
     WHERE d.delivery_no = h.delivery_no AND h.n > 0 AND h.rest > 0 RETURNING d.delivery_no)
   , incident AS (DELETE FROM fact.incident_row WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , answer AS (DELETE FROM fact.answer WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , complaint AS (DELETE FROM fact.complaint WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , measure AS (DELETE FROM fact.measure WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , goal AS (DELETE FROM fact.goal WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , accident AS (DELETE FROM fact.accident WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , signal AS (DELETE FROM fact.signal WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , case_step AS (DELETE FROM fact.case_step WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , compliance AS (DELETE FROM fact.compliance WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , free_row AS (DELETE FROM fact.free_row WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ($12::int[]))
   , stale AS (
    UPDATE fact.delivery d SET stale = true
     WHERE EXISTS (SELECT FROM part) AND d.kind = $2 AND d.board_no = $3::int AND d.replaced_by IS NULL AND d.delivery_no <> $1::int
       AND d.rows_duplicate > 0 AND d.delivery_no NOT IN (SELECT delivery_no FROM rival))
SELECT (SELECT count(*) FROM old), (SELECT count(*) FROM part), (SELECT count(DISTINCT location_no) FROM left_out)
