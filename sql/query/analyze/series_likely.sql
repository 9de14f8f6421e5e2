-- Series in which a likely break is known in the last period. $1 board. Columns: location_no, unit, series, period, likely_on, likely_ratio
SELECT location_no, unit, series, period, likely_on, likely_ratio FROM result.series WHERE board_no = $1::int AND (likely_on IS NOT NULL OR likely_ratio IS NOT NULL)
 ORDER BY location_no, unit, series, period
