-- Certificates against what stands in release now. Columns: audience, board_no, schooljaar, matches. Only the newest certificate
-- of an audience and board speaks of the current cells.
SELECT audience, board_no, schooljaar, content = release.content_hash(audience, board_no)
  FROM (SELECT DISTINCT ON (audience, board_no) * FROM release.certificate ORDER BY audience, board_no, schooljaar DESC) c ORDER BY 1, 2
