-- This file is about to be loaded again: what is there of it is no longer the one of its kind. $1 sha256, $2 kind, $3 form, $4 board, $5 location or 0
UPDATE fact.delivery SET stale = true
 WHERE sha256 = $1 AND kind = $2 AND form = $3 AND board_no = $4::int AND coalesce(location_no, 0) = $5::int AND replaced_by IS NULL
