-- Where the incidents of an alarm concentrate in some of its days: the most frequent places, hours, groups and forms, with counts. One row, JSON.
-- $1 alarm, $2 the days of its peak (datemultirange)
WITH event AS MATERIALIZED (SELECT place, hour, form, groups, incidents FROM result.alarm_event WHERE alarm_no = $1::int AND day <@ $2::datemultirange)
SELECT jsonb_build_object(
           'n', (SELECT coalesce(sum(incidents), 0) FROM event),
           'place', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                       FROM (SELECT c.label, sum(incidents) AS n FROM event e JOIN register.code c ON c.list = 'plaats' AND c.no = e.place AND c.code <> 'onbekend' GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t),
           'hour', (SELECT coalesce(jsonb_agg(jsonb_build_array(hour, n) ORDER BY n DESC, hour), '[]')
                      FROM (SELECT hour, sum(incidents) AS n FROM event WHERE hour IS NOT NULL GROUP BY hour ORDER BY n DESC, hour LIMIT 2) t),
           'group', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                       FROM (SELECT c.label, sum(incidents) AS n FROM event e CROSS JOIN LATERAL unnest(e.groups) AS g(no) JOIN register.code c ON c.list = 'groep' AND c.no = g.no
                              GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t),
           'form', (SELECT coalesce(jsonb_agg(jsonb_build_array(label, n) ORDER BY n DESC, label), '[]')
                      FROM (SELECT c.label, sum(incidents) AS n FROM event e JOIN register.code c ON c.list = 'vorm' AND c.no = e.form GROUP BY c.label ORDER BY n DESC, label LIMIT 2) t))
