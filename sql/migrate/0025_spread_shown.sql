-- What each school knew of the tables of its board when they were released: who keeps reports can take off by how much he moved himself. Only disclosure reads and writes it,
-- append only; nothing of it is ever released. One row per table and moment, where it is not what the row before says.
CREATE TABLE result.spread_shown (
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,
    indicator  text NOT NULL,
    breakdown  text NOT NULL,
    shown_at   timestamptz NOT NULL DEFAULT now(),
    labels     text[] NOT NULL,   -- of four arrays side by side: the category, or of breakdown school the number of the school,
    locations  integer[] NOT NULL, -- the school that knows,
    events     bigint[] NOT NULL,  -- how many of them are its own,
    numerators float8[] NOT NULL,  -- and of a share how many of those said yes (NULL in it: as in result.spread)
    PRIMARY KEY (board_no, schooljaar, indicator, breakdown, shown_at)
);
-- A release in which no number changed is one too: who knows his own records may have moved himself.
CREATE TABLE release.ledger_moment (
    board_no    integer NOT NULL,
    released_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_no, released_at)
);
