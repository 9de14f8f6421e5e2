-- Move the staged alarms of one board into result.alarm.
WITH moved AS (DELETE FROM pg_temp.alarm_in RETURNING *) INSERT INTO result.alarm SELECT * FROM moved
