-- One row per school and school year: pupils, and how much of the year its incident registration covers.
-- pupils_covered is the denominator of yearly rates: "no report" takes a school (or part of its year) out, it is never a zero.
CREATE OR REPLACE VIEW result.school_year AS
SELECT location_no, board_no, schooljaar, max(pupils) AS pupils,
       bool_or(covered) AS covered,
       coalesce(sum(open_days) FILTER (WHERE covered)::float8 / nullif(sum(open_days), 0),
                count(*) FILTER (WHERE covered)::float8 / count(*)) AS share_covered,
       max(pupils) * coalesce(sum(open_days) FILTER (WHERE covered)::float8 / nullif(sum(open_days), 0),
                              count(*) FILTER (WHERE covered)::float8 / count(*)) AS pupils_covered,
       sum(open_days) FILTER (WHERE covered) AS open_days
  FROM result.exposure
 GROUP BY location_no, board_no, schooljaar;
