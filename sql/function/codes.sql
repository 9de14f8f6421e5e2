-- What fact.incident_row.codes says (sql/migrate/0012_incident_codes): a code of one byte, and a set of codes of four. NULL: not known. Inlined by the planner.
CREATE OR REPLACE FUNCTION fact.code_at(codes bytea, byte integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT nullif(get_byte(codes, byte), 255) $$;

CREATE OR REPLACE FUNCTION fact.set_at(codes bytea, byte integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN get_byte(codes, byte) < 128 THEN get_byte(codes, byte) << 24 | get_byte(codes, byte + 1) << 16 | get_byte(codes, byte + 2) << 8 | get_byte(codes, byte + 3) END $$;
