-- result: what analyze computed, unprotected. Only analyze writes here; only disclosure and the bulletin read it.
CREATE TABLE result.board_state (          -- what a board's results were computed from: equal = nothing to do
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    fingerprint text NOT NULL,
    PRIMARY KEY (board_no, schooljaar)
);

CREATE TABLE result.exposure (             -- per location and month
    location_no integer NOT NULL,
    month       date NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    pupils      integer,                   -- 1 October of the school year; NULL unknown or masked
    open_days   smallint,                  -- NULL: no calendar
    covered     boolean NOT NULL,          -- a delivery of incidents covers the month
    PRIMARY KEY (location_no, month)
);
CREATE INDEX ON result.exposure (board_no, schooljaar);

CREATE TABLE result.clock (                -- one term of one case
    location_no integer NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    clock       text NOT NULL,
    started_on  date NOT NULL,
    due_on      date NOT NULL,
    done_on     date,
    met         boolean                    -- NULL: still running
);
CREATE INDEX ON result.clock (board_no, schooljaar);

CREATE TABLE result.figure (
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    breakdown   text NOT NULL,             -- totaal, school, maand, vorm, ...
    location_no integer NOT NULL,          -- 0 unless breakdown = school
    category    text NOT NULL,             -- '' for totaal and school
    ord         integer NOT NULL,
    events      bigint NOT NULL,           -- records counted; respondents for questionnaires
    persons     bigint,                    -- distinct persons; NULL where the records name nobody
    schools     integer NOT NULL,          -- contributing schools
    numerator   double precision,
    denominator double precision,
    sd          double precision,
    extra       double precision,          -- population of a ratio
    subset_of   text NOT NULL DEFAULT '',  -- indicator whose events contain these
    value       double precision,          -- in the unit of the indicator; NULL with a reason
    low         double precision,
    high        double precision,
    p_change    double precision,          -- against the same cell a year before
    reason      text NOT NULL DEFAULT '',  -- why there is no value
    PRIMARY KEY (board_no, schooljaar, indicator, breakdown, location_no, category)
);

CREATE TABLE result.series (               -- monthly series per location, with what was expected
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    series      text NOT NULL,             -- pest, alles
    month       date NOT NULL,
    observed    integer,                   -- NULL: no report
    exposure    double precision,
    expected    double precision,
    upper       double precision,
    status      text NOT NULL,
    PRIMARY KEY (location_no, series, month)
);
CREATE INDEX ON result.series (board_no);

CREATE TABLE result.alarm (
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    series      text NOT NULL,
    month       date NOT NULL,
    method      text NOT NULL,
    observed    integer NOT NULL,
    expected    double precision NOT NULL,
    upper       double precision NOT NULL,
    pvalue      double precision NOT NULL,
    phi         double precision NOT NULL,
    trend       boolean NOT NULL,
    baseline    jsonb NOT NULL,            -- rows, levels, weights and parameters: enough to recompute
    where_place smallint,                  -- most frequent place in that month, and how many of observed
    where_place_n integer,
    where_hour  smallint,
    where_hour_n integer,
    PRIMARY KEY (location_no, series, month)
);
CREATE INDEX ON result.alarm (board_no);

CREATE TABLE result.goal (
    board_no      integer NOT NULL,
    schooljaar    smallint NOT NULL,
    location_no   integer NOT NULL,
    goal_no       smallint NOT NULL,
    office        boolean NOT NULL,        -- a goal of the board as a whole
    indicator     text NOT NULL,
    baseline_year smallint NOT NULL,
    baseline      double precision,
    target        double precision NOT NULL,
    due_on        date NOT NULL,
    owner_role    smallint,
    current       double precision,
    low           double precision,
    high          double precision,
    status        text NOT NULL CHECK (status IN ('behaald', 'op koers', 'achter', 'niet te beoordelen')),
    reason        text NOT NULL DEFAULT '',
    PRIMARY KEY (board_no, schooljaar, location_no, goal_no)
);

CREATE TABLE result.delivery_status (
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    location_no integer NOT NULL,
    kind        text NOT NULL,
    status      text NOT NULL CHECK (status IN ('op tijd', 'te laat', 'niet ontvangen', 'nog niet verwacht')),
    received_on date,
    form        text,
    reject_class smallint NOT NULL DEFAULT 0, -- 0 none, 1 up to 5 %, 2 more of its rows rejected; never a number of rows
    PRIMARY KEY (board_no, schooljaar, location_no, kind)
);

CREATE TABLE result.series_break (
    board_no integer NOT NULL,
    kind     text NOT NULL,
    on_date  date NOT NULL,
    reason   text NOT NULL,
    PRIMARY KEY (board_no, kind, on_date)
);
