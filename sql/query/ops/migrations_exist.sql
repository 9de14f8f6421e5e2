-- Has any migration been recorded yet? One row.
SELECT to_regclass('ops.migration') IS NOT NULL
