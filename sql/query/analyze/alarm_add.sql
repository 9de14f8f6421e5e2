-- One alarm with everything needed to explain and recompute it. Parameters in the order of the columns.
INSERT INTO result.alarm (board_no, location_no, series, month, method, observed, expected, upper, pvalue, phi, trend, baseline,
                          where_place, where_place_n, where_hour, where_hour_n)
VALUES ($1::int, $2::int, $3, $4::date, $5, $6::int, $7::float8, $8::float8, $9::float8, $10::float8, $11::boolean, $12::jsonb,
        $13::smallint, $14::int, $15::smallint, $16::int)
