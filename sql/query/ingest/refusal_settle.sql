-- A delivery came in: what was refused of the same school (or board), kind and period before it needs nobody's work any more, nor does the same file. What was refused
-- because nobody could tell the school is settled by any delivery of the board. $1 delivery
UPDATE ops.refusal r SET settled_by = d.delivery_no
  FROM fact.delivery d
 WHERE d.delivery_no = $1::int AND r.settled_by IS NULL
   AND (r.sha256 = d.sha256
        OR r.board_no = d.board_no AND (r.location_no IS NOT DISTINCT FROM d.location_no OR r.location_no IS NULL AND r.rule = 'bestand.school')
           AND coalesce(r.kind, d.kind) = d.kind AND r.refused_on <= d.received_on
           AND coalesce(r.period_begin, d.period_begin) <= d.period_end AND coalesce(r.period_end, d.period_end) >= d.period_begin)
