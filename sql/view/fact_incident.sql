-- Incidents as everybody reads them; rows are those of fact.incident_row. They can be deleted, and their other columns changed, here too.
CREATE OR REPLACE VIEW fact.incident AS
SELECT location_no, delivery_no, key, occurred_on, fact.code_at(codes, 0)::smallint AS hour, fact.code_at(codes, 1)::smallint AS place, fact.set_at(codes, 12) AS vorm_set,
       fact.code_at(codes, 2)::smallint AS vorm, fact.code_at(codes, 3)::smallint AS victim_role, fact.set_at(codes, 16) AS treatment_set, damage_cents,
       fact.code_at(codes, 4)::boolean AS police, fact.code_at(codes, 5)::boolean AS labour_report, fact.code_at(codes, 6)::boolean AS aftercare, fact.code_at(codes, 7)::smallint AS flag,
       fact.code_at(codes, 8)::smallint AS pest_phase, fact.code_at(codes, 9)::smallint AS step, fact.code_at(codes, 10)::smallint AS reporter_role, people,
       fact.code_at(codes, 11)::smallint AS confidence
  FROM fact.incident_row;

-- One row at a time, for tests and by hand: ingest fills the table.
CREATE OR REPLACE FUNCTION fact.incident_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    single smallint;
    codes bytea := '';
BEGIN
    FOREACH single IN ARRAY ARRAY[NEW.hour, NEW.place, NEW.vorm, NEW.victim_role, NEW.police::int, NEW.labour_report::int, NEW.aftercare::int, NEW.flag, NEW.pest_phase, NEW.step,
                                  NEW.reporter_role, NEW.confidence]::smallint[] LOOP
        codes := codes || set_byte(decode('00', 'hex'), 0, coalesce(single, 255));
    END LOOP;
    INSERT INTO fact.incident_row (location_no, delivery_no, key, occurred_on, damage_cents, people, codes)
    VALUES (NEW.location_no, NEW.delivery_no, NEW.key, NEW.occurred_on, NEW.damage_cents, NEW.people, codes || int4send(coalesce(NEW.vorm_set, -1)) || int4send(coalesce(NEW.treatment_set, -1)));
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER incident_insert INSTEAD OF INSERT ON fact.incident FOR EACH ROW EXECUTE FUNCTION fact.incident_insert();
