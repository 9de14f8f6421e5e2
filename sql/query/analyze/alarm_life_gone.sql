-- Alarms that lie in the months that were evaluated now and are no longer seen. $1 board, $2 as-of date, $3 first and $4 last day evaluated
UPDATE result.alarm_life l SET gone_on = $2::date
 WHERE l.board_no = $1::int AND l.gone_on IS NULL AND l.started_on >= $3::date AND l.last_on <= $4::date
   AND NOT EXISTS (SELECT FROM result.alarm a WHERE a.alarm_no = l.alarm_no)
