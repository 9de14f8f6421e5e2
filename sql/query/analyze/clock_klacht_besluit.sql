-- Terms for the decision on a complaint: from the advice, or from reception where the complaint went without advice.
-- Withdrawn complaints have no term. Columns: location_no, board_no, schooljaar, started_on, done_on. $1 boards
SELECT location_no, board_no, schooljaar, coalesce(advice_on, received_on), decided_on
  FROM fact.complaint_board WHERE board_no = ANY ($1::int[]) AND withdrawn_on IS NULL
 ORDER BY location_no, received_on, key
