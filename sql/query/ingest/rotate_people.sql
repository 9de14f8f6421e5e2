-- Every pseudonym that the facts of a board hold, and how often. One row per pseudonym: in hexadecimal, places. $1 board
WITH mine AS (SELECT delivery_no FROM fact.delivery WHERE board_no = $1::int)
SELECT encode(t.person, 'hex'), count(*)
  FROM (SELECT u.person FROM fact.incident_row i JOIN mine USING (delivery_no) CROSS JOIN LATERAL fact.persons(i.people) AS u(person)
        UNION ALL SELECT uuid_send(m.person) FROM fact.measure m JOIN mine USING (delivery_no)
        UNION ALL SELECT uuid_send(k.complainant) FROM fact.complaint k JOIN mine USING (delivery_no)
        UNION ALL SELECT uuid_send(k.respondent) FROM fact.complaint k JOIN mine USING (delivery_no)
        UNION ALL SELECT uuid_send(s.person) FROM fact.case_step s JOIN mine USING (delivery_no)
        UNION ALL SELECT uuid_send(a.person) FROM fact.accident a JOIN mine USING (delivery_no)) t
 WHERE t.person IS NOT NULL GROUP BY t.person
