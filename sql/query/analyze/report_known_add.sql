-- Remember how many incidents of each covered month are known by now: as of the newest delivery that covers it. $1 boards
INSERT INTO result.report_known (board_no, location_no, month, known_on, incidents)
SELECT e.board_no, e.location_no, e.month, d.known_on, coalesce(i.n, 0)
  FROM result.exposure e
  JOIN LATERAL (SELECT max(d.received_on) AS known_on
                  FROM fact.delivery d
                 WHERE d.board_no = e.board_no AND (d.location_no IS NULL OR d.location_no = e.location_no) AND d.kind = 'incident' AND d.replaced_by IS NULL
                   AND d.period_begin < (e.month + interval '1 month')::date AND d.period_end >= e.month AND d.received_on >= e.month) d ON d.known_on IS NOT NULL
  LEFT JOIN (SELECT board_no, location_no, month, count(*) AS n FROM fact.incident_board WHERE board_no = ANY ($1::int[]) GROUP BY board_no, location_no, month) i
         ON i.board_no = e.board_no AND i.location_no = e.location_no AND i.month = e.month
 WHERE e.board_no = ANY ($1::int[]) AND e.covered
    ON CONFLICT (location_no, month, known_on) DO UPDATE SET incidents = excluded.incidents
