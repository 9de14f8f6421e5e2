-- Respondents of the pupils' questionnaire against the pupils on 1 October of the groups that were asked.
-- Groups of fewer than five are masked in the count of pupils. Where all masked groups of a school were asked, their pupils together are what the others leave
-- of its total; else who answered in them counts among the respondents (events) and not in the share, as do answers without a group.
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- Of a school behind the total the numerator is left out: where more answer than there are pupils, they do not add up.
-- $1 boards, $2 first and $3 last school year, $4 not used
WITH answer AS (
    SELECT a.board_no, a.schooljaar, a.location_no, a.grp, count(*) AS n, $4 AS unused
      FROM fact.answer_board a
     WHERE a.board_no = ANY ($1::int[]) AND a.schooljaar BETWEEN $2::int AND $3::int
     GROUP BY a.board_no, a.schooljaar, a.location_no, a.grp
), asked AS (
    SELECT a.board_no, a.schooljaar, a.location_no, sum(a.n) AS n, sum(a.n) FILTER (WHERE c.pupils IS NOT NULL) AS known_n, sum(c.pupils) AS known,
           sum(a.n) FILTER (WHERE c.masked) AS masked_n, count(*) FILTER (WHERE c.masked) AS masked
      FROM answer a LEFT JOIN register.pupil_count c ON c.location_no = a.location_no AND c.year = a.schooljaar AND c.grp = a.grp AND c.grp > 0
     GROUP BY a.board_no, a.schooljaar, a.location_no
), remainder AS (
    SELECT location_no, year, count(*) FILTER (WHERE masked AND grp > 0) AS masked, max(pupils) FILTER (WHERE grp = 0) - coalesce(sum(pupils) FILTER (WHERE grp > 0), 0) AS pupils
      FROM register.pupil_count WHERE (location_no, year) IN (SELECT location_no, schooljaar FROM asked WHERE masked > 0) GROUP BY location_no, year
), school AS (
    SELECT a.board_no, a.schooljaar, a.location_no, a.n, coalesce(a.known_n, 0) + CASE WHEN r.pupils IS NULL THEN 0 ELSE a.masked_n END AS counted,
           coalesce(a.known, 0) + coalesce(r.pupils, 0) AS pupils
      FROM asked a
      -- a total that leaves a masked group nobody, or five, is another count than that of the groups
      LEFT JOIN remainder r ON r.location_no = a.location_no AND r.year = a.schooljaar AND r.masked = a.masked AND r.pupils BETWEEN r.masked AND 4 * r.masked
     WHERE a.known > 0 OR r.pupils > 0
)
SELECT board_no, schooljaar, 'totaal', 0, '', 0, sum(n), sum(n), count(*), least(sum(counted), sum(pupils)), sum(pupils), NULL::float8, NULL::float8
  FROM school GROUP BY board_no, schooljaar
UNION ALL
SELECT board_no, schooljaar, 'totaal', location_no, '', 0, n, n, 1, NULL, pupils, NULL, NULL FROM school
UNION ALL
SELECT board_no, schooljaar, 'school', location_no, '', 0, n, n, 1, least(counted, pupils), pupils, NULL, NULL FROM school
