-- Share of respondents whose answer to the questions of a topic counts as yes (register.item.hit_mask); missing answers
-- are left out of n. In all only where the board used one questionnaire that year: unlike questionnaires are never mixed.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 topic
WITH answer AS (
    SELECT a.board_no, a.schooljaar, a.location_no, a.grp, s.code AS instrument, i.hit_mask >> fact.answered(a.answer, i.pos) & 1 AS hit,
           l.office
      FROM fact.answer_board a
      JOIN register.item i ON i.instrument = a.instrument AND i.topic = $4
      JOIN register.instrument s ON s.instrument = a.instrument
      JOIN register.location l ON l.location_no = a.location_no
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int AND fact.answered(a.answer, i.pos) IS NOT NULL
), one AS (
    SELECT board_no, schooljaar FROM answer GROUP BY board_no, schooljaar HAVING count(DISTINCT instrument) = 1
)
SELECT board_no, schooljaar, 'totaal', 0, '', 0, count(*), count(*), count(DISTINCT location_no), sum(hit), count(*), NULL::float8, NULL::float8
  FROM answer JOIN one USING (board_no, schooljaar) GROUP BY board_no, schooljaar
UNION ALL
SELECT board_no, schooljaar, 'instrument', 0, instrument, 0, count(*), count(*), count(DISTINCT location_no), sum(hit), count(*), NULL, NULL
  FROM answer GROUP BY board_no, schooljaar, instrument
UNION ALL
SELECT board_no, schooljaar, 'school', location_no, '', 0, count(*), count(*), 1, sum(hit), count(*), NULL, NULL
  FROM answer JOIN one USING (board_no, schooljaar) WHERE NOT office GROUP BY board_no, schooljaar, location_no
UNION ALL
SELECT board_no, schooljaar, 'groep', 0, c.code, c.ord, count(*), count(*), count(DISTINCT location_no), sum(hit), count(*), NULL, NULL
  FROM answer JOIN one USING (board_no, schooljaar) JOIN register.code c ON c.list = 'groep' AND c.no = answer.grp
 GROUP BY board_no, schooljaar, c.code, c.ord
