-- Natural keys that deliveries in force of this board and kind hold already. One row per key.
-- $1 kind, $2 board
SELECT i.key FROM fact.incident_row i JOIN fact.delivery d USING (delivery_no) WHERE $1 = 'incident' AND d.board_no = $2::int AND d.replaced_by IS NULL
UNION ALL
SELECT a.key FROM fact.accident a JOIN fact.delivery d USING (delivery_no) WHERE $1 = 'ongeval' AND d.board_no = $2::int AND d.replaced_by IS NULL
UNION ALL
SELECT c.key FROM fact.complaint c JOIN fact.delivery d USING (delivery_no) WHERE $1 = 'klacht' AND d.board_no = $2::int AND d.replaced_by IS NULL
UNION ALL
SELECT m.key FROM fact.measure m JOIN fact.delivery d USING (delivery_no) WHERE $1 = 'maatregel' AND d.board_no = $2::int AND d.replaced_by IS NULL
UNION ALL
SELECT s.key FROM fact.case_step s JOIN fact.delivery d USING (delivery_no) WHERE $1 = 'meldcode' AND d.board_no = $2::int AND d.replaced_by IS NULL
