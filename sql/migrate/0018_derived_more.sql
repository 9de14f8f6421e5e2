-- More that follows from published cells alone: how sure it is that a school has half as many again, the profile of the months, and a likely break in them.
ALTER TABLE release.comparison ADD COLUMN theta double precision, ADD COLUMN above double precision; -- gamma-Poisson: posterior mean of the ratio, P(ratio > 1.5 x mean); rates only

CREATE TABLE release.season (
    audience   text NOT NULL,
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,
    indicator  text NOT NULL,
    month      smallint NOT NULL,          -- 1 January to 12 December
    years      smallint NOT NULL,          -- school years that took part
    events     bigint NOT NULL,
    expected   double precision NOT NULL,  -- were all months of a school year alike
    ratio      double precision NOT NULL,
    low        double precision NOT NULL,  -- 95 %, Garwood
    high       double precision NOT NULL,
    PRIMARY KEY (audience, board_no, schooljaar, indicator, month)
);

CREATE TABLE release.shift (               -- Pettitt on the months since the last declared break, each over the profile of its month
    audience   text NOT NULL,
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,
    indicator  text NOT NULL,
    months     smallint NOT NULL,
    shift_on   date NOT NULL,              -- the first month of the most likely new level
    ratio      double precision NOT NULL,  -- of the level from then on to the one before
    pvalue     double precision NOT NULL,
    PRIMARY KEY (audience, board_no, schooljaar, indicator)
);
DELETE FROM release.derived; -- all of it is made again
