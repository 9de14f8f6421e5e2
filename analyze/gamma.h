/**
 * How many incidents a school's own past and that of comparable schools let expect: gamma-Poisson, with the spread of the periods. For counts that are too few,
 * or a past that is too short, for Farrington. Pure functions over arrays; a period counts where its count is known and its exposure is above 0.
 *
 * Definition: the schools' rates per exposure are gamma(shape, shape/mean), by moments of their totals y over exposure e: 1/shape = sum((y - mu)^2 - phi mu) / sum(mu^2),
 * mu = mean e (between 0.05 and, for a school alone, 1). phi: Pearson's chi-square of the periods around each school's own rate over its degrees of freedom. A school's
 * own past adds its count and exposure, each over its own phi, to shape and rate; its own phi is (26 phi + chi-square) / (26 + df). The next count over exposure e is
 * negative binomial with mean shape/rate e and variance over mean phi + e/rate. Efron and Morris 1973; Clayton and Kaldor 1987, Biometrics 43(3).
 */
#ifndef VB_ANALYZE_GAMMA_H
#define VB_ANALYZE_GAMMA_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"

/** What the schools of a board tell beforehand: a gamma distribution of the rate per exposure (shape 0 = nothing was seen), and how much more the periods
 *  of one school differ than chance lets them: variance over mean, 1 or more (0 reads as 1). */
typedef struct GammaPrior {
    double mean, shape, phi;
} GammaPrior;

/** By moments. \param count, exposure sums per school over the baseline; n schools \param phi as below. mean 0 when nothing was seen. */
GammaPrior gamma_prior(const double *count, const double *exposure, size_t n, double phi);
/** Pearson's chi-square within schools over its degrees of freedom. \param squares sums of count^2/exposure, periods their numbers. 1 with fewer than twelve
 *  degrees of freedom, and at least 1. */
double gamma_phi(const double *count, const double *exposure, const double *squares, const double *periods, size_t n);

/** Sums of one school from its first row on, so that a window is a difference. */
typedef struct GammaSums {
    double *count, *exposure, *squares, *periods; /* rows + 1 long; squares: count^2/exposure */
} GammaSums;
typedef struct GammaWindow { size_t from, until; } GammaWindow; /* [from, until) */

/** \param observed NaN = no report; NULL: nothing ever happened, in every row that is open \param known rows with NaN there are no report, where observed is NULL */
GammaSums gamma_sums(Arena *out, const double *observed, const double *known, const double *exposure, size_t n);
/** The `history` rows that end `past` before row k; none before `since`. */
GammaWindow gamma_window(size_t since, size_t k, int history, int past);
/** Prior of n schools, each over its own window. */
GammaPrior gamma_pool(const GammaSums *school, const GammaWindow *window, size_t n);

/** Posterior of one school's rate. */
typedef struct GammaPast {
    double count, exposure, shape, rate, phi;
    size_t first, last, n; /* rows that count, and how many of them */
} GammaPast;

GammaPast gamma_past(const double *observed, const double *exposure, GammaWindow window, const GammaPrior *prior);
/** Size of the negative binomial of a count with this mean: variance phi mean + mean^2/shape. */
double gamma_size(const GammaPast *past, double mean);

typedef struct GammaNext {
    double expected, phi, upper, pvalue, score; /* phi: variance over mean; upper: smallest count with P(Y <= upper) >= 1 - alpha; pvalue P(Y >= observed) */
} GammaNext;

/** What comes next, over an exposure > 0. \param past of a prior with mean > 0 */
GammaNext gamma_next(const GammaPast *past, double observed, double exposure, double alpha);

/** (observed - expected)/(upper - expected), which is above 1 where observed is above the limit. */
double gamma_score(double observed, double expected, double upper);
/** What was counted, and over what, in the last `span` rows up to `row` that count, none before `since`. */
void gamma_span(const double *observed, const double *exposure, size_t since, size_t row, int span, double *count, double *over);

#endif
