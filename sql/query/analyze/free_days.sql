-- A school's own free days. Columns: location_no, first, last. $1 boards
SELECT f.location_no, f.first, f.last FROM register.free_day f
 WHERE EXISTS (SELECT FROM register.location_period p WHERE p.location_no = f.location_no AND p.board_no = ANY ($1::int[]))
