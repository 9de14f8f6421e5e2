-- Schools of the boards with their region and pupils per school year. One row per school, period and school year.
-- $1 boards, $2 first and $3 last school year
SELECT p.location_no, p.board_no, y.schooljaar, p.region, u.pupils,
       greatest(p.valid_from, make_date(y.schooljaar, 8, 1)), least(p.valid_to, make_date(y.schooljaar + 1, 7, 31))
  FROM register.location_period p
  JOIN register.location l USING (location_no)
 CROSS JOIN generate_series($2::int, $3::int) AS y(schooljaar)
  LEFT JOIN register.pupils_of_year u ON u.location_no = p.location_no AND u.schooljaar = y.schooljaar
 WHERE NOT l.office AND p.board_no = ANY ($1::int[]) AND p.valid_from <= make_date(y.schooljaar + 1, 7, 31) AND p.valid_to >= make_date(y.schooljaar, 8, 1)
 ORDER BY p.location_no, y.schooljaar, p.valid_from
