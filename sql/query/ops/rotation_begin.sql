-- A board's key is about to be rotated. $1 board, $2 key id, $3 linkage kept
INSERT INTO ops.key_rotation (board_no, key_id, kept) VALUES ($1::int, $2, $3::bool)
