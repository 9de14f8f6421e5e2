-- Declared breaks. $1 audience, $2 board. Columns: kind, on_date
SELECT kind, on_date FROM release.series_break WHERE audience = $1 AND board_no = $2::int ORDER BY on_date, kind
