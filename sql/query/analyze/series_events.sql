-- Days on which something of these forms happened, and how often. $1 boards, $2 form codes. Columns: board_no, location_no, day, n
SELECT board_no, location_no, occurred_on, count(*)
  FROM fact.incident_board
 WHERE board_no = ANY ($1::int[]) AND vorm IN (SELECT no FROM register.code WHERE list = 'vorm' AND code = ANY (string_to_array($2, ',')))
 GROUP BY board_no, location_no, occurred_on
 ORDER BY board_no, location_no, occurred_on
