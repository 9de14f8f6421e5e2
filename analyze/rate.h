/**
 * Rates, shares and means with their intervals, and the comparison of two of them. Pure functions.
 * Two-sided 95 % intervals everywhere. Nothing here knows what is counted.
 */
#ifndef VB_ANALYZE_RATE_H
#define VB_ANALYZE_RATE_H

#include "common/err.h"

typedef struct Estimate {
    double value, low, high; /* low <= value <= high */
} Estimate;

/**
 * Events per exposure: Garwood (1936) exact Poisson interval.
 * \param events whole number 0..1e10; \param exposure > 0, in the unit of the rate (e.g. hundreds of pupils)
 * \param out filled
 * \return false, ERR_STAT: events negative, not whole, exposure not > 0, not finite
 * Reference: R poisson.test(x, T)$conf.int
 */
bool rate_poisson(double events, double exposure, Estimate *out, Err *err);

/**
 * Share x/n, Wilson score without continuity correction.
 * \param n >= 1, \param x 0..n; neither need be whole; \param out filled
 * \return false, ERR_STAT: anything else
 * Reference: R prop.test(x, n, correct=FALSE)
 */
bool share_wilson(double x, double n, Estimate *out, Err *err);

/** Share x/n, Clopper-Pearson exact; x and n whole, n at most 1e10. Reference: R binom.test(x, n) */
bool share_exact(double x, double n, Estimate *out, Err *err);

/** The house rule: exact where n < 40, x < 5 or n-x < 5 (there x and n whole), else Wilson (docs/methoden.md 2.1). */
bool share_estimate(double x, double n, Estimate *out, Err *err);

/**
 * Mean of n answers with Student's t interval, and the finite-population correction sqrt(1 - n/population).
 * \param sd sample standard deviation (divisor n-1), >= 0; \param population >= n, or 0 = not finite
 * \return false, ERR_STAT: n < 2
 */
bool mean_estimate(double n, double mean, double sd, double population, Estimate *out, Err *err);

/** Two rates x1/e1, x2/e2: two-sided conditional exact test (binomial, twice the smaller tail, at most 1).
 *  Both zero gives 1. Invalid input gives NaN. */
double rate_compare_p(double x1, double e1, double x2, double e2);

/** Two shares: Fisher's exact test, mid-p, two-sided as twice the smaller mid-p tail, at most 1. Invalid: NaN. */
double share_compare_p(double x1, double n1, double x2, double n2);

/** Two means: Welch's t test, two-sided. Both sd 0: 1 when the means are equal, else 0. NaN: n < 2, negative sd. */
double mean_compare_p(double n1, double mean1, double sd1, double n2, double mean2, double sd2);

/**
 * Ratio of a Poisson count per (share x population): log-normal delta interval from both parts' variances,
 * 1/events + (1-p)/(n p). Needs events >= 1 and 0 < x < n. ERR_STAT otherwise.
 */
bool ratio_estimate(double events, double x, double n, double population, double per, Estimate *out, Err *err);

#endif
