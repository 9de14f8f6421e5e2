#include "analyze/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum {
    EXACT_KENDALL = 10,      /* values up to which AUTO is exact */
    EXACT_KENDALL_MOST = 34, /* 34! fits in 128 bits */
    EXACT_PETTITT = 14       /* 2^14 subsets */
};

bool trend_slope(const double *y, const double *exposure, const double *t, size_t n, TrendFamily family, TrendSlope *out, Err *err)
{
    Loglinear fit;

    *out = (TrendSlope) {.slope = NAN, .se = NAN, .low = NAN, .high = NAN, .pct = NAN, .pct_low = NAN, .pct_high = NAN, .pvalue = NAN, .phi = NAN, .size = NAN};
    if (!loglinear_fit(y, exposure, t, n, family == TREND_NEGBIN ? LOGLINEAR_NEGBIN : LOGLINEAR_POISSON, &fit, err))
        return false;
    if (fit.n < 3)
        return err_set(err, ERR_STAT, "cannot fit a trend: at least 3 usable rows are needed");

    double df = (double) fit.n - 2, wide = gsl_cdf_tdist_Qinv(.025, df);
    out->n = fit.n;
    out->slope = fit.slope;
    out->size = family == TREND_NEGBIN ? fit.size : NAN;
    out->phi = fit.pearson / df;
    out->se = fit.se_slope * (family == TREND_QUASI ? sqrt(fmax(1, out->phi)) : 1);
    out->low = out->slope - wide * out->se;
    out->high = out->slope + wide * out->se;
    out->pct = 100 * expm1(out->slope);
    out->pct_low = 100 * expm1(out->low);
    out->pct_high = 100 * expm1(out->high);
    out->pvalue = 2 * gsl_cdf_tdist_Q(fabs(out->slope) / out->se, df);
    return isfinite(out->se) ? true : err_set(err, ERR_STAT, "cannot fit a trend: the result is not finite");
}

/* The values that are there, in order; row[] says where they came from. */
static bool values_take(Arena *scratch, const double *y, size_t n, size_t least, double **value, size_t **row, size_t *count, Err *err)
{
    *value = arena_array(scratch, n, sizeof **value);
    *row = arena_array(scratch, n, sizeof **row);
    *count = 0;
    for (size_t at = 0; at < n; at++) {
        if (isinf(y[at]))
            return err_set(err, ERR_STAT, "cannot judge a trend: row %zu is infinite", at + 1);
        if (isnan(y[at]))
            continue;
        (*value)[*count] = y[at];
        (*row)[(*count)++] = at;
    }
    return *count >= least ? true : err_set(err, ERR_STAT, "cannot judge a trend: at least %zu values are needed", least);
}

/* Sizes of the groups of equal values; sorts value. */
static size_t ties_count(double *value, size_t n, size_t *size)
{
    size_t groups = 0;

    gsl_sort(value, 1, n);
    for (size_t at = 0; at < n; at++) {
        if (at == 0 || value[at] != value[at - 1])
            size[groups++] = 0;
        size[groups - 1]++;
    }
    return groups;
}

/* P(|S| >= s): S is all untied pairs less twice the inversions. */
static double kendall_tail(Arena *scratch, const size_t *size, size_t groups, size_t n, double s)
{
    DistOrders *orders = arena_array(scratch, n * (n - 1) / 2 + n + 1, sizeof *orders), total = 0, beyond = 0;
    size_t count = dist_inversions(size, groups, orders);

    for (size_t at = 0; at < count; at++) {
        double here = (double) (count - 1) - 2 * (double) at;
        total += orders[at];
        beyond += fabs(here) >= fabs(s) ? orders[at] : 0;
    }
    return (double) ((long double) beyond / (long double) total);
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

bool trend_mann_kendall(const double *y, size_t n, TrendExact exact, MannKendall *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *value;
    size_t *row, count;

    *out = (MannKendall) {.s = NAN, .var = NAN, .tau = NAN, .z = NAN, .pvalue = NAN};
    if (!values_take(scratch, y, n, 3, &value, &row, &count, err))
        return false;
    if (exact == TREND_EXACT_ALWAYS && count > EXACT_KENDALL_MOST)
        return err_set(err, ERR_STAT, "cannot judge a trend: the exact test goes up to %d values", EXACT_KENDALL_MOST);

    double s = 0;
    for (size_t late = 1; late < count; late++)
        for (size_t early = 0; early < late; early++)
            s += sign(value[late] - value[early]);

    double m = (double) count, pairs = m * (m - 1) / 2, untied = pairs, var = m * (m - 1) * (2 * m + 5);
    size_t *size = arena_array(scratch, count, sizeof *size), groups = ties_count(value, count, size);
    for (size_t group = 0; group < groups; group++) {
        double k = (double) size[group];
        untied -= k * (k - 1) / 2;
        var -= k * (k - 1) * (2 * k + 5);
    }
    out->n = count;
    out->s = s;
    out->var = var / 18;
    out->tau = untied > 0 ? s / sqrt(pairs * untied) : NAN;
    out->z = out->var > 0 ? (s - sign(s)) / sqrt(out->var) : NAN;
    out->exact = exact == TREND_EXACT_ALWAYS || (exact == TREND_EXACT_AUTO && count <= EXACT_KENDALL);
    if (out->exact)
        out->pvalue = kendall_tail(scratch, size, groups, count, s);
    else
        out->pvalue = out->var > 0 ? fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(out->z))) : 1; /* all equal: no order says more than another */
    return true;
}

