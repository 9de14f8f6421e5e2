-- Where something of the board was released now: which of its tables stayed as they were. $1 board
INSERT INTO release.ledger_kept (audience, board_no, schooljaar, indicator, breakdown)
SELECT audience, board_no, schooljaar, indicator, breakdown FROM pg_temp.decision_new
 WHERE kept AND board_no = $1::int AND EXISTS (SELECT FROM release.ledger WHERE board_no = $1::int AND released_at = now())
