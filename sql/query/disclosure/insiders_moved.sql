-- What a school can subtract that kept an earlier release and takes off its own: of every group that stands now and stood before, by how much the others moved. Where something
-- hides in the group, that is nothing or at least the threshold to every school; where it stands by itself, to two of which no third moved with them.
-- $1 audience; $2 board; $3 threshold; $4 indicators printed in fives, comma separated: of those rounding leaves enough open. Columns: pairs, told
WITH state AS MATERIALIZED (
    SELECT at, schooljaar, indicator, breakdown, CASE WHEN who = '{}' THEN ARRAY[''] ELSE who END AS who, events FROM release.ledger_state WHERE board_no = $2::int AND audience = $1 AND indicator <> ALL (string_to_array($4, ','))
), held AS MATERIALIZED (
    SELECT schooljaar, indicator, breakdown, shown_at, lead(shown_at, 1, 'infinity') OVER (PARTITION BY schooljaar, indicator, breakdown ORDER BY shown_at) AS until, labels, locations, events
      FROM result.spread_shown WHERE board_no = $2::int
), own AS MATERIALIZED (
    SELECT s.at, s.schooljaar, s.indicator, s.breakdown, s.who, p.location, sum(p.events) AS events
      FROM state s JOIN held h ON (h.schooljaar, h.indicator, h.breakdown) = (s.schooljaar, s.indicator, s.breakdown) AND h.shown_at <= s.at AND s.at < h.until
      CROSS JOIN unnest(h.labels, h.locations, h.events) AS p(label, location, events)
     WHERE p.label = ANY (s.who) GROUP BY 1, 2, 3, 4, 5, 6
), pair AS MATERIALIZED (
    SELECT row_number() OVER () AS id, a.at AS at_a, b.at AS at_b, a.schooljaar, a.indicator, a.breakdown, a.who, b.events - a.events AS apart
      FROM state a JOIN state b USING (schooljaar, indicator, breakdown, who)
     WHERE a.at < b.at AND b.at = (SELECT max(at) FROM state)
       AND EXISTS (SELECT FROM held h WHERE (h.schooljaar, h.indicator, h.breakdown) = (a.schooljaar, a.indicator, a.breakdown) AND h.shown_at <= a.at)
), moved AS (
    SELECT id, location, sum(events) AS own
      FROM (SELECT p.id, o.location, CASE WHEN o.at = p.at_b THEN o.events ELSE -o.events END AS events
              FROM pair p JOIN own o USING (schooljaar, indicator, breakdown, who) WHERE o.at IN (p.at_a, p.at_b)) x
     GROUP BY 1, 2 HAVING sum(events) <> 0
), told AS (
    SELECT p.id FROM pair p JOIN moved m USING (id)
     GROUP BY p.id, p.apart, p.who HAVING (cardinality(p.who) > 1 OR count(*) = 2) AND bool_or(abs(p.apart - m.own) BETWEEN 1 AND $3::int - 1)
)
SELECT (SELECT count(*) FROM pair), (SELECT count(*) FROM told)
