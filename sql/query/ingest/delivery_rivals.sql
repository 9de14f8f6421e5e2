-- Is there another file for the whole board, of this kind and period, in force? Then it matters which schools this one holds. One row: how many.
-- $1 delivery, $2 kind, $3 board, $4 $5 period
SELECT count(*) FROM fact.delivery
 WHERE delivery_no <> $1::int AND replaced_by IS NULL AND kind = $2 AND board_no = $3::int AND location_no IS NULL AND period_begin = $4::date AND period_end = $5::date
