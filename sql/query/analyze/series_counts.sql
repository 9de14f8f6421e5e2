-- Incidents per location and period: all, by main form, by place and by group of a pupil who took part (an incident with pupils of two
-- groups counts for both). Counts, not rows, leave the server.
-- $1 boards, $2 'week' or 'month', $3 first day. Columns: board_no, location_no, day (the period begins), by, code, n
WITH event AS MATERIALIZED (
    SELECT board_no, location_no, date_trunc($2, occurred_on)::date AS day, vorm, place, people
      FROM fact.incident_board WHERE board_no = ANY ($1::int[]) AND occurred_on >= $3::date
)
SELECT board_no, location_no, day, CASE grouping(vorm, place) WHEN 3 THEN 'all' WHEN 1 THEN 'form' ELSE 'place' END,
       CASE grouping(vorm, place) WHEN 3 THEN 0 WHEN 1 THEN vorm ELSE place END AS code, count(*)
  FROM event
 GROUP BY GROUPING SETS ((board_no, location_no, day), (board_no, location_no, day, vorm), (board_no, location_no, day, place))
 UNION ALL
SELECT board_no, location_no, day, 'group', g.grp, count(*)
  FROM event CROSS JOIN LATERAL (SELECT DISTINCT get_byte(people, 18 * n + 17) AS grp FROM generate_series(0, length(people) / 18 - 1) AS n) g
 WHERE g.grp > 0
 GROUP BY board_no, location_no, day, g.grp
 ORDER BY 1, 2
