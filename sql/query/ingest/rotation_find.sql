-- Has the database followed this rotation of a board's key? At most one row: done. $1 board, $2 key id
SELECT done FROM ops.key_rotation WHERE board_no = $1::int AND key_id = $2
