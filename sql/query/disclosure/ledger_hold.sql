-- Hold what all audiences of a board would now see against everything they were ever shown: the differences are figures too. A table is held where
--   moved       a group would differ by fewer than the threshold from any earlier showing, to any audience (by 4 more where counts are printed in fives: so
--               much can hide in the rounding), where groups changed, or where a value moved while its count did not;
--   apart       what a whole leaves beside its part would differ by fewer than the threshold from what it left at any time a reader had both: the part;
--   of a total  the total it adds up to is held: its groups would add up to the new one.
-- It is held for all audiences at once, so that their groups stay nested, and stays as it was released before ("kept"), or out of the release where nothing of it was.
-- Tables that are not held are published: what they say of the difference is their own groups' movements and sums of those, each nothing or enough.
-- Years hold different records, so they are judged one by one. $1 board
WITH ledger AS MATERIALIZED (
    SELECT *, rank() OVER (PARTITION BY audience, schooljaar, indicator, breakdown ORDER BY released_at DESC) AS age FROM release.ledger WHERE board_no = $1::int
), known AS MATERIALIZED (
    SELECT DISTINCT audience, schooljaar, indicator, breakdown FROM ledger
), fresh AS MATERIALIZED (
    SELECT n.*, n.threshold + CASE WHEN n.in_fives THEN 4 ELSE 0 END AS enough FROM pg_temp.figure_new n WHERE n.board_no = $1::int
), compared AS MATERIALIZED (
    SELECT coalesce(n.audience, b.audience) AS audience, coalesce(n.schooljaar, b.schooljaar) AS schooljaar, coalesce(n.indicator, b.indicator) AS indicator,
           coalesce(n.breakdown, b.breakdown) AS breakdown,
           n.category IS NULL OR b.category IS NULL OR n.members <> b.members OR (n.events = b.events AND n.value IS DISTINCT FROM b.value AND abs(n.value - b.value) > 1e-9)
           OR (n.events <> b.events AND abs(n.events - b.events) < n.enough) AS unsafe
      FROM (SELECT f.* FROM fresh f JOIN known USING (audience, schooljaar, indicator, breakdown)) n
      FULL JOIN (SELECT * FROM ledger WHERE age = 1) b USING (audience, schooljaar, indicator, breakdown, location_no, category)
), shown AS MATERIALIZED (
    SELECT *, lead(released_at, 1, 'infinity') OVER (PARTITION BY audience, schooljaar, indicator, breakdown, location_no, category ORDER BY released_at) AS until FROM ledger
), rest AS MATERIALIZED (
    -- what a whole left beside its part, each time a reader had both
    SELECT DISTINCT p.audience, p.schooljaar, p.indicator, p.breakdown, p.location_no, p.category, p.members, w.events - p.events AS events
      FROM shown p
      JOIN (SELECT DISTINCT indicator, subset_of FROM fresh WHERE subset_of <> '') s ON s.indicator = p.indicator
      JOIN shown w ON w.indicator = s.subset_of AND (w.audience, w.schooljaar, w.breakdown, w.location_no, w.category, w.members) = (p.audience, p.schooljaar, p.breakdown, p.location_no, p.category, p.members)
       AND p.released_at < w.until AND w.released_at < p.until
), by_itself AS MATERIALIZED (
    SELECT schooljaar, indicator, breakdown FROM compared WHERE unsafe
    UNION
    SELECT schooljaar, indicator, breakdown FROM fresh n JOIN ledger l USING (schooljaar, indicator, breakdown, location_no, category)
     WHERE n.members = l.members AND n.events <> l.events AND abs(n.events - l.events) < n.enough
    UNION
    SELECT p.schooljaar, p.indicator, p.breakdown
      FROM fresh p JOIN fresh w ON w.indicator = p.subset_of AND (w.audience, w.schooljaar, w.breakdown, w.location_no, w.category, w.members) = (p.audience, p.schooljaar, p.breakdown, p.location_no, p.category, p.members)
      JOIN rest r ON (r.audience, r.schooljaar, r.indicator, r.breakdown, r.location_no, r.category, r.members) = (p.audience, p.schooljaar, p.indicator, p.breakdown, p.location_no, p.category, p.members)
     WHERE w.events - p.events <> r.events AND abs(w.events - p.events - r.events) < p.threshold
), held AS MATERIALIZED (
    SELECT schooljaar, indicator, breakdown FROM by_itself
    UNION
    SELECT d.schooljaar, d.indicator, d.breakdown FROM pg_temp.decision_new d JOIN by_itself t ON t.schooljaar = d.schooljaar AND t.indicator = d.adds_up_to AND t.breakdown = 'totaal'
), out AS (
    DELETE FROM pg_temp.figure_new n USING held h WHERE (h.schooljaar, h.indicator, h.breakdown) = (n.schooljaar, n.indicator, n.breakdown) AND n.board_no = $1::int
)
UPDATE pg_temp.decision_new d
   SET kept = k.audience IS NOT NULL,
       decision = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.decision, 'released') ELSE 'withheld' END,
       reason = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.reason, '') ELSE 'het verschil met eerder gepubliceerde cijfers is te klein om te tonen' END
  FROM held h
  JOIN pg_temp.decision_new n ON (n.schooljaar, n.indicator, n.breakdown) = (h.schooljaar, h.indicator, h.breakdown) AND n.board_no = $1::int
  LEFT JOIN known k ON (k.audience, k.schooljaar, k.indicator, k.breakdown) = (n.audience, n.schooljaar, n.indicator, n.breakdown)
  LEFT JOIN release.decision s ON (s.audience, s.board_no, s.schooljaar, s.indicator, s.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
 WHERE (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
