-- Rows of a board were changed after their delivery. $1 board, $2 cause, $3 rows, $4 tables within fact as an array
INSERT INTO ops.amendment (board_no, cause, rows_changed, parts) VALUES ($1::int, $2, $3::bigint, $4::text[])
