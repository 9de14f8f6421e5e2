-- Months of one series of the school of this session. $1 series
SELECT month, observed, expected, upper, status FROM result.bulletin_series WHERE series = $1 ORDER BY month
