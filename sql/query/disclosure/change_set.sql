-- Certainty of a change, where both years are published as the same group and neither stands as it was released before. Parameters: key of the cell, p-value.
UPDATE release.figure SET p_change = $8::float8
 WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int AND indicator = $4 AND breakdown = $5 AND location_no = $6::int AND category = $7
   AND NOT EXISTS (SELECT FROM pg_temp.decision_new d WHERE d.kept AND d.audience = $1 AND d.board_no = $2::int AND d.schooljaar IN ($3::int - 1, $3::int)
                     AND d.indicator = $4 AND d.breakdown = $5)
