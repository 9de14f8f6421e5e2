-- A table for one part of a large delivery, to be filled in this transaction. $1 incident_row or answer, $2 delivery, $3 part. One row: its name.
SELECT fact.bulk_begin($1, $2::int, $3::int)
