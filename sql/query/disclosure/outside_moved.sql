-- What a reader who kept everything can subtract: showings of one group, now and earlier, and what a whole left beside its part whenever he had both. How many pairs
-- there are, and how many differ by fewer than the threshold without being equal. $1 audiences, comma separated; $2 board; $3 threshold; $4 parts and their wholes:
-- indicators "part=whole", comma separated. Columns: pairs, too close
WITH shown AS MATERIALIZED (
    SELECT *, lead(released_at, 1, 'infinity') OVER (PARTITION BY audience, schooljaar, indicator, breakdown, location_no, category ORDER BY released_at) AS until
      FROM release.ledger WHERE audience = ANY (string_to_array($1, ',')) AND board_no = $2::int
), rest AS MATERIALIZED (
    SELECT DISTINCT p.audience, p.schooljaar, p.indicator, p.breakdown, p.location_no, p.category, p.members, w.events - p.events AS events
      FROM string_to_table($4, ',') AS s(pair) JOIN shown p ON p.indicator = split_part(s.pair, '=', 1)
      JOIN shown w ON w.indicator = split_part(s.pair, '=', 2)
       AND (w.audience, w.schooljaar, w.breakdown, w.location_no, w.category, w.members) = (p.audience, p.schooljaar, p.breakdown, p.location_no, p.category, p.members)
       AND p.released_at < w.until AND w.released_at < p.until
), pair AS (
    SELECT abs(a.events - b.events) AS apart
      FROM release.ledger a JOIN release.ledger b USING (board_no, schooljaar, indicator, breakdown, location_no, category, members)
     WHERE a.audience = ANY (string_to_array($1, ',')) AND b.audience = ANY (string_to_array($1, ',')) AND board_no = $2::int AND a.ctid > b.ctid
     UNION ALL
    SELECT abs(a.events - b.events) FROM rest a JOIN rest b USING (audience, schooljaar, indicator, breakdown, location_no, category, members) WHERE a.events > b.events
)
SELECT count(*), count(*) FILTER (WHERE apart > 0 AND apart < $3::int) FROM pair
