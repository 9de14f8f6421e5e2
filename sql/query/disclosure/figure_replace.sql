-- Publish: replace every table of the audience and board but those that are kept; mark groups that were shown with another number.
-- $1 audience, $2 board, $3 school year (not used; years stand in the rows)
WITH kept AS (
    SELECT schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE audience = $1 AND board_no = $2::int AND kept
), gone AS (
    DELETE FROM release.figure f
     WHERE f.audience = $1 AND f.board_no = $2::int
       AND (f.schooljaar, f.indicator, f.breakdown) IN (SELECT schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE audience = $1 AND board_no = $2::int AND NOT kept)
    RETURNING 1
), unsure AS (
    -- what stays was compared with the year before as that stood: where that is another now, how sure the change is goes
    UPDATE release.figure f SET p_change = NULL FROM kept k
     WHERE f.audience = $1 AND f.board_no = $2::int AND (f.schooljaar, f.indicator, f.breakdown) = (k.schooljaar, k.indicator, k.breakdown) AND f.p_change IS NOT NULL
       AND NOT EXISTS (SELECT FROM kept b WHERE (b.schooljaar, b.indicator, b.breakdown) = (f.schooljaar - 1, f.indicator, f.breakdown))
       AND NOT EXISTS (SELECT FROM release.figure b JOIN pg_temp.figure_new n USING (audience, board_no, schooljaar, indicator, breakdown, location_no, category)
                        WHERE (b.audience, b.board_no, b.schooljaar, b.indicator, b.breakdown, b.location_no, b.category) = (f.audience, f.board_no, f.schooljaar - 1, f.indicator, f.breakdown, f.location_no, f.category)
                          AND (b.events, b.denominator, b.value) IS NOT DISTINCT FROM (n.events, n.denominator, n.value))
), dropped AS (
    DELETE FROM release.decision d WHERE d.audience = $1 AND d.board_no = $2::int
       AND (d.schooljaar, d.indicator, d.breakdown) IN (SELECT schooljaar, indicator, breakdown FROM pg_temp.decision_new WHERE audience = $1 AND board_no = $2::int)
    RETURNING 1
)
INSERT INTO release.figure
SELECT n.audience, n.board_no, n.schooljaar, n.indicator, n.breakdown, n.location_no, n.category, n.members, n.n_members, n.ord, n.events, n.schools,
       n.denominator, n.value, n.low, n.high, n.p_change, n.reason,
       EXISTS (SELECT FROM release.ledger l WHERE l.audience = n.audience AND l.board_no = n.board_no AND l.schooljaar = n.schooljaar AND l.indicator = n.indicator
                  AND l.breakdown = n.breakdown AND l.location_no = n.location_no AND l.category = n.category AND l.members = n.members AND l.events <> n.events), n.decimals
  FROM pg_temp.figure_new n
 WHERE n.audience = $1 AND n.board_no = $2::int AND $3::int > 0 AND (SELECT count(*) FROM dropped) + (SELECT count(*) FROM gone) >= 0
   AND (n.schooljaar, n.indicator, n.breakdown) NOT IN (SELECT schooljaar, indicator, breakdown FROM kept)
