-- How the tables of a board spread over its schools: what each school knows of every cell, so that disclosure can ask what is left of it to that school.
-- Analyze writes it with result.figure and only disclosure reads it; nothing of it is ever released.
CREATE TABLE result.spread (               -- for each cell of result.figure but those of breakdown school: one row per location behind it
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    breakdown   text NOT NULL,
    category    text NOT NULL,
    location_no integer NOT NULL,          -- a school, or the office of the board where records are the board's own
    events      bigint NOT NULL,           -- add up to those of the cell, but where a person can be at two schools (class overlap): at least to them.
                                           -- 0: behind numerator and denominator only (meldbereidheid: pupils answered, nothing was registered)
    numerator   double precision,          -- those of the cell, where they add up to it: answers, terms, bullied among respondents;
    denominator double precision,          -- NULL for means, capped shares and rates, whose pupils are public
    PRIMARY KEY (board_no, schooljaar, indicator, breakdown, category, location_no)
);
DELETE FROM result.board_state; -- all boards are computed again, now with it
