-- What stood of a board at each moment anything of it was released, in so far as it was of that moment, for who holds these audiences; table by table, moment by moment.
-- $1 audiences, comma separated; $2 board. Columns: moment (from 0), its month (YYYY-MM), schooljaar, indicator, breakdown, audience (its place in $1), members (comma separated), events,
-- value, decimals (-1: as config/ says)
SELECT dense_rank() OVER (ORDER BY at) - 1, to_char(at, 'YYYY-MM'), schooljaar, indicator, breakdown, array_position(string_to_array($1, ','), audience),
       array_to_string(CASE WHEN who = '{}' THEN ARRAY[''] ELSE who END, ','), events, value, coalesce(decimals, -1)
  FROM release.ledger_state WHERE board_no = $2::int AND audience = ANY (string_to_array($1, ',')) AND events IS NOT NULL
 ORDER BY schooljaar, indicator COLLATE "C", breakdown COLLATE "C", at, 6, who
