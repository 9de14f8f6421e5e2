-- Trends as stored. $1 audience, $2 board, $3 school year
SELECT indicator, first_year, last_year, years, break_on, method, change, low, high, pvalue, p_adjusted, reason
  FROM release.trend WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int ORDER BY indicator COLLATE "C"
