/**
 * Individuals and moving range (XmR) chart with named, versioned run rules. For display only: a mark on a chart says "look", an
 * alarm is Farrington's business. Pure functions.
 *
 * Definition (Shewhart 1931; Wheeler 1993): centre = mean; mR = mean of |x_t - x_(t-1)|; limits centre -+ 2.66 mR; upper limit of the
 * moving range 3.267 mR. Limits belong to a fixed baseline, which the caller keeps and prints; new points do not move them.
 */
#ifndef VB_ANALYZE_XMR_H
#define VB_ANALYZE_XMR_H

#include <stddef.h>

#include "common/err.h"

typedef struct XmrLimits {
    size_t n;                 /* points used */
    double centre, low, high; /* low may be negative: what a count cannot reach is the caller's to leave out */
    double mr_mean, mr_high;
} XmrLimits;

/**
 * \param x the baseline; NaN = no report: left out, and no moving range leads across it. At least two neighbours.  borrowed, n long
 * \param out filled
 * \return false and ERR_STAT: no two neighbouring points, an infinite value
 */
bool xmr_limits(const double *x, size_t n, XmrLimits *out, Err *err);

/** What a rule looks for. Sigma is (high - centre)/3. Points exactly on a line are not beyond it. */
typedef enum XmrKind {
    XMR_BEYOND, /* `hits` of the last `span` points beyond `sigma` on one side, the last one among them; sigma 0: a run on one side */
    XMR_TREND,  /* `span` points in a row each above (or each below) the one before */
    XMR_ZIGZAG, /* `span` points in a row, up and down in turn */
    XMR_WITHIN, /* `span` points in a row all within `sigma` of the centre, on either side */
    XMR_OUTSIDE /* `span` points in a row none within `sigma` of the centre, on either side */
} XmrKind;

typedef struct XmrRule {
    const char *set, *version; /* "western-electric" "1956", "nelson" "1984" */
    int         number;        /* within the set */
    XmrKind     kind;
    int         hits, span;
    double      sigma;
} XmrRule;

/** Every rule, in the order of set and number. \param n filled */
const XmrRule *xmr_rules(size_t *n);

/**
 * \param flag filled, n long: true for the last point of every stretch that breaks the rule; false for points without a report, and a
 *        missing point ends every stretch
 */
void xmr_rule_apply(const double *x, size_t n, const XmrLimits *limits, const XmrRule *rule, bool *flag);

#endif
