-- How busy the months are, as follows from the released cells; only what was made from the cells of this certificate. In order of the school year.
-- $1 audience, $2 board, $3 school year. Columns: indicator, month, years, ratio, low, high
SELECT s.indicator, s.month, s.years, s.ratio, s.low, s.high
  FROM release.season s JOIN release.derived d USING (audience, board_no, schooljaar) JOIN release.certificate c USING (audience, board_no, schooljaar)
 WHERE s.audience = $1 AND s.board_no = $2::int AND s.schooljaar = $3::int AND split_part(d.content, ':', 1) = c.content
 ORDER BY s.indicator COLLATE "C", (s.month + 4) % 12
