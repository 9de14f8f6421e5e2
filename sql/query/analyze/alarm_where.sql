-- Where the incidents of an alarm month concentrate: the most frequent place and hour. One row.
-- $1 location, $2 month, $3 form codes that count, '' = all. Columns: place, n, hour, n
WITH event AS (
    SELECT place, hour FROM fact.incident_board
     WHERE location_no = $1::int AND month = $2::date
       AND ($3 = '' OR vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($3, ','))))
)
SELECT p.place, p.n, h.hour, h.n
  FROM (SELECT 1) one
  LEFT JOIN (SELECT place, count(*) AS n FROM event WHERE place IS NOT NULL GROUP BY place ORDER BY n DESC, place LIMIT 1) p ON true
  LEFT JOIN (SELECT hour, count(*) AS n FROM event WHERE hour IS NOT NULL GROUP BY hour ORDER BY n DESC, hour LIMIT 1) h ON true
