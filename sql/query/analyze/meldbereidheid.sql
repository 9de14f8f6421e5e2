-- Registered pest incidents per 100 pupils who say they are bullied. The incidents are those of all schools that registered, so that
-- the count is the one of pestincidenten and cannot be subtracted from it; the share bullied is that of all respondents, applied
-- to the pupils of the registering schools. events: pest incidents; numerator, denominator: bullied of respondents; extra: pupils.
-- A school behind the cell may have respondents and no incidents.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 form codes that are bullying
WITH survey AS (
    SELECT a.board_no, a.schooljaar, a.location_no, count(*) AS n, sum(i.hit_mask >> fact.answered(a.answer, i.pos) & 1) AS x, min(a.instrument) AS first, max(a.instrument) AS last
      FROM fact.answer_board a JOIN register.item i ON i.instrument = a.instrument AND i.topic = 'gepest'
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND fact.answered(a.answer, i.pos) IS NOT NULL
     GROUP BY a.board_no, a.schooljaar, a.location_no
), pupil AS (
    SELECT board_no, schooljaar, sum(pupils_covered) AS pupils FROM result.school_year
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND covered GROUP BY board_no, schooljaar
), registered AS MATERIALIZED ( -- kept apart for the reason that incidenten gives
    SELECT board_no, schooljaar, location_no, month, people FROM fact.incident_board
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int
       AND vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ',')))
), event AS (
    SELECT i.* FROM registered i JOIN result.exposure e ON e.location_no = i.location_no AND e.month = i.month AND e.board_no = i.board_no AND e.covered
), spread AS ( -- an incident is of one school, so what a board has is the sum of its schools
    SELECT board_no, schooljaar, location_no, count(*) AS events FROM event GROUP BY board_no, schooljaar, location_no
), person AS (
    SELECT board_no, schooljaar, coalesce(location_no, 0) AS location_no, count(DISTINCT who) AS persons FROM event CROSS JOIN LATERAL fact.persons(event.people) AS u(who)
     GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, location_no))
), cell AS (
    SELECT board_no, schooljaar, e.events, e.schools, s.x, s.n, p.pupils
      FROM (SELECT board_no, schooljaar, sum(n) AS n, sum(x) AS x FROM survey GROUP BY board_no, schooljaar HAVING min(first) = max(last)) s
      JOIN pupil p USING (board_no, schooljaar)
      JOIN (SELECT board_no, schooljaar, sum(events) AS events, count(*) AS schools FROM spread GROUP BY board_no, schooljaar) e USING (board_no, schooljaar)
     WHERE p.pupils > 0
)
SELECT c.board_no, c.schooljaar, 'totaal', 0, '', 0, c.events, p.persons, c.schools, c.x, c.n, NULL::float8, c.pupils
  FROM cell c LEFT JOIN person p ON p.board_no = c.board_no AND p.schooljaar = c.schooljaar AND p.location_no = 0
UNION ALL
SELECT board_no, schooljaar, 'totaal', location_no, '', 0, coalesce(e.events, 0), p.persons, 1, coalesce(s.x, 0), coalesce(s.n, 0), NULL, NULL
  FROM (spread e FULL JOIN survey s USING (board_no, schooljaar, location_no)) JOIN cell USING (board_no, schooljaar) LEFT JOIN person p USING (board_no, schooljaar, location_no)
