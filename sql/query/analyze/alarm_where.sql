-- Where the incidents of an alarm concentrate: the most frequent places, hours, groups and forms, with counts. One row, JSON.
-- $1 board, $2 location, $3 first and $4 last day, $5 form codes that count ('' = all), $6 '', form, place or group and $7 its number
WITH event AS MATERIALIZED (
    SELECT place, hour, vorm, people FROM fact.incident_board
     WHERE board_no = $1::int AND location_no = $2::int AND occurred_on BETWEEN $3::date AND $4::date
       AND ($5 = '' OR vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($5, ','))))
       AND ($6 <> 'form' OR vorm = $7::int) AND ($6 <> 'place' OR place = $7::int)
       AND ($6 <> 'group' OR EXISTS (SELECT FROM generate_series(0, length(people) / 18 - 1) AS n WHERE get_byte(people, 18 * n + 17) = $7::int))
), member AS (
    SELECT g.grp FROM event CROSS JOIN LATERAL (SELECT DISTINCT get_byte(people, 18 * n + 17) AS grp FROM generate_series(0, length(people) / 18 - 1) AS n) g WHERE g.grp > 0
)
SELECT jsonb_build_object(
           'n', (SELECT count(*) FROM event),
           'place', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                       FROM (SELECT c.label, count(*) AS n FROM event e JOIN register.code c ON c.list = 'plaats' AND c.no = e.place AND c.code <> 'onbekend' GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t),
           'hour', (SELECT coalesce(jsonb_agg(jsonb_build_array(hour, n) ORDER BY n DESC, hour), '[]')
                      FROM (SELECT hour, count(*) AS n FROM event WHERE hour IS NOT NULL GROUP BY hour ORDER BY n DESC, hour LIMIT 2) t),
           'group', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                       FROM (SELECT c.label, count(*) AS n FROM member m JOIN register.code c ON c.list = 'groep' AND c.no = m.grp GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t),
           'form', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                      FROM (SELECT c.label, count(*) AS n FROM event e JOIN register.code c ON c.list = 'vorm' AND c.no = e.vorm GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t))
