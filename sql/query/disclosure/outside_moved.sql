-- Showings of one group, now and earlier, that a reader who kept everything can subtract: how many there are, and how many differ by fewer
-- than the threshold without being equal. $1 audiences, comma separated; $2 board; $3 threshold. Columns: pairs, too close
SELECT count(*), count(*) FILTER (WHERE a.events <> b.events AND abs(a.events - b.events) < $3::int)
  FROM release.ledger a JOIN release.ledger b USING (board_no, schooljaar, indicator, breakdown, location_no, category, members)
 WHERE a.audience = ANY (string_to_array($1, ',')) AND b.audience = ANY (string_to_array($1, ',')) AND board_no = $2::int AND a.ctid > b.ctid
