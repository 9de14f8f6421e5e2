#include "analyze/gaps.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/xmr.h"
#include "common/arena.h"

static const double nelson_power = 3.6;

/* Mean of n gaps; false when one of them is none. */
static bool gaps_mean(const double *gap, size_t n, bool whole, double *mean, Err *err)
{
    double sum = 0;

    for (size_t at = 0; at < n; at++) {
        if (!(gap[at] >= 0) || !isfinite(gap[at]) || (whole && floor(gap[at]) != gap[at]))
            return err_set(err, ERR_STAT, whole ? "cannot chart times between events: row %zu is not a whole number from 0 up"
                                                : "cannot chart times between events: row %zu is not a number from 0 up", at + 1);
        sum += gap[at];
    }
    *mean = sum / (double) n;
    return true;
}

/* Smallest whole number with at least this probability up to it. */
static double geometric_quantile(double probability, double p)
{
    double count = fmax(0, ceil(log1p(-probability) / log1p(-p)) - 1);

    /* a quotient just above a whole number is a rounding error */
    return count > 0 && -expm1(count * log1p(-p)) >= probability * (1 - 1e-14) ? count - 1 : count;
}

static bool nelson_limits(const double *gap, size_t n, GapsLimits *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *root = arena_array(scratch, n, sizeof *root);
    XmrLimits xmr;

    for (size_t at = 0; at < n; at++)
        root[at] = pow(gap[at], 1 / nelson_power);
    if (!xmr_limits(root, n, &xmr, err))
        return false;
    out->low = xmr.low > 0 ? pow(xmr.low, nelson_power) : 0;
    out->centre = pow(xmr.centre, nelson_power);
    out->high = pow(xmr.high, nelson_power);
    return true;
}

bool gaps_limits(const double *gap, size_t n, GapsMethod method, double alpha, GapsLimits *out, Err *err)
{
    *out = (GapsLimits) {NAN, NAN, NAN, NAN};
    if (n < 2)
        return err_set(err, ERR_STAT, "cannot chart times between events: at least 2 times (3 events) are needed");
    if (!(alpha > 0 && alpha < 1))
        return err_set(err, ERR_STAT, "cannot chart times between events: alpha must lie between 0 and 1");
    if (!gaps_mean(gap, n, method == GAPS_GEOMETRIC, &out->mean, err))
        return false;
    if (!(out->mean > 0))
        return err_set(err, ERR_STAT, "cannot chart times between events: all events fall together");

    if (method == GAPS_NELSON)
        return nelson_limits(gap, n, out, err);
    if (method == GAPS_EXPONENTIAL) {
        out->low = -out->mean * log1p(-alpha / 2);
        out->centre = out->mean * M_LN2;
        out->high = -out->mean * log(alpha / 2);
    } else {
        double p = 1 / (out->mean + 1);
        out->low = geometric_quantile(alpha / 2, p);
        out->centre = geometric_quantile(.5, p);
        out->high = geometric_quantile(1 - alpha / 2, p);
    }
    return true;
}

bool gaps_short(const double *gap, size_t m, size_t r, double *p, Err *err)
{
    double before, after;

    if (m < 1 || r < 1)
        return err_set(err, ERR_STAT, "cannot compare times between events: at least 1 is needed on both sides");
    if (!gaps_mean(gap, m, false, &before, err) || !gaps_mean(gap + m, r, false, &after, err))
        return false;
    if (!(before > 0))
        return err_set(err, ERR_STAT, "cannot compare times between events: all events before fall together");
    *p = gsl_cdf_fdist_P(after / before, 2 * (double) r, 2 * (double) m);
    return isfinite(*p) ? true : err_set(err, ERR_STAT, "cannot compare times between events: the probability is not finite");
}
