-- Is there a database of our name on this server? One row.
SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = 'veiligbeeld')
