-- What stood of a board at each moment anything of it was released, in so far as it was of that moment, for who holds these audiences; table by table, moment by moment.
-- $1 audiences, comma separated; $2 board. Columns: moment (from 0), its month (YYYY-MM), schooljaar, indicator, breakdown, audience (its place in $1), members (comma separated), events,
-- value, decimals (-1: as config/ says), how many moments there were: one more than any row has where nothing of the last release is of its moment
SELECT dense_rank() OVER (ORDER BY at) - 1, to_char(at, 'YYYY-MM'), schooljaar, indicator, breakdown, array_position(string_to_array($1, ','), audience),
       array_to_string(CASE WHEN who = '{}' THEN ARRAY[''] ELSE who END, ','), events, value, coalesce(decimals, -1),
       (SELECT count(DISTINCT at) FROM (SELECT at FROM release.ledger_state s WHERE s.board_no = $2::int AND s.audience = ANY (string_to_array($1, ',')) AND s.events IS NOT NULL
                                         UNION SELECT max(released_at) FROM release.ledger_moment m WHERE m.board_no = $2::int HAVING count(*) > 0) moment)
  FROM release.ledger_state WHERE board_no = $2::int AND audience = ANY (string_to_array($1, ',')) AND events IS NOT NULL
 ORDER BY schooljaar, indicator COLLATE "C", breakdown COLLATE "C", at, 6, who
