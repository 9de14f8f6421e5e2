-- Make that table a child of the fact table, in the transaction of the delivery. $1 incident_row or answer, $2 delivery, $3 part. One row.
SELECT fact.bulk_attach($1, $2::int, $3::int)
