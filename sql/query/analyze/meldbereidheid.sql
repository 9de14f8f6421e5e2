-- Registered pest incidents per 100 pupils who say they are bullied. The incidents are those of all schools that registered, so that
-- the count is the one of pestincidenten and cannot be subtracted from it; the share bullied is that of all respondents, applied
-- to the pupils of the registering schools. events: pest incidents; numerator, denominator: bullied of respondents; extra: pupils.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 form codes that are bullying
WITH survey AS (
    SELECT a.board_no, a.schooljaar, count(*) AS n, sum(i.hit_mask >> fact.answered(a.answer, i.pos) & 1) AS x, count(DISTINCT a.instrument) AS instruments
      FROM fact.answer_board a JOIN register.item i ON i.instrument = a.instrument AND i.topic = 'gepest'
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND fact.answered(a.answer, i.pos) IS NOT NULL
     GROUP BY a.board_no, a.schooljaar
), pupil AS (
    SELECT board_no, schooljaar, sum(pupils_covered) AS pupils FROM result.school_year
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND covered GROUP BY board_no, schooljaar
), event AS (
    SELECT i.board_no, i.schooljaar, count(DISTINCT (i.location_no, i.key)) AS events, nullif(count(DISTINCT u.who), 0) AS persons, count(DISTINCT i.location_no) AS schools
      FROM fact.incident_board i
      JOIN result.exposure e ON e.location_no = i.location_no AND e.month = i.month AND e.board_no = i.board_no AND e.covered
      LEFT JOIN LATERAL fact.persons(i.people) AS u(who) ON true
     WHERE i.board_no = ANY ($1::int[]) AND i.schooljaar BETWEEN $2::int AND $3::int
       AND i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ',')))
     GROUP BY i.board_no, i.schooljaar
)
SELECT s.board_no, s.schooljaar, 'totaal', 0, '', 0, e.events, e.persons, e.schools, s.x, s.n, NULL::float8, p.pupils
  FROM survey s JOIN pupil p USING (board_no, schooljaar) JOIN event e USING (board_no, schooljaar)
 WHERE s.instruments = 1 AND p.pupils > 0
