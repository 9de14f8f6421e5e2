-- The country: sums over the schools with a Dutch calendar, of every period those that reported it, each from its last break on.
-- $1 series names, $2 period. Columns: series, day, observed, exposure, complete
SELECT s.series, u.day, sum(u.observed), sum(u.exposure), sum(u.complete * u.exposure) / nullif(sum(u.exposure), 0)
  FROM result.series s
 CROSS JOIN LATERAL unnest(s.day, s.observed, s.exposure, s.complete) AS u(day, observed, exposure, complete)
 WHERE s.unit = 'school' AND s.series = ANY (string_to_array($1, ',')) AND s.period = $2 AND s.counted = 'pupils'
   AND u.observed IS NOT NULL AND (s.breaks = '{}' OR u.day >= s.breaks[array_upper(s.breaks, 1)])
 GROUP BY s.series, u.day
 ORDER BY s.series, u.day
