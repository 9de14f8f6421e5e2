-- What the data officer does with one person or with the key of a board. Counts and hashes: never whom it was about.

-- Rows that were changed after their delivery. Results made before an erasure are stale (query/analyze/boards).
CREATE TABLE ops.amendment (
    amendment_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    board_no     integer NOT NULL,
    cause        text NOT NULL CHECK (cause IN ('forget', 'rotate')),
    rows_changed bigint NOT NULL,
    parts        text[] NOT NULL,          -- tables of fact whose old row versions must leave the files
    swept        boolean NOT NULL DEFAULT false,
    amended_at   timestamptz NOT NULL DEFAULT now()
);

-- Which key file the stored pseudonyms belong to: decides what becomes of a <board>.key.new that was left behind.
CREATE TABLE ops.key_rotation (
    board_no integer NOT NULL,
    key_id   text NOT NULL,                -- hash of the newest layer; says nothing about the key
    kept     boolean NOT NULL,             -- linkage kept: stored pseudonyms were hashed once more
    done     boolean NOT NULL DEFAULT false, -- set in the transaction that changes the rows
    begun_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_no, key_id)
);

-- The planner's statistics keep samples of values in a catalog that nobody erases from: none of pseudonyms.
ALTER TABLE fact.incident ALTER COLUMN people SET STATISTICS 0;
ALTER TABLE fact.measure ALTER COLUMN person SET STATISTICS 0;
ALTER TABLE fact.accident ALTER COLUMN person SET STATISTICS 0;
ALTER TABLE fact.case_step ALTER COLUMN person SET STATISTICS 0;
ALTER TABLE fact.complaint ALTER COLUMN complainant SET STATISTICS 0, ALTER COLUMN respondent SET STATISTICS 0;
