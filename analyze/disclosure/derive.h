/**
 * What follows from published cells: is there a trend over the years, and which schools lie outside the funnel? Computed from release alone, after
 * it was published, so that it tells nobody more than the cells do: whoever holds them can compute it himself, and `veiligbeeld verify` does so as
 * vb_report, who can read nothing else. Cells that are merged, withheld or of other audiences do not take part.
 *
 * Trend: published totals of the years since the last declared break of the records that the indicator counts. Rates by a quasi-Poisson slope with
 * offset (change in % a year), others by Theil-Sen (in their unit a year); whether there is one by exact Mann-Kendall. Schools: funnel on sqrt(O/E) with
 * tau^2 at the published rate of the whole (funnel.h), and for rates the chance that a school really has half as many again (shrink.h). Months: how busy each month of the year is
 * (season.h), and Pettitt's test for a break that nobody declared (trend.h). Both with Benjamini-Hochberg within their family. Docs: docs/methoden.md.
 */
#ifndef VB_DISCLOSURE_DERIVE_H
#define VB_DISCLOSURE_DERIVE_H

#include "analyze/funnel.h"
#include "analyze/indicator.h"
#include "common/pg.h"
#include "common/place.h"

/** A published total of one school year. NaN = not there. */
typedef struct DeriveYear {
    int    year;
    double events, denominator, value;
} DeriveYear;

typedef struct DeriveTrend {
    const char *indicator;
    int         first, last; /* years that took part; 0 where none did */
    size_t      n;
    Date        break_on;    /* DATE_NONE */
    const char *method;      /* "quasi-poisson" or "theil-sen" */
    double      change, low, high, pvalue, p_adjusted; /* NaN = cannot be said; low and high infinite: so few years exclude nothing */
    const char *reason;      /* "" or why there is no figure: "geen jaren", "te weinig jaren", "geen noemer", "niet te berekenen" */
} DeriveTrend;

enum { DERIVE_YEARS_MIN = 3, DERIVE_SCHOOLS_MIN = 5 };

/** First school year that is wholly after a break. A break in August belongs to the year that begins. */
int derive_year_after(Date break_on);
/** \param year ascending, those before `first` are left out \param last the year of the report \param out filled but for p_adjusted, indicator and break_on */
bool derive_trend(const DeriveYear *year, size_t n, int first, IndicatorMethod method, DeriveTrend *out, Err *err);

typedef struct DeriveSchool {
    int         location_no;
    double      observed, expected;
    FunnelPoint point;
    double      p_adjusted;
    double      theta, above; /* gamma-Poisson posterior of the ratio: mean, and P(it is more than 1.5 times that of all); NaN where counts are not whole (shares) */
} DeriveSchool;

/** \param school observed and expected filled, n of them; fewer than DERIVE_SCHOOLS_MIN: *tau2 NaN and nothing filled. \return false: ERR_STAT */
bool derive_funnel(DeriveSchool *school, size_t n, double *tau2, Err *err);
/** Fill theta and above by the gamma-Poisson model (analyze/shrink.h) with the prior of these schools; nothing where they are fewer than DERIVE_SCHOOLS_MIN or have no event at all. \return false: ERR_STAT */
bool derive_shrink(DeriveSchool *school, size_t n, Err *err);

/** A published month. */
typedef struct DeriveMonth {
    Date   month;       /* its first day */
    int    year;        /* school year */
    double events, denominator;
} DeriveMonth;

/** How busy a month of the year is beside the average month of its school year. */
typedef struct DeriveSeason {
    int    month;       /* 1..12 */
    double events, expected, ratio, low, high;
} DeriveSeason;

/** Pettitt's test on the months since the last declared break, each over what its month of the year gives. */
typedef struct DeriveShift {
    size_t n;
    Date   on;          /* the first month of the new level; DATE_NONE: too few months */
    double ratio, pvalue;
} DeriveShift;

enum { DERIVE_SEASON_YEARS = 2, DERIVE_SEASON_MONTHS = 8, DERIVE_SHIFT_MONTHS = 18 };

/** \param month ascending \param season 12 long \param years filled: school years of which at least DERIVE_SEASON_MONTHS are published; below DERIVE_SEASON_YEARS nothing is filled
 *  \param shift over the months from `since` on */
bool derive_months(const DeriveMonth *month, size_t n, Date since, DeriveSeason *season, size_t *n_seasons, int *years, DeriveShift *shift, Err *err);

typedef struct DeriveTotals {
    size_t boards, computed, trends, comparisons;
    size_t differ;     /* derive_verify */
    const char *first; /* of those, what */
} DeriveTotals;

/** Make what is not there yet, of the newest certificate of every audience and board. \param dsn role vb_disclose \param board 0 = all */
bool derive_run(const char *dsn, const Place *place, int board, DeriveTotals *totals, Err *err);
/** Make all of it again and compare. \param dsn role vb_report */
bool derive_verify(Arena *out, const char *dsn, const Place *place, DeriveTotals *totals, Err *err);

#endif
