-- The stored pseudonyms belong to this key from the commit on. $1 board, $2 key id
UPDATE ops.key_rotation SET done = true WHERE board_no = $1::int AND key_id = $2
