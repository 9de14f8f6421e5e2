-- The office of each board: the location that series of the board as a whole stand under. $1 boards. Columns: board_no, location_no
SELECT DISTINCT ON (p.board_no) p.board_no, p.location_no
  FROM register.location_period p JOIN register.location l USING (location_no)
 WHERE l.office AND p.board_no = ANY ($1::int[])
 ORDER BY p.board_no, p.valid_from DESC
