-- Who delivered what for a school year. $1 audience, $2 board, $3 school year
SELECT p.name, d.kind, d.status, coalesce(d.form, ''), d.received_on, d.reject_class, l.office, d.location_no
  FROM release.delivery_status d
  JOIN register.location l USING (location_no)
  JOIN register.location_period p ON p.location_no = d.location_no AND make_date(d.schooljaar + 1, 6, 1) BETWEEN p.valid_from AND p.valid_to
 WHERE d.audience = $1 AND d.board_no = $2::int AND d.schooljaar = $3::int ORDER BY l.office DESC, p.name, d.kind
