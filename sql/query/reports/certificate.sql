-- The certificate of an audience and board, whether it matches what stands in release, and the size of the board.
-- $1 audience, $2 board, $3 school year
SELECT coalesce(b.name, 'Bestuur ' || b.board_no), c.content, c.threshold, c.n_tables, c.n_released, c.n_coarsened, c.n_withheld, c.n_kept,
       -- only the newest certificate of a board speaks of its current cells
       c.content = release.content_hash(c.audience, c.board_no),
       (SELECT count(*) FROM register.location_period p JOIN register.location l USING (location_no)
         WHERE p.board_no = c.board_no AND NOT l.office AND make_date($3::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to),
       (SELECT coalesce(sum(u.pupils), 0) FROM register.location_period p JOIN register.location l USING (location_no) JOIN register.pupils_of_year u USING (location_no)
         WHERE p.board_no = c.board_no AND NOT l.office AND u.schooljaar = $3::int AND make_date($3::int + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to),
       (SELECT coalesce(string_agg(i.title || ': ' || i.definition, '. ' ORDER BY i.instrument), '') FROM register.instrument i
         WHERE EXISTS (SELECT FROM release.figure f WHERE f.audience = c.audience AND f.board_no = c.board_no AND f.breakdown = 'instrument' AND f.category = i.code)),
       coalesce(c.attack_numbers, 0), coalesce(c.attack_relations, 0), coalesce(c.attack_hidden, 0),
       -- who holds the narrowest edition holds this one too
       (SELECT max(x.attack_insiders) FROM release.certificate x WHERE x.board_no = c.board_no AND x.schooljaar = c.schooljaar)
  FROM release.certificate c JOIN register.board b USING (board_no)
 WHERE c.audience = $1 AND c.board_no = $2::int AND c.schooljaar = $3::int
