-- What stood of a board at each moment anything of it was released, in so far as it was of that moment, table by table and moment by moment. $1 board
-- Columns: audience, schooljaar, indicator, breakdown, moment (microseconds), its month (YYYY-MM), members (comma separated), events, value, decimals (-1: as config/ says)
SELECT audience, schooljaar, indicator, breakdown, (extract(epoch FROM at) * 1000000)::bigint, to_char(at, 'YYYY-MM'),
       CASE WHEN members <> '' THEN members WHEN location_no > 0 THEN location_no::text ELSE category END, events, value, coalesce(decimals, -1)
  FROM release.ledger_state WHERE board_no = $1::int
 ORDER BY audience COLLATE "C", schooljaar, indicator COLLATE "C", breakdown COLLATE "C", at, location_no, category COLLATE "C"
