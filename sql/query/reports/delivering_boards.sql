-- Boards of which anything came for a school year, refused or not. One row each. $1 school year, $2 one board or 0
SELECT DISTINCT board_no FROM register.delivering_board
 WHERE ($2::int = 0 OR board_no = $2::int) AND period_begin <= make_date($1::int + 1, 7, 31) AND period_end >= make_date($1::int, 8, 1) ORDER BY board_no
