-- Deliveries in force for a school year with their accounts; then files that were refused as a whole and that nothing came in the place of (the rule stands where the
-- form does); schools that a file leaves out while an earlier one has rows of them; and what is asked of schools and offices (register.delivery_due) and did not come, with zeros.
-- Questionnaires are told apart by whom they ask. What is asked of nobody has a day by which it was due when it comes.
-- $1 school year, $2 one board or 0, $3 as-of date. Columns: board, school, kind, form, received, read, loaded, rejected, superseded, duplicate, due, and
-- state: 'late' when it came after that day, 'missing' when it should be here, 'refused', 'left out' (loaded: rows that stay), '' else; then, of what was refused, the column that is missing, '' else
WITH due (kind, due_on) AS (
    SELECT register.kind_of(k.kind, k.respondents), make_date($1::int + k.year, k.month, k.day) FROM register.due k)
   , got AS (
    SELECT d.*, register.kind_of(d.kind, d.respondents) AS of_whom
      FROM fact.delivery d
     WHERE d.replaced_by IS NULL AND d.board_no IS NOT NULL AND ($2::int = 0 OR d.board_no = $2::int)
       AND d.period_begin <= make_date($1::int + 1, 7, 31) AND d.period_end >= make_date($1::int, 8, 1))
SELECT g.board_no, coalesce(l.code, 'all'), g.of_whom, g.form, g.received_on, g.rows_read, g.rows_loaded, g.rows_rejected, g.rows_superseded, g.rows_duplicate,
       due.due_on, CASE WHEN g.received_on > due.due_on THEN 'late' ELSE '' END, ''
  FROM got g LEFT JOIN register.location l USING (location_no) LEFT JOIN due ON due.kind = g.of_whom
UNION ALL
SELECT coalesce(r.board_no, 0), coalesce(l.code, CASE WHEN r.board_no IS NULL THEN '?' ELSE 'all' END), coalesce(r.kind, '?'), r.rule, r.refused_on, r.rows_read, 0, r.rows_rejected, 0, 0, NULL, 'refused', coalesce(r.missing, '')
  FROM ops.refusal r LEFT JOIN register.location l USING (location_no)
 WHERE r.settled_by IS NULL AND ($2::int = 0 OR r.board_no = $2::int)
   AND coalesce(r.period_begin, r.refused_on) <= make_date($1::int + 1, CASE WHEN r.period_begin IS NULL THEN 12 ELSE 7 END, 31) AND coalesce(r.period_end, r.refused_on) >= make_date($1::int, 8, 1)
UNION ALL
SELECT g.board_no, l.code, g.of_whom, g.form, e.received_on, 0, o.rows, 0, 0, 0, NULL, 'left out', ''
  FROM got g JOIN fact.left_out o USING (delivery_no) JOIN fact.delivery e ON e.delivery_no = o.earlier_no AND e.replaced_by IS NULL
  JOIN register.location l ON l.location_no = o.location_no
UNION ALL
SELECT a.board_no, l.code, a.kind, '', NULL, 0, 0, 0, 0, 0, a.due_on, CASE WHEN $3::date > a.due_on THEN 'missing' ELSE '' END, ''
  FROM register.delivery_due a JOIN register.location l USING (location_no)
 WHERE a.schooljaar = $1::int AND ($2::int = 0 OR a.board_no = $2::int)
   AND EXISTS (SELECT FROM fact.delivery d WHERE d.board_no = a.board_no)
   AND NOT EXISTS (SELECT FROM got g WHERE g.board_no = a.board_no AND g.of_whom = a.kind AND (g.location_no IS NULL OR g.location_no = a.location_no))
 ORDER BY 1, 3, 2
