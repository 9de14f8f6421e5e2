-- Deliveries in force for a school year with their accounts; schools from which nothing came follow with zeros.
-- $1 school year, $2 one board or 0. Columns: board, school, kind, form, received, read, loaded, rejected, duplicate
SELECT d.board_no, coalesce(l.code, 'all'), d.kind, d.form, d.received_on, d.rows_read, d.rows_loaded, d.rows_rejected, d.rows_duplicate
  FROM fact.delivery d LEFT JOIN register.location l USING (location_no)
 WHERE d.replaced_by IS NULL AND d.board_no IS NOT NULL AND ($2::int = 0 OR d.board_no = $2::int)
   AND d.period_begin <= make_date($1::int + 1, 7, 31) AND d.period_end >= make_date($1::int, 8, 1)
UNION ALL
SELECT p.board_no, l.code, k.kind, '', NULL, 0, 0, 0, 0
  FROM register.location l
  JOIN register.location_period p USING (location_no)
 CROSS JOIN (VALUES ('incident'), ('enquete')) AS k(kind)
 WHERE NOT l.office AND make_date($1::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to AND ($2::int = 0 OR p.board_no = $2::int)
   AND EXISTS (SELECT FROM fact.delivery d WHERE d.board_no = p.board_no)
   AND NOT EXISTS (SELECT FROM fact.delivery d WHERE d.board_no = p.board_no AND d.kind = k.kind AND d.replaced_by IS NULL AND (d.location_no IS NULL OR d.location_no = l.location_no)
                      AND d.period_begin <= make_date($1::int + 1, 7, 31) AND d.period_end >= make_date($1::int, 8, 1))
 ORDER BY 1, 3, 2
