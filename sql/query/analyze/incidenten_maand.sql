-- Incidents per month of a whole board, with exposure in pupils x school days of the months that were registered.
-- A month without school days is no cell (it is not quiet, it is closed), unless something was registered in it all the same.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 form codes that count, comma separated; '' = all
WITH month AS (
    SELECT * FROM result.exposure
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND covered
), grid AS (
    SELECT board_no, schooljaar, month, sum(pupils::float8 * open_days) / 20 AS den, bool_or(coalesce(open_days, 1) > 0) AS open FROM month GROUP BY board_no, schooljaar, month
), registered AS MATERIALIZED ( -- kept apart for the reason that incidenten gives
    SELECT board_no, schooljaar, location_no, month, people FROM fact.incident_board
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int
       AND ($4 = '' OR vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ','))))
), event AS (
    SELECT i.* FROM registered i JOIN month m ON m.location_no = i.location_no AND m.month = i.month AND m.board_no = i.board_no
), spread AS ( -- an incident is of one school, so what a board has is the sum of its schools
    SELECT board_no, schooljaar, month, location_no, count(*) AS events FROM event GROUP BY board_no, schooljaar, month, location_no
), counted AS (
    SELECT board_no, month, sum(events) AS events, count(*) AS schools FROM spread GROUP BY board_no, month
), person AS (
    SELECT board_no, month, coalesce(location_no, 0) AS location_no, count(DISTINCT who) AS persons FROM event CROSS JOIN LATERAL fact.persons(event.people) AS u(who)
     GROUP BY GROUPING SETS ((board_no, month), (board_no, month, location_no))
)
SELECT g.board_no, g.schooljaar, 'maand', 0, to_char(g.month, 'YYYY-MM'), (extract(month FROM g.month)::int + 4) % 12, coalesce(c.events, 0), p.persons,
       coalesce(c.schools, 0), coalesce(c.events, 0), g.den, NULL::float8, NULL::float8
  FROM grid g LEFT JOIN counted c USING (board_no, month) LEFT JOIN person p ON p.board_no = g.board_no AND p.month = g.month AND p.location_no = 0 WHERE g.open OR c.events > 0
UNION ALL
SELECT board_no, schooljaar, 'maand', location_no, to_char(month, 'YYYY-MM'), (extract(month FROM month)::int + 4) % 12, events, p.persons, 1, NULL, NULL, NULL, NULL
  FROM spread LEFT JOIN person p USING (board_no, month, location_no)
