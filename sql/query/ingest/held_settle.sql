-- What becomes of them. $1 table within fact, $2 delivery. One row: loaded, superseded, duplicate, as they change its account.
SELECT loaded, superseded, duplicate FROM fact.held_settle($1, $2::int)
