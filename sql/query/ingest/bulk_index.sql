-- Index that table, once it is filled, and say whose rows they are. $1 incident_row or answer, $2 delivery, $3 part. One row.
SELECT fact.bulk_index($1, $2::int, $3::int)
