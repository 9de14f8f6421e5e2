-- ops: what the program did. Counts, hashes and names of our own only; nothing from inside a delivery.

CREATE TABLE ops.run (
    run_no      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command     text NOT NULL,
    version     text NOT NULL,
    config_hash text NOT NULL,
    as_of       date NOT NULL,
    schooljaar  smallint,
    started_at  timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    status      text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'failed'))
);

CREATE TABLE ops.step (
    run_no     integer NOT NULL REFERENCES ops.run ON DELETE CASCADE,
    step       text NOT NULL,
    seconds    double precision NOT NULL,
    n_in       bigint NOT NULL,
    n_out      bigint NOT NULL,
    ended_at   timestamptz NOT NULL DEFAULT now()
);
