-- Index that table and make it part of the fact table. $1 incident or answer, $2 delivery
SELECT fact.bulk_end($1, $2::int)
