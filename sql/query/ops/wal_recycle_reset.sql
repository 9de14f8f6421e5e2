-- WAL files are recycled again.
ALTER SYSTEM RESET wal_recycle
