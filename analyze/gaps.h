/**
 * Charts of the time between events, for forms of incident so rare that a count per month is nearly always 0 or 1. Short times are
 * the bad news. Pure functions.
 *
 * Definitions. GAPS_NELSON: y = t^(1/3.6) is nearly normal when t is exponential (Nelson 1994, J. Qual. Technol. 26); individuals
 * limits mean(y) -+ 2.66 mean moving range, transformed back; a lower limit at or below 0 is 0. GAPS_EXPONENTIAL: median and probability
 * limits -mean log(1 - a/2), -mean log(a/2). GAPS_GEOMETRIC: t counts days without an event between two events (0, 1, ...), p =
 * 1/(mean + 1); median and probability limits are quantiles of the geometric distribution (g chart; Benneyan 2001).
 *
 * One gap can hardly be short enough to fall outside probability limits; several together can. gaps_short asks about the last r together:
 * with exponential gaps (sum of r / r) / mean of the m before is F with 2r and 2m degrees of freedom, exactly, estimation of the mean
 * included.
 */
#ifndef VB_ANALYZE_GAPS_H
#define VB_ANALYZE_GAPS_H

#include <stddef.h>

#include "common/err.h"

typedef enum GapsMethod { GAPS_NELSON, GAPS_EXPONENTIAL, GAPS_GEOMETRIC } GapsMethod;

typedef struct GapsLimits {
    double mean;              /* of the baseline gaps */
    double low, centre, high; /* in the unit of the gaps: below low = events come too fast, above high = slower than before */
} GapsLimits;

/**
 * \param gap   times between successive events, >= 0 (GAPS_GEOMETRIC: whole); open school days are the fair unit   borrowed
 * \param n     baseline gaps: a fixed baseline is the caller's to keep and to print; at least 2
 * \param alpha two-sided, .0027 for the usual 3 sigma; not used by GAPS_NELSON
 * \param out   filled
 * \return false and ERR_STAT: n < 2, a gap that is negative or not a number, all gaps 0, alpha not between 0 and 1
 */
bool gaps_limits(const double *gap, size_t n, GapsMethod method, double alpha, GapsLimits *out, Err *err);

/**
 * P(r gaps together are as short as this or shorter), r gaps after m baseline gaps of the same exponential distribution.
 * \param gap m + r gaps in order of time, m >= 1, r >= 1; \param p filled
 * \return false and ERR_STAT: m or r 0, a gap that is negative or not a number, all baseline gaps 0
 */
bool gaps_short(const double *gap, size_t m, size_t r, double *p, Err *err);

#endif
