/** Many p-values in one report: adjusted ones. Pure functions. Reference: R p.adjust. */
#ifndef VB_ANALYZE_MULTIPLE_H
#define VB_ANALYZE_MULTIPLE_H

#include <stddef.h>

#include "common/err.h"

typedef enum MultipleMethod {
    MULTIPLE_BH,        /* Benjamini and Hochberg 1995: false discovery rate, the house rule within a family */
    MULTIPLE_BY,        /* Benjamini and Yekutieli 2001: the same under any dependence */
    MULTIPLE_HOLM,      /* Holm 1979: family-wise error */
    MULTIPLE_HOCHBERG,  /* Hochberg 1988 */
    MULTIPLE_BONFERRONI,
    MULTIPLE_METHODS
} MultipleMethod;

/**
 * \param p   0..1, NaN = not computable: stays NaN and does not count in the number of tests  borrowed, n long
 * \param out filled, n long, in the order of p; may be p itself
 * \return false and ERR_STAT: a p outside 0..1
 */
bool multiple_adjust(const double *p, size_t n, MultipleMethod method, double *out, Err *err);

/** bh, by, holm, hochberg, bonferroni. */
const char *multiple_method_name(MultipleMethod method);

#endif
