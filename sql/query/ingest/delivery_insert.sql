-- Begin a delivery; counts follow in delivery_done. Returns its number.
-- $1 sha256, $2 kind, $3 form, $4 version, $5 board or 0, $6 location or 0, $7 $8 period, $9 received, $10 respondents of a questionnaire or NULL
INSERT INTO fact.delivery (sha256, kind, form, form_version, board_no, location_no, period_begin, period_end, received_on,
                           rows_read, rows_loaded, rows_rejected, rows_superseded, rows_duplicate, respondents)
VALUES ($1, $2, $3, $4::int, nullif($5::int, 0), nullif($6::int, 0), $7::date, $8::date, $9::date, 0, 0, 0, 0, 0, $10)
RETURNING delivery_no
