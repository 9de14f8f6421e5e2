-- Monthly counts per school with exposure, from the first registered month on. $1 boards, $2 form codes of bullying
-- Columns: board_no, location_no, month, exposure (pupils x days; NULL unknown), covered, pest, alles
SELECT e.board_no, e.location_no, e.month, e.pupils::float8 * e.open_days, e.covered,
       count(i.key) FILTER (WHERE i.vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($2, ',')))),
       count(i.key), e.open_days
  FROM result.exposure e
  LEFT JOIN fact.incident_board i ON i.location_no = e.location_no AND i.month = e.month AND i.board_no = e.board_no
 WHERE e.board_no = ANY ($1::int[])
 GROUP BY e.board_no, e.location_no, e.month, e.pupils, e.open_days, e.covered
 ORDER BY e.board_no, e.location_no, e.month
