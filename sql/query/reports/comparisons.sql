-- Schools compared, as follows from the released cells; only those that were made from the cells of this certificate. By indicator and size.
-- $1 audience, $2 board, $3 school year
SELECT o.indicator, coalesce(p.name, 'School'), o.expected, o.ratio, o.low95, o.high95, o.low998, o.high998, o.p_adjusted, o.flag, o.above
  FROM release.comparison o JOIN release.derived d USING (audience, board_no, schooljaar) JOIN release.certificate c USING (audience, board_no, schooljaar)
  LEFT JOIN register.location_period p ON p.location_no = o.location_no AND make_date(o.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to
 WHERE o.audience = $1 AND o.board_no = $2::int AND o.schooljaar = $3::int AND split_part(d.content, ':', 1) = c.content
 ORDER BY o.indicator COLLATE "C", o.expected, o.location_no
