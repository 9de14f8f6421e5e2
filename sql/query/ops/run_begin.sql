-- Begin a run. $1 command, $2 version, $3 config hash, $4 as-of date, $5 school year or NULL. Returns its number.
INSERT INTO ops.run (command, version, config_hash, as_of, schooljaar) VALUES ($1, $2, $3, $4::date, $5::int) RETURNING run_no
