-- Let the server read its settings again. One row.
SELECT pg_reload_conf()
