-- What cannot be shown as it is now stays as it was where it stands ("kept"), and out of the release where it does not, or where it was
-- released under a lower threshold than is asked now. $1 board
WITH speaks AS MATERIALIZED (
    -- certificates of other years may be of what stood before
    SELECT audience, max(threshold) AS threshold FROM release.certificate WHERE board_no = $1::int AND content = release.content_hash(audience, board_no) GROUP BY audience
), stands AS MATERIALIZED (
    SELECT DISTINCT audience, schooljaar, indicator, breakdown, threshold FROM release.figure JOIN speaks USING (audience) WHERE board_no = $1::int
)
UPDATE pg_temp.decision_new d
   SET kept = k.audience IS NOT NULL,
       decision = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.decision, 'released') ELSE 'withheld' END,
       reason = CASE WHEN k.audience IS NOT NULL THEN coalesce(s.reason, '') WHEN d.decision = 'withheld' THEN d.reason ELSE 'verschil_klein' END
  FROM pg_temp.decision_new n
  LEFT JOIN stands k ON (k.audience, k.schooljaar, k.indicator, k.breakdown) = (n.audience, n.schooljaar, n.indicator, n.breakdown) AND k.threshold >= n.threshold
  LEFT JOIN release.decision s ON (s.audience, s.board_no, s.schooljaar, s.indicator, s.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
 WHERE n.stale AND n.board_no = $1::int AND (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown)