/* How far from both ends of the sorted slopes the bounds stand, 1-based; 0: nothing can be excluded. */
static double sen_depth(Arena *scratch, double *value, size_t n, double pairs)
{
    size_t *size = arena_array(scratch, n, sizeof *size), one[EXACT_KENDALL];

    if (n <= EXACT_KENDALL) {
        for (size_t at = 0; at < n; at++)
            one[at] = 1;
        for (double s = pairs; s > 0; s -= 2) /* from the highest S down, while its two-sided tail is at most 5 % */
            if (kendall_tail(scratch, one, n, n, s) > .05)
                return (pairs - s) / 2;
        return 0;
    }
    double m = (double) n, var = m * (m - 1) * (2 * m + 5);
    size_t groups = ties_count(value, n, size);
    for (size_t group = 0; group < groups; group++) {
        double k = (double) size[group];
        var -= k * (k - 1) * (2 * k + 5);
    }
    return rint((pairs - gsl_cdf_ugaussian_Qinv(.025) * sqrt(var / 18)) / 2);
}

bool trend_theil_sen(const double *y, const double *t, size_t n, TheilSen *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *value;
    size_t *row, count, pairs = 0;

    *out = (TheilSen) {.slope = NAN, .intercept = NAN, .low = NAN, .high = NAN};
    if (!values_take(scratch, y, n, 2, &value, &row, &count, err))
        return false;
    double *slope = arena_array(scratch, count * (count - 1) / 2, sizeof *slope), *time = arena_array(scratch, count, sizeof *time);
    for (size_t late = 0; late < count; late++) {
        time[late] = t[row[late]];
        for (size_t early = 0; early < late; early++) {
            slope[pairs] = (value[late] - value[early]) / (time[late] - time[early]);
            if (!isfinite(slope[pairs++]))
                return err_set(err, ERR_STAT, "cannot draw a Theil-Sen line: times must be finite and all different");
        }
    }
    gsl_sort(slope, 1, pairs);
    gsl_sort(time, 1, count);
    double depth = sen_depth(scratch, value, count, (double) pairs); /* may sort value */
    gsl_sort(value, 1, count);
    out->n = count;
    out->slope = gsl_stats_median_from_sorted_data(slope, 1, pairs);
    out->intercept = gsl_stats_median_from_sorted_data(value, 1, count) - out->slope * gsl_stats_median_from_sorted_data(time, 1, count);
    out->low = depth >= 1 ? slope[(size_t) depth - 1] : -INFINITY;
    out->high = depth >= 1 ? slope[pairs - (size_t) depth] : INFINITY;
    return true;
}

/* Ranks from 1, midranks for ties. */
static void midranks(const double *value, size_t n, double *rank)
{
    for (size_t at = 0; at < n; at++) {
        rank[at] = .5;
        for (size_t other = 0; other < n; other++)
            rank[at] += value[other] < value[at] ? 1 : value[other] == value[at] ? .5 : 0;
    }
}

/*
 * Share of all orders with max |U| >= k. U after some values depends only on which they are, not on their order: count the ways through the
 * subsets that keep below k.
 */
static double pettitt_tail(Arena *scratch, const double *rank, size_t n, double k)
{
    size_t  subsets = (size_t) 1 << n;
    double *ways = arena_array(scratch, subsets, sizeof *ways), all = 1;

    ways[0] = 1;
    for (size_t subset = 1; subset < subsets; subset++) {
        double u = 0;
        for (size_t at = 0; at < n; at++)
            if (subset >> at & 1) {
                u += 2 * rank[at] - (double) (n + 1);
                ways[subset] += ways[subset ^ (size_t) 1 << at];
            }
        if (fabs(u) > k - 1e-9)
            ways[subset] = 0;
    }
    for (size_t at = 2; at <= n; at++)
        all *= (double) at;
    return fmax(0, 1 - ways[subsets - 1] / all);
}

bool trend_pettitt(const double *y, size_t n, TrendExact exact, Pettitt *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *value, u = 0;
    size_t *row, count;

    *out = (Pettitt) {.k = NAN, .pvalue = NAN};
    if (!values_take(scratch, y, n, 3, &value, &row, &count, err))
        return false;
    if (exact == TREND_EXACT_ALWAYS && count > EXACT_PETTITT)
        return err_set(err, ERR_STAT, "cannot look for a break: the exact test goes up to %d values", EXACT_PETTITT);

    double *rank = arena_array(scratch, count, sizeof *rank), m = (double) count;
    midranks(value, count, rank);
    out->n = count;
    out->k = 0;
    out->last = row[0];
    for (size_t at = 0; at + 1 < count; at++) {
        u += 2 * rank[at] - (m + 1);
        if (fabs(u) > out->k) {
            out->k = fabs(u);
            out->last = row[at];
        }
    }
    out->exact = exact != TREND_EXACT_NEVER && count <= EXACT_PETTITT;
    if (out->k == 0)
        out->pvalue = 1;
    else
        out->pvalue = out->exact ? pettitt_tail(scratch, rank, count, out->k) : fmin(1, 2 * exp(-6 * out->k * out->k / (m * m * m + m * m)));
    return true;
}
