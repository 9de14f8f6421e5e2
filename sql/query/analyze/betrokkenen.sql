-- Involvements (a person in an incident) and unique persons of a board in a school year; persons are counted by pseudonym.
-- A person may be named by two schools: those of the schools can be more than those of the board together.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 not used
WITH registered AS MATERIALIZED ( -- kept apart for the reason that incidenten gives
    SELECT board_no, schooljaar, location_no, month, people, $4 AS unused FROM fact.incident_board WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int
), involved AS (
    SELECT i.board_no, i.schooljaar, i.location_no, u.who
      FROM registered i JOIN result.exposure y ON y.location_no = i.location_no AND y.month = i.month AND y.board_no = i.board_no AND y.covered
     CROSS JOIN LATERAL fact.persons(i.people) AS u(who)
), named AS ( -- everybody once per school: few rows, from which the rest is counted
    SELECT board_no, schooljaar, location_no, who, count(*) AS times FROM involved GROUP BY board_no, schooljaar, location_no, who
), counted AS (
    SELECT board_no, schooljaar, coalesce(location_no, 0) AS location_no, sum(times) AS involvements, count(DISTINCT who) AS persons, count(DISTINCT school_no) AS schools
      FROM (SELECT *, location_no AS school_no FROM named) named GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, location_no))
)
SELECT board_no, schooljaar, 'soort', location_no, 'betrokkenheden', 1, involvements, persons, schools, CASE location_no WHEN 0 THEN involvements END, NULL::float8, NULL::float8, NULL::float8 FROM counted
UNION ALL
SELECT board_no, schooljaar, 'soort', location_no, 'unieke personen', 2, persons, persons, schools, CASE location_no WHEN 0 THEN persons END, NULL, NULL, NULL FROM counted
