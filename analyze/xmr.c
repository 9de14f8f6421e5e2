#include "analyze/xmr.h"

#include <math.h>

static const double individuals_factor = 2.66, range_factor = 3.267;

bool xmr_limits(const double *x, size_t n, XmrLimits *out, Err *err)
{
    double sum = 0, ranges = 0;
    size_t pairs = 0;

    *out = (XmrLimits) {.centre = NAN, .low = NAN, .high = NAN, .mr_mean = NAN, .mr_high = NAN};
    for (size_t at = 0; at < n; at++) {
        if (isinf(x[at]))
            return err_set(err, ERR_STAT, "cannot make an XmR chart: row %zu is infinite", at + 1);
        if (isnan(x[at]))
            continue;
        out->n++;
        sum += x[at];
        if (at > 0 && !isnan(x[at - 1])) {
            ranges += fabs(x[at] - x[at - 1]);
            pairs++;
        }
    }
    if (pairs == 0)
        return err_set(err, ERR_STAT, "cannot make an XmR chart: the baseline needs at least two values in a row");
    out->centre = sum / (double) out->n;
    out->mr_mean = ranges / (double) pairs;
    out->low = out->centre - individuals_factor * out->mr_mean;
    out->high = out->centre + individuals_factor * out->mr_mean;
    out->mr_high = range_factor * out->mr_mean;
    return isfinite(out->low) && isfinite(out->high) ? true : err_set(err, ERR_STAT, "cannot make an XmR chart: the limits are not finite");
}

static const XmrRule rules[] = {
    {"western-electric", "1956", 1, XMR_BEYOND, 1, 1, 3}, /* one point beyond three sigma */
    {"western-electric", "1956", 2, XMR_BEYOND, 2, 3, 2}, /* two of three points beyond two sigma on one side */
    {"western-electric", "1956", 3, XMR_BEYOND, 4, 5, 1}, /* four of five points beyond one sigma on one side */
    {"western-electric", "1956", 4, XMR_BEYOND, 8, 8, 0}, /* eight points in a row on one side */
    {"nelson", "1984", 1, XMR_BEYOND, 1, 1, 3}, /* one point beyond three sigma */
    {"nelson", "1984", 2, XMR_BEYOND, 9, 9, 0}, /* nine points in a row on one side */
    {"nelson", "1984", 3, XMR_TREND, 6, 6, 0}, /* six points in a row all rising or all falling */
    {"nelson", "1984", 4, XMR_ZIGZAG, 14, 14, 0}, /* fourteen points in a row up and down in turn */
    {"nelson", "1984", 5, XMR_BEYOND, 2, 3, 2}, /* two of three points beyond two sigma on one side */
    {"nelson", "1984", 6, XMR_BEYOND, 4, 5, 1}, /* four of five points beyond one sigma on one side */
    {"nelson", "1984", 7, XMR_WITHIN, 15, 15, 1}, /* fifteen points in a row within one sigma */
    {"nelson", "1984", 8, XMR_OUTSIDE, 8, 8, 1}, /* eight points in a row none within one sigma */
};

const XmrRule *xmr_rules(size_t *n)
{
    *n = sizeof rules / sizeof *rules;
    return rules;
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* Do the last points of a stretch without gaps, the newest at x[0] and older ones before it, break the rule? */
static bool broken(const double *x, int stretch, const XmrLimits *limits, const XmrRule *rule)
{
    double reach = rule->sigma * (limits->high - limits->centre) / 3, last = x[0] - limits->centre;
    int    hits = 0, span = stretch < rule->span ? stretch : rule->span;

    switch (rule->kind) {
    case XMR_BEYOND:
        for (int back = 0; back < span; back++)
            hits += sign(x[-back] - limits->centre) == sign(last) && fabs(x[-back] - limits->centre) > reach;
        return fabs(last) > reach && hits >= rule->hits;
    case XMR_WITHIN:
    case XMR_OUTSIDE:
        for (int back = 0; back < span; back++)
            hits += rule->kind == XMR_WITHIN ? fabs(x[-back] - limits->centre) < reach : fabs(x[-back] - limits->centre) > reach;
        return hits >= rule->hits;
    case XMR_TREND:
    case XMR_ZIGZAG:
        for (int back = 0; back + 1 < span; back++) {
            int step = sign(x[-back] - x[-back - 1]), wanted = sign(x[0] - x[-1]);
            if (step == 0 || step != (rule->kind == XMR_ZIGZAG && back % 2 ? -wanted : wanted))
                return false;
        }
        return true;
    }
    return false;
}

void xmr_rule_apply(const double *x, size_t n, const XmrLimits *limits, const XmrRule *rule, bool *flag)
{
    int stretch = 0;

    for (size_t at = 0; at < n; at++) {
        stretch = isnan(x[at]) ? 0 : stretch + 1;
        flag[at] = stretch >= rule->hits && broken(x + at, stretch, limits, rule);
    }
}
