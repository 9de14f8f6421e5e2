-- Delete the rows of the deliveries that one has replaced. $1 the new delivery. Other deliveries of the board that counted duplicates may have
-- counted rows of these, and others whose rows these superseded are short of them: they are stale now. One row: how many.
WITH old AS (SELECT delivery_no FROM fact.delivery WHERE replaced_by = $1::int)
   , incident AS (DELETE FROM fact.incident_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , answer AS (DELETE FROM fact.answer WHERE delivery_no IN (SELECT delivery_no FROM old))
   , complaint AS (DELETE FROM fact.complaint WHERE delivery_no IN (SELECT delivery_no FROM old))
   , measure AS (DELETE FROM fact.measure WHERE delivery_no IN (SELECT delivery_no FROM old))
   , goal AS (DELETE FROM fact.goal WHERE delivery_no IN (SELECT delivery_no FROM old))
   , accident AS (DELETE FROM fact.accident WHERE delivery_no IN (SELECT delivery_no FROM old))
   , signal AS (DELETE FROM fact.signal WHERE delivery_no IN (SELECT delivery_no FROM old))
   , case_step AS (DELETE FROM fact.case_step WHERE delivery_no IN (SELECT delivery_no FROM old))
   , compliance AS (DELETE FROM fact.compliance WHERE delivery_no IN (SELECT delivery_no FROM old))
   , reject AS (DELETE FROM fact.reject WHERE delivery_no IN (SELECT delivery_no FROM old))
   , register_row AS (DELETE FROM fact.register_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , board_row AS (DELETE FROM fact.board_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , pupil_row AS (DELETE FROM fact.pupil_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , free_row AS (DELETE FROM fact.free_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , holiday_row AS (DELETE FROM fact.holiday_row WHERE delivery_no IN (SELECT delivery_no FROM old))
   , stale AS (UPDATE fact.delivery d SET stale = true FROM fact.delivery n
                WHERE n.delivery_no = $1::int AND d.kind = n.kind AND d.board_no = n.board_no AND d.replaced_by IS NULL AND d.delivery_no <> $1::int
                  AND EXISTS (SELECT FROM old)
                  AND (d.rows_duplicate > 0 OR EXISTS (SELECT FROM fact.superseded s WHERE s.delivery_no = d.delivery_no AND s.by_delivery_no IN (SELECT delivery_no FROM old)))
               RETURNING 1)
SELECT count(*) FROM stale
