-- Likely breaks in the months, as follows from the released cells; only what was made from the cells of this certificate.
-- $1 audience, $2 board, $3 school year. Columns: indicator, shift_on, ratio, pvalue
SELECT s.indicator, s.shift_on, s.ratio, s.pvalue
  FROM release.shift s JOIN release.derived d USING (audience, board_no, schooljaar) JOIN release.certificate c USING (audience, board_no, schooljaar)
 WHERE s.audience = $1 AND s.board_no = $2::int AND s.schooljaar = $3::int AND split_part(d.content, ':', 1) = c.content
 ORDER BY s.indicator COLLATE "C"
