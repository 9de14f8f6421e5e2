-- From now on old WAL files are removed and not kept, with what stands in them, to be written again. Superuser only.
ALTER SYSTEM SET wal_recycle = off
