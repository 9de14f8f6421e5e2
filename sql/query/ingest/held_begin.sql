-- A temporary table held_rows for rows whose key was perhaps there before. $1 table within fact. One row.
SELECT fact.held_begin($1)
