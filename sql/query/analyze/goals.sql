-- Goals in force with the indicator's value at the baseline and now. One row per goal.
-- $1 boards, $2 school year. Columns: board_no, location_no, goal_no, indicator, baseline_year, target, due_on, owner_role,
-- baseline value, current value, low, high, office
SELECT p.board_no, g.location_no, g.goal_no, c.code, g.baseline_year, g.target, g.due_on, g.owner_role, b.value, n.value, n.low, n.high, l.office
  FROM fact.goal g
  JOIN register.location l USING (location_no)
  JOIN register.location_period p ON p.location_no = g.location_no AND make_date($2::int + 1, 7, 31) BETWEEN p.valid_from AND p.valid_to
  JOIN register.code c ON c.list = 'doel_indicator' AND c.no = g.indicator
  JOIN fact.delivery d USING (delivery_no)
  LEFT JOIN result.figure b ON b.board_no = p.board_no AND b.schooljaar = g.baseline_year AND b.indicator = c.code AND b.category = ''
        AND b.breakdown = CASE WHEN l.office THEN 'totaal' ELSE 'school' END AND b.location_no = CASE WHEN l.office THEN 0 ELSE g.location_no END
  LEFT JOIN result.figure n ON n.board_no = p.board_no AND n.schooljaar = $2::int AND n.indicator = c.code AND n.category = ''
        AND n.breakdown = CASE WHEN l.office THEN 'totaal' ELSE 'school' END AND n.location_no = CASE WHEN l.office THEN 0 ELSE g.location_no END
 WHERE p.board_no = ANY ($1::int[]) AND date_part('year', d.period_begin) = $2::int
 ORDER BY p.board_no, g.location_no, g.goal_no
