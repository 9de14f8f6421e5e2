-- Share of terms of one clock that were met, of those that have ended or run out (result.clock).
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell.
-- $1 boards, $2 first and $3 last school year, $4 clock
SELECT board_no, schooljaar, 'totaal', 0, '', 0, count(*), NULL::bigint, count(DISTINCT location_no), count(*) FILTER (WHERE met), count(*), NULL::float8, NULL::float8
  FROM result.clock
 WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND clock = $4 AND met IS NOT NULL
 GROUP BY board_no, schooljaar
