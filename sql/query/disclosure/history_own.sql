-- What each school had in the cells of a board's tables, from the moment they were released on; one row without a label where nobody had anything. $1 audiences, comma separated; $2 board
-- Columns: moment (as in history_shown: the first one not before), schooljaar, indicator, breakdown, label (of a school: its number), location_no, events, numerator
WITH moment AS MATERIALIZED (
    SELECT at, dense_rank() OVER (ORDER BY at) - 1 AS no FROM (SELECT DISTINCT at FROM release.ledger_state WHERE board_no = $2::int AND audience = ANY (string_to_array($1, ',')) AND events IS NOT NULL) m
), held AS (
    SELECT DISTINCT ON (m.no, s.schooljaar, s.indicator, s.breakdown) m.no, s.*
      FROM result.spread_shown s JOIN LATERAL (SELECT no FROM moment WHERE at >= s.shown_at ORDER BY at LIMIT 1) m ON true
     WHERE s.board_no = $2::int ORDER BY m.no, s.schooljaar, s.indicator, s.breakdown, s.shown_at DESC
)
SELECT h.no, h.schooljaar, h.indicator, h.breakdown, p.label, p.location_no, p.events, p.numerator
  FROM held h LEFT JOIN LATERAL unnest(h.labels, h.locations, h.events, h.numerators) AS p(label, location_no, events, numerator) ON true
 ORDER BY h.schooljaar, h.indicator COLLATE "C", h.breakdown COLLATE "C", h.no
