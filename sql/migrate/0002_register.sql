-- register: which locations and boards exist, when, and the school calendar. Public data and configuration.
CREATE TABLE register.board (
    board_no integer PRIMARY KEY,          -- bevoegd gezag nummer
    name     text
);

-- A location never changes its number; its board, name and region can (location_period).
CREATE TABLE register.location (
    location_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL UNIQUE,      -- '03BZ00'; 'B90001' for the office of board 90001
    office      boolean NOT NULL DEFAULT false,
    scope       text NOT NULL              -- po, vo, or the register it came from
);

CREATE TABLE register.location_period (
    location_no integer NOT NULL REFERENCES register.location,
    valid_from  date NOT NULL,
    valid_to    date NOT NULL,             -- last day, 'infinity' = still
    board_no    integer NOT NULL REFERENCES register.board,
    name        text NOT NULL,
    place       text,
    region      smallint,                  -- 1 noord, 2 midden, 3 zuid; NULL = unknown: no school days
    PRIMARY KEY (location_no, valid_from)
);
CREATE INDEX ON register.location_period (board_no);

CREATE TABLE register.pupil_count (       -- on 1 October
    location_no integer NOT NULL REFERENCES register.location,
    year        smallint NOT NULL,
    grp         smallint NOT NULL DEFAULT 0, -- 0 = all groups
    pupils      integer,                   -- NULL where masked
    masked      boolean NOT NULL DEFAULT false, -- '<5' at the publisher: 1 to 4, not 5 and not 0
    PRIMARY KEY (location_no, year, grp)
);

CREATE TABLE register.closed_day (
    region  smallint NOT NULL,             -- 0 = the whole country
    first   date NOT NULL,
    last    date NOT NULL,
    public  boolean NOT NULL,              -- public holiday, else school holiday
    name    text NOT NULL,
    PRIMARY KEY (region, first, name)
);

CREATE TABLE register.free_day (           -- a school's own
    location_no integer NOT NULL REFERENCES register.location,
    first       date NOT NULL,
    last        date NOT NULL,
    PRIMARY KEY (location_no, first)
);

CREATE TABLE register.code (               -- copy of config/codes, for queries and reports
    list  text NOT NULL,
    no    smallint NOT NULL,
    code  text NOT NULL,
    label text NOT NULL,
    label_wide text NOT NULL,              -- wording for gmr, mr and parents
    ord   smallint NOT NULL,
    PRIMARY KEY (list, no)
);

CREATE TABLE register.item (               -- copy of config/instruments
    instrument smallint NOT NULL,
    pos        smallint NOT NULL,          -- 1-based position in fact.answer.answer
    code       text NOT NULL,
    label      text NOT NULL,
    aspect     text NOT NULL,
    topic      text NOT NULL DEFAULT '',
    direction  smallint NOT NULL,          -- +1 high is good, -1 high is bad
    scale_min  smallint NOT NULL,
    scale_max  smallint NOT NULL,
    hit_mask   integer NOT NULL,           -- bit a set: answer a counts as "yes" for the topic
    in_mean    boolean NOT NULL,
    PRIMARY KEY (instrument, pos)
);

CREATE TABLE register.instrument (
    instrument  smallint PRIMARY KEY,
    code        text NOT NULL,
    title       text NOT NULL,
    definition  text NOT NULL,             -- what "gepest" means here, for the line under a figure
    respondents text NOT NULL
);

CREATE TABLE register.series_break (       -- declared in forms and instruments: ends a series
    board_no integer NOT NULL,
    kind     text NOT NULL,
    on_date  date NOT NULL,
    reason   text NOT NULL,
    PRIMARY KEY (board_no, kind, on_date)
);

CREATE TABLE register.finding (            -- what the register files disagree on; reported, nothing dropped
    finding text NOT NULL,
    code    text NOT NULL,                 -- location or board the finding is about
    detail  text NOT NULL DEFAULT '',
    PRIMARY KEY (finding, code, detail)
);

CREATE TABLE register.refreshed (           -- the last register file that the tables above were derived from
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    delivery_no integer NOT NULL
);
