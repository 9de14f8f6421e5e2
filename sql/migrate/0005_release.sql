-- release: what passed the disclosure gate. The only schema that reports can read besides register.
CREATE TABLE release.figure (
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    breakdown   text NOT NULL,
    location_no integer NOT NULL,          -- 0 unless one school
    category    text NOT NULL,             -- '*' = merged remainder
    members     text NOT NULL DEFAULT '',  -- of a merged cell: category or location codes, comma separated
    n_members   integer NOT NULL DEFAULT 1,
    ord         integer NOT NULL,
    events      bigint,
    schools     integer NOT NULL,
    denominator double precision,
    value       double precision,
    low         double precision,
    high        double precision,
    p_change    double precision,
    reason      text NOT NULL DEFAULT '',
    corrected   boolean NOT NULL DEFAULT false, -- differs from what was released before
    PRIMARY KEY (audience, board_no, schooljaar, indicator, breakdown, location_no, category)
);

-- Every cell ever released, per audience; append only. A new release is held against it.
CREATE TABLE release.ledger (
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    breakdown   text NOT NULL,
    location_no integer NOT NULL,
    category    text NOT NULL,
    members     text NOT NULL,
    events      bigint,
    value       double precision,
    released_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON release.ledger (audience, board_no, schooljaar);

CREATE TABLE release.decision (            -- per table: what was done to it, and why
    audience   text NOT NULL,
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,
    indicator  text NOT NULL,
    breakdown  text NOT NULL,
    decision   text NOT NULL CHECK (decision IN ('released', 'coarsened', 'withheld', 'kept')),
    reason     text NOT NULL DEFAULT '',
    PRIMARY KEY (audience, board_no, schooljaar, indicator, breakdown)
);

CREATE TABLE release.goal (
    audience      text NOT NULL,
    board_no      integer NOT NULL,
    schooljaar    smallint NOT NULL,
    location_no   integer NOT NULL,
    goal_no       smallint NOT NULL,
    indicator     text NOT NULL,
    baseline_year smallint NOT NULL,
    baseline      double precision,
    target        double precision NOT NULL,
    due_on        date NOT NULL,
    owner_role    smallint,
    current       double precision,
    low           double precision,
    high          double precision,
    status        text NOT NULL,           -- as in result, or 'beschermd'
    reason        text NOT NULL DEFAULT '',
    PRIMARY KEY (audience, board_no, schooljaar, location_no, goal_no)
);

CREATE TABLE release.delivery_status (
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    location_no integer NOT NULL,
    kind        text NOT NULL,
    status      text NOT NULL,
    received_on date,
    form        text,
    reject_class smallint NOT NULL,
    PRIMARY KEY (audience, board_no, schooljaar, location_no, kind)
);

CREATE TABLE release.series_break (
    audience text NOT NULL,
    board_no integer NOT NULL,
    kind     text NOT NULL,
    on_date  date NOT NULL,
    reason   text NOT NULL,
    PRIMARY KEY (audience, board_no, kind, on_date)
);

-- No certificate, no edition: reports refuse a board without one.
CREATE TABLE release.certificate (
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    threshold   smallint NOT NULL,
    n_tables    integer NOT NULL,
    n_released  integer NOT NULL,
    n_coarsened integer NOT NULL,
    n_withheld  integer NOT NULL,
    n_kept      integer NOT NULL,
    n_cells     integer NOT NULL,
    smallest    bigint,                    -- smallest count but zero among the published cells
    source      text NOT NULL,             -- fingerprint of the results it was made from
    content     text NOT NULL,             -- sha256 over the released cells: verify recomputes it
    PRIMARY KEY (audience, board_no, schooljaar)
);
