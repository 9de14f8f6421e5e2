-- Complaints of a school year by kind, level and outcome, with the pupils of the board's schools. Only years that a
-- complaints delivery covers: no report is not zero.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 not used
WITH covered AS (
    SELECT y.board_no, y.schooljaar, sum(y.pupils) AS pupils
      FROM (SELECT DISTINCT board_no, schooljaar, location_no, pupils FROM result.school_year) y
     WHERE y.board_no = ANY ($1::int[]) AND y.schooljaar BETWEEN $2::int AND $3::int
       AND EXISTS (SELECT FROM fact.coverage c WHERE c.board_no = y.board_no AND c.kind = 'klacht'
                      AND c.first <= make_date(y.schooljaar + 1, 7, 31) AND c.last >= make_date(y.schooljaar, 8, 1))
     GROUP BY y.board_no, y.schooljaar
), complaint AS (
    SELECT k.*, $4 AS unused FROM fact.complaint_board k JOIN covered USING (board_no, schooljaar)
), grid AS (
    SELECT board_no, schooljaar, 'totaal' AS breakdown, '' AS category, 0 AS ord, NULL::int AS code, pupils FROM covered
    UNION ALL
    SELECT v.board_no, v.schooljaar, CASE c.list WHEN 'klacht_soort' THEN 'soort' ELSE c.list END, c.code, c.ord, c.no, v.pupils
      FROM covered v CROSS JOIN register.code c WHERE c.list IN ('klacht_soort', 'niveau', 'oordeel')
    UNION ALL SELECT board_no, schooljaar, 'oordeel', 'nog niet bekend', 99, 0, pupils FROM covered
), counted AS (
    SELECT board_no, schooljaar, coalesce(location_no, 0) AS location_no,
           CASE WHEN grouping(kind) = 0 THEN 'soort' WHEN grouping(level) = 0 THEN 'niveau' WHEN grouping(decision) = 0 THEN 'oordeel' ELSE 'totaal' END AS breakdown,
           CASE WHEN grouping(kind) = 0 THEN kind::int WHEN grouping(level) = 0 THEN level::int WHEN grouping(decision) = 0 THEN decision::int END AS code,
           count(*) AS events, nullif(count(DISTINCT complainant) + count(*) FILTER (WHERE complainant IS NULL), 0) AS persons,
           count(DISTINCT school_no) AS schools
      FROM (SELECT *, coalesce(outcome, 0) AS decision, location_no AS school_no FROM complaint) complaint
     GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, kind), (board_no, schooljaar, level), (board_no, schooljaar, decision),
                             (board_no, schooljaar, location_no), (board_no, schooljaar, location_no, kind), (board_no, schooljaar, location_no, level), (board_no, schooljaar, location_no, decision))
)
SELECT g.board_no, g.schooljaar, g.breakdown, 0, g.category, g.ord, coalesce(c.events, 0), c.persons, coalesce(c.schools, 0), coalesce(c.events, 0), g.pupils,
       NULL::float8, NULL::float8
  FROM grid g LEFT JOIN counted c ON c.board_no = g.board_no AND c.schooljaar = g.schooljaar AND c.breakdown = g.breakdown AND c.code IS NOT DISTINCT FROM g.code AND c.location_no = 0
UNION ALL
SELECT c.board_no, c.schooljaar, c.breakdown, c.location_no, g.category, g.ord, c.events, c.persons, 1, NULL, NULL, NULL, NULL
  FROM counted c JOIN grid g ON g.board_no = c.board_no AND g.schooljaar = c.schooljaar AND g.breakdown = c.breakdown AND g.code IS NOT DISTINCT FROM c.code
 WHERE c.location_no > 0
