/**
 * Farrington flexible: is the count of period k higher than the same weeks or months of earlier years
 * let expect? A pure function over arrays; not a fetcher, not a judge of children.
 *
 * Definition: Farrington et al. 1996 (JRSS A 159), Noufaily et al. 2013 (Stat. Med. 32), as written out
 * in docs/methoden.md. Reference results: tests/reference/farrington and tests/reference/schools,
 * reached to 1e-9 relative, limits and alarms exactly.
 */
#ifndef VB_ANALYZE_FARRINGTON_H
#define VB_ANALYZE_FARRINGTON_H

#include <stddef.h>

#include "common/arena.h"
#include "common/date.h"
#include "common/err.h"

typedef enum FarringtonLimit { FARRINGTON_NB_PLUGIN, FARRINGTON_MUAN, FARRINGTON_DELTA } FarringtonLimit;

typedef enum FarringtonStatus {
    FARRINGTON_OK,
    FARRINGTON_NO_EXPOSURE,   /* the school was closed: not evaluated */
    FARRINGTON_MISSING,       /* the evaluated count is missing */
    FARRINGTON_SHORT_HISTORY, /* no more usable baseline rows than parameters, or none at the level of period k */
    FARRINGTON_ZERO_BASELINE, /* every baseline count of the current seasonal level is zero: use the fallback */
    FARRINGTON_FIT_FAILED     /* no finite estimate, or a limit in the millions */
} FarringtonStatus;

typedef struct FarringtonParams {
    int    b;              /* years back, 1..50; years before the series are simply not there */
    int    w;              /* half window, periods; 2w+1 <= freq */
    int    periods;        /* seasonal levels (noPeriods), 1..freq, 1 = windows only */
    int    past;           /* most recent periods left out of the baseline: k-past..k are dropped */
    int    freq;           /* periods per year, 1..366 */
    double alpha;          /* one-sided, 0..1 */
    FarringtonLimit limit;
    double trend_p;        /* trend kept when its p-value is below this; 1 = always (2013), .05 = 1996; needs 3 years */
    double reweight;       /* threshold of the standardised Anscombe residual, 2.58; INFINITY = never */
    int    limit54_cases, limit54_periods; /* alarm only with at least this many cases in the last so many periods */
} FarringtonParams;

/** One series, ascending, equally spaced. */
typedef struct FarringtonSeries {
    size_t        n;
    const double *observed; /* counts >= 0; NaN = no report (not zero)                          borrowed */
    const double *exposure; /* > 0, 0 or NaN = closed; offset log(exposure); NULL = no offset    borrowed */
    const Date   *date;     /* NULL: reference points are k - i*freq; else same weekday, nearest to i years before */
} FarringtonSeries;

typedef struct FarringtonResult {
    FarringtonStatus status;
    double observed;
    /* NaN unless status is ok */
    double phi;      /* dispersion, at least 1 */
    double slope;    /* of log(mu) per period; 0 when not used */
    double expected; /* mu of period k */
    double se_eta;   /* standard error of log(expected) */
    double upper;    /* a count, but a real number under FARRINGTON_DELTA */
    double pvalue;   /* P(Y >= observed) under the distribution that gave upper */
    double score;    /* (observed - expected) / (upper - expected); where upper <= expected: 1 + observed - upper */
    size_t n_base;   /* baseline rows used in the fit (zero seasonal levels included) */
    bool   trend, alarm;
    /* the baseline that was used, so that an alarm can be explained and recomputed; owned by out, n_base long */
    size_t *base_row;    /* index into the series */
    int    *base_level;  /* seasonal level 0..periods-1 */
    double *base_weight; /* final case weight omega, n_base in all; 1 unless status is ok */
} FarringtonResult;

/** CSV name of a status: ok, no_exposure, missing, short_history, zero_baseline, fit_failed. */
const char *farrington_status_name(FarringtonStatus status);

/**
 * Evaluate period k (0-based index into the series).
 * \param out    arena for the baseline arrays of result; about 20 bytes a baseline row, nothing else is kept
 * \param result filled; a period that cannot be evaluated is a status, not an error
 * \return false and ERR_STAT only for what makes no sense: parameters outside the ranges above, k >= n, and in the rows
 *         that are used a count that is not whole or negative, or an exposure that is negative or infinite; dates
 *         that are not equally spaced (months pass)
 */
bool farrington_evaluate(Arena *out, const FarringtonSeries *series, const FarringtonParams *params, size_t k,
                         FarringtonResult *result, Err *err);

#endif
