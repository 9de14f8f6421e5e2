-- Codes of the schools of the boards, to find the members of groups. $1 boards. Columns: location_no, code
SELECT DISTINCT l.location_no, l.code
  FROM register.location_period p JOIN register.location l USING (location_no)
 WHERE NOT l.office AND p.board_no = ANY ($1::int[])
