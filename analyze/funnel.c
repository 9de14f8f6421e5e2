#include "analyze/funnel.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "common/arena.h"

static const double tail95 = .025, tail998 = .001;

const char *funnel_flag_name(FunnelFlag flag)
{
    static const char *const names[] = {[FUNNEL_IN] = "in", [FUNNEL_LOW_95] = "low95", [FUNNEL_LOW_998] = "low998",
                                        [FUNNEL_HIGH_95] = "high95", [FUNNEL_HIGH_998] = "high998"};
    return names[flag];
}

static FunnelFlag flag_of(double z, double z95, double z998)
{
    if (z > z95)
        return z > z998 ? FUNNEL_HIGH_998 : FUNNEL_HIGH_95;
    if (z < -z95)
        return z < -z998 ? FUNNEL_LOW_998 : FUNNEL_LOW_95;
    return FUNNEL_IN;
}

static double square(double x)
{
    return x * x;
}

/* Raw z of every usable point, in the rows they belong to. */
static bool points_build(const double *observed, const double *expected, size_t n, FunnelPoint *point, Funnel *out, Err *err)
{
    for (size_t at = 0; at < n; at++) {
        point[at] = (FunnelPoint) {.ratio = NAN, .z_raw = NAN, .z = NAN, .pvalue = NAN, .low95 = NAN, .high95 = NAN, .low998 = NAN, .high998 = NAN};
        if (observed[at] < 0 || isinf(observed[at]) || expected[at] < 0 || isinf(expected[at]))
            return err_set(err, ERR_STAT, "cannot draw a funnel: row %zu holds a negative or infinite number", at + 1);
        if (isnan(observed[at]) || !(expected[at] > 0))
            continue;
        point[at].used = true;
        point[at].ratio = observed[at] / expected[at];
        point[at].z_raw = 2 * (sqrt(observed[at]) - sqrt(expected[at]));
        out->n++;
    }
    return out->n > 0 ? true : err_set(err, ERR_STAT, "cannot draw a funnel: no row has a count and an expectation above 0");
}

bool funnel_run(const double *observed, const double *expected, size_t n, double winsor, bool adjust, FunnelPoint *point, Funnel *out, Err *err)
{
    *out = (Funnel) {0};
    if (!(winsor >= 0 && winsor < .5))
        return err_set(err, ERR_STAT, "cannot draw a funnel: the share to winsorise must be 0 or more and below a half");
    if (!points_build(observed, expected, n, point, out, err))
        return false;

    ARENA_AUTO scratch = arena_new();
    double *z = arena_array(scratch, out->n, sizeof *z), weight = 0, weight2 = 0;
    size_t  used = 0;
    for (size_t at = 0; at < n; at++)
        if (point[at].used) {
            z[used++] = point[at].z_raw;
            weight += 4 * expected[at];
            weight2 += square(4 * expected[at]);
        }
    gsl_sort(z, 1, used);
    double low = gsl_stats_quantile_from_sorted_data(z, 1, used, winsor), high = gsl_stats_quantile_from_sorted_data(z, 1, used, 1 - winsor);
    for (size_t at = 0; at < used; at++)
        out->phi += square(fmin(high, fmax(low, z[at]))) / (double) used;
    if (adjust && used > 1)
        out->tau2 = fmax(0, ((double) used * out->phi - (double) (used - 1)) / (weight - weight2 / weight));

    double z95 = gsl_cdf_ugaussian_Qinv(tail95), z998 = gsl_cdf_ugaussian_Qinv(tail998);
    for (size_t at = 0; at < n; at++) {
        FunnelPoint *p = &point[at];
        if (!p->used)
            continue;
        double sd = sqrt(1 / (4 * expected[at]) + out->tau2);
        p->z = (sqrt(p->ratio) - 1) / sd;
        p->pvalue = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(p->z)));
        p->low95 = square(fmax(0, 1 - z95 * sd));
        p->high95 = square(1 + z95 * sd);
        p->low998 = square(fmax(0, 1 - z998 * sd));
        p->high998 = square(1 + z998 * sd);
        p->flag = flag_of(p->z, z95, z998);
        out->beyond_raw95 += fabs(p->z_raw) > z95;
        out->beyond_raw998 += fabs(p->z_raw) > z998;
        out->beyond95 += fabs(p->z) > z95;
        out->beyond998 += fabs(p->z) > z998;
    }
    return true;
}
