/**
 * Cronbach's alpha: do the items of a questionnaire measure one thing? Pure functions.
 *
 * Definition: k/(k-1) (1 - sum of the item variances / variance of the sum), over respondents who answered every item; Feldt's interval (1965): (1 -
 * alpha)/(1 - alpha-hat) is F with n - 1 and (n - 1)(k - 1) degrees of freedom. Reference: R psych::alpha.
 */
#ifndef VB_ANALYZE_ALPHA_H
#define VB_ANALYZE_ALPHA_H

#include <stddef.h>

#include "common/err.h"

enum { ALPHA_ITEMS_MAX = 256 };

typedef struct Alpha {
    size_t n, k;              /* complete respondents, items */
    double alpha, low, high;  /* 95 % */
    double dropped[ALPHA_ITEMS_MAX];  /* alpha without this item; NaN when k = 2 or the rest has no spread */
    double with_rest[ALPHA_ITEMS_MAX]; /* correlation of this item with the sum of the others; NaN without spread */
} Alpha;

/**
 * \param score row-major, n respondents x k items in the direction of the scale; NaN = not answered: the respondent is left out   borrowed
 * \return false and ERR_STAT: fewer than 2 items or more than 256, fewer than 2 complete respondents, sums without spread, infinite values
 */
bool alpha_estimate(const double *score, size_t n, size_t k, Alpha *out, Err *err);

#endif
