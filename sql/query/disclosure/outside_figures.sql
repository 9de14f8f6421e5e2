-- Everything that readers of these audiences hold about a board now. Role vb_report: nothing but release.
-- $1 audiences, comma separated; $2 board. Columns: audience, schooljaar, indicator, breakdown, location_no, category, members, events,
-- value, '@' and since when where the table stands as it was released before, decimals of the value (-1: as config/ says)
SELECT f.audience, schooljaar, indicator, breakdown, location_no, category, members, events, value, CASE WHEN d.kept THEN '@' || extract(epoch FROM since.at) ELSE '' END, coalesce(f.decimals, -1)
  FROM release.figure f LEFT JOIN release.decision d USING (audience, board_no, schooljaar, indicator, breakdown)
  LEFT JOIN (SELECT audience, board_no, schooljaar, indicator, breakdown, max(released_at) AS at FROM release.ledger WHERE board_no = $2::int GROUP BY 1, 2, 3, 4, 5) since
       USING (audience, board_no, schooljaar, indicator, breakdown)
 WHERE audience = ANY (string_to_array($1, ',')) AND board_no = $2::int
 ORDER BY schooljaar, indicator, breakdown, audience, ord, location_no, category
