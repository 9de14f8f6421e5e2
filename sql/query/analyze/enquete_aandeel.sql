-- Share of respondents whose answer to the questions of a topic counts as yes (register.item.hit_mask); missing answers
-- are left out of n. In all only where the board used one questionnaire that year: unlike questionnaires are never mixed.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 topic
WITH tally AS ( -- per school, group and questionnaire: few rows, from which the rest is counted
    SELECT a.board_no, a.schooljaar, a.location_no, a.location_no AS school_no, a.grp, s.code AS instrument, l.office, count(*) AS n, sum(i.hit_mask >> fact.answered(a.answer, i.pos) & 1) AS hits
      FROM fact.answer_board a
      JOIN register.item i ON i.instrument = a.instrument AND i.topic = $4
      JOIN register.instrument s ON s.instrument = a.instrument
      JOIN register.location l ON l.location_no = a.location_no
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND fact.answered(a.answer, i.pos) IS NOT NULL
     GROUP BY a.board_no, a.schooljaar, a.location_no, a.grp, s.code, l.office
), one AS (
    SELECT board_no, schooljaar FROM tally GROUP BY board_no, schooljaar HAVING count(DISTINCT instrument) = 1
)
SELECT board_no, schooljaar, 'totaal', coalesce(location_no, 0), '', 0, sum(n), sum(n), count(DISTINCT school_no), sum(hits), sum(n), NULL::float8, NULL::float8
  FROM tally JOIN one USING (board_no, schooljaar) GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, location_no))
UNION ALL
SELECT board_no, schooljaar, 'instrument', coalesce(location_no, 0), instrument, 0, sum(n), sum(n), count(DISTINCT school_no), sum(hits), sum(n), NULL, NULL
  FROM tally GROUP BY GROUPING SETS ((board_no, schooljaar, instrument), (board_no, schooljaar, instrument, location_no))
UNION ALL
SELECT board_no, schooljaar, 'school', location_no, '', 0, sum(n), sum(n), 1, sum(hits), sum(n), NULL, NULL
  FROM tally JOIN one USING (board_no, schooljaar) WHERE NOT office GROUP BY board_no, schooljaar, location_no
UNION ALL
SELECT board_no, schooljaar, 'groep', coalesce(location_no, 0), c.code, c.ord, sum(n), sum(n), count(DISTINCT school_no), sum(hits), sum(n), NULL, NULL
  FROM tally JOIN one USING (board_no, schooljaar) JOIN register.code c ON c.list = 'groep' AND c.no = tally.grp
 GROUP BY GROUPING SETS ((board_no, schooljaar, c.code, c.ord), (board_no, schooljaar, c.code, c.ord, location_no))
