-- Which of these natural keys does the board hold in deliveries in force, the one at hand among them? One row per key.
-- $1 kind, $2 board, $3 keys as an array
SELECT DISTINCT k.key
  FROM (SELECT i.key, i.delivery_no FROM fact.incident i WHERE $1 = 'incident' AND i.key = ANY ($3::bigint[])
        UNION ALL SELECT a.key, a.delivery_no FROM fact.accident a WHERE $1 = 'ongeval' AND a.key = ANY ($3::bigint[])
        UNION ALL SELECT c.key, c.delivery_no FROM fact.complaint c WHERE $1 = 'klacht' AND c.key = ANY ($3::bigint[])
        UNION ALL SELECT m.key, m.delivery_no FROM fact.measure m WHERE $1 = 'maatregel' AND m.key = ANY ($3::bigint[])
        UNION ALL SELECT s.key, s.delivery_no FROM fact.case_step s WHERE $1 = 'meldcode' AND s.key = ANY ($3::bigint[])) k
  JOIN fact.delivery d USING (delivery_no)
 WHERE d.board_no = $2::int AND d.replaced_by IS NULL
