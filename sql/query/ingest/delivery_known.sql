-- Is this very file loaded already (and not stale: it may hold rows that were duplicates then)? One row, one count. A file that another one
-- replaced is known too, so that a rerun changes nothing, unless it is said to have been received again since: then it comes back.
-- $1 sha256, $2 kind, $3 form, $4 board (0 = none), $5 location (0 = whole board), $6 $7 period and $8 received as manifest or name say, NULL: they do not
SELECT count(*) FROM fact.delivery
 WHERE sha256 = $1 AND kind = $2 AND form = $3 AND coalesce(board_no, 0) = $4::int AND coalesce(location_no, 0) = $5::int AND NOT stale
   AND ($6::date IS NULL OR (period_begin = $6::date AND period_end = $7::date))
   AND (replaced_by IS NULL OR $8::date IS NULL OR received_on >= $8::date)
