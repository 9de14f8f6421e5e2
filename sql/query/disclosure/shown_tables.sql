-- Every table that was ever shown of a board. $1 board. Columns: schooljaar, indicator, breakdown
SELECT DISTINCT schooljaar, indicator, breakdown FROM release.ledger WHERE board_no = $1::int ORDER BY 1, 2, 3
