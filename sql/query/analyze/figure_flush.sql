-- Move the staged cells of one indicator into result.figure.
WITH moved AS (DELETE FROM pg_temp.figure_in RETURNING *) INSERT INTO result.figure SELECT * FROM moved
