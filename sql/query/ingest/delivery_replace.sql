-- A later delivery for the same school (or board), kind and period replaces the earlier one: its rows go, its line stays.
-- A questionnaire only replaces one with the same instrument; a register file only one of the same form.
-- $1 new delivery, $2 kind, $3 board or 0, $4 location or 0, $5 $6 period, $7 instrument or 0, $8 form. Returns rows deleted.
WITH old AS (
    UPDATE fact.delivery d SET replaced_by = $1::int
     WHERE d.delivery_no <> $1::int AND d.replaced_by IS NULL AND d.kind = $2
       AND coalesce(d.board_no, 0) = $3::int AND coalesce(d.location_no, 0) = $4::int
       AND d.period_begin = $5::date AND d.period_end = $6::date
       AND (d.board_no IS NOT NULL OR d.form = $8)
       AND ($7::int = 0 OR d.form = $8 OR EXISTS (SELECT FROM fact.answer a WHERE a.delivery_no = d.delivery_no AND a.instrument = $7::int))
    RETURNING d.delivery_no
), incident AS (DELETE FROM fact.incident WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   answer AS (DELETE FROM fact.answer WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   complaint AS (DELETE FROM fact.complaint WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   measure AS (DELETE FROM fact.measure WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   goal AS (DELETE FROM fact.goal WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   reject AS (DELETE FROM fact.reject WHERE delivery_no IN (SELECT delivery_no FROM old)),
   register_row AS (DELETE FROM fact.register_row WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   board_row AS (DELETE FROM fact.board_row WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   pupil_row AS (DELETE FROM fact.pupil_row WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1),
   free_row AS (DELETE FROM fact.free_row WHERE delivery_no IN (SELECT delivery_no FROM old)),
   holiday_row AS (DELETE FROM fact.holiday_row WHERE delivery_no IN (SELECT delivery_no FROM old) RETURNING 1)
SELECT (SELECT count(*) FROM old) +
       0 * ((SELECT count(*) FROM incident) + (SELECT count(*) FROM answer) + (SELECT count(*) FROM complaint) + (SELECT count(*) FROM measure)
          + (SELECT count(*) FROM goal) + (SELECT count(*) FROM register_row) + (SELECT count(*) FROM board_row)
          + (SELECT count(*) FROM pupil_row) + (SELECT count(*) FROM holiday_row))
