-- The newest certificate of every audience and board, and whether what follows from its cells was made from these very cells.
-- $1 board, 0 = all. Columns: audience, board_no, schooljaar, content, done
SELECT c.audience, c.board_no, c.schooljaar, c.content, EXISTS (SELECT FROM release.derived d WHERE (d.audience, d.board_no, d.schooljaar, d.content) = (c.audience, c.board_no, c.schooljaar, c.content))
  FROM (SELECT DISTINCT ON (audience, board_no) audience, board_no, schooljaar, release.derived_from(audience, board_no) AS content
          FROM release.certificate WHERE $1::int IN (0, board_no) ORDER BY audience, board_no, schooljaar DESC) c
 ORDER BY 1, 2
