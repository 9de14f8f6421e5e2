-- Files that were refused as a whole, for the feedback to who delivered them: what it was as far as that is known, and the rule. No file name, no value.
-- A file with a Handle with Care signal is never here: nothing of it may be kept, not even that it came.
CREATE TABLE ops.refusal (
    refusal_no    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256        text,                    -- NULL: it could not be read
    kind          text,                    -- NULL: not recognised; so are board, location and period
    form          text,
    board_no      integer,
    location_no   integer,                 -- NULL: a file for the whole board, or nobody knows
    period_begin  date,
    period_end    date,
    refused_on    date NOT NULL,           -- received; of the same file again the first time
    rule          text NOT NULL,
    rows_read     bigint NOT NULL,         -- 0: it was refused before its rows were read
    rows_rejected bigint NOT NULL,
    settled_by    integer REFERENCES fact.delivery ON DELETE SET NULL -- what was delivered instead; NULL: nothing yet
);
CREATE INDEX ON ops.refusal (board_no, location_no);

CREATE TABLE ops.refusal_row (             -- as fact.reject
    refusal_no integer NOT NULL REFERENCES ops.refusal ON DELETE CASCADE,
    row_no     bigint NOT NULL,
    column_no  smallint NOT NULL,
    field      text NOT NULL,
    rule       text NOT NULL,
    finding    boolean NOT NULL
);
CREATE INDEX ON ops.refusal_row (refusal_no);

-- Schools of which a file for the whole board says nothing, while an earlier one of the same kind and period does: their rows stand until somebody says
-- that the later file is the whole of its period (manifest: "complete").
CREATE TABLE fact.left_out (
    delivery_no integer NOT NULL REFERENCES fact.delivery ON DELETE CASCADE,
    earlier_no  integer NOT NULL REFERENCES fact.delivery ON DELETE CASCADE,
    location_no integer NOT NULL,
    rows        bigint NOT NULL
);
CREATE INDEX ON fact.left_out (delivery_no);

-- What is asked of whom, and by when: a copy of "due" in config/kinds.
CREATE TABLE register.due (
    kind        text NOT NULL,
    respondents text,                      -- of questionnaires: whom they ask
    asked_of    text NOT NULL CHECK (asked_of IN ('school', 'board', 'nobody')),
    month       smallint NOT NULL,
    day         smallint NOT NULL,
    year        smallint NOT NULL,         -- 0: the calendar year in which the school year begins, 1: that in which it ends
    UNIQUE (kind, respondents)
);
