-- A later delivery for the same school (or board), kind and period replaces the earlier one: its rows go (bulk_sweep and
-- delivery_clear), its line stays. A questionnaire only replaces one with the same instrument; a register file only one of the same form.
-- Tables of one file (sheets) stand beside each other: $9 are the hashes of all of them, which replace none of their own.
-- Files of one run stand beside each other too (monthly exports, a file per school): of these, only what was received earlier is replaced.
-- $10 first delivery of this run, $11 received. $1 new delivery, $2 kind, $3 board or 0, $4 location or 0, $5 $6 period, $7 instrument or 0, $8 form. Returns how many are replaced.
WITH old AS (
    UPDATE fact.delivery d SET replaced_by = $1::int
     WHERE d.delivery_no <> $1::int AND d.replaced_by IS NULL AND d.kind = $2
       AND coalesce(d.board_no, 0) = $3::int AND coalesce(d.location_no, 0) = $4::int
       AND d.period_begin = $5::date AND d.period_end = $6::date
       AND (d.board_no IS NOT NULL OR d.form = $8)
       AND d.sha256 <> ALL ($9::text[]) AND (d.delivery_no < $10::int OR d.received_on < $11::date)
       AND ($7::int = 0 OR d.form = $8 OR EXISTS (SELECT FROM fact.answer a WHERE a.delivery_no = d.delivery_no AND a.instrument = $7::int))
    RETURNING d.delivery_no
)
SELECT count(*) FROM old
