-- The seven roles and two more facts: pipeline roles own nothing, and nobody inherits from PUBLIC.
-- Run as the administrator of the server; can be run again. Logins so that the private cluster can use them
-- directly; on an organisation's server its own login becomes a member and uses SET ROLE.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['vb_owner', 'vb_ingest', 'vb_analyze', 'vb_disclose', 'vb_report', 'vb_bulletin', 'vb_feedback'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        END IF;
        IF NOT pg_catalog.pg_has_role(current_user, name, 'MEMBER') THEN
            EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER', name);
        END IF;
    END LOOP;
    EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
    EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO vb_owner, vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin, vb_feedback',
                              pg_catalog.current_database());
    EXECUTE pg_catalog.format('GRANT TEMPORARY ON DATABASE %I TO vb_owner, vb_analyze, vb_disclose', pg_catalog.current_database());
    FOREACH name IN ARRAY ARRAY['ops', 'register', 'fact', 'result', 'release', 'feedback'] LOOP
        EXECUTE pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION vb_owner', name);
    END LOOP;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
END
$$;
