-- Rows of one delivery that were rejected or remarked on: row, column, field, rule, finding. $1 delivery
SELECT row_no, column_no, field, rule, finding FROM feedback.reject WHERE delivery_no = $1::int
 ORDER BY row_no, column_no, finding, rule COLLATE "C", field COLLATE "C"
