-- Goals of which the values are shown, as they are shown. $1 audience, $2 board, $3 school year
-- Columns: location_no, goal_no, indicator, baseline_year, baseline, target, due_on, current, low, high
SELECT location_no, goal_no, indicator, baseline_year, baseline, target, due_on, current, low, high
  FROM release.goal WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int AND current IS NOT NULL AND baseline IS NOT NULL ORDER BY location_no, goal_no
