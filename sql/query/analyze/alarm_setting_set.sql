-- The settings that a board's alarms were made with. $1 board (0 = the country), $2 the document
INSERT INTO result.alarm_setting (board_no, setting) VALUES ($1::int, $2) ON CONFLICT (board_no) DO UPDATE SET setting = excluded.setting
