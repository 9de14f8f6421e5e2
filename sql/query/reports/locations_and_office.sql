-- The office of a board and its schools in a school year: location, code, office. $1 board, $2 school year
SELECT l.location_no, l.code, l.office FROM register.location l JOIN register.location_period p USING (location_no)
 WHERE p.board_no = $1::int AND make_date($2::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to ORDER BY l.office DESC, l.code COLLATE "C"
