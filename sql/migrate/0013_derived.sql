-- What follows from published cells alone: trends over the years and schools compared. Made from release.figure and release.series_break after
-- they are published, so it tells nobody more than they do; veiligbeeld verify makes it again as vb_report, who sees nothing else.
CREATE TABLE release.derived (             -- from which cells: reports refuse what belongs to other ones
    audience   text NOT NULL,
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,
    content    text NOT NULL,              -- release.derived_from
    PRIMARY KEY (audience, board_no, schooljaar)
);

CREATE TABLE release.trend (
    audience   text NOT NULL,
    board_no   integer NOT NULL,
    schooljaar smallint NOT NULL,          -- the last year looked at
    indicator  text NOT NULL,
    first_year smallint NOT NULL,
    last_year  smallint NOT NULL,
    years      smallint NOT NULL,          -- published ones since the last break
    break_on   date,                       -- the break after which the first of them begins
    method     text NOT NULL,              -- quasi-poisson: change in % a year; theil-sen: in the indicator's unit a year
    change     double precision,
    low        double precision,
    high       double precision,
    pvalue     double precision,           -- Mann-Kendall, exact up to ten years
    p_adjusted double precision,           -- Benjamini-Hochberg over the indicators of this board and audience
    reason     text NOT NULL,              -- why there is no figure
    PRIMARY KEY (audience, board_no, schooljaar, indicator)
);

CREATE TABLE release.comparison (          -- funnel of the schools that are published one by one
    audience    text NOT NULL,
    board_no    integer NOT NULL,
    schooljaar  smallint NOT NULL,
    indicator   text NOT NULL,
    location_no integer NOT NULL,
    observed    double precision NOT NULL,
    expected    double precision NOT NULL, -- at the published rate of the whole
    ratio       double precision NOT NULL,
    low95       double precision NOT NULL,
    high95      double precision NOT NULL,
    low998      double precision NOT NULL,
    high998     double precision NOT NULL,
    tau2        double precision NOT NULL, -- variance between schools, of sqrt(observed/expected)
    pvalue      double precision NOT NULL,
    p_adjusted  double precision NOT NULL, -- Benjamini-Hochberg over these schools
    flag        text NOT NULL,             -- in, low95, low998, high95, high998
    PRIMARY KEY (audience, board_no, schooljaar, indicator, location_no)
);

-- So that the choice of the yearly budget can be made again: what was shown by an earlier run stays.
ALTER TABLE result.alarm ADD shown_before boolean NOT NULL DEFAULT false;
