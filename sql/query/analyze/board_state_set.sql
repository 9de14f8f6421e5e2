-- Remember what a board's results were made from. $1 board, $2 school year, $3 fingerprint
INSERT INTO result.board_state (board_no, schooljaar, fingerprint) VALUES ($1::int, $2::int, $3)
