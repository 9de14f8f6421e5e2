-- PDCA goals. $1 audience, $2 board, $3 school year
SELECT p.name, g.goal_no, g.indicator, g.baseline_year, g.baseline, g.target, g.due_on, coalesce(c.label, ''), g.current, g.low, g.high, g.status, g.reason, l.office, g.location_no
  FROM release.goal g
  JOIN register.location l USING (location_no)
  JOIN register.location_period p ON p.location_no = g.location_no AND make_date(g.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to
  LEFT JOIN register.code c ON c.list = 'eigenaar' AND c.no = g.owner_role
 WHERE g.audience = $1 AND g.board_no = $2::int AND g.schooljaar = $3::int ORDER BY l.office DESC, p.name, g.goal_no
