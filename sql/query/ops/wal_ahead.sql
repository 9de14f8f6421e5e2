-- How many WAL files wait to be written: recycled ones still hold what stood in them. One row.
SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_insert_lsn())
