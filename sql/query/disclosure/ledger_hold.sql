-- Hold the new tables of an audience against what was released before. A table stays as it was ("kept") when its groups
-- differ from those released, or when any group changed by fewer than the threshold: the difference would be a figure about
-- fewer than threshold children. $1 audience, $2 board, $3 threshold
WITH last_batch AS MATERIALIZED (
    SELECT l.* FROM (SELECT *, rank() OVER (PARTITION BY schooljaar, indicator, breakdown ORDER BY released_at DESC) AS age
                       FROM release.ledger WHERE audience = $1 AND board_no = $2::int) l
     WHERE l.age = 1
), compared AS (
    SELECT coalesce(n.schooljaar, b.schooljaar) AS schooljaar, coalesce(n.indicator, b.indicator) AS indicator, coalesce(n.breakdown, b.breakdown) AS breakdown,
           n.category IS NULL OR b.category IS NULL OR n.members <> b.members AS other_groups,
           abs(n.events - b.events) AS moved, n.events = b.events AND n.value IS DISTINCT FROM b.value AND abs(n.value - b.value) > 1e-9 AS other_value
      FROM (SELECT * FROM pg_temp.figure_new WHERE audience = $1 AND board_no = $2::int) n
      FULL JOIN last_batch b USING (schooljaar, indicator, breakdown, location_no, category)
), verdict AS (
    SELECT c.schooljaar, c.indicator, c.breakdown, bool_or(c.other_groups OR (c.moved > 0 AND c.moved < $3::int) OR c.other_value) AS keep
      FROM compared c
     WHERE EXISTS (SELECT FROM last_batch b WHERE b.schooljaar = c.schooljaar AND b.indicator = c.indicator AND b.breakdown = c.breakdown)
     GROUP BY c.schooljaar, c.indicator, c.breakdown
)
UPDATE pg_temp.decision_new d SET decision = 'kept', reason = 'eerder gepubliceerd; het verschil met de nieuwe cijfers is te klein om te tonen'
  FROM verdict v
 WHERE v.keep AND d.audience = $1 AND d.board_no = $2::int AND d.schooljaar = v.schooljaar AND d.indicator = v.indicator AND d.breakdown = v.breakdown
