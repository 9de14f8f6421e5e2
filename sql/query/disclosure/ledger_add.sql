-- Write to the ledger what was published and does not stand there yet. $1 audience, $2 board
WITH last_batch AS MATERIALIZED (
    SELECT l.* FROM (SELECT *, rank() OVER (PARTITION BY schooljaar, indicator, breakdown ORDER BY released_at DESC) AS age
                       FROM release.ledger WHERE audience = $1 AND board_no = $2::int) l
     WHERE l.age = 1
), changed AS (
    SELECT DISTINCT f.schooljaar, f.indicator, f.breakdown
      FROM release.figure f
      LEFT JOIN last_batch b USING (schooljaar, indicator, breakdown, location_no, category)
     WHERE f.audience = $1 AND f.board_no = $2::int
       AND (b.category IS NULL OR b.members <> f.members OR b.events IS DISTINCT FROM f.events OR b.value IS DISTINCT FROM f.value)
)
INSERT INTO release.ledger (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value, decimals)
SELECT f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category, f.members, f.events, f.value, f.decimals
  FROM release.figure f JOIN changed USING (schooljaar, indicator, breakdown)
 WHERE f.audience = $1 AND f.board_no = $2::int
