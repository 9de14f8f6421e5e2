-- Boards with deliveries, what their results would be made from now, and what they were made from. One row per board.
-- $1 school year, $2 configuration and version, $3 as-of date, $4 one board or 0
SELECT d.board_no, s.fingerprint,
       md5(string_agg(d.sha256 || d.kind || d.form || coalesce(d.location_no, 0) || d.period_begin || d.period_end || d.received_on, ',' ORDER BY d.sha256, d.kind, d.form, d.location_no)
           || (SELECT coalesce(string_agg(sha256 || form, ',' ORDER BY sha256, form), '') FROM fact.delivery WHERE board_no IS NULL AND replaced_by IS NULL) || $2 || $3
           || (SELECT coalesce(max(a.amendment_no)::text, '') FROM ops.amendment a WHERE a.board_no = d.board_no AND a.cause = 'forget')
           || (SELECT coalesce(string_agg(l.alarm_no || l.event || l.event_on, ',' ORDER BY l.alarm_no), '') FROM result.alarm_life l WHERE l.board_no = d.board_no AND l.event IS NOT NULL))
  FROM fact.delivery d LEFT JOIN result.board_state s ON s.board_no = d.board_no AND s.schooljaar = $1::int
 WHERE d.replaced_by IS NULL AND d.board_no IS NOT NULL AND ($4::int = 0 OR d.board_no = $4::int)
 GROUP BY d.board_no, s.fingerprint
 ORDER BY d.board_no
