-- Boards with a certificate. $1 audience, $2 school year, $3 one board or 0
SELECT board_no FROM release.certificate WHERE audience = $1 AND schooljaar = $2::int AND ($3::int = 0 OR board_no = $3::int) ORDER BY board_no
