-- Boards with alarms or series, and the settings they were made with. One row per board; 0 is the country.
SELECT board_no, setting FROM result.alarm_setting ORDER BY board_no
