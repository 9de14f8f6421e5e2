-- Record which views, functions and grants are in force. $1 hash
INSERT INTO ops.migration (file, sha256) VALUES ('rerunnable', $1) ON CONFLICT (file) DO UPDATE SET sha256 = excluded.sha256, applied_at = now()
