-- What the shown values say of a goal. $1 audience, $2 board, $3 school year, $4 location, $5 goal, $6 status, $7 reason
UPDATE release.goal SET status = $6, reason = $7
 WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int AND location_no = $4::int AND goal_no = $5::int
