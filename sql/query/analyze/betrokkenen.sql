-- Involvements (a person in an incident) and unique persons of a board in a school year; persons are counted by pseudonym.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 not used
WITH involved AS (
    SELECT i.board_no, i.schooljaar, i.location_no, u.who, $4 AS unused
      FROM fact.incident_board i JOIN result.exposure y ON y.location_no = i.location_no AND y.month = i.month AND y.board_no = i.board_no
     CROSS JOIN LATERAL fact.persons(i.people) AS u(who)
     WHERE i.board_no = ANY ($1::int[]) AND i.schooljaar BETWEEN $2::int AND $3::int AND y.covered
), counted AS (
    SELECT board_no, schooljaar, count(*) AS involvements, count(DISTINCT who) AS persons, count(DISTINCT location_no) AS schools
      FROM involved GROUP BY board_no, schooljaar
)
SELECT board_no, schooljaar, 'soort', 0, 'betrokkenheden', 1, involvements, persons, schools, involvements, NULL::float8, NULL::float8, NULL::float8 FROM counted
UNION ALL
SELECT board_no, schooljaar, 'soort', 0, 'unieke personen', 2, persons, persons, schools, persons, NULL, NULL, NULL FROM counted
