-- A file was refused as a whole. The same file again, refused for whatever reason, takes the place of what was there of it, and keeps the day. One row: its number.
-- $1 sha256 or NULL, $2 kind or NULL, $3 form or NULL, $4 board or 0, $5 location or 0, $6 $7 period or NULL, $8 refused on, $9 rule, $10 rows read, $11 rejected, $12 column missing or NULL
WITH old AS (
    DELETE FROM ops.refusal r
     WHERE r.settled_by IS NULL AND r.board_no IS NOT DISTINCT FROM nullif($4::int, 0) AND r.location_no IS NOT DISTINCT FROM nullif($5::int, 0)
       AND (r.sha256 = $1 OR r.sha256 IS NULL AND $1 IS NULL AND r.rule = $9)
    RETURNING refused_on)
INSERT INTO ops.refusal (sha256, kind, form, board_no, location_no, period_begin, period_end, refused_on, rule, rows_read, rows_rejected, missing)
SELECT $1, $2, $3, nullif($4::int, 0), nullif($5::int, 0), $6::date, $7::date, least((SELECT min(refused_on) FROM old), $8::date), $9, $10::bigint, $11::bigint, $12
RETURNING refusal_no
