-- A later delivery for the same school (or board), kind and period replaces the earlier one: its rows go (bulk_sweep and
-- delivery_clear), its line stays. A questionnaire only replaces one with the same instrument; a register file only one of the same form.
-- Tables of one file (sheets) stand beside each other: $9 are the hashes of all of them, which replace none of their own (but itself, when it is read again).
-- Files of one run stand beside each other too (monthly exports, a file per school): of these, only what was received earlier is replaced.
-- A file for the whole board replaces only what an earlier one holds of the schools that it holds itself, $12 (NULL: everything): what is left of the earlier one
-- stands, and its account says how many rows were superseded. Which schools those are, of a file that was corrected for others, is kept: somebody must say whether they
-- have nothing any more (fact.left_out). A file that is said to be the whole of its period comes with NULL.
-- One that is said to be the whole of its period, $13, replaces whatever it speaks for (fact.complete_over): files as a whole, but of one for the whole board only what it holds of the
-- school whose file this is.
-- What it holds is counted in its rows, not in its account: forget takes rows out, and the account stays.
-- $10 first delivery of this run, $11 received, $13 complete. $1 new delivery, $2 kind, $3 board or 0, $4 location or 0, $5 $6 period, $7 instrument or 0, $8 form. One row: how many are replaced, how many in part, how many schools are left out.
WITH rival AS (
    SELECT d.delivery_no, $12::int[] IS NULL AND ($4::int = 0 OR d.location_no IS NOT NULL) AS whole FROM fact.delivery d
     WHERE d.delivery_no <> $1::int AND d.replaced_by IS NULL AND d.kind = $2 AND coalesce(d.board_no, 0) = $3::int
       AND (coalesce(d.location_no, 0) = $4::int AND d.period_begin = $5::date AND d.period_end = $6::date
            OR $13::boolean AND d.delivery_no IN (SELECT fact.complete_over($2, $3::int, $4::int, $5::date, $6::date, $11::date)))
       AND (d.board_no IS NOT NULL OR d.form = $8)
       AND (d.sha256 <> ALL ($9::text[]) OR d.sha256 = (SELECT sha256 FROM fact.delivery WHERE delivery_no = $1::int)) AND (d.delivery_no < $10::int OR d.received_on < $11::date)
       AND ($7::int = 0 OR d.form = $8 OR EXISTS (SELECT FROM fact.answer a WHERE a.delivery_no = d.delivery_no AND a.instrument = $7::int)))
   , mine AS (SELECT coalesce($12::int[], ARRAY[$4::int]) AS schools) -- of which it takes the place in a file that goes in part
   , school AS (
    SELECT delivery_no, location_no, count(*) AS n
      FROM fact.delivered WHERE delivery_no IN (SELECT delivery_no FROM rival WHERE NOT whole) AND EXISTS (SELECT FROM rival WHERE NOT whole) GROUP BY delivery_no, location_no)
   , held AS (
    SELECT delivery_no, coalesce(sum(n) FILTER (WHERE location_no = ANY (schools)), 0)::bigint AS n, coalesce(sum(n) FILTER (WHERE location_no <> ALL (schools)), 0)::bigint AS rest
      FROM school, mine GROUP BY delivery_no)
   , left_out AS ( -- of files that this one corrects, or that an earlier one corrected
    INSERT INTO fact.left_out (delivery_no, earlier_no, location_no, rows)
    SELECT $1::int, s.delivery_no, s.location_no, s.n FROM school s JOIN held h USING (delivery_no)
     WHERE s.location_no <> ALL ($12::int[]) AND (h.n > 0 OR EXISTS (SELECT FROM fact.left_out l WHERE l.earlier_no = s.delivery_no))
    RETURNING location_no)
   , old AS (
    UPDATE fact.delivery d SET replaced_by = $1::int FROM rival r LEFT JOIN held h USING (delivery_no)
     WHERE d.delivery_no = r.delivery_no AND (r.whole OR coalesce(h.rest, 0) = 0 AND ($4::int = 0 OR h.n > 0)) RETURNING d.delivery_no)
   , part AS (
    UPDATE fact.delivery d SET rows_loaded = d.rows_loaded - h.n, rows_superseded = d.rows_superseded + h.n FROM held h JOIN rival r USING (delivery_no)
     WHERE d.delivery_no = h.delivery_no AND h.n > 0 AND h.rest > 0 RETURNING d.delivery_no)
   , incident AS (DELETE FROM fact.incident_row WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , answer AS (DELETE FROM fact.answer WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , complaint AS (DELETE FROM fact.complaint WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , measure AS (DELETE FROM fact.measure WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , goal AS (DELETE FROM fact.goal WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , accident AS (DELETE FROM fact.accident WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , signal AS (DELETE FROM fact.signal WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , case_step AS (DELETE FROM fact.case_step WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , compliance AS (DELETE FROM fact.compliance WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , free_row AS (DELETE FROM fact.free_row WHERE delivery_no IN (SELECT delivery_no FROM part) AND location_no = ANY ((SELECT schools FROM mine)::int[]))
   , stale AS (
    UPDATE fact.delivery d SET stale = true
     WHERE EXISTS (SELECT FROM part) AND d.kind = $2 AND d.board_no = $3::int AND d.replaced_by IS NULL AND d.delivery_no <> $1::int
       AND d.rows_duplicate > 0 AND d.delivery_no NOT IN (SELECT delivery_no FROM rival))
SELECT (SELECT count(*) FROM old), (SELECT count(*) FROM part), (SELECT count(DISTINCT location_no) FROM left_out)
