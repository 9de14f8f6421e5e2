-- Trends that follow from the released cells, by indicator; only those that were made from the cells of this certificate.
-- $1 audience, $2 board, $3 school year
SELECT t.indicator, t.first_year, t.last_year, t.years, t.break_on, t.method, t.change, t.low, t.high, t.p_adjusted, t.reason
  FROM release.trend t JOIN release.derived d USING (audience, board_no, schooljaar) JOIN release.certificate c USING (audience, board_no, schooljaar)
 WHERE t.audience = $1 AND t.board_no = $2::int AND t.schooljaar = $3::int AND split_part(d.content, ':', 1) = c.content
 ORDER BY t.indicator COLLATE "C"
