-- Incidents: what is said in codes as one column of bytes. Each column of a row costs the server two calls when it is loaded, and eleven of them were most of what a large
-- delivery took (docs/architectuur.md). fact.incident stays what everybody reads, as a view; fact.incident_row is what ingest fills.
--
-- codes, by byte from 0 (255: not known): hour, place, main form, role of the affected person, police, labour report, aftercare, flag, phase of bullying, step, role of the reporter,
-- confidence; then as four bytes each (all 255: not known) the sets of forms and of treatments, bit n = code n. config/kinds/incident.json says the same.
DROP VIEW IF EXISTS fact.incident_board, feedback.shared, feedback.month;
ALTER TABLE fact.incident RENAME TO incident_before;
ALTER TABLE fact.incident_0 RENAME TO incident_before_0;
CREATE TABLE fact.incident_row (
    location_no  integer NOT NULL,
    delivery_no  integer NOT NULL,
    key          bigint NOT NULL,          -- keyed hash of incident_nr
    occurred_on  date NOT NULL,
    damage_cents bigint,
    people       bytea NOT NULL,           -- 18 bytes per person: pseudonym 16, role 1, group 1 (0 = not known); fact.persons() reads it
    codes        bytea NOT NULL,
    bulk         integer NOT NULL DEFAULT 0
) PARTITION BY LIST (bulk);
CREATE TABLE fact.incident_0 PARTITION OF fact.incident_row FOR VALUES IN (0);
CREATE INDEX ON fact.incident_0 (location_no, occurred_on);
CREATE INDEX ON fact.incident_0 (delivery_no);
ALTER TABLE fact.incident_row ALTER COLUMN people SET STATISTICS 0; -- no samples of pseudonyms (migrate/0006_person)
CREATE FUNCTION pg_temp.byte(value integer) RETURNS bytea LANGUAGE sql AS $$ SELECT set_byte(decode('00', 'hex'), 0, coalesce(value, 255)) $$;
INSERT INTO fact.incident_row (location_no, delivery_no, key, occurred_on, damage_cents, people, codes)
SELECT location_no, delivery_no, key, occurred_on, damage_cents, people,
       pg_temp.byte(hour) || pg_temp.byte(place) || pg_temp.byte(vorm) || pg_temp.byte(victim_role) || pg_temp.byte(police::int) || pg_temp.byte(labour_report::int) ||
       pg_temp.byte(aftercare::int) || pg_temp.byte(flag) || pg_temp.byte(pest_phase) || pg_temp.byte(step) || pg_temp.byte(reporter_role) || pg_temp.byte(confidence) ||
       int4send(vorm_set) || int4send(coalesce(treatment_set, -1))
  FROM fact.incident_before;
DROP TABLE fact.incident_before;
