-- fact: what schools delivered, narrow and typed. No name, birth date, address or free text has a column here.
-- location_no stands first in every key: it never changes, so it is the distribution column (sql/distributed).
CREATE TABLE fact.delivery (
    delivery_no     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256          text NOT NULL,
    kind            text NOT NULL,
    form            text NOT NULL,
    form_version    smallint NOT NULL,
    board_no        integer,               -- NULL for register files
    location_no     integer,               -- NULL: a file for the whole board
    period_begin    date NOT NULL,
    period_end      date NOT NULL,
    received_on     date NOT NULL,
    rows_read       bigint NOT NULL,
    rows_loaded     bigint NOT NULL,
    rows_rejected   bigint NOT NULL,
    rows_superseded bigint NOT NULL,
    rows_duplicate  bigint NOT NULL,
    columns_ignored smallint NOT NULL DEFAULT 0,
    replaced_by     integer REFERENCES fact.delivery,
    CHECK (rows_read = rows_loaded + rows_rejected + rows_superseded + rows_duplicate)
);
-- The same file is one delivery per kind (a file may serve two kinds: register and incidents).
CREATE UNIQUE INDEX delivery_once ON fact.delivery (sha256, kind, form, coalesce(board_no, 0), coalesce(location_no, 0))
    WHERE replaced_by IS NULL;
CREATE INDEX ON fact.delivery (board_no, kind);

CREATE TABLE fact.reject (
    delivery_no integer NOT NULL REFERENCES fact.delivery,
    row_no      bigint NOT NULL,           -- data row, the first below the header is 1
    column_no   smallint NOT NULL,         -- 0 = the row as a whole
    field       text NOT NULL,             -- our name of the field, never the file's header
    rule        text NOT NULL
);
CREATE INDEX ON fact.reject (delivery_no);

CREATE TABLE fact.incident (
    location_no    integer NOT NULL,
    delivery_no    integer NOT NULL,
    key            bigint NOT NULL,        -- keyed hash of incident_nr
    occurred_on    date NOT NULL,
    hour           smallint,
    place          smallint,
    vorm_set       integer NOT NULL,       -- bit n = code n of list vorm
    vorm           smallint NOT NULL,      -- hoofdvorm: highest priority in the set
    victim_role    smallint,
    treatment_set  integer,
    damage_cents   bigint,
    police         boolean,
    labour_report  boolean,
    aftercare      boolean,
    flag           smallint,
    pest_phase     smallint,
    step           smallint,
    reporter_role  smallint,
    person         uuid[] NOT NULL,        -- pseudonyms, the affected person first where named
    person_role    smallint[] NOT NULL,    -- same length as person
    person_group   smallint[] NOT NULL
);
CREATE INDEX ON fact.incident (location_no, occurred_on);
CREATE INDEX ON fact.incident (delivery_no);

CREATE TABLE fact.answer (                 -- one respondent to one questionnaire
    location_no integer NOT NULL,
    delivery_no integer NOT NULL,
    instrument  smallint NOT NULL,
    schooljaar  smallint NOT NULL,
    grp         smallint,
    taken_on    date,
    answer      smallint[] NOT NULL        -- by position of the item; NULL = missing or cannot answer, never 0
);
CREATE INDEX ON fact.answer (location_no, schooljaar);
CREATE INDEX ON fact.answer (delivery_no);

CREATE TABLE fact.complaint (
    location_no      integer NOT NULL,
    delivery_no      integer NOT NULL,
    key              bigint NOT NULL,
    received_on      date NOT NULL,
    channel          smallint,
    anonymous        boolean,
    complainant      uuid,
    complainant_role smallint,
    respondent       uuid,
    respondent_role  smallint,
    kind             smallint NOT NULL,
    behaved_on       date,
    level            smallint NOT NULL,
    admissible       boolean,
    admissible_on    date,
    defence_on       date,
    hearing_on       date,
    advice_on        date,
    decided_on       date,
    withdrawn_on     date,
    outcome          smallint
);
CREATE INDEX ON fact.complaint (location_no, received_on);
CREATE INDEX ON fact.complaint (delivery_no);

CREATE TABLE fact.measure (                -- time-out, schorsing, verwijdering
    location_no         integer NOT NULL,
    delivery_no         integer NOT NULL,
    key                 bigint NOT NULL,
    kind                smallint NOT NULL,
    person              uuid,
    grp                 smallint,
    begin_on            date NOT NULL,
    end_on              date,
    decided_on          date,
    parents_on          date,
    board_on            date,
    inspectorate_on     date,
    attendance_on       date,              -- leerplicht
    talk_on             date,
    objection_on        date,
    objection_decided_on date,
    new_school_on       date
);
CREATE INDEX ON fact.measure (location_no, begin_on);
CREATE INDEX ON fact.measure (delivery_no);

CREATE TABLE fact.goal (                   -- PDCA: a goal of a school or board
    location_no  integer NOT NULL,         -- office of the board for a goal of the board
    delivery_no  integer NOT NULL,
    goal_no      smallint NOT NULL,
    indicator    smallint NOT NULL,        -- code of list doel_indicator
    baseline_year smallint NOT NULL,       -- schooljaar of the nulmeting
    target       double precision NOT NULL, -- streefwaarde, in the unit of the indicator
    due_on       date NOT NULL,
    owner_role   smallint,
    begin_on     date,
    end_on       date
);
CREATE INDEX ON fact.goal (location_no);
CREATE INDEX ON fact.goal (delivery_no);

-- The register as delivered; register.refresh() derives the register schema from it.
CREATE TABLE fact.register_row (
    delivery_no integer NOT NULL,
    scope       text NOT NULL,
    as_of       date NOT NULL,
    code        text NOT NULL,
    board_no    integer NOT NULL,
    name        text NOT NULL,
    place       text,
    region      smallint
);
CREATE INDEX ON fact.register_row (delivery_no);
CREATE TABLE fact.board_row (delivery_no integer NOT NULL, board_no integer NOT NULL, name text NOT NULL);
CREATE TABLE fact.pupil_row (
    delivery_no integer NOT NULL,
    code        text NOT NULL,
    board_no    integer NOT NULL,
    first_year  smallint NOT NULL,         -- year of counts[1]
    grp         smallint NOT NULL,
    counts      smallint[] NOT NULL        -- NULL = masked, 0 = not open
);
CREATE TABLE fact.holiday_row (
    delivery_no integer NOT NULL,
    first       date NOT NULL,
    last        date,
    name        text NOT NULL,
    regions     smallint NOT NULL,         -- bit 1 noord, 2 midden, 4 zuid; 0 = whole country
    public      boolean NOT NULL
);
CREATE TABLE fact.free_row (delivery_no integer NOT NULL, location_no integer NOT NULL, first date NOT NULL, last date NOT NULL);
