-- What was done to every table, and why; and since when it stands as it was released before, where a correction was too small to show. $1 audience, $2 board
SELECT d.schooljaar, d.indicator, d.breakdown, d.decision, d.reason,
       CASE WHEN d.kept THEN (SELECT max(l.released_at)::date FROM release.ledger l
                               WHERE (l.audience, l.board_no, l.schooljaar, l.indicator, l.breakdown) = (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown)) END
  FROM release.decision d WHERE d.audience = $1 AND d.board_no = $2::int ORDER BY 1, 2, 3
