-- Deliveries in force for a school year with their accounts; schools from which nothing came of what is asked of every school (incidents, the pupils'
-- questionnaire, the yearly checklist) follow with zeros. Questionnaires are told apart by whom they ask. Accidents, signals and meldcode cases
-- happen or do not: nobody is late with them, but what came has a day by which it was due.
-- $1 school year, $2 one board or 0, $3 as-of date. Columns: board, school, kind, form, received, read, loaded, rejected, superseded, duplicate, due, and
-- late: 'late' when it came after that day, 'missing' when it should be here, '' else
WITH due (kind, due_on) AS (
    SELECT k.kind, make_date($1::int + k.later, k.month, 1)
      FROM (VALUES ('incident', 9, 1), ('ongeval', 9, 1), ('signaal', 9, 1), ('meldcode', 9, 1), ('klacht', 9, 1), ('maatregel', 9, 1), ('naleving', 9, 1),
                   ('vrijedag', 9, 1), ('enquete', 7, 1), ('enquete medewerkers', 7, 1), ('enquete ouders', 7, 1), ('pdca', 10, 0)) AS k(kind, month, later))
   , got AS (
    SELECT d.*, d.kind || CASE WHEN coalesce(d.respondents, 'leerlingen') = 'leerlingen' THEN '' ELSE ' ' || d.respondents END AS of_whom
      FROM fact.delivery d
     WHERE d.replaced_by IS NULL AND d.board_no IS NOT NULL AND ($2::int = 0 OR d.board_no = $2::int)
       AND d.period_begin <= make_date($1::int + 1, 7, 31) AND d.period_end >= make_date($1::int, 8, 1))
SELECT g.board_no, coalesce(l.code, 'all'), g.of_whom, g.form, g.received_on, g.rows_read, g.rows_loaded, g.rows_rejected, g.rows_superseded, g.rows_duplicate,
       due.due_on, CASE WHEN g.received_on > due.due_on THEN 'late' ELSE '' END
  FROM got g LEFT JOIN register.location l USING (location_no) LEFT JOIN due ON due.kind = g.of_whom
UNION ALL
SELECT p.board_no, l.code, due.kind, '', NULL, 0, 0, 0, 0, 0, due.due_on, CASE WHEN $3::date > due.due_on THEN 'missing' ELSE '' END
  FROM register.location l
  JOIN register.location_period p USING (location_no)
  JOIN due ON due.kind IN ('incident', 'enquete', 'naleving')
 WHERE NOT l.office AND make_date($1::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to AND ($2::int = 0 OR p.board_no = $2::int)
   AND EXISTS (SELECT FROM fact.delivery d WHERE d.board_no = p.board_no)
   AND NOT EXISTS (SELECT FROM got g WHERE g.board_no = p.board_no AND g.of_whom = due.kind AND (g.location_no IS NULL OR g.location_no = l.location_no))
 ORDER BY 1, 3, 2
