-- Registered pest incidents per 100 pupils who say they are bullied, of the schools that delivered both.
-- events: pest incidents; numerator, denominator: bullied of respondents; extra: pupils of these schools.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 form codes that are bullying
WITH survey AS (
    SELECT a.board_no, a.schooljaar, a.location_no, count(*) AS n, sum(i.hit_mask >> a.answer[i.pos] & 1) AS x
      FROM fact.answer_board a JOIN register.item i ON i.instrument = a.instrument AND i.topic = 'gepest'
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND a.answer[i.pos] IS NOT NULL
     GROUP BY a.board_no, a.schooljaar, a.location_no
), both_known AS (
    SELECT s.*, y.pupils_covered FROM survey s JOIN result.school_year y USING (board_no, schooljaar, location_no) WHERE y.covered AND y.pupils_covered > 0
), event AS (
    SELECT i.board_no, i.schooljaar, count(DISTINCT (i.location_no, i.key)) AS events, nullif(count(DISTINCT u.who), 0) AS persons, count(DISTINCT i.location_no) AS schools
      FROM fact.incident_board i JOIN both_known USING (board_no, schooljaar, location_no)
      LEFT JOIN LATERAL unnest(i.person) AS u(who) ON true
     WHERE i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ',')))
     GROUP BY i.board_no, i.schooljaar
)
SELECT b.board_no, b.schooljaar, 'totaal', 0, '', 0, e.events, e.persons, e.schools, sum(b.x), sum(b.n), NULL::float8, sum(b.pupils_covered)
  FROM both_known b JOIN event e USING (board_no, schooljaar) GROUP BY b.board_no, b.schooljaar, e.events, e.persons, e.schools
