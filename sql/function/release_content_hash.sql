-- SHA-256 over all published cells of an audience and board, in order of their key.
CREATE OR REPLACE FUNCTION release.content_hash(which text, board integer) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', schooljaar, indicator, breakdown, location_no, category, members, coalesce(events::text, '-'),
               schools, coalesce(value::text, '-'), coalesce(low::text, '-'), coalesce(high::text, '-'), reason), E'\n'
               ORDER BY schooljaar, indicator COLLATE "C", breakdown COLLATE "C", location_no, category COLLATE "C"), ''), 'UTF8')), 'hex')
      FROM release.figure WHERE audience = which AND board_no = board
$$;
