-- Remove parts of deliveries that never came to be. Needs the lock of ingest. One row: how many.
SELECT fact.bulk_orphans()
