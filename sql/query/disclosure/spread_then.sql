-- What each school had in the cells of a board's tables whenever they were released; one row without a label where nobody had anything. $1 board
-- Columns: schooljaar, indicator, breakdown, moment (as in ledger_shown), label (of a school: its number), location_no, events, numerator
SELECT s.schooljaar, s.indicator, s.breakdown, (extract(epoch FROM s.shown_at) * 1000000)::bigint, p.label, p.location_no::text, p.events, p.numerator
  FROM result.spread_shown s LEFT JOIN LATERAL unnest(s.labels, s.locations, s.events, s.numerators) AS p(label, location_no, events, numerator) ON true
 WHERE s.board_no = $1::int
 ORDER BY s.schooljaar, s.indicator COLLATE "C", s.breakdown COLLATE "C", s.shown_at
