-- Alarms of the school of this session, newest first, with the number of years they were compared with.
SELECT a.series, a.month, a.method, a.observed, a.expected, a.upper, a.pvalue, coalesce(c.label, ''), coalesce(a.where_place_n, 0), a.where_hour, coalesce(a.where_hour_n, 0),
       CASE WHEN a.method = 'farrington' THEN (SELECT count(DISTINCT left(r->>0, 4)) FROM jsonb_array_elements(a.baseline->'rows') r) ELSE 0 END
  FROM result.bulletin_alarm a LEFT JOIN register.code c ON c.list = 'plaats' AND c.no = a.where_place
 ORDER BY a.month DESC, a.series
