-- Deliveries for a school year, also those that were replaced, oldest first. $1 school year
SELECT delivery_no, kind, form, period_begin, period_end, received_on, rows_read, rows_loaded, rows_rejected, rows_superseded, rows_duplicate,
       columns_ignored, coalesce(replaced_by, 0)
  FROM feedback.delivery
 WHERE period_begin <= make_date($1::int + 1, 7, 31) AND period_end >= make_date($1::int, 8, 1)
 ORDER BY received_on, kind COLLATE "C", delivery_no
