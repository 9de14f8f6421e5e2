-- Published totals of all years, and cells of single schools. $1 audience, $2 board, $3 last school year
-- Columns: indicator, breakdown, location_no, schooljaar, events, denominator, value
SELECT indicator, breakdown, location_no, schooljaar, events, denominator, value
  FROM release.figure
 WHERE audience = $1 AND board_no = $2::int AND schooljaar <= $3::int AND category = '' AND n_members = 1 AND breakdown IN ('totaal', 'school')
 ORDER BY indicator, breakdown DESC, location_no, schooljaar
