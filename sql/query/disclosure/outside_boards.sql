-- Boards and audiences that hold a certificate, with the threshold. $1 audience or '', $2 board or 0. Columns: audience, board_no, threshold
SELECT audience, board_no, max(threshold) FROM release.certificate
 WHERE ($1 = '' OR audience = $1) AND ($2::int = 0 OR board_no = $2::int) GROUP BY 1, 2 ORDER BY 2, 1
