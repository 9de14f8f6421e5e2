#include "analyze/ears.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum { BASELINE_MAX = 366, GUARD = 2 /* reports between baseline and evaluated one in C2 and C3 */ };

static bool params_check(const EarsParams *params, Err *err)
{
    const char *why = NULL;

    if (params->method < EARS_C1 || params->method > EARS_C3)
        why = N_("the method must be C1, C2 or C3");
    else if (params->baseline < 3 || params->baseline > BASELINE_MAX)
        why = N_("the baseline must be 3 to 366 reports");
    else if (!(params->alpha > 0 && params->alpha < 1))
        why = N_("alpha must lie between 0 and 1");
    else if (!(params->min_sigma >= 0) || !isfinite(params->min_sigma))
        why = N_("the smallest standard deviation must be 0 or more");
    return why ? err_set(err, ERR_STAT, "cannot run EARS: %s", err_word(why)) : true;
}

/* C1 or C2 of one report, as a standardised excess; NaN without enough reports before it or without spread. */
static double excess(const double *y, size_t at, const EarsParams *params, double *mean, double *sd)
{
    size_t guard = params->method == EARS_C1 ? 0 : GUARD, baseline = (size_t) params->baseline;

    if (at < baseline + guard)
        return NAN;
    const double *first = y + at - guard - baseline;
    *mean = gsl_stats_mean(first, 1, baseline);
    *sd = fmax(gsl_stats_sd_m(first, 1, baseline, *mean), params->min_sigma);
    return *sd > 0 ? (y[at] - *mean) / *sd : NAN;
}

bool ears_run(const double *observed, size_t n, const EarsParams *params, EarsPoint *out, Err *err)
{
    if (!params_check(params, err))
        return false;

    ARENA_AUTO scratch = arena_new();
    double *y = arena_array(scratch, n, sizeof *y), *above = arena_array(scratch, n, sizeof *above);
    double  z = gsl_cdf_ugaussian_Qinv(params->alpha);
    size_t  reports = 0, before = params->method == EARS_C3 ? GUARD : 0;

    for (size_t row = 0; row < n; row++) {
        EarsPoint *point = &out[row];
        *point = (EarsPoint) {.mean = NAN, .sd = NAN, .statistic = NAN, .upper = NAN};
        if (!dist_count_check("cannot run EARS", observed[row], row, err))
            return false;
        if (isnan(observed[row]))
            continue;
        size_t at = reports++;
        double mean = NAN, sd = NAN, lagged = 0;
        y[at] = observed[row];
        above[at] = excess(y, at, params, &mean, &sd);
        if (isnan(above[at]) || at < (size_t) params->baseline + 2 * before) /* before the lags C2 must have begun as well */
            continue;
        for (size_t lag = 1; lag <= before; lag++) /* a lag without spread has no excess to add: fmax passes NaN over */
            lagged += fmax(0, above[at - lag] - 1);
        *point = (EarsPoint) {.evaluated = true, .mean = mean, .sd = sd, .statistic = above[at] + lagged,
                              .upper = fmax(0, mean + sd * (z - lagged))};
        point->alarm = observed[row] > point->upper;
    }
    return true;
}
