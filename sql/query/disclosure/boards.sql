-- Boards with results for a school year, and whether all audiences hold a certificate made from these results, of what stands.
-- $1 school year, $2 one board or 0, $3 number of audiences. Columns: board_no, fingerprint, up to date
SELECT s.board_no, s.fingerprint,
       (SELECT count(*) FROM release.certificate c WHERE c.board_no = s.board_no AND c.schooljaar = s.schooljaar AND c.source = s.fingerprint
           AND c.content = release.content_hash(c.audience, c.board_no)) = $3::int
  FROM result.board_state s WHERE s.schooljaar = $1::int AND ($2::int = 0 OR s.board_no = $2::int) ORDER BY s.board_no
