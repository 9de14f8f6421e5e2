-- One declared break. $1 board, $2 kind, $3 date, $4 reason
INSERT INTO result.series_break (board_no, kind, on_date, reason) VALUES ($1::int, $2, $3::date, $4) ON CONFLICT DO NOTHING
