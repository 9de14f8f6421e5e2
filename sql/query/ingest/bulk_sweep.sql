-- Drop the partitions of replaced deliveries. One row: how many.
SELECT fact.bulk_sweep()
