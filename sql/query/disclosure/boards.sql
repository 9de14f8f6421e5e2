-- Boards with results for a school year, and whether all audiences hold a certificate made from these results, of what stands and at the threshold that is asked now.
-- $1 school year, $2 one board or 0, $3 audiences with their thresholds: "bestuur:5,gmr:10". Columns: board_no, fingerprint, up to date
SELECT s.board_no, s.fingerprint,
       NOT EXISTS (SELECT FROM string_to_table($3, ',') AS a(asked)
                    WHERE NOT EXISTS (SELECT FROM release.certificate c WHERE c.board_no = s.board_no AND c.schooljaar = s.schooljaar AND c.source = s.fingerprint AND c.audience || ':' || c.threshold = a.asked
                                         AND c.content = release.content_hash(c.audience, c.board_no)))
  FROM result.board_state s WHERE s.schooljaar = $1::int AND ($2::int = 0 OR s.board_no = $2::int) ORDER BY s.board_no
