-- Alarms that lie in the months that were evaluated now and are no longer seen, and whether that is because what came before is no longer compared with: a break of
-- the series that was not there when the alarm was last seen. The week or month of the last day is evaluated too, though it has not ended. $1 board, $2 as-of date, $3 first and $4 last day evaluated
UPDATE result.alarm_life l
   SET gone_on = $2::date,
       gone_break = (SELECT max(b.day) FROM result.series s CROSS JOIN LATERAL unnest(s.breaks) AS b(day)
                      WHERE (s.board_no, s.location_no, s.unit, s.series) = (l.board_no, l.location_no, l.unit, l.series) AND s.period <> 'year'
                        AND b.day <= l.last_on AND b.day <> ALL (l.breaks))
 WHERE l.board_no = $1::int AND l.gone_on IS NULL AND l.started_on >= $3::date AND l.last_on <= greatest(date_trunc('month', $4::date) + interval '1 month - 1 day', date_trunc('week', $4::date) + interval '6 days')
   AND NOT EXISTS (SELECT FROM result.alarm a WHERE a.alarm_no = l.alarm_no)
