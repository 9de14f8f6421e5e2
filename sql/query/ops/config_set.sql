-- Record which configuration the code lists in the database come from. $1 hash
INSERT INTO ops.migration (file, sha256) VALUES ('config', $1) ON CONFLICT (file) DO UPDATE SET sha256 = excluded.sha256, applied_at = now()
