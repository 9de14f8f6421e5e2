-- Tables that all audiences of a board would now see and that cannot stand beside what they were shown before, for what counts alone (movement.h) do not tell: the value of a
-- group (a mean, a share of cases, a ratio) moved while its count did not, or the countings of one group in several ways would lie apart by so much more or less that it is
-- about fewer than the threshold. Values of rates follow from their counts and from pupils that are printed; shares of questionnaires are looked at in movement.h.
-- $1 board. Columns: audience, schooljaar, indicator, breakdown
WITH ledger AS MATERIALIZED (
    SELECT audience, schooljaar, indicator, breakdown, at, who, events, value FROM release.ledger_state WHERE board_no = $1::int
), fresh AS MATERIALIZED (
    SELECT n.*, ARRAY(SELECT unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) ORDER BY 1) AS who
      FROM pg_temp.figure_new n WHERE n.board_no = $1::int
)
SELECT n.audience, n.schooljaar, n.indicator, n.breakdown
  FROM fresh n JOIN ledger b USING (audience, schooljaar, indicator, breakdown, who)
 WHERE n.denominator IS NULL AND n.rounding IS NULL AND n.events = b.events AND n.value IS DISTINCT FROM b.value AND coalesce(abs(n.value - b.value), 1) > 1e-9
UNION
SELECT n.audience, n.schooljaar, n.indicator, n.breakdown
  FROM fresh n JOIN fresh m USING (audience, schooljaar, indicator, breakdown)
  JOIN ledger b USING (audience, schooljaar, indicator, breakdown) JOIN ledger c USING (audience, schooljaar, indicator, breakdown, at)
 WHERE n.overlap AND n.who < m.who AND b.who = n.who AND c.who = m.who
   AND abs(abs(n.events - m.events) - abs(b.events - c.events)) BETWEEN 1 AND n.threshold - 1
