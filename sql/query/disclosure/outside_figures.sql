-- Everything that readers of these audiences hold about a board now. Role vb_report: nothing but release.
-- $1 audiences, comma separated; $2 board. Columns: audience, schooljaar, indicator, breakdown, location_no, category, members, events,
-- value, '@' where the table stands as it was released before
SELECT f.audience, schooljaar, indicator, breakdown, location_no, category, members, events, value, CASE WHEN d.kept THEN '@' ELSE '' END
  FROM release.figure f LEFT JOIN release.decision d USING (audience, board_no, schooljaar, indicator, breakdown)
 WHERE audience = ANY (string_to_array($1, ',')) AND board_no = $2::int
 ORDER BY schooljaar, indicator, breakdown, audience, ord, location_no, category
