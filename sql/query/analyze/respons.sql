-- Respondents of the pupils' questionnaire against the pupils on 1 October of the groups that were asked.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- Of a school behind the total the numerator is left out: where more answer than there are pupils, they do not add up.
-- $1 boards, $2 first and $3 last school year, $4 not used
WITH answer AS (
    SELECT a.board_no, a.schooljaar, a.location_no, a.grp, count(*) AS n, $4 AS unused
      FROM fact.answer_board a
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND a.grp IS NOT NULL
     GROUP BY a.board_no, a.schooljaar, a.location_no, a.grp
), asked AS (
    SELECT a.*, c.pupils FROM answer a
      JOIN register.pupil_count c ON c.location_no = a.location_no AND c.year = a.schooljaar AND c.grp = a.grp AND c.pupils IS NOT NULL
), school AS (
    SELECT board_no, schooljaar, location_no, sum(n) AS n, sum(pupils) AS pupils FROM asked GROUP BY board_no, schooljaar, location_no
)
SELECT board_no, schooljaar, 'totaal', 0, '', 0, sum(n), sum(n), count(*), least(sum(n), sum(pupils)), sum(pupils), NULL::float8, NULL::float8
  FROM school GROUP BY board_no, schooljaar
UNION ALL
SELECT board_no, schooljaar, 'totaal', location_no, '', 0, n, n, 1, NULL, pupils, NULL, NULL FROM school
UNION ALL
SELECT board_no, schooljaar, 'school', location_no, '', 0, n, n, 1, least(n, pupils), pupils, NULL, NULL FROM school
