-- Forget what was computed for the country, before it is computed again.
WITH a AS (DELETE FROM result.alarm WHERE board_no = 0), b AS (DELETE FROM result.alarm_point WHERE board_no = 0)
DELETE FROM result.series WHERE board_no = 0
