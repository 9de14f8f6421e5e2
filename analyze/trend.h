/**
 * Is there a trend over the years, how large is it, and did it begin all at once? Pure functions.
 *
 * Declared breaks (another form, another definition) end a series before it comes here. Missing values (NaN) are left out; times
 * keep their distance.
 */
#ifndef VB_ANALYZE_TREND_H
#define VB_ANALYZE_TREND_H

#include <stddef.h>

#include "analyze/loglinear.h"

typedef enum TrendFamily { TREND_QUASI, TREND_NEGBIN } TrendFamily;

typedef struct TrendSlope {
    size_t n;
    double slope, se, low, high;       /* of log(mean) per unit of time; 95 % interval with Student's t on n - 2 */
    double pct, pct_low, pct_high;     /* the same as a change in % per unit of time: 100 (exp(slope) - 1) */
    double pvalue;                     /* two-sided, t on n - 2 */
    double phi;                        /* TREND_QUASI: Pearson dispersion as computed; it widens the interval where above 1, and never narrows it */
    double size;                       /* TREND_NEGBIN: size, INFINITY where the counts vary no more than Poisson ones */
} TrendSlope;

/**
 * Log-linear slope with offset log(exposure). Arguments and errors as loglinear_fit; needs 3 usable rows.
 * Reference: R summary(glm(y ~ t + offset(log(e)), quasipoisson)), MASS glm.nb.
 */
bool trend_slope(const double *y, const double *exposure, const double *t, size_t n, TrendFamily family, TrendSlope *out, Err *err);

typedef enum TrendExact { TREND_EXACT_AUTO, TREND_EXACT_ALWAYS, TREND_EXACT_NEVER } TrendExact;

typedef struct MannKendall {
    size_t n;
    double s;       /* pairs that rise less pairs that fall */
    double var;     /* of s without trend, with correction for ties */
    double tau;     /* Kendall's tau-b */
    double z;       /* with continuity correction; NaN where var is 0 */
    double pvalue;  /* two-sided */
    bool   exact;   /* from the permutation distribution */
} MannKendall;

/**
 * Mann-Kendall test. Exact: the distribution of s over all orders of these values, ties included, counted as coefficients of the
 * Gaussian multinomial. AUTO: exact for n up to 10, else normal.
 * \param y values in order of time, NaN left out; only their order matters
 * \return false and ERR_STAT: fewer than 3 values, an infinite one; ALWAYS with more than 34 values
 * Reference: R Kendall::MannKendall (normal), enumeration of all permutations (exact)
 */
bool trend_mann_kendall(const double *y, size_t n, TrendExact exact, MannKendall *out, Err *err);

typedef struct TheilSen {
    size_t n;
    double slope;     /* median of the slopes of all pairs */
    double intercept; /* median(y) - slope median(t) */
    double low, high; /* 95 %: exact order statistics for n up to 10 (no ties assumed: conservative), else normal (Sen 1968); infinite where so few
                         values can exclude nothing */
} TheilSen;

/** \param t all different; \return false and ERR_STAT: fewer than 2 values, equal or infinite times, infinite values.
 *  Reference: R trend::sens.slope (normal), Hollander and Wolfe 9.3 (exact) */
bool trend_theil_sen(const double *y, const double *t, size_t n, TheilSen *out, Err *err);

typedef struct Pettitt {
    size_t n;
    size_t last;    /* row (0-based, of those passed in) of the last value before the break that is most likely */
    double k;       /* max |U| */
    double pvalue;  /* two-sided */
    bool   exact;   /* n up to 14: over all orders; else 2 exp(-6 k^2/(n^3 + n^2)), at most 1 */
} Pettitt;

/** Pettitt (1979): U_t = 2 (sum of the ranks up to t) - t (n + 1), midranks for ties. Refused as trend_mann_kendall; exact never with NEVER. */
bool trend_pettitt(const double *y, size_t n, TrendExact exact, Pettitt *out, Err *err);

#endif
