/**
 * Likelihood-ratio CUSUM of counts with a known expectation per period: is a rise that lasts under way? Where Farrington asks
 * about one period, this adds up small excesses. Pure functions.
 *
 * Definition: S_t = max(0, S_(t-1) + log(f(y_t; kappa mu_t) / f(y_t; mu_t))), alarm when S_t >= h. f is Poisson, or negative
 * binomial with variance mu + mu^2/size. Source: Hoehle and Paul 2008, CSDA 52; R surveillance algo.glrnb(theta = log(kappa),
 * alpha = 1/size).
 */
#ifndef VB_ANALYZE_CUSUM_H
#define VB_ANALYZE_CUSUM_H

#include <stddef.h>

#include "common/err.h"

typedef struct CusumParams {
    double kappa; /* ratio of the mean that must be found to the expected one; > 1 a rise, < 1 a fall */
    double size;  /* of the negative binomial, > 0; INFINITY = Poisson */
    double h;     /* decision limit, > 0 */
    bool   reset; /* begin again from 0 after an alarm; else the sum runs on and every period at or above h is an alarm */
} CusumParams;

/**
 * \param observed counts >= 0; NaN = no report                                                          borrowed, n long
 * \param expected mu_t > 0; 0 or NaN = closed or unknown                                                borrowed, n long
 * \param value    S_t before the reset; a period that is not evaluated keeps the value of the one before  filled, n long
 * \param alarm    false for a period that is not evaluated                                                filled, n long
 * \return false and ERR_STAT: parameters outside their ranges, a count that is not whole or is negative, a negative or
 *         infinite expectation
 */
bool cusum_run(const double *observed, const double *expected, size_t n, const CusumParams *params, double *value,
               bool *alarm, Err *err);

/**
 * Average run length: the mean number of periods to the first alarm from S = 0, with expectations that go round in a cycle. By excursions: from 0
 * until the sum is at 0 again or an alarm, whose discrete values are followed one by one; they are a renewal process. Exact to rounding for
 * Poisson counts and for equal expectations; else values closer than h/2000 are put together at their mean. A grid of states (Brook and Evans 1972)
 * was 18 % off for rare counts with 12,000 states. Time: some milliseconds for one expectation.
 * \param expected a cycle of n_expected expectations > 0, beginning at the period after the start; one for a constant mean
 * \param ratio    true mean over the expected one: 1 = in control; kappa gives the delay of detection
 * \param arl      filled, in periods
 * \return false and ERR_STAT: as above, a run length beyond 1e9, or kappa so close to 1 or expectations so small that an excursion takes 20,000 periods
 */
bool cusum_arl(const double *expected, size_t n_expected, const CusumParams *params, double ratio, double *arl, Err *err);

/** The smallest h (to one part in 10,000, and at least about 1e-6) with an in-control run length of at least arl; params->h is not read.
 *  \param arl 1..1e6; \return as cusum_arl */
bool cusum_limit(const double *expected, size_t n_expected, const CusumParams *params, double arl, double *h, Err *err);

#endif
