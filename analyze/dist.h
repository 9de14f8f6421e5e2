/**
 * Distributions, where GSL 2.7.1 lacks the one we need or gets it wrong: its chi-square quantile is wrong by up to half,
 * without an error, for a fifth of the counts above 2,000 (first at 2,316); its beta quantile is NaN for 64 of the 80,600
 * shares with n <= 400. Densities after Loader (2000), "Fast and accurate computation of binomial probabilities"; tails are
 * sums of them, so that small ones keep their relative accuracy. Pure functions; the caller checks the arguments.
 */
#ifndef VB_ANALYZE_DIST_H
#define VB_ANALYZE_DIST_H

#include <stddef.h>

#include "common/err.h"

/** Whole, 0..1e10: a count whose tails can be summed in good time. */
bool dist_is_count(double x);

/** The two checks of every method on a series of counts. NaN (no report) passes. \param what "cannot judge silence"; \param row from 0, named from 1
 *  \return false and ERR_STAT: a count that is not whole or is negative; an exposure that is negative or infinite */
bool dist_count_check(const char *what, double count, size_t row, Err *err);
bool dist_exposure_check(const char *what, double exposure, size_t row, Err *err);

double dist_poisson_density(double x, double mean);              /* x whole, mean > 0 */
double dist_poisson_upper(double x, double mean);                /* P(X >= x), for a mean of at most x */
double dist_poisson_lower(double x, double mean);                /* P(X <= x), for a mean of at least x */
double dist_binomial_density(double x, double n, double share);  /* 0 < share < 1 */
double dist_binomial_upper(double x, double n, double share);    /* P(X >= x), for n * share of at most x */

/** Negative binomial with variance mean + mean^2/size; size INFINITY: Poisson. mean >= 0, size > 0.
 *  Reference: R dnbinom(x, size, mu=mean) */
double dist_negbin_density(double x, double mean, double size);

/**
 * A count with a given mean and variance phi * mean: negative binomial with size mean/(phi-1), Poisson at phi = 1.
 * Time grows with the quantile or count: some nanoseconds a step.
 */
double dist_count_quantile(double mean, double phi, double probability); /* smallest count with P(Y <= count) >= probability */
double dist_count_tail(double mean, double phi, double count);           /* P(Y >= count) */
double dist_count_lower(double mean, double phi, double count);          /* P(Y <= count); count < 0 gives 0 */

/** Quantiles by bisection on GSL's distribution functions, to the last bit. 0 < p < 1. Reference: R qgamma(p, shape), qf(p, df1, df2) */
double dist_gamma_quantile(double p, double shape);
double dist_f_quantile(double p, double df1, double df2);

/** Numbers of orders: exact up to 34! and to 100 over 50. */
typedef unsigned __int128 DistOrders;

/**
 * How many orders of a multiset have each number of inversions (pairs of different values in falling order). What Kendall's and Wilcoxon's exact tests count.
 * \param size   how many values are equal, per group; n in all
 * \param orders room for all untied pairs + n + 1, zeroed; filled from 0 inversions up
 * \return how many numbers: all untied pairs + 1
 */
size_t dist_inversions(const size_t *size, size_t groups, DistOrders *orders);

#endif
