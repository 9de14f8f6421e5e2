/**
 * Counts with a log link: log mean = log(exposure) + a + b t, Poisson or negative binomial, by maximum likelihood. What trend.h and
 * shrink.h stand on. Pure functions.
 *
 * Definition: negative binomial with variance mu + mu^2/size; a, b and size jointly at the maximum. Where the counts vary no more than
 * Poisson ones (sum (y - mu)^2 <= sum y at the Poisson fit) the maximum lies at size infinite, and the fit is Poisson.
 * Reference: R glm(family=poisson), MASS glm.nb iterated to convergence (its own theta stops at four digits).
 */
#ifndef VB_ANALYZE_LOGLINEAR_H
#define VB_ANALYZE_LOGLINEAR_H

#include <stddef.h>

#include "common/err.h"

typedef enum LoglinearFamily { LOGLINEAR_POISSON, LOGLINEAR_NEGBIN } LoglinearFamily;

typedef struct Loglinear {
    size_t n;        /* rows used: a report, and exposure above 0 */
    double level;    /* a: log mean per unit of exposure at t = 0 */
    double slope;    /* b; 0 without t */
    double se_level, se_slope; /* for dispersion 1; size taken as known */
    double size;     /* INFINITY: Poisson */
    double pearson;  /* sum (y - mu)^2/variance; over n - parameters it estimates the dispersion */
} Loglinear;

/**
 * \param y        counts >= 0; NaN = no report                            borrowed, n long
 * \param exposure > 0; 0 or NaN: the row is left out; NULL: 1 everywhere  borrowed
 * \param t        finite; NULL: no slope                                   borrowed
 * \param out      filled
 * \return false and ERR_STAT: fewer usable rows than parameters, all t equal, all counts zero, counts that are not whole or are negative, an exposure
 *         or t that is infinite or negative, a slope that runs away (all counts at one end)
 */
bool loglinear_fit(const double *y, const double *exposure, const double *t, size_t n, LoglinearFamily family, Loglinear *out, Err *err);

#endif
