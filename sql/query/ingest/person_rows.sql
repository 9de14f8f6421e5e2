-- What the facts of a board hold about one person. One row per record and pseudonym that matched, with labels of codes. Columns:
-- matched (0 with birth date, 1 by name only), kind, school code, school name, day, until, what, place, role, group.
-- $1 board, $2 pseudonym with birth date or NULL, $3 pseudonym without
WITH who (matched, person) AS (VALUES (0, $2::uuid), (1, $3::uuid))
   , mine AS (SELECT delivery_no FROM fact.delivery WHERE board_no = $1::int)
   , found AS (
    SELECT w.matched, 'incident' AS kind, i.location_no, i.occurred_on AS day, NULL::date AS until,
           (SELECT string_agg(c.label, ', ' ORDER BY c.ord) FROM register.code c WHERE c.list = 'vorm' AND (i.vorm_set >> c.no) & 1 = 1) AS what,
           (SELECT c.label FROM register.code c WHERE c.list = 'plaats' AND c.no = i.place) AS place,
           (SELECT c.label FROM register.code c WHERE c.list = 'betrokkenheid' AND c.no = get_byte(i.people, 18 * n + 16)) AS role,
           get_byte(i.people, 18 * n + 17) AS grp
      FROM fact.incident i JOIN mine USING (delivery_no) JOIN who w ON position(uuid_send(w.person) IN i.people) > 0
     CROSS JOIN LATERAL generate_series(0, length(i.people) / 18 - 1) AS n
     WHERE substring(i.people FROM 18 * n + 1 FOR 16) = uuid_send(w.person)
    UNION ALL
    SELECT w.matched, 'maatregel', m.location_no, m.begin_on, m.end_on,
           (SELECT c.label FROM register.code c WHERE c.list = 'maatregel_soort' AND c.no = m.kind), NULL, NULL, m.grp
      FROM fact.measure m JOIN mine USING (delivery_no) JOIN who w ON w.person = m.person
    UNION ALL
    SELECT w.matched, 'klacht', k.location_no, k.received_on, k.decided_on,
           (SELECT c.label FROM register.code c WHERE c.list = 'klacht_soort' AND c.no = k.kind), NULL,
           r.part || coalesce(' (' || (SELECT c.label FROM register.code c WHERE c.list = 'rol' AND c.no = r.role_no) || ')', ''), NULL
      FROM fact.complaint k JOIN mine USING (delivery_no)
     CROSS JOIN LATERAL (VALUES ('klager', k.complainant, k.complainant_role), ('verweerder', k.respondent, k.respondent_role)) AS r(part, person, role_no)
      JOIN who w ON w.person = r.person
    UNION ALL
    SELECT w.matched, 'meldcode', s.location_no, s.begun_on, NULL,
           num_nonnulls(s.step1_on, s.step2_on, s.step3_on, s.step4_on, s.step5_on) || ' van 5 stappen', NULL, NULL, NULL
      FROM fact.case_step s JOIN mine USING (delivery_no) JOIN who w ON w.person = s.person
    UNION ALL
    SELECT w.matched, 'ongeval', a.location_no, a.occurred_on, NULL,
           (SELECT string_agg(c.label, ', ' ORDER BY c.ord) FROM register.code c WHERE c.list = 'behandeling' AND (a.treatment_set >> c.no) & 1 = 1),
           (SELECT c.label FROM register.code c WHERE c.list = 'plaats' AND c.no = a.place),
           (SELECT c.label FROM register.code c WHERE c.list = 'rol' AND c.no = a.victim_role), a.grp
      FROM fact.accident a JOIN mine USING (delivery_no) JOIN who w ON w.person = a.person
)
SELECT f.matched, f.kind, l.code, coalesce(p.name, ''), f.day, f.until, coalesce(f.what, ''), coalesce(f.place, ''), coalesce(f.role, ''),
       coalesce((SELECT c.label FROM register.code c WHERE c.list = 'groep' AND c.no = f.grp), '')
  FROM found f JOIN register.location l USING (location_no)
  LEFT JOIN register.location_period p ON p.location_no = f.location_no AND f.day BETWEEN p.valid_from AND p.valid_to
 ORDER BY f.matched, f.kind, l.code COLLATE "C", f.day, 7, 8, 9
