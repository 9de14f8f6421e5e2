-- Every released cell of an audience and board up to a school year, with names for readers.
-- $1 audience, $2 board, $3 school year, $4 wording for gmr, mr and parents
SELECT f.schooljaar, f.indicator, f.breakdown, f.location_no, f.category,
       CASE WHEN f.category = '*' AND f.breakdown = 'school' THEN 'Overige scholen (' || f.n_members || ')'
            WHEN f.category = '*' THEN 'Overig (' || f.n_members || ')'
            WHEN f.location_no > 0 THEN coalesce(p.name, 'School')
            ELSE coalesce(CASE WHEN $4::boolean THEN c.label_wide ELSE c.label END, i.title, initcap(left(f.category, 1)) || substr(f.category, 2)) END,
       f.members, f.n_members, f.ord, f.events, f.schools, f.denominator, f.value, f.low, f.high, f.p_change, f.reason, f.corrected
  FROM release.figure f
  LEFT JOIN register.location_period p ON p.location_no = f.location_no AND make_date(f.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to
  LEFT JOIN register.code c ON c.code = f.category AND c.list = CASE f.breakdown WHEN 'soort' THEN 'klacht_soort' ELSE f.breakdown END
  LEFT JOIN register.instrument i ON f.breakdown = 'instrument' AND i.code = f.category
 WHERE f.audience = $1 AND f.board_no = $2::int AND f.schooljaar <= $3::int
 ORDER BY f.schooljaar, f.indicator, f.breakdown, f.ord, p.name, f.category
