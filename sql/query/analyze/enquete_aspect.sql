-- Mean of one aspect of safety per respondent (all items of the aspect turned so that high is good), then over respondents.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 aspect
WITH respondent AS (
    SELECT a.board_no, a.schooljaar, a.location_no, s.code AS instrument, l.office, r.score
      FROM fact.answer_board a
      JOIN register.instrument s ON s.instrument = a.instrument
      JOIN register.location l ON l.location_no = a.location_no
     CROSS JOIN LATERAL (SELECT avg(CASE WHEN i.direction > 0 THEN fact.answered(a.answer, i.pos) ELSE i.scale_min + i.scale_max - fact.answered(a.answer, i.pos) END)::float8 AS score
                           FROM register.item i
                          WHERE i.instrument = a.instrument AND i.aspect = $4 AND i.in_mean AND fact.answered(a.answer, i.pos) IS NOT NULL) r
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND r.score IS NOT NULL
), spread AS ( -- means do not add up: of a school how many answered, and whether they all answered alike
    SELECT board_no, schooljaar, location_no, instrument, count(*) AS n, stddev_samp(score) AS sd FROM respondent GROUP BY board_no, schooljaar, location_no, instrument
), one AS (
    SELECT board_no, schooljaar FROM respondent GROUP BY board_no, schooljaar HAVING count(DISTINCT instrument) = 1
)
SELECT board_no, schooljaar, 'totaal', 0, '', 0, count(*), count(*), count(DISTINCT location_no), avg(score), count(*), stddev_samp(score), NULL::float8
  FROM respondent JOIN one USING (board_no, schooljaar) GROUP BY board_no, schooljaar
UNION ALL
SELECT board_no, schooljaar, 'instrument', 0, instrument, 0, count(*), count(*), count(DISTINCT location_no), avg(score), count(*), stddev_samp(score), NULL
  FROM respondent GROUP BY board_no, schooljaar, instrument
UNION ALL
SELECT board_no, schooljaar, 'totaal', location_no, '', 0, n, n, 1, NULL, n, sd, NULL FROM spread JOIN one USING (board_no, schooljaar)
UNION ALL
SELECT board_no, schooljaar, 'instrument', location_no, instrument, 0, n, n, 1, NULL, n, sd, NULL FROM spread
UNION ALL
SELECT board_no, schooljaar, 'school', location_no, '', 0, count(*), count(*), 1, avg(score), count(*), stddev_samp(score), NULL
  FROM respondent JOIN one USING (board_no, schooljaar) WHERE NOT office GROUP BY board_no, schooljaar, location_no
