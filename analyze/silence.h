/**
 * Implausible silence: so few registrations where many are expected that not registering is the likelier reason. Says nothing where
 * there was no report: that is a missing delivery, not silence. Pure functions.
 *
 * Definition: the rate per exposure of this school has a gamma distribution (prior over comparable schools plus its own past), so a count
 * over exposure e is negative binomial with size = shape and mean = shape/rate * e (gamma-Poisson predictive). p = P(Y <= y). A run
 * of zero periods is one count over their exposures together; periods that were closed or without a report neither add to a run nor
 * end it.
 */
#ifndef VB_ANALYZE_SILENCE_H
#define VB_ANALYZE_SILENCE_H

#include <stddef.h>

#include "common/err.h"

/** Gamma distribution of the rate: mean shape/rate per unit of exposure. shape INFINITY with rate = the mean rate: known exactly. */
typedef struct SilenceRate {
    double shape, rate;
} SilenceRate;

/** Prior of mean rate and shape (INFINITY: schools do not differ), updated with a school's own count over its own exposure. */
SilenceRate silence_rate(double prior_mean, double prior_shape, double own_count, double own_exposure);

typedef struct SilenceParams {
    double alpha;    /* alarm when p of the run is below this; 0..1 */
    double expected; /* and the run had at least this many expected; >= 0 */
} SilenceParams;

typedef struct SilencePoint {
    bool   evaluated;    /* false: no report, or closed; the rest is NaN or 0 */
    double expected, p;  /* of this period alone; p = P(Y <= observed) */
    size_t run;          /* periods of zero in a row up to and with this one; 0 when something was registered */
    double run_expected, run_p; /* of the run, P(Y = 0); 1 and 0 expected when run is 0 */
    bool   alarm;        /* run > 0, run_p < alpha, run_expected >= expected */
} SilencePoint;

/**
 * \param observed counts >= 0; NaN = no report                       borrowed, n long
 * \param exposure >= 0; 0 or NaN = closed or unknown                 borrowed, n long
 * \param rate     one for all periods, of a past before the first     borrowed
 * \param out      filled, n long
 * \return false and ERR_STAT: a rate or parameter outside its range, a count that is not whole or is negative, a negative or
 *         infinite exposure
 */
bool silence_run(const double *observed, const double *exposure, size_t n, const SilenceRate *rate, const SilenceParams *params,
                 SilencePoint *out, Err *err);

#endif
