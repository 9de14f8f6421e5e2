-- A file that is loaded already is now said to be the whole of its period. Is there anything that it speaks for, received before it? Then it is loaded again, for what were duplicates of
-- that would be nowhere. $1 sha256, $2 kind, $3 form, $4 board, $5 location or 0, $6 $7 period, $8 received as the manifest says or NULL, $9 instrument or 0, $10 first delivery of this
-- run or 0. One row, or none: the day that it counts as received.
WITH mine AS (
    SELECT delivery_no, greatest(received_on, $8::date) AS received_on FROM fact.delivery
     WHERE sha256 = $1 AND kind = $2 AND form = $3 AND board_no = $4::int AND coalesce(location_no, 0) = $5::int AND period_begin = $6::date AND period_end = $7::date
       AND replaced_by IS NULL AND ($10::int = 0 OR delivery_no < $10::int))
SELECT m.received_on FROM mine m
 WHERE EXISTS (SELECT FROM fact.complete_over($2, $4::int, $5::int, $6::date, $7::date, m.received_on - 1) AS c JOIN fact.delivery d ON d.delivery_no = c
                WHERE c <> m.delivery_no
                  AND ($9::int = 0 OR d.form = $3 OR EXISTS (SELECT FROM fact.answer a WHERE a.delivery_no = c AND a.instrument = $9::int)))
 LIMIT 1
