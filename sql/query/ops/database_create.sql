-- The private cluster's own database.
CREATE DATABASE veiligbeeld ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0
