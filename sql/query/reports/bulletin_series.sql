-- Months of one series of the school of this session, under its present board. $1 series
-- Columns: month, observed, expected, upper, status, complete
SELECT s.month, s.observed, s.expected, s.upper, CASE WHEN s.exposure = 0 THEN 'no_exposure' WHEN s.observed IS NULL THEN 'missing' ELSE '' END, s.complete
  FROM result.bulletin_series s JOIN result.bulletin_location l USING (board_no)
 WHERE s.series = $1 AND s.period = 'month' ORDER BY s.month
