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
    -- It counted duplicates of rows of a delivery that was replaced since: delivered again, it is read again.
    stale           boolean NOT NULL DEFAULT false,
    CHECK (rows_read = rows_loaded + rows_rejected + rows_superseded + rows_duplicate)
);
-- The same file is one delivery per kind (a file may serve two kinds: register and incidents).
CREATE UNIQUE INDEX delivery_once ON fact.delivery (sha256, kind, form, coalesce(board_no, 0), coalesce(location_no, 0))
    WHERE replaced_by IS NULL AND NOT stale;
CREATE INDEX ON fact.delivery (board_no, kind);

CREATE TABLE fact.reject (
    delivery_no integer NOT NULL REFERENCES fact.delivery,
    row_no      bigint NOT NULL,           -- data row, the first below the header is 1
    column_no   smallint NOT NULL,         -- 0 = the row as a whole
    field       text NOT NULL,             -- our name of the field, never the file's header
    rule        text NOT NULL,
    finding     boolean NOT NULL DEFAULT false -- the row was loaded, but something about it is worth telling
);
CREATE INDEX ON fact.reject (delivery_no);

-- Large deliveries (one file of many schools) get a partition of their own, filled and frozen before it is indexed and attached
-- (sql/function/bulk): measured at half the time of inserting into a table with indexes. All others share partition 0.
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
    people         bytea NOT NULL,         -- 18 bytes per person: pseudonym 16, role 1, group 1 (0 = not known); fact.persons() reads it
    confidence     smallint,               -- 0 to 100 when vorm came from the lexicon, NULL when the school gave it
    bulk           integer NOT NULL DEFAULT 0
) PARTITION BY LIST (bulk);
CREATE TABLE fact.incident_0 PARTITION OF fact.incident FOR VALUES IN (0);
CREATE INDEX ON fact.incident_0 (location_no, occurred_on);
CREATE INDEX ON fact.incident_0 (delivery_no);

CREATE TABLE fact.answer (                 -- one respondent to one questionnaire
    location_no integer NOT NULL,
    delivery_no integer NOT NULL,
    instrument  smallint NOT NULL,
    schooljaar  smallint NOT NULL,
    grp         smallint,
    taken_on    date,
    answer      smallint[] NOT NULL,       -- by position of the item; NULL = missing or cannot answer, never 0
    bulk        integer NOT NULL DEFAULT 0
) PARTITION BY LIST (bulk);
CREATE TABLE fact.answer_0 PARTITION OF fact.answer FOR VALUES IN (0);
CREATE INDEX ON fact.answer_0 (location_no, schooljaar);
CREATE INDEX ON fact.answer_0 (delivery_no);

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

CREATE TABLE fact.accident (               -- ongeval: an incident with injury or admission
    location_no   integer NOT NULL,
    delivery_no   integer NOT NULL,
    key           bigint NOT NULL,
    occurred_on   date NOT NULL,
    hour          smallint,
    place         smallint,
    victim_role   smallint,
    person        uuid,
    grp           smallint,
    treatment_set integer,
    lasting       boolean,                 -- lasting injury
    days_absent   smallint,
    cause         smallint,
    witnesses     boolean,
    reported_on   date,                    -- to the Arbeidsinspectie (Arbowet 9)
    insured       boolean
);
CREATE INDEX ON fact.accident (location_no, occurred_on);
CREATE INDEX ON fact.accident (delivery_no);

CREATE TABLE fact.signal (                 -- logboek: counted per school and month only, so nothing else is kept
    location_no integer NOT NULL,
    delivery_no integer NOT NULL,
    month       date NOT NULL              -- first day
);
CREATE INDEX ON fact.signal (location_no, month);
CREATE INDEX ON fact.signal (delivery_no);

CREATE TABLE fact.case_step (              -- meldcode: one case and its five steps
    location_no integer NOT NULL,
    delivery_no integer NOT NULL,
    key         bigint NOT NULL,
    person      uuid,
    begun_on    date NOT NULL,             -- the first step that has a date
    step1_on    date,
    step2_on    date,
    step3_on    date,
    step4_on    date,
    step5_on    date,
    weighed1    boolean,                   -- afweging 1 to 5
    weighed2    boolean,
    weighed3    boolean,
    weighed4    boolean,
    weighed5    boolean,
    decision    smallint,
    advice_on   date,                      -- Veilig Thuis
    reported_on date,
    answered_on date,
    parents_on  date,
    child_check boolean,
    unrest      smallint,
    consult_set integer,
    trouble_set integer,                   -- knelpunten
    action_set  integer
);
CREATE INDEX ON fact.case_step (location_no, begun_on);
CREATE INDEX ON fact.case_step (delivery_no);

CREATE TABLE fact.compliance (             -- naleving: the yearly checklist of a school
    location_no   integer NOT NULL,
    delivery_no   integer NOT NULL,
    schooljaar    smallint NOT NULL,
    contact       boolean,
    confidants    smallint,
    confidant_out boolean,
    trained       boolean,
    plan_on       date,
    protocol_on   date,
    monitor_on    date,
    delivered_on  date,
    consent       boolean,
    drills        smallint,
    lessons_relation smallint,
    lessons_social   smallint,
    schooling     boolean
);
CREATE INDEX ON fact.compliance (location_no, schooljaar);
CREATE INDEX ON fact.compliance (delivery_no);

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
