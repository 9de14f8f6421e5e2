-- The certificate of an audience and board. Without it reports refuse; verify recomputes its hash. Returns the hash.
-- $1 audience, $2 board, $3 school year, $4 threshold, $5 fingerprint of the results
INSERT INTO release.certificate (audience, board_no, schooljaar, threshold, n_tables, n_released, n_coarsened, n_withheld, n_kept, n_cells, smallest, source, content)
SELECT $1, $2::int, $3::int, $4::int, count(*), count(*) FILTER (WHERE decision = 'released' AND NOT kept), count(*) FILTER (WHERE decision = 'coarsened' AND NOT kept),
       count(*) FILTER (WHERE decision = 'withheld' AND NOT kept), count(*) FILTER (WHERE kept),
       (SELECT count(*) FROM release.figure f WHERE f.audience = $1 AND f.board_no = $2::int),
       (SELECT min(events) FROM release.figure f WHERE f.audience = $1 AND f.board_no = $2::int AND events > 0), $5,
       release.content_hash($1, $2::int)
  FROM release.decision WHERE audience = $1 AND board_no = $2::int
    ON CONFLICT (audience, board_no, schooljaar) DO UPDATE SET threshold = excluded.threshold, n_tables = excluded.n_tables, n_released = excluded.n_released,
       n_coarsened = excluded.n_coarsened, n_withheld = excluded.n_withheld, n_kept = excluded.n_kept, n_cells = excluded.n_cells, smallest = excluded.smallest,
       source = excluded.source, content = excluded.content
RETURNING content
