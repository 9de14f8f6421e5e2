-- Make room for what follows from these cells, and note which cells. $1 audience, $2 board, $3 school year, $4 content of the certificate
WITH a AS (DELETE FROM release.trend WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int),
     b AS (DELETE FROM release.comparison WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int),
     s AS (DELETE FROM release.season WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int),
     t AS (DELETE FROM release.shift WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int)
INSERT INTO release.derived VALUES ($1, $2::int, $3::int, $4) ON CONFLICT (audience, board_no, schooljaar) DO UPDATE SET content = excluded.content
