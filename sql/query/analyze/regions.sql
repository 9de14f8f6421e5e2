-- Holiday region of every location of the boards, offices too. Columns: location_no, region. $1 boards
SELECT DISTINCT ON (location_no) location_no, region FROM register.location_period WHERE board_no = ANY ($1::int[])
 ORDER BY location_no, valid_from DESC
