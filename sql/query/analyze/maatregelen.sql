-- Measures of one kind (time-out, schorsing, verwijdering) of a school year, with the pupils of the board's schools.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 code of list maatregel_soort
WITH covered AS (
    SELECT y.board_no, y.schooljaar, sum(y.pupils) AS pupils
      FROM (SELECT DISTINCT board_no, schooljaar, location_no, pupils FROM result.school_year) y
     WHERE y.board_no = ANY ($1::int[]) AND y.schooljaar BETWEEN $2::int AND $3::int
       AND EXISTS (SELECT FROM fact.coverage c WHERE c.board_no = y.board_no AND c.kind = 'maatregel'
                      AND c.first <= make_date(y.schooljaar + 1, 7, 31) AND c.last >= make_date(y.schooljaar, 8, 1))
     GROUP BY y.board_no, y.schooljaar
), counted AS (
    SELECT m.board_no, m.schooljaar, coalesce(m.location_no, 0) AS location_no, count(*) AS events, nullif(count(DISTINCT m.person), 0) AS persons, count(DISTINCT m.school_no) AS schools
      FROM (SELECT *, location_no AS school_no FROM fact.measure_board) m
     WHERE m.kind = (SELECT no FROM register.code WHERE list = 'maatregel_soort' AND code = $4)
     GROUP BY GROUPING SETS ((m.board_no, m.schooljaar), (m.board_no, m.schooljaar, m.location_no))
)
SELECT v.board_no, v.schooljaar, 'totaal', 0, '', 0, coalesce(c.events, 0), c.persons, coalesce(c.schools, 0), coalesce(c.events, 0), v.pupils, NULL::float8, NULL::float8
  FROM covered v LEFT JOIN counted c ON c.board_no = v.board_no AND c.schooljaar = v.schooljaar AND c.location_no = 0
UNION ALL
SELECT board_no, schooljaar, 'totaal', location_no, '', 0, events, persons, 1, NULL, NULL, NULL, NULL
  FROM counted JOIN covered USING (board_no, schooljaar) WHERE location_no > 0
