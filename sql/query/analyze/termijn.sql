-- Share of terms of one clock that were met, of those that have ended or run out (result.clock).
-- Columns: board_no, schooljaar, breakdown, location_no, category, ord, events, persons (NULL: nobody named), schools,
-- numerator, denominator, sd, extra. One row per cell, and one per school behind it (analyze/indicator.h).
-- $1 boards, $2 first and $3 last school year, $4 clock
SELECT board_no, schooljaar, 'totaal', coalesce(location_no, 0), '', 0, count(*), NULL::bigint, count(DISTINCT school_no), count(*) FILTER (WHERE met), count(*), NULL::float8, NULL::float8
  FROM (SELECT *, location_no AS school_no FROM result.clock) clock
 WHERE board_no = ANY ($1::int[]) AND schooljaar BETWEEN $2::int AND $3::int AND clock = $4 AND met IS NOT NULL
 GROUP BY GROUPING SETS ((board_no, schooljaar), (board_no, schooljaar, location_no))
