/**
 * Answers on an ordered scale: two groups compared, and a share that goes up or down along ordered groups. Pure functions over counts per category,
 * lowest category first; a mean of such answers would assume distances that nobody measured.
 */
#ifndef VB_ANALYZE_ORDINAL_H
#define VB_ANALYZE_ORDINAL_H

#include <stddef.h>

#include "common/err.h"

enum { ORDINAL_CATEGORIES_MAX = 64 /* proportional odds only; Wilcoxon takes any number */ };

typedef struct Wilcoxon {
    double n1, n2;
    double w;           /* R's W: pairs in which the first group is higher, ties for half */
    double superiority; /* w/(n1 n2): chance that a random one of the first group is higher, ties for half; .5 = no difference */
    double z;           /* with continuity correction; NaN when exact, or when all are equal */
    double pvalue;      /* two-sided */
    bool   exact;       /* no ties and both groups below 50 */
} Wilcoxon;

/**
 * Wilcoxon rank sum (Mann-Whitney). Exact where nobody is tied and n1, n2 < 50; else normal, with correction for ties and continuity.
 * \param count1, count2 whole numbers per category >= 0, k categories, ascending   borrowed
 * \return false and ERR_STAT: an empty group, a count that is not whole or is negative
 * Reference: R wilcox.test(x, y)
 */
bool ordinal_wilcoxon(const double *count1, const double *count2, size_t k, Wilcoxon *out, Err *err);

typedef struct ProportionalOdds {
    double log_odds, se, low, high; /* of a higher answer in the first group against the second; 95 % normal interval */
    double pvalue;                  /* Wald, two-sided */
    double log_likelihood;
} ProportionalOdds;

/**
 * Proportional odds: logit P(Y <= j) = zeta_j - log_odds * [first group], by maximum likelihood. Categories that nobody chose are left out.
 * \return false and ERR_STAT: as above, fewer than 2 categories in use, more than 64, an estimate without end (one group wholly above the other)
 * Reference: R MASS::polr
 */
bool ordinal_proportional_odds(const double *count1, const double *count2, size_t k, ProportionalOdds *out, Err *err);

typedef struct CochranArmitage {
    double n, z;         /* z > 0: the share rises with the score */
    double chi2, pvalue; /* z^2, two-sided */
} CochranArmitage;

/**
 * Trend of shares x/n over ordered groups.
 * \param score NULL: 1, 2, ..; finite, not all equal  \return false and ERR_STAT: a group with x outside 0..n, fewer than 2 groups with anybody in
 *        them, all or none with the property, counts that are not whole
 * Reference: R prop.trend.test(x, n, score)
 */
bool ordinal_cochran_armitage(const double *x, const double *n, const double *score, size_t k, CochranArmitage *out, Err *err);

#endif
