-- What a delivery is called where deliveries are counted and asked for: its kind, and of a questionnaire whom it asks, but for that of the pupils.
CREATE OR REPLACE FUNCTION register.kind_of(kind text, respondents text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT kind || CASE WHEN coalesce(respondents, 'leerlingen') = 'leerlingen' THEN '' ELSE ' ' || respondents END $$;
