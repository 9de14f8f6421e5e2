/**
 * Linear least squares for a handful of predictors, to the last digits. Pure functions.
 *
 * Definition: minimise sum (y - X b)^2 by Householder reflections of X with columns scaled to length 1, in long double, with one step of
 * iterative refinement. Standard errors sqrt(s^2 (X'X)^-1), s^2 = rss/(n - p). Not GSL's gsl_multifit: in double the powers of a high-degree polynomial
 * lose half their digits. Reference: NIST StRD (tests/reference/nist), at least 9 digits, Filip's polynomial of degree 10 included.
 */
#ifndef VB_ANALYZE_REGRESSION_H
#define VB_ANALYZE_REGRESSION_H

#include <stddef.h>

#include "common/err.h"

enum { REGRESSION_TERMS_MAX = 32 };

typedef struct Regression {
    size_t n, p;      /* rows used (those without NaN), terms */
    bool   intercept; /* then term 0 */
    double coef[REGRESSION_TERMS_MAX], se[REGRESSION_TERMS_MAX]; /* p of them; se NaN when n = p */
    double low[REGRESSION_TERMS_MAX], high[REGRESSION_TERMS_MAX], pvalue[REGRESSION_TERMS_MAX]; /* 95 % interval and two-sided test with t(n - p) */
    double rss, sigma; /* residual sum of squares; sqrt(rss/(n - p)), NaN when n = p */
    double r2;         /* 1 - rss/tss; tss about the mean with, about 0 without an intercept; NaN when tss is 0 */
} Regression;

/**
 * \param x row-major, n rows of k predictors, k 0..31 (1..32 without intercept); a row with a NaN is left out   borrowed
 * \param y n responses                                                                                          borrowed
 * \param out filled
 * \return false and ERR_STAT: too many terms, fewer rows than terms, an infinite value, a predictor that is a combination of
 *         the others
 */
bool regression_fit(const double *x, size_t k, const double *y, size_t n, bool intercept, Regression *out, Err *err);

/** The same with the powers x, x^2 .. x^degree of one predictor. \param degree 0..31 */
bool regression_polynomial(const double *x, int degree, const double *y, size_t n, bool intercept, Regression *out, Err *err);

#endif
