-- The table that records migrations, before the first one.
CREATE TABLE ops.migration (
    file       text PRIMARY KEY,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
