-- Is this very file loaded already (and not stale: it may hold rows that were duplicates then)? One row, one count.
-- $1 sha256, $2 kind, $3 form, $4 board (0 = none), $5 location (0 = whole board)
SELECT count(*) FROM fact.delivery
 WHERE sha256 = $1 AND kind = $2 AND form = $3 AND coalesce(board_no, 0) = $4::int AND coalesce(location_no, 0) = $5::int AND NOT stale
