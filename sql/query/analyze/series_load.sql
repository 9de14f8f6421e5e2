-- Series as stored. $1 board. Columns: location_no, unit, series, period, counted, day[], until, observed[], exposure[], complete[], breaks[]
SELECT location_no, unit, series, period, counted, day, until, observed, exposure, complete, breaks
  FROM result.series WHERE board_no = $1::int
 ORDER BY location_no, unit, series, period
