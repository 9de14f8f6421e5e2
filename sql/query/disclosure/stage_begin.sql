-- Room to hold a new release against the ledger before anything of it is published. Run once per transaction. Fresh temporary
-- tables have no statistics, and a nested loop over them would be chosen for joins that hash in milliseconds.
SET LOCAL enable_nestloop = off; CREATE TEMP TABLE figure_new (LIKE release.figure INCLUDING DEFAULTS) ON COMMIT DROP; ALTER TABLE pg_temp.figure_new ADD subset_of text NOT NULL DEFAULT '', ADD threshold smallint NOT NULL DEFAULT 5; CREATE TEMP TABLE decision_new (LIKE release.decision INCLUDING DEFAULTS) ON COMMIT DROP
