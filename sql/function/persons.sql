-- The pseudonyms of the people of an incident, one row each; 18 bytes per person (sql/migrate/0003_fact). Inlined by the planner.
CREATE OR REPLACE FUNCTION fact.persons(people bytea) RETURNS SETOF bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT substring(people FROM 18 * n + 1 FOR 16) FROM generate_series(0, length(people) / 18 - 1) AS n $$;
