/**
 * Rates of many schools at once, each drawn towards all: gamma-Poisson empirical Bayes. The only fair way to rank, with how sure it is. Pure
 * functions.
 *
 * Definition: O ~ Poisson(theta E), theta ~ gamma(shape, shape/mean). mean and shape by maximum likelihood of the negative binomial (loglinear.h) or by
 * moments: mean = sum O / sum E; var(theta) = (sum E (O/E - mean)^2 - (n - 1) mean) / (sum E - sum E^2/sum E) (Marshall 1991). Posterior
 * gamma(shape + O, shape/mean + E). Where no spread between schools is seen shape is infinite and every theta is the mean; how far it may lie from it is then not known.
 */
#ifndef VB_ANALYZE_SHRINK_H
#define VB_ANALYZE_SHRINK_H

#include <stddef.h>

#include "common/err.h"

typedef enum ShrinkMethod { SHRINK_ML, SHRINK_MOMENTS } ShrinkMethod;

typedef struct ShrinkPrior {
    size_t n;           /* rows used */
    double mean, shape; /* of theta; shape INFINITY: no spread seen */
} ShrinkPrior;

typedef struct ShrinkPoint {
    bool   used;         /* false: no report, or nothing expected: theta is then that of the prior */
    double raw;          /* O/E; NaN when not used */
    double theta;        /* posterior mean */
    double low, high;    /* 95 % posterior interval; NaN where shape is infinite */
    double above;        /* P(theta > threshold * mean) */
} ShrinkPoint;

/**
 * \param observed whole counts >= 0; NaN = no report          borrowed, n long
 * \param expected > 0, on the same scale; 0 or NaN = left out   borrowed, n long
 * \param out filled
 * \return false and ERR_STAT: fewer than two usable rows, no event at all, a count that is not whole or is negative, a negative or infinite expectation
 */
bool shrink_prior(const double *observed, const double *expected, size_t n, ShrinkMethod method, ShrinkPrior *out, Err *err);

/** Posterior of every row, under a prior of shrink_prior. \param threshold > 0, as a multiple of the mean; 1.5 \param out filled, n long */
void shrink_points(const double *observed, const double *expected, size_t n, const ShrinkPrior *prior, double threshold, ShrinkPoint *out);

#endif
