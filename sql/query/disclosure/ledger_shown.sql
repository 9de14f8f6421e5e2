-- Everything that was ever shown of a board, table by table and moment by moment. $1 board
-- Columns: audience, schooljaar, indicator, breakdown, moment (a number that grows), members (comma separated), events
SELECT audience, schooljaar, indicator, breakdown, dense_rank() OVER (ORDER BY released_at),
       CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, events
  FROM release.ledger WHERE board_no = $1::int
 ORDER BY audience COLLATE "C", schooljaar, indicator COLLATE "C", breakdown COLLATE "C", released_at, location_no, category COLLATE "C"
