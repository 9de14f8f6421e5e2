-- Write to the ledger what was published and does not stand there yet. $1 audience, $2 board
WITH last_batch AS (
    SELECT l.* FROM release.ledger l
      JOIN (SELECT schooljaar, indicator, breakdown, max(released_at) AS released_at FROM release.ledger
             WHERE audience = $1 AND board_no = $2::int GROUP BY schooljaar, indicator, breakdown) m
        USING (schooljaar, indicator, breakdown, released_at)
     WHERE l.audience = $1 AND l.board_no = $2::int
), changed AS (
    SELECT DISTINCT f.schooljaar, f.indicator, f.breakdown
      FROM release.figure f
      LEFT JOIN last_batch b USING (schooljaar, indicator, breakdown, location_no, category)
     WHERE f.audience = $1 AND f.board_no = $2::int
       AND (b.category IS NULL OR b.members <> f.members OR b.events IS DISTINCT FROM f.events)
)
INSERT INTO release.ledger (audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, events, value)
SELECT f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category, f.members, f.events, f.value
  FROM release.figure f JOIN changed USING (schooljaar, indicator, breakdown)
 WHERE f.audience = $1 AND f.board_no = $2::int
