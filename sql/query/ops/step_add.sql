-- One finished step of a run. $1 run, $2 step, $3 seconds, $4 in, $5 out
INSERT INTO ops.step (run_no, step, seconds, n_in, n_out) VALUES ($1::int, $2, $3::float8, $4::bigint, $5::bigint)
