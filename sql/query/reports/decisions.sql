-- What was done to every table, and why. $1 audience, $2 board
SELECT schooljaar, indicator, breakdown, decision, reason FROM release.decision WHERE audience = $1 AND board_no = $2::int ORDER BY 1, 2, 3
