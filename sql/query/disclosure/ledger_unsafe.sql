-- Tables that all audiences of a board would now see and that cannot stand beside what they were shown before, for what counts alone (movement.h) do not tell:
--   moved   the value of a group moved while its count did not, or those who said yes or no, worked out from share and number, may differ by fewer than the threshold;
--   other   of numbers printed in fives a group is gone, or is another set than before: how far rounding hides is not known of unions;
--   apart   what a whole leaves beside its part, over groups that together are the same, would differ by fewer than the threshold from what it left at any time a
--           reader had both; and so for the countings of one group in several ways.
-- $1 board. Columns: audience, schooljaar, indicator, breakdown
WITH ledger AS MATERIALIZED (
    SELECT l.*, rank() OVER (PARTITION BY audience, schooljaar, indicator, breakdown ORDER BY released_at DESC) AS age,
           ARRAY(SELECT unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) ORDER BY 1) AS who
      FROM release.ledger l WHERE board_no = $1::int
), known AS MATERIALIZED (
    SELECT DISTINCT audience, schooljaar, indicator, breakdown FROM ledger
), fresh AS MATERIALIZED (
    SELECT n.*, n.threshold + CASE WHEN n.in_fives THEN 4 ELSE 0 END AS enough,
           ARRAY(SELECT unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) ORDER BY 1) AS who
      FROM pg_temp.figure_new n WHERE n.board_no = $1::int
), moved AS (
    SELECT n.audience, n.schooljaar, n.indicator, n.breakdown
      FROM fresh n JOIN ledger b USING (audience, schooljaar, indicator, breakdown, who)
     WHERE (n.events = b.events AND n.value IS DISTINCT FROM b.value AND coalesce(abs(n.value - b.value), 1) > 1e-9)
        OR (n.events <> b.events AND n.rounding IS NOT NULL AND n.value IS NOT NULL
            AND least(abs(n.value * n.events - b.value * b.events), abs((100 - n.value) * n.events - (100 - b.value) * b.events)) / 100
                - (n.events + b.events) * n.rounding / 100 - 4 < n.threshold)
), other AS (
    SELECT audience, schooljaar, indicator, breakdown
      FROM (SELECT f.* FROM fresh f JOIN known USING (audience, schooljaar, indicator, breakdown) WHERE f.in_fives) n
      FULL JOIN (SELECT l.* FROM ledger l WHERE age = 1 AND (audience, schooljaar, indicator, breakdown) IN (SELECT audience, schooljaar, indicator, breakdown FROM fresh WHERE in_fives)) b
           USING (audience, schooljaar, indicator, breakdown, who)
     WHERE n.category IS NULL OR (b.category IS NULL AND NOT (n.n_members = 1 AND (n.events = 0 OR n.events >= n.enough)))
), held AS MATERIALIZED (
    SELECT at, audience, schooljaar, indicator, breakdown, who, events FROM release.ledger_state WHERE board_no = $1::int
), state AS MATERIALIZED (
    -- what was of one moment, and what would be of this one
    SELECT * FROM held WHERE indicator IN (SELECT indicator FROM fresh WHERE subset_of <> '' OR overlap UNION SELECT subset_of FROM fresh)
    UNION ALL
    SELECT 'infinity', audience, schooljaar, indicator, breakdown, who, events FROM fresh
), part AS MATERIALIZED (
    SELECT DISTINCT indicator, subset_of FROM fresh WHERE subset_of <> ''
), rest AS MATERIALIZED (
    SELECT p.at, p.audience, p.schooljaar, p.indicator, p.breakdown, p.who::text AS who, sum(w.events) - p.events AS events
      FROM state p JOIN part s USING (indicator)
      JOIN state w ON w.indicator = s.subset_of AND (w.at, w.audience, w.schooljaar, w.breakdown) = (p.at, p.audience, p.schooljaar, p.breakdown) AND p.who @> w.who
     GROUP BY p.at, p.audience, p.schooljaar, p.indicator, p.breakdown, p.who, p.events HAVING sum(cardinality(w.who)) = cardinality(p.who)
    UNION
    SELECT p.at, p.audience, p.schooljaar, p.indicator, p.breakdown, w.who::text, w.events - sum(p.events)
      FROM state p JOIN part s USING (indicator)
      JOIN state w ON w.indicator = s.subset_of AND (w.at, w.audience, w.schooljaar, w.breakdown) = (p.at, p.audience, p.schooljaar, p.breakdown) AND w.who @> p.who
     GROUP BY p.at, p.audience, p.schooljaar, p.indicator, p.breakdown, w.who, w.events HAVING sum(cardinality(p.who)) = cardinality(w.who)
    UNION
    SELECT a.at, a.audience, a.schooljaar, a.indicator, a.breakdown, a.who::text || b.who::text, abs(a.events - b.events)
      FROM state a JOIN state b ON (b.at, b.audience, b.schooljaar, b.indicator, b.breakdown) = (a.at, a.audience, a.schooljaar, a.indicator, a.breakdown) AND a.who < b.who
     WHERE a.indicator IN (SELECT indicator FROM fresh WHERE overlap)
)
SELECT audience, schooljaar, indicator, breakdown FROM moved
UNION
SELECT audience, schooljaar, indicator, breakdown FROM other
UNION
SELECT n.audience, n.schooljaar, n.indicator, n.breakdown FROM rest n JOIN rest o USING (audience, schooljaar, indicator, breakdown, who) JOIN (SELECT DISTINCT audience, threshold FROM fresh) a USING (audience)
 WHERE n.at = 'infinity' AND o.at < 'infinity' AND n.events <> o.events AND abs(n.events - o.events) < a.threshold
