-- The answers of a respondent, one byte by position of the item (sql/migrate/0010_answer_bytes): one of them, and all as an array. NULL = missing or
-- cannot answer, never 0; also what an older version of a questionnaire did not ask. Inlined by the planner.
CREATE OR REPLACE FUNCTION fact.answered(answer bytea, pos integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN pos <= length(answer) THEN nullif(get_byte(answer, pos - 1), 255) END $$;

CREATE OR REPLACE FUNCTION fact.answers(answer bytea) RETURNS integer[]
LANGUAGE sql IMMUTABLE AS $$ SELECT array_agg(nullif(get_byte(answer, n), 255) ORDER BY n) FROM generate_series(0, length(answer) - 1) AS n $$;
