-- Schools of a board in a school year. $1 board, $2 school year
SELECT l.location_no, l.code FROM register.location l JOIN register.location_period p USING (location_no)
 WHERE p.board_no = $1::int AND NOT l.office AND make_date($2::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to ORDER BY l.code COLLATE "C"
