-- Schools of a board in a school year as the register has them, by code. $1 board, $2 school year. Columns: location_no, code, name, place, pupils (0 = not known)
SELECT l.location_no, l.code, p.name, coalesce(p.place, ''), coalesce(u.pupils, 0)
  FROM register.location l JOIN register.location_period p USING (location_no)
  LEFT JOIN register.pupils_of_year u ON u.location_no = l.location_no AND u.schooljaar = $2::int
 WHERE p.board_no = $1::int AND NOT l.office AND make_date($2::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to ORDER BY l.code COLLATE "C"
