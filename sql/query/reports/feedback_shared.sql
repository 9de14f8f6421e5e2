-- Files of the board that also speak for this school: kind, received, rows that became this school's. $1 school year
SELECT kind, received_on, rows_own FROM feedback.shared
 WHERE period_begin <= make_date($1::int + 1, 7, 31) AND period_end >= make_date($1::int, 8, 1)
 ORDER BY received_on, kind COLLATE "C", delivery_no
