-- Rows of one refused file: row, column, field, rule, finding. $1 its number
SELECT row_no, column_no, field, rule, finding FROM feedback.refusal_row WHERE refusal_no = $1::int
 ORDER BY row_no, column_no, finding, rule COLLATE "C", field COLLATE "C"
