-- The likely break of the school of this session, under its present board: no row, or one. $1 the earliest day that is of interest
-- Columns: likely_on, likely_ratio
SELECT DISTINCT s.likely_on, s.likely_ratio FROM result.bulletin_series s JOIN result.bulletin_location l USING (board_no)
 WHERE s.period = 'week' AND s.likely_on >= $1::date
