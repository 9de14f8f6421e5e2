-- Move the staged points of one board into result.alarm_point.
WITH moved AS (DELETE FROM pg_temp.point_in RETURNING *) INSERT INTO result.alarm_point SELECT * FROM moved
