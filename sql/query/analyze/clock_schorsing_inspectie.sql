-- Terms for reporting a suspension of more than one day to the inspectorate, from its first day.
-- Columns: location_no, board_no, schooljaar, started_on, done_on. $1 boards
SELECT m.location_no, m.board_no, m.schooljaar, m.begin_on, m.inspectorate_on
  FROM fact.measure_board m
 WHERE m.board_no = ANY ($1::int[]) AND m.end_on > m.begin_on
   AND m.kind = (SELECT no FROM register.code WHERE list = 'maatregel_soort' AND code = 'schorsing')
 ORDER BY m.location_no, m.begin_on, m.key
