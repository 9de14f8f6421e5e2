-- Which tables stayed as they were in the release of now. $1 board
INSERT INTO release.ledger_kept (audience, board_no, schooljaar, indicator, breakdown)
SELECT audience, board_no, schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE kept AND board_no = $1::int
