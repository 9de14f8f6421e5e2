#include "analyze/alpha.h"

#include <gsl/gsl_statistics.h>
#include <math.h>

#include "analyze/dist.h"
#include "common/arena.h"

/* Alpha of k items with this sum of item variances and this variance of the sum. */
static double alpha_of(double k, double items, double sum)
{
    return sum > 0 && k > 1 ? k / (k - 1) * (1 - items / sum) : NAN;
}

bool alpha_estimate(const double *score, size_t n, size_t k, Alpha *out, Err *err)
{
    *out = (Alpha) {.k = k, .alpha = NAN, .low = NAN, .high = NAN};
    if (k < 2 || k > ALPHA_ITEMS_MAX)
        return err_set(err, ERR_STAT, "cannot compute alpha: there must be 2 to %d items", ALPHA_ITEMS_MAX);

    ARENA_AUTO scratch = arena_new();
    double *item = arena_array(scratch, n * k, sizeof *item), *sum = arena_array(scratch, n, sizeof *sum), *rest = arena_array(scratch, n, sizeof *rest);
    for (size_t row = 0; row < n; row++) { /* item: one column after the other, n long */
        bool complete = true;
        for (size_t at = 0; at < k; at++) {
            if (isinf(score[row * k + at]))
                return err_set(err, ERR_STAT, "cannot compute alpha: row %zu holds an infinite value", row + 1);
            complete = complete && !isnan(score[row * k + at]);
        }
        if (!complete)
            continue;
        for (size_t at = 0; at < k; at++) {
            item[at * n + out->n] = score[row * k + at];
            sum[out->n] += score[row * k + at];
        }
        out->n++;
    }
    if (out->n < 2)
        return err_set(err, ERR_STAT, "cannot compute alpha: at least 2 respondents must have answered every item");

    double variances = 0, of_sum = gsl_stats_variance(sum, 1, out->n);
    for (size_t at = 0; at < k; at++)
        variances += gsl_stats_variance(item + at * n, 1, out->n);
    out->alpha = alpha_of((double) k, variances, of_sum);
    if (!isfinite(out->alpha))
        return err_set(err, ERR_STAT, "cannot compute alpha: the sums of all respondents are equal");
    for (size_t at = 0; at < k; at++) {
        const double *own = item + at * n;
        double own_variance = gsl_stats_variance(own, 1, out->n), rest_variance;
        for (size_t row = 0; row < out->n; row++)
            rest[row] = sum[row] - own[row];
        rest_variance = gsl_stats_variance(rest, 1, out->n);
        out->dropped[at] = alpha_of((double) k - 1, variances - own_variance, rest_variance);
        out->with_rest[at] = own_variance > 0 && rest_variance > 0 ? gsl_stats_correlation(own, 1, rest, 1, out->n) : NAN;
    }
    double df1 = (double) out->n - 1, df2 = df1 * ((double) k - 1);
    out->low = 1 - (1 - out->alpha) * dist_f_quantile(.975, df1, df2);
    out->high = 1 - (1 - out->alpha) * dist_f_quantile(.025, df1, df2);
    return true;
}
