-- Which tables stayed as they were when something of a board was released: what a reader held of such a table then was a number of before, and is not
-- subtracted from one of then. Append only, like the ledger.
CREATE TABLE release.ledger_kept (
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    breakdown   text NOT NULL,
    released_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_no, audience, schooljaar, indicator, breakdown, released_at)
);
