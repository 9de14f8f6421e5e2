-- Series as arrays (a row per series instead of one per month), alarms that live on, and what bulletins told.
DROP TABLE result.alarm, result.series CASCADE; -- the views of the bulletin are made again after every migration
DELETE FROM result.board_state;                 -- everything is computed again

CREATE TABLE result.series (
    board_no    integer NOT NULL,              -- 0: the country
    location_no integer NOT NULL,              -- the office of the board for its own series and its groups; 0: the country
    unit        text NOT NULL,                 -- school, bestuur, land, or the name of a group of config/alarms.json
    series      text NOT NULL,                 -- pest, alles, vorm:fysiek, plaats:plein, groep:6
    period      text NOT NULL CHECK (period IN ('week', 'month', 'year', 'event')),
    counted     text NOT NULL CHECK (counted IN ('pupils', 'days', 'periods')), -- what exposure is
    day         date[] NOT NULL,               -- the periods begin
    until       date,                          -- last day that was covered
    observed    integer[] NOT NULL,            -- NULL: no report; event: open days since the one before
    exposure    double precision[] NOT NULL,   -- 0 = closed, NULL = unknown
    complete    double precision[] NOT NULL,   -- estimated share that is in
    breaks      date[] NOT NULL,
    expected    double precision[] NOT NULL,   -- NULL: not evaluated, or not computable
    upper       double precision[] NOT NULL,
    PRIMARY KEY (board_no, location_no, unit, series, period)
);
CREATE INDEX ON result.series (location_no);

-- The settings that a board's alarms were made with, whole: an alarm is computed again from them and result.series.
CREATE TABLE result.alarm_setting (
    board_no integer PRIMARY KEY,
    setting  text NOT NULL
);

-- One unusual period by one method, with everything needed to compute and explain it.
CREATE TABLE result.alarm_point (
    alarm_no    integer NOT NULL,
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    unit        text NOT NULL,
    series      text NOT NULL,
    period      text NOT NULL,
    method      text NOT NULL,                 -- named by the series
    used        text NOT NULL,                 -- this method, or its fallback
    day         date NOT NULL,
    observed    double precision NOT NULL,
    expected    double precision NOT NULL,
    upper       double precision,
    pvalue      double precision,
    phi         double precision,
    score       double precision,
    basis       text NOT NULL,                 -- JSON: rows, levels, weights, prior
    PRIMARY KEY (board_no, location_no, unit, series, period, method, day)
);
CREATE INDEX ON result.alarm_point (location_no, alarm_no);

-- Periods that follow each other are one alarm. Dropped and made again with the results.
CREATE TABLE result.alarm (
    alarm_no    integer PRIMARY KEY,
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    unit        text NOT NULL,
    series      text NOT NULL,
    title       text NOT NULL,                 -- 'pestincidenten'
    direction   text NOT NULL CHECK (direction IN ('rise', 'silence')),
    from_on     date NOT NULL,
    last_on     date NOT NULL,                 -- last day of its last period
    peak_on     date NOT NULL,                 -- the period of the point below
    period      text NOT NULL,
    method      text NOT NULL,                 -- kind of the method that spoke at the peak
    observed    double precision NOT NULL,
    expected    double precision NOT NULL,
    upper       double precision,
    pvalue      double precision,
    certainty   smallint NOT NULL,             -- 3 certain, 2 probable, 1 possible
    trend       boolean NOT NULL,
    run         smallint NOT NULL,             -- periods looked at together
    base_first  date,                          -- what it was compared with
    base_last   date,
    base_n      integer NOT NULL,
    points      integer NOT NULL,
    part_of     integer,                       -- the alarm of the whole that this one is a part of
    shown       boolean NOT NULL,              -- false: beyond the yearly budget
    incomplete  boolean NOT NULL,              -- its last period may still grow
    facts       json NOT NULL                  -- where it concentrates, what else changed
);
CREATE INDEX ON result.alarm (location_no);
CREATE INDEX ON result.alarm (board_no);

-- What people did with an alarm. Survives recomputation: found again by location, series and overlapping time. No free text: an event is a
-- code of config/alarms.json and a date.
CREATE TABLE result.alarm_life (
    alarm_no    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    unit        text NOT NULL,
    series      text NOT NULL,
    direction   text NOT NULL,
    started_on  date NOT NULL,
    last_on     date NOT NULL,
    state       text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'seen', 'explained', 'closed')),
    new_on      date NOT NULL,                 -- the as-of date of the first run that saw it, or saw it go on after it was closed
    seen_on     date,
    event       text CHECK (event ~ '^[a-z_]{1,40}$'),
    event_on    date,
    closed_on   date,
    closed_last date,                          -- how far it had come when it was closed
    shown_on    date,                          -- first shown; what was shown once is not pushed out by the budget
    gone_on     date,                          -- a run with better data no longer sees it
    CHECK ((event IS NULL) = (event_on IS NULL))
);
CREATE INDEX ON result.alarm_life (board_no);
CREATE INDEX ON result.alarm_life (location_no);

CREATE TABLE result.bulletin_made (            -- so that a bulletin can say what is new since the last one
    location_no integer NOT NULL,
    made_on     date NOT NULL,
    PRIMARY KEY (location_no, made_on)
);

-- How many incidents of a month were known when: the newest delivery that covered it, and the count at that time. Grows with every run
-- that has something new; from it follows how much of a recent month is still to come.
CREATE TABLE result.report_known (
    board_no    integer NOT NULL,
    location_no integer NOT NULL,
    month       date NOT NULL,
    known_on    date NOT NULL,
    incidents   integer NOT NULL,
    PRIMARY KEY (location_no, month, known_on)
);
CREATE INDEX ON result.report_known (board_no);
