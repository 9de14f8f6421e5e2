-- Answers of a respondent as one byte each, 255: missing. An array costs the server a call per element when it is loaded, and half as much room again
-- (docs/architectuur.md).
CREATE FUNCTION pg_temp.packed(answer smallint[]) RETURNS bytea
LANGUAGE sql AS $$ SELECT coalesce(string_agg(set_byte(decode('00', 'hex'), 0, coalesce(a, 255)), ''::bytea ORDER BY n), ''::bytea) FROM unnest(answer) WITH ORDINALITY AS u(a, n) $$;
DROP VIEW IF EXISTS fact.answer_board;
ALTER TABLE fact.answer ALTER COLUMN answer TYPE bytea USING pg_temp.packed(answer);
