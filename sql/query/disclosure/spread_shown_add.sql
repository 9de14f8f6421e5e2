-- How the tables that are released as they are now spread over the schools, where that is not what was kept of them last. $1 board
WITH fresh AS (
    SELECT DISTINCT schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE board_no = $1::int AND NOT kept AND decision <> 'withheld'
), part AS (
    SELECT schooljaar, indicator, breakdown, category AS label, location_no, events, numerator FROM result.spread WHERE board_no = $1::int AND events > 0
     UNION ALL
    SELECT schooljaar, indicator, breakdown, location_no::text, location_no, events, numerator FROM result.figure WHERE board_no = $1::int AND location_no > 0 AND events > 0
), now_has AS (
    SELECT f.schooljaar, f.indicator, f.breakdown, coalesce(array_agg(p.label ORDER BY p.label COLLATE "C", p.location_no) FILTER (WHERE p.label IS NOT NULL), '{}') AS labels,
           coalesce(array_agg(p.location_no ORDER BY p.label COLLATE "C", p.location_no) FILTER (WHERE p.label IS NOT NULL), '{}') AS locations,
           coalesce(array_agg(p.events ORDER BY p.label COLLATE "C", p.location_no) FILTER (WHERE p.label IS NOT NULL), '{}') AS events,
           coalesce(array_agg(p.numerator ORDER BY p.label COLLATE "C", p.location_no) FILTER (WHERE p.label IS NOT NULL), '{}') AS numerators
      FROM fresh f LEFT JOIN part p USING (schooljaar, indicator, breakdown) GROUP BY 1, 2, 3
), last AS (
    SELECT DISTINCT ON (schooljaar, indicator, breakdown) schooljaar, indicator, breakdown, labels, locations, events, numerators
      FROM result.spread_shown WHERE board_no = $1::int ORDER BY schooljaar, indicator, breakdown, shown_at DESC
)
INSERT INTO result.spread_shown (board_no, schooljaar, indicator, breakdown, labels, locations, events, numerators)
SELECT $1::int, n.schooljaar, n.indicator, n.breakdown, n.labels, n.locations, n.events, n.numerators
  FROM now_has n LEFT JOIN last l USING (schooljaar, indicator, breakdown)
 WHERE (l.labels, l.locations, l.events, l.numerators) IS DISTINCT FROM (n.labels, n.locations, n.events, n.numerators)
