-- A new alarm. $1 board, $2 location, $3 unit, $4 series, $5 direction, $6 first and $7 last day, $8 as-of date, $9 whether it is shown, $10 title. Column: alarm_no
INSERT INTO result.alarm_life (board_no, location_no, unit, series, direction, started_on, last_on, new_on, shown_on, title, breaks)
VALUES ($1::int, $2::int, $3, $4, $5, $6::date, $7::date, $8::date, CASE WHEN $9::boolean THEN $8::date END, $10,
        (SELECT s.breaks FROM result.series s WHERE (s.board_no, s.location_no, s.unit, s.series) = ($1::int, $2::int, $3, $4) AND s.period <> 'year' ORDER BY s.period LIMIT 1))
RETURNING alarm_no
