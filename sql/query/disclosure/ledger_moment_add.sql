-- Something of the board is released now, be it the same as before. $1 board
INSERT INTO release.ledger_moment (board_no) VALUES ($1::int)
