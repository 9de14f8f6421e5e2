-- What the figures that follow from the released cells of an audience and board are made from: its newest certificate and its declared breaks.
CREATE OR REPLACE FUNCTION release.derived_from(which text, board integer) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT c.content || ':' || md5((SELECT coalesce(string_agg(b.kind || ' ' || b.on_date, ',' ORDER BY b.on_date, b.kind), '')
                                      FROM release.series_break b WHERE b.audience = which AND b.board_no = board))
      FROM release.certificate c WHERE c.audience = which AND c.board_no = board ORDER BY c.schooljaar DESC LIMIT 1
$$;
