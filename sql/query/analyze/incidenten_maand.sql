-- Incidents per month of a whole board, with exposure in pupils x school days of the months that were registered.
-- A month without school days is no cell (it is not quiet, it is closed), unless something was registered in it all the same.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 form codes that count, comma separated; '' = all
WITH month AS (
    SELECT * FROM result.exposure
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND covered
), grid AS (
    SELECT board_no, schooljaar, month, sum(pupils::float8 * open_days) / 20 AS den, bool_or(coalesce(open_days, 1) > 0) AS open FROM month GROUP BY board_no, schooljaar, month
), counted AS (
    SELECT i.board_no, i.month, count(DISTINCT (i.location_no, i.key)) AS events, nullif(count(DISTINCT u.who), 0) AS persons,
           count(DISTINCT i.location_no) AS schools
      FROM fact.incident_board i JOIN month m ON m.location_no = i.location_no AND m.month = i.month AND m.board_no = i.board_no
      LEFT JOIN LATERAL fact.persons(i.people) AS u(who) ON true
     WHERE $4 = '' OR i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ',')))
     GROUP BY i.board_no, i.month
)
SELECT g.board_no, g.schooljaar, 'maand', 0, to_char(g.month, 'YYYY-MM'), (extract(month FROM g.month)::int + 4) % 12, coalesce(c.events, 0), c.persons,
       coalesce(c.schools, 0), coalesce(c.events, 0), g.den, NULL::float8, NULL::float8
  FROM grid g LEFT JOIN counted c USING (board_no, month) WHERE g.open OR c.events > 0
