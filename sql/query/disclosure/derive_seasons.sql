-- Profiles of the months as stored. $1 audience, $2 board, $3 school year
SELECT indicator, month, years, events, expected, ratio, low, high
  FROM release.season WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int ORDER BY indicator COLLATE "C", month
