-- A table for one large delivery, to be filled in this transaction. $1 incident or answer, $2 delivery. One row: its name.
SELECT fact.bulk_begin($1, $2::int)
