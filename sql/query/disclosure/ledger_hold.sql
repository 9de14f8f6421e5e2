-- Hold what all audiences of a board would now see against everything they were ever shown: the differences are figures too. A school year of a family of indicators (those
-- that count the same records) is held where in any of its tables
--   moved   a group would differ by fewer than the threshold from any earlier showing, to any audience (by 4 more where counts are printed in fives: so much can hide
--           in the rounding), where a value moved while its count did not, or where those who said yes or no, worked out from share and number, may differ by so few;
--   other   a group is gone or has lost members. One that is new, or has new members, is a movement from nothing;
--   apart   what a whole leaves beside its part, over groups that together are the same, would differ by fewer than the threshold from what it left at any time a
--           reader had both; and so for the countings of one group in several ways.
-- All its tables then stay as they were for all audiences ("kept"), or out of the release where nothing of them was: of one family and year all that is published is of one
-- moment, or numbers that stand under two names, parts and wholes would be subtracted across time. Families hold different records, and so do years. $1 board
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
), compared AS MATERIALIZED (
    SELECT coalesce(n.schooljaar, b.schooljaar) AS schooljaar, coalesce(n.indicator, b.indicator) AS indicator,
           n.category IS NULL
           OR (b.category IS NULL AND NOT (n.n_members = 1 AND (n.events = 0 OR n.events >= n.enough)))
           OR NOT n.who @> b.who
           OR (n.events = b.events AND n.value IS DISTINCT FROM b.value AND coalesce(abs(n.value - b.value), 1) > 1e-9)
           OR (n.events <> b.events AND abs(n.events - b.events) < n.enough)
           OR (n.events <> b.events AND n.rounding IS NOT NULL AND n.value IS NOT NULL
               AND least(abs(n.value * n.events - b.value * b.events), abs((100 - n.value) * n.events - (100 - b.value) * b.events)) / 100
                   - (n.events + b.events) * n.rounding / 100 - 4 < n.threshold) AS unsafe
      FROM (SELECT f.* FROM fresh f JOIN known USING (audience, schooljaar, indicator, breakdown)) n
      FULL JOIN (SELECT * FROM ledger WHERE age = 1) b USING (audience, schooljaar, indicator, breakdown, location_no, category)
), state AS MATERIALIZED (
    -- what stood in each table at each moment anything was released, and what would stand in it now
    SELECT released_at AS at, audience, schooljaar, indicator, breakdown, who, events
      FROM (SELECT t.at AS released_at, l.audience, l.schooljaar, l.indicator, l.breakdown, l.who, l.events,
                   rank() OVER (PARTITION BY t.at, l.audience, l.schooljaar, l.indicator, l.breakdown ORDER BY l.released_at DESC) AS age
              FROM (SELECT DISTINCT released_at AS at FROM ledger) t JOIN ledger l ON l.released_at <= t.at
             WHERE l.indicator IN (SELECT indicator FROM fresh WHERE subset_of <> '' OR overlap UNION SELECT subset_of FROM fresh)) x
     WHERE age = 1
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
), by_itself AS MATERIALIZED (
    SELECT schooljaar, indicator FROM compared WHERE unsafe
    UNION
    SELECT schooljaar, indicator FROM fresh n JOIN ledger l USING (schooljaar, indicator, breakdown, who) WHERE n.events <> l.events AND abs(n.events - l.events) < n.enough
    UNION
    SELECT n.schooljaar, n.indicator FROM rest n JOIN rest o USING (audience, schooljaar, indicator, breakdown, who) JOIN (SELECT DISTINCT audience, threshold FROM fresh) a USING (audience)
     WHERE n.at = 'infinity' AND o.at < 'infinity' AND n.events <> o.events AND abs(n.events - o.events) < a.threshold
), held AS MATERIALIZED (
    SELECT DISTINCT d.schooljaar, d.family FROM pg_temp.decision_new d JOIN by_itself b USING (schooljaar, indicator)
    UNION
    -- of an indicator that is no longer computed nobody knows the family
    SELECT d.schooljaar, d.family FROM pg_temp.decision_new d JOIN by_itself b USING (schooljaar)
     WHERE NOT EXISTS (SELECT FROM pg_temp.decision_new x WHERE x.schooljaar = b.schooljaar AND x.indicator = b.indicator)
), out AS (
    DELETE FROM pg_temp.figure_new n USING held h, pg_temp.decision_new d
     WHERE (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown) AND (h.schooljaar, h.family) = (d.schooljaar, d.family)
)
UPDATE pg_temp.decision_new d
   SET kept = k.audience IS NOT NULL,
       decision = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.decision, 'released') ELSE 'withheld' END,
       reason = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.reason, '') ELSE 'het verschil met eerder gepubliceerde cijfers is te klein om te tonen' END
  FROM held h
  JOIN pg_temp.decision_new n ON (n.schooljaar, n.family) = (h.schooljaar, h.family) AND n.board_no = $1::int
  LEFT JOIN known k ON (k.audience, k.schooljaar, k.indicator, k.breakdown) = (n.audience, n.schooljaar, n.indicator, n.breakdown)
  LEFT JOIN release.decision s ON (s.audience, s.board_no, s.schooljaar, s.indicator, s.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
 WHERE (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
