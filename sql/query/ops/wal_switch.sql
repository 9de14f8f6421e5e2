-- Fill the rest of this WAL file with zeros and go to the next one. One row.
SELECT pg_switch_wal()
