-- What cannot be shown as it is now stays as it was where it stands ("kept"), and out of the release where it does not, or where what stands is by now too little. $1 board
WITH stands AS MATERIALIZED (
    SELECT f.audience, f.schooljaar, f.indicator, f.breakdown, bool_or(f.events > 0 AND f.events < t.threshold) AS too_little
      FROM release.figure f JOIN (SELECT DISTINCT audience, threshold FROM pg_temp.decision_new) t USING (audience) WHERE f.board_no = $1::int GROUP BY 1, 2, 3, 4
)
UPDATE pg_temp.decision_new d
   SET kept = coalesce(NOT k.too_little, false),
       decision = CASE WHEN NOT k.too_little THEN coalesce(s.decision, 'released') ELSE 'withheld' END,
       reason = CASE WHEN NOT k.too_little THEN coalesce(s.reason, '') WHEN d.decision = 'withheld' THEN d.reason ELSE 'het verschil met eerder gepubliceerde cijfers is te klein om te tonen' END
  FROM pg_temp.decision_new n
  LEFT JOIN stands k USING (audience, schooljaar, indicator, breakdown)
  LEFT JOIN release.decision s ON (s.audience, s.board_no, s.schooljaar, s.indicator, s.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
 WHERE n.stale AND n.board_no = $1::int AND (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
