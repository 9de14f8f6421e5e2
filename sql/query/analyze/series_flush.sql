-- Move the staged series of one board into result.series.
WITH moved AS (DELETE FROM pg_temp.series_in RETURNING *) INSERT INTO result.series SELECT * FROM moved
