-- Everything that readers of these audiences hold about a board now. Role vb_report: nothing but release.
-- $1 audiences, comma separated; $2 board. Columns: audience, schooljaar, indicator, breakdown, location_no, category, members, events,
-- value, since when the table stands as it was released before ('' = it is of the last release)
SELECT audience, schooljaar, indicator, breakdown, location_no, category, members, events, value, coalesce(k.since, '')
  FROM release.figure f
  LEFT JOIN LATERAL (SELECT (SELECT '@' || extract(epoch FROM max(l.released_at))::text FROM release.ledger l
                             WHERE (l.audience, l.board_no, l.schooljaar, l.indicator, l.breakdown) = (f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown)) AS since
                       FROM release.decision d
                      WHERE d.kept AND (d.audience, d.board_no, d.schooljaar, d.indicator, d.breakdown) = (f.audience, f.board_no, f.schooljaar, f.indicator, f.breakdown)) k ON true
 WHERE audience = ANY (string_to_array($1, ',')) AND board_no = $2::int
 ORDER BY schooljaar, indicator, breakdown, audience, ord, location_no, category
