-- Close a delivery with its account: read = loaded + rejected + superseded + duplicate (checked by the table).
-- $1 delivery, $2 read, $3 loaded, $4 rejected, $5 superseded, $6 duplicate, $7 ignored columns, $8 $9 period
UPDATE fact.delivery SET rows_read = $2::bigint, rows_loaded = $3::bigint, rows_rejected = $4::bigint, rows_superseded = $5::bigint,
       rows_duplicate = $6::bigint, columns_ignored = $7::int, period_begin = $8::date, period_end = $9::date
 WHERE delivery_no = $1::int
