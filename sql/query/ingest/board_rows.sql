-- How many rows the board's deliveries in force of this kind hold. One row. $1 kind, $2 board
SELECT coalesce(sum(rows_loaded), 0) FROM fact.delivery WHERE kind = $1 AND board_no = $2::int AND replaced_by IS NULL
