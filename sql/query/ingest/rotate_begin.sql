-- Nobody else changes a pseudonym while they are hashed again; and a table for what each becomes.
LOCK TABLE fact.incident_row, fact.measure, fact.complaint, fact.case_step, fact.accident IN SHARE ROW EXCLUSIVE MODE;
CREATE TEMP TABLE key_map (old bytea PRIMARY KEY, new bytea NOT NULL) ON COMMIT DROP
