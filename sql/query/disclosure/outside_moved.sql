-- What a reader who kept everything can subtract. Two showings of one table, at two moments of one edition or in two editions of one moment (other pairs follow from these), have in common the smallest sets that are unions of groups of
-- both; here those that are one group of the one and several, or one, of the other. Further: one number under two names, and what a whole left beside its part when both
-- were of one moment. And where groups of two moments cross (a, b | c and a | b, c), what they share is told by those who hardly moved.
-- Pairs of which neither stands any more were looked at when one of them did, by the rules of then. How many pairs there are, and how many differ by fewer than the threshold without being equal, or cross.
-- $1 audiences, comma separated; $2 board; $3 threshold; $4 parts and their wholes: indicators "part=whole", comma separated; $5 numbers with two names: "indicator=whole/breakdown/category",
-- comma separated; $6 indicators printed in fives, comma separated: of those only the very same groups are compared. Columns: pairs, too close
WITH shown AS MATERIALIZED (
    SELECT row_number() OVER () AS id, audience, schooljaar, indicator, breakdown, released_at AS at, events, indicator = ANY (string_to_array($6, ',')) AS in_fives,
           (audience, schooljaar, indicator, breakdown, location_no, category, members, events) IN (SELECT f.audience, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category, f.members, f.events
              FROM release.figure f WHERE f.board_no = $2::int) AS stands,
           ARRAY(SELECT unnest(CASE WHEN members <> '' THEN string_to_array(members, ',') WHEN location_no > 0 THEN ARRAY[location_no::text] ELSE ARRAY[category] END) ORDER BY 1) AS who
      FROM release.ledger WHERE audience = ANY (string_to_array($1, ',')) AND board_no = $2::int
), label AS MATERIALIZED (
    SELECT id, audience, schooljaar, indicator, breakdown, at, in_fives, unnest(who) AS label FROM shown
), edge AS MATERIALIZED (
    SELECT x.*, count(*) OVER (PARTITION BY a, audience_b, at_b) AS of_a, count(*) OVER (PARTITION BY b, audience_a, at_a) AS of_b
      FROM (SELECT DISTINCT a.id AS a, b.id AS b, a.audience AS audience_a, b.audience AS audience_b, a.at AS at_a, b.at AS at_b
              FROM label a JOIN label b USING (schooljaar, indicator, breakdown, label) WHERE (a.at, a.audience) < (b.at, b.audience) AND (a.audience = b.audience OR a.at = b.at)) x
), joined AS MATERIALIZED (
    SELECT e.*, a.events AS n_a, b.events AS n_b, a.in_fives, a.who = b.who AS same, a.stands OR b.stands AS new FROM edge e JOIN shown a ON a.id = e.a JOIN shown b ON b.id = e.b
), twin AS (
    SELECT split_part(pair, '=', 1) AS indicator, split_part(split_part(pair, '=', 2), '/', 1) AS whole, split_part(split_part(pair, '=', 2), '/', 2) AS breakdown,
           split_part(split_part(pair, '=', 2), '/', 3) AS category FROM string_to_table($5, ',') AS t(pair)
), state AS MATERIALIZED (
    SELECT at, audience, schooljaar, indicator, breakdown, who::text AS who, events FROM release.ledger_state WHERE board_no = $2::int AND audience = ANY (string_to_array($1, ','))
), rest AS MATERIALIZED (
    SELECT DISTINCT p.audience, p.schooljaar, p.indicator, p.breakdown, p.who, w.events - p.events AS events, p.at = (SELECT max(at) FROM state) AS last
      FROM (SELECT split_part(pair, '=', 1) AS part, split_part(pair, '=', 2) AS whole FROM string_to_table($4, ',') AS t(pair)) s
      JOIN state p ON p.indicator = s.part
      JOIN state w ON (w.indicator, w.at, w.audience, w.schooljaar, w.breakdown, w.who) = (s.whole, p.at, p.audience, p.schooljaar, p.breakdown, p.who)
), pair AS (
    SELECT abs(sum(n_b) - min(n_a)) AS apart, false AS crosses FROM joined GROUP BY a, audience_b, at_b HAVING bool_or(new) AND max(of_b) = 1 AND NOT (bool_or(in_fives) AND NOT bool_and(same))
     UNION ALL
    SELECT abs(sum(n_a) - min(n_b)), false FROM joined GROUP BY b, audience_a, at_a HAVING bool_or(new) AND max(of_a) = 1 AND count(*) > 1 AND NOT bool_or(in_fives)
     UNION ALL
    SELECT 0, true FROM joined WHERE new AND audience_a = audience_b AND of_a > 1 AND of_b > 1 AND NOT in_fives
     UNION ALL
    SELECT abs(a.events - b.events), false
      FROM twin t JOIN shown a ON a.indicator = t.indicator AND a.breakdown = 'totaal'
      JOIN shown b ON b.indicator = t.whole AND b.breakdown = t.breakdown AND b.who = ARRAY[t.category] AND b.schooljaar = a.schooljaar AND (a.audience = b.audience OR a.at = b.at) AND (a.stands OR b.stands)
     UNION ALL
    SELECT abs(a.events - b.events), false FROM rest a JOIN rest b USING (audience, schooljaar, indicator, breakdown, who) WHERE a.events > b.events AND (a.last OR b.last)
)
SELECT count(*), count(*) FILTER (WHERE crosses OR (apart > 0 AND apart < $3::int)) FROM pair
