#include "analyze/shrink.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analyze/dist.h"
#include "analyze/loglinear.h"

/* A shape beyond this is no spread: the difference is out of sight, and gamma functions lose their digits. */
static const double shape_most = 1e8;

static bool usable(double observed, double expected)
{
    return !isnan(observed) && expected > 0;
}

static void moments(const double *observed, const double *expected, size_t n, ShrinkPrior *out)
{
    double counts = 0, all = 0, squares = 0, spread = 0;

    for (size_t at = 0; at < n; at++)
        if (usable(observed[at], expected[at])) {
            counts += observed[at];
            all += expected[at];
            squares += expected[at] * expected[at];
        }
    out->mean = counts / all;
    for (size_t at = 0; at < n; at++)
        if (usable(observed[at], expected[at]))
            spread += expected[at] * (observed[at] / expected[at] - out->mean) * (observed[at] / expected[at] - out->mean);
    double variance = (spread - (double) (out->n - 1) * out->mean) / (all - squares / all);
    out->shape = variance > 0 && out->n > 1 ? out->mean * out->mean / variance : INFINITY;
}

bool shrink_prior(const double *observed, const double *expected, size_t n, ShrinkMethod method, ShrinkPrior *out, Err *err)
{
    Loglinear fit;

    *out = (ShrinkPrior) {.mean = NAN, .shape = NAN};
    if (!loglinear_fit(observed, expected, NULL, n, LOGLINEAR_NEGBIN, &fit, err)) /* also checks the rows for moments */
        return false;
    out->n = fit.n;
    if (fit.n < 2)
        return err_set(err, ERR_STAT, "cannot learn how schools differ from one school");
    if (method == SHRINK_MOMENTS)
        moments(observed, expected, n, out);
    else {
        out->mean = exp(fit.level);
        out->shape = fit.size;
    }
    if (out->shape > shape_most)
        out->shape = INFINITY;
    return true;
}

void shrink_points(const double *observed, const double *expected, size_t n, const ShrinkPrior *prior, double threshold, ShrinkPoint *out)
{
    double line = threshold * prior->mean;

    for (size_t at = 0; at < n; at++) {
        ShrinkPoint *point = &out[at];
        *point = (ShrinkPoint) {.used = usable(observed[at], expected[at]), .raw = NAN, .theta = prior->mean, .low = NAN, .high = NAN};
        if (point->used)
            point->raw = observed[at] / expected[at];
        if (isinf(prior->shape)) {
            point->above = prior->mean > line;
            continue;
        }
        double shape = prior->shape + (point->used ? observed[at] : 0), rate = prior->shape / prior->mean + (point->used ? expected[at] : 0);
        point->theta = shape / rate;
        point->low = dist_gamma_quantile(.025, shape) / rate;
        point->high = dist_gamma_quantile(.975, shape) / rate;
        point->above = gsl_cdf_gamma_Q(line * rate, shape, 1);
    }
}
