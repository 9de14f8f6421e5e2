-- End a run. $1 number, $2 status
UPDATE ops.run SET ended_at = now(), status = $2 WHERE run_no = $1::int
