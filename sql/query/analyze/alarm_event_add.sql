-- The incidents of the days of an alarm of a school that are told, as day and codes.
-- $1 alarm, $2 board, $3 location, $4 days of its peak and $5 of what came after it was closed (datemultirange), $6 form codes that count ('' = all), $7 '', form, place or group and $8 its number
INSERT INTO result.alarm_event (alarm_no, board_no, day, place, hour, form, groups, incidents)
SELECT $1::int, $2::int, i.occurred_on, i.place, i.hour, i.vorm, g.groups, count(*)
  FROM fact.incident_board i
 CROSS JOIN LATERAL (SELECT coalesce(array_agg(DISTINCT get_byte(i.people, 18 * n + 17)::smallint), '{}') AS groups FROM generate_series(0, length(i.people) / 18 - 1) AS n
                      WHERE get_byte(i.people, 18 * n + 17) > 0) g
 WHERE i.board_no = $2::int AND i.location_no = $3::int AND i.occurred_on <@ ($4::datemultirange + $5::datemultirange)
   AND i.occurred_on BETWEEN lower($4::datemultirange + $5::datemultirange) AND upper($4::datemultirange + $5::datemultirange)
   AND ($6 = '' OR i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($6, ','))))
   AND ($7 <> 'form' OR i.vorm = $8::int) AND ($7 <> 'place' OR i.place = $8::int) AND ($7 <> 'group' OR $8::int = ANY (g.groups))
 GROUP BY i.occurred_on, i.place, i.hour, i.vorm, g.groups
