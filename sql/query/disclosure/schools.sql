-- All locations of a board that know their own records, now or at an earlier release. $1 board. Columns: location_no (as text)
SELECT location_no::text FROM result.spread WHERE board_no = $1::int
UNION SELECT location_no::text FROM result.figure WHERE board_no = $1::int AND location_no > 0
UNION SELECT unnest(locations)::text FROM result.spread_shown WHERE board_no = $1::int
ORDER BY 1
