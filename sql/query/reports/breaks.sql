-- Breaks in the series of a board. $1 audience, $2 board
SELECT kind, on_date, reason FROM release.series_break WHERE audience = $1 AND board_no = $2::int ORDER BY on_date, kind
