/**
 * Two shares or two rates: how far apart, with an interval, and what chance would do. Pure functions; rate.h has the p-values of the house
 * (mid-p, twice the smaller tail), these are added to them.
 */
#ifndef VB_ANALYZE_TWO_H
#define VB_ANALYZE_TWO_H

#include "analyze/rate.h"

typedef struct TwoShares {
    Estimate difference; /* x1/n1 - x2/n2, Newcombe's hybrid score interval (1998, Stat. Med. 17, method 10) */
    double   p_fisher;   /* Fisher's exact test, two-sided: all tables no likelier than this one (R fisher.test) */
    double   p_mid;      /* share_compare_p */
} TwoShares;

/** \param x whole, 0..n; \param n whole, 1..1e10; \return false and ERR_STAT: anything else */
bool two_shares(double x1, double n1, double x2, double n2, TwoShares *out, Err *err);

typedef struct TwoRates {
    Estimate ratio;   /* (x1/e1)/(x2/e2), conditional exact (R poisson.test(c(x1, x2), c(e1, e2))); INFINITY where x2 is 0 */
    double   p_exact; /* conditional exact, all splits no likelier than this one (R poisson.test) */
    double   p;       /* rate_compare_p */
} TwoRates;

/** \param x whole, 0..1e10; \param e > 0; \return false and ERR_STAT: anything else, or no events on either side */
bool two_rates(double x1, double e1, double x2, double e2, TwoRates *out, Err *err);

#endif
