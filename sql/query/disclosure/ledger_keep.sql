-- What cannot be shown as it is now stays as it was where it was shown before ("kept"), and out of the release where it was not. $1 board
WITH known AS MATERIALIZED (
    SELECT DISTINCT audience, schooljaar, indicator, breakdown FROM release.ledger WHERE board_no = $1::int
)
UPDATE pg_temp.decision_new d
   SET kept = k.audience IS NOT NULL,
       decision = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.decision, 'released') ELSE 'withheld' END,
       reason = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.reason, '') WHEN d.decision = 'withheld' THEN d.reason ELSE 'het verschil met eerder gepubliceerde cijfers is te klein om te tonen' END
  FROM pg_temp.decision_new n
  LEFT JOIN known k USING (audience, schooljaar, indicator, breakdown)
  LEFT JOIN release.decision s ON (s.audience, s.board_no, s.schooljaar, s.indicator, s.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
 WHERE n.stale AND n.board_no = $1::int AND (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
