/**
 * Distributions, where GSL 2.7.1 lacks the one we need or gets it wrong: its chi-square quantile is wrong by up to half,
 * without an error, for a fifth of the counts above 2,000 (first at 2,316); its beta quantile is NaN for 64 of the 80,600
 * shares with n <= 400. Densities after Loader (2000), "Fast and accurate computation of binomial probabilities"; tails are
 * sums of them, so that small ones keep their relative accuracy. Pure functions; the caller checks the arguments.
 */
#ifndef VB_ANALYZE_DIST_H
#define VB_ANALYZE_DIST_H

#include <stdbool.h>

/** Whole, 0..1e10: a count whose tails can be summed in good time. */
bool dist_is_count(double x);

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

#endif
