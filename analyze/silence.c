#include "analyze/silence.h"

#include <math.h>

#include "analyze/dist.h"

SilenceRate silence_rate(double prior_mean, double prior_shape, double own_count, double own_exposure)
{
    if (isinf(prior_shape))
        return (SilenceRate) {INFINITY, prior_mean};
    return (SilenceRate) {prior_shape + own_count, prior_shape / prior_mean + own_exposure};
}

static double mean_over(const SilenceRate *rate, double exposure)
{
    return isinf(rate->shape) ? rate->rate * exposure : rate->shape / rate->rate * exposure;
}

/* The variance of the predictive count over its mean. */
static double dispersion(const SilenceRate *rate, double exposure)
{
    return isinf(rate->shape) ? 1 : 1 + exposure / rate->rate;
}

bool silence_run(const double *observed, const double *exposure, size_t n, const SilenceRate *rate, const SilenceParams *params,
                 SilencePoint *out, Err *err)
{
    size_t run = 0;
    double run_exposure = 0;

    if (!(rate->shape > 0) || !(rate->rate > 0) || !isfinite(rate->rate))
        return err_set(err, ERR_STAT, "cannot judge silence: the expected rate must be above 0");
    if (!(params->alpha > 0 && params->alpha < 1) || !(params->expected >= 0))
        return err_set(err, ERR_STAT, "cannot judge silence: alpha must lie between 0 and 1, and the fewest expected be 0 or more");
    for (size_t at = 0; at < n; at++) {
        SilencePoint *point = &out[at];
        if (!dist_count_check("cannot judge silence", observed[at], at, err) || !dist_exposure_check("cannot judge silence", exposure[at], at, err))
            return false;
        *point = (SilencePoint) {.expected = NAN, .p = NAN, .run_expected = NAN, .run_p = NAN};
        if (isnan(observed[at]) || !(exposure[at] > 0))
            continue;
        point->evaluated = true;
        point->expected = mean_over(rate, exposure[at]);
        point->p = dist_count_lower(point->expected, dispersion(rate, exposure[at]), observed[at]);
        run = observed[at] == 0 ? run + 1 : 0;
        run_exposure = observed[at] == 0 ? run_exposure + exposure[at] : 0;
        point->run = run;
        point->run_expected = mean_over(rate, run_exposure);
        point->run_p = dist_count_lower(point->run_expected, dispersion(rate, run_exposure), 0);
        if (run == 0)
            point->run_p = 1;
        point->alarm = run > 0 && point->run_p < params->alpha && point->run_expected >= params->expected;
    }
    return true;
}
