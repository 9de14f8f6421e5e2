-- Hold what all audiences of a board would now see against everything they were ever shown. Where any cell of a school year would differ by
-- fewer than the threshold from any earlier showing (to any audience), where groups changed, where a value moved while its count did
-- not, or where a part and its whole moved by amounts that differ by fewer than the threshold, the whole school year stays as it was
-- for all audiences ("kept"): the difference would be a figure about too few children. Years hold different records, so they are
-- judged one by one. $1 board
WITH ledger AS MATERIALIZED (
    SELECT *, rank() OVER (PARTITION BY audience, schooljaar, indicator, breakdown ORDER BY released_at DESC) AS age FROM release.ledger WHERE board_no = $1::int
), known AS MATERIALIZED (
    SELECT DISTINCT audience, schooljaar, indicator, breakdown FROM ledger
), fresh AS MATERIALIZED (
    SELECT n.* FROM pg_temp.figure_new n WHERE n.board_no = $1::int
), compared AS MATERIALIZED (
    SELECT coalesce(n.audience, b.audience) AS audience, coalesce(n.schooljaar, b.schooljaar) AS schooljaar, coalesce(n.indicator, b.indicator) AS indicator,
           coalesce(n.breakdown, b.breakdown) AS breakdown, location_no, category, n.subset_of, n.threshold, n.events - b.events AS moved,
           n.category IS NULL OR b.category IS NULL OR n.members <> b.members OR (n.events = b.events AND n.value IS DISTINCT FROM b.value AND abs(n.value - b.value) > 1e-9)
           OR (n.events <> b.events AND abs(n.events - b.events) < n.threshold) AS unsafe
      FROM (SELECT f.* FROM fresh f JOIN known USING (audience, schooljaar, indicator, breakdown)) n
      FULL JOIN (SELECT * FROM ledger WHERE age = 1) b USING (audience, schooljaar, indicator, breakdown, location_no, category)
), frozen AS (
    SELECT schooljaar FROM compared WHERE unsafe
    UNION
    SELECT n.schooljaar FROM fresh n JOIN ledger l USING (schooljaar, indicator, breakdown, location_no, category)
     WHERE n.members = l.members AND n.events <> l.events AND abs(n.events - l.events) < n.threshold
    UNION
    SELECT c.schooljaar FROM compared c JOIN compared p ON p.audience = c.audience AND p.schooljaar = c.schooljaar AND p.indicator = c.subset_of AND p.breakdown = c.breakdown
       AND p.location_no = c.location_no AND p.category = c.category
     WHERE c.moved <> p.moved AND abs(c.moved - p.moved) < c.threshold
)
UPDATE pg_temp.decision_new d SET decision = 'kept', reason = 'eerder gepubliceerd; het verschil met de nieuwe cijfers is te klein om te tonen'
  FROM frozen f WHERE d.schooljaar = f.schooljaar AND d.board_no = $1::int
