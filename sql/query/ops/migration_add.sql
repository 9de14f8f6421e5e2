-- Record a migration. $1 file, $2 sha256 of its text
INSERT INTO ops.migration (file, sha256) VALUES ($1, $2)
