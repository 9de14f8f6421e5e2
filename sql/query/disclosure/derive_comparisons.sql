-- Comparisons as stored. $1 audience, $2 board, $3 school year
SELECT indicator, location_no, observed, expected, ratio, low95, high95, low998, high998, tau2, pvalue, p_adjusted, flag, theta, above
  FROM release.comparison WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int ORDER BY indicator COLLATE "C", location_no
