-- What stood in each table at each moment a board was released, in so far as it was of that moment: shown then, or shown before and unchanged.
-- who: the sorted labels of what a group holds.
CREATE OR REPLACE VIEW release.ledger_state AS
SELECT at, audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value,
       ARRAY(SELECT unnest(string_to_array(CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, ',')) ORDER BY 1) AS who, decimals
  FROM (SELECT t.at, l.*, rank() OVER (PARTITION BY l.board_no, t.at, l.audience, l.schooljaar, l.indicator, l.breakdown ORDER BY l.released_at DESC) AS age
          FROM (SELECT board_no, released_at AS at FROM release.ledger UNION SELECT board_no, released_at FROM release.ledger_moment) t JOIN release.ledger l ON l.board_no = t.board_no AND l.released_at <= t.at) s
 WHERE age = 1
   AND NOT EXISTS (SELECT FROM release.ledger_kept k WHERE (k.board_no, k.audience, k.schooljaar, k.indicator, k.breakdown, k.released_at) = (s.board_no, s.audience, s.schooljaar, s.indicator, s.breakdown, s.at));
