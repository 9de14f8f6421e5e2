-- A file that is loaded already is now said to be the whole of its period: what an earlier file still holds of schools that it leaves out goes.
-- $1 sha256, $2 kind, $3 form, $4 board. One row: how many deliveries are replaced, and the number of the one that replaces them (0: none).
WITH mine AS (
    SELECT delivery_no FROM fact.delivery WHERE sha256 = $1 AND kind = $2 AND form = $3 AND board_no = $4::int AND location_no IS NULL AND replaced_by IS NULL)
   , gone AS (
    UPDATE fact.delivery d SET replaced_by = m.delivery_no FROM mine m JOIN fact.left_out l USING (delivery_no)
     WHERE d.delivery_no = l.earlier_no AND d.replaced_by IS NULL RETURNING m.delivery_no)
SELECT count(*), coalesce(max(delivery_no), 0) FROM gone
