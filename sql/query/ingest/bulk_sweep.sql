-- Drop the tables of replaced large deliveries. One row: how many.
SELECT fact.bulk_sweep()
