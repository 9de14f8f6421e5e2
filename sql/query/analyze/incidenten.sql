-- Incidents of a school year, with the pupils of the schools that registered: in all, per school, per form, per place, per moment of the week.
-- An incident with several forms counts once, by its main form (config/codes/vorm.json, priority).
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 a list of form codes that counts as one subset, comma separated; '' = all incidents
WITH pupil AS (
    SELECT * FROM result.school_year WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND covered
), moment AS (
    SELECT 2 * day + half AS no, word || CASE half WHEN 0 THEN 'ochtend' ELSE 'middag' END AS category
      FROM (VALUES (0, 'maandag'), (1, 'dinsdag'), (2, 'woensdag'), (3, 'donderdag'), (4, 'vrijdag')) AS d(day, word) CROSS JOIN (VALUES (0), (1)) AS h(half)
    UNION ALL VALUES (10, 'weekend'), (11, 'tijd onbekend')
), registered AS MATERIALIZED ( -- kept apart: joined with months at once, the planner reads the incidents of a school once for each of its months
    SELECT board_no, schooljaar, location_no, month, occurred_on, hour, place, vorm, people FROM fact.incident_board
     WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int
       AND ($4 = '' OR vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($4, ','))))
), event AS (
    -- digital bullying stands with bullying: the cell is then the very count of pestincidenten (its "twin"), not a part of it
    SELECT i.board_no, i.schooljaar, i.location_no, i.people,
           CASE WHEN i.vorm = (SELECT no FROM register.code WHERE list = 'vorm' AND code = 'digitaal pesten')
                     THEN (SELECT no FROM register.code WHERE list = 'vorm' AND code = 'pesten') ELSE i.vorm END AS shape, coalesce(i.place, (SELECT no FROM register.code WHERE list = 'plaats' AND code = 'onbekend')) AS spot,
           CASE WHEN extract(isodow FROM i.occurred_on) > 5 THEN 10 WHEN i.hour IS NULL THEN 11 ELSE 2 * (extract(isodow FROM i.occurred_on)::int - 1) + (i.hour >= 12)::int END AS moment
      FROM registered i JOIN result.exposure x ON x.location_no = i.location_no AND x.month = i.month AND x.board_no = i.board_no AND x.covered
), grid AS (
    SELECT board_no, schooljaar, 'totaal' AS breakdown, 0 AS location_no, '' AS category, 0 AS ord, NULL::int AS code, sum(pupils_covered) AS den
      FROM pupil GROUP BY board_no, schooljaar
    UNION ALL SELECT board_no, schooljaar, 'school', location_no, '', 0, NULL, pupils_covered FROM pupil
    UNION ALL SELECT p.board_no, p.schooljaar, c.list, 0, c.code, c.ord, c.no, sum(p.pupils_covered)
      FROM pupil p CROSS JOIN register.code c WHERE c.list IN ('vorm', 'plaats') AND c.code <> 'digitaal pesten' GROUP BY p.board_no, p.schooljaar, c.list, c.code, c.ord, c.no
    UNION ALL SELECT p.board_no, p.schooljaar, 'moment', 0, m.category, m.no, m.no, sum(p.pupils_covered) FROM pupil p CROSS JOIN moment m GROUP BY p.board_no, p.schooljaar, m.category, m.no
), spread AS ( -- an incident is of one school, so what a board has is the sum of its schools
    SELECT board_no, schooljaar, location_no,
           CASE WHEN grouping(shape) = 0 THEN 'vorm' WHEN grouping(spot) = 0 THEN 'plaats' WHEN grouping(moment) = 0 THEN 'moment' ELSE 'totaal' END AS breakdown,
           CASE WHEN grouping(shape) = 0 THEN shape::int WHEN grouping(spot) = 0 THEN spot::int WHEN grouping(moment) = 0 THEN moment END AS code, count(*) AS events
      FROM event
     GROUP BY GROUPING SETS ((board_no, schooljaar, location_no), (board_no, schooljaar, location_no, shape), (board_no, schooljaar, location_no, spot), (board_no, schooljaar, location_no, moment))
), counted AS (
    SELECT board_no, schooljaar, breakdown, 0 AS location_no, code, sum(events) AS events, count(*) AS schools FROM spread GROUP BY board_no, schooljaar, breakdown, code
    UNION ALL SELECT board_no, schooljaar, 'school', location_no, NULL, events, 1 FROM spread WHERE breakdown = 'totaal'
), person AS (
    SELECT board_no, schooljaar,
           CASE WHEN grouping(shape) = 0 THEN 'vorm' WHEN grouping(spot) = 0 THEN 'plaats' WHEN grouping(moment) = 0 THEN 'moment' WHEN grouping(location_no) = 0 THEN 'school' ELSE 'totaal' END AS breakdown,
           coalesce(location_no, 0) AS location_no, CASE WHEN grouping(shape) = 0 THEN shape::int WHEN grouping(spot) = 0 THEN spot::int WHEN grouping(moment) = 0 THEN moment END AS code,
           count(DISTINCT who) AS persons
      FROM event CROSS JOIN LATERAL fact.persons(event.people) AS u(who)
     GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, location_no), (board_no, schooljaar, shape), (board_no, schooljaar, spot), (board_no, schooljaar, moment),
                             (board_no, schooljaar, location_no, shape), (board_no, schooljaar, location_no, spot), (board_no, schooljaar, location_no, moment))
)
SELECT g.board_no, g.schooljaar, g.breakdown, g.location_no, g.category, g.ord, coalesce(c.events, 0), p.persons, coalesce(c.schools, 0),
       coalesce(c.events, 0), g.den, NULL::float8, NULL::float8
  FROM grid g LEFT JOIN counted c ON c.board_no = g.board_no AND c.schooljaar = g.schooljaar AND c.breakdown = g.breakdown
   AND c.location_no = g.location_no AND c.code IS NOT DISTINCT FROM g.code
  LEFT JOIN person p ON p.board_no = g.board_no AND p.schooljaar = g.schooljaar AND p.breakdown = g.breakdown
   AND p.location_no = g.location_no AND p.code IS NOT DISTINCT FROM g.code
UNION ALL
SELECT s.board_no, s.schooljaar, s.breakdown, s.location_no, g.category, g.ord, s.events, p.persons, 1, NULL, NULL, NULL, NULL
  FROM spread s JOIN grid g ON g.board_no = s.board_no AND g.schooljaar = s.schooljaar AND g.breakdown = s.breakdown AND g.location_no = 0 AND g.code IS NOT DISTINCT FROM s.code
  LEFT JOIN person p ON p.board_no = s.board_no AND p.schooljaar = s.schooljaar AND p.breakdown = CASE s.breakdown WHEN 'totaal' THEN 'school' ELSE s.breakdown END
   AND p.location_no = s.location_no AND p.code IS NOT DISTINCT FROM s.code
