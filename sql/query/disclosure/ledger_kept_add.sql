-- Which tables that were ever shown are not of this moment in the release of now: they stayed as they were, or are out of it. $1 board
INSERT INTO release.ledger_kept (audience, board_no, schooljaar, indicator, breakdown)
SELECT audience, board_no, schooljaar, indicator, breakdown FROM pg_temp.decision_new
 WHERE (kept OR decision = 'withheld') AND board_no = $1::int
   AND (audience, schooljaar, indicator, breakdown) IN (SELECT audience, schooljaar, indicator, breakdown FROM release.ledger WHERE board_no = $1::int)
