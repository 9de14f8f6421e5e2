#include "analyze/season.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

#include "analyze/dist.h"
#include "analyze/rate.h"
#include "common/arena.h"

bool season_profile(const int *slot, const double *count, const double *exposure, size_t n, int slots, SeasonSlot *out, Err *err)
{
    double all = 0, open = 0;

    for (int at = 0; at < slots; at++)
        out[at] = (SeasonSlot) {.rate = NAN, .index = NAN, .low = NAN, .high = NAN};
    for (size_t at = 0; at < n; at++) {
        double here = exposure ? exposure[at] : 1;
        if (slot[at] < 0 || slot[at] >= slots)
            return err_set(err, ERR_STAT, "cannot make a profile: row %zu lies in none of the %d parts of the year", at + 1, slots);
        if (!dist_count_check("cannot make a profile", count[at], at, err) || !dist_exposure_check("cannot make a profile", here, at, err))
            return false;
        if (isnan(count[at]) || !(here > 0))
            continue;
        out[slot[at]].count += count[at];
        out[slot[at]].exposure += here;
        all += count[at];
        open += here;
    }
    if (!(all > 0))
        return err_set(err, ERR_STAT, "cannot make a profile: there is no event");
    for (int at = 0; at < slots; at++) {
        Estimate rate;
        if (!(out[at].exposure > 0))
            continue;
        if (!rate_poisson(out[at].count, out[at].exposure, &rate, err))
            return false;
        out[at].rate = rate.value;
        out[at].index = rate.value / (all / open);
        out[at].low = rate.low / (all / open);
        out[at].high = rate.high / (all / open);
    }
    return true;
}

bool season_table(const double *count, size_t rows, size_t columns, double *expected, double *residual, SeasonTable *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *of_row = arena_array(scratch, rows, sizeof *of_row), *of_column = arena_array(scratch, columns, sizeof *of_column);
    size_t  rows_used = 0, columns_used = 0;

    *out = (SeasonTable) {.chi2 = NAN, .df = NAN, .pvalue = NAN};
    for (size_t at = 0; at < rows * columns; at++) {
        if (!dist_is_count(count[at]))
            return err_set(err, ERR_STAT, "cannot make a table: a count is not a whole number from 0 up");
        of_row[at / columns] += count[at];
        of_column[at % columns] += count[at];
        out->total += count[at];
    }
    if (!(out->total > 0))
        return err_set(err, ERR_STAT, "cannot make a table: there is no event");
    for (size_t row = 0; row < rows; row++)
        rows_used += of_row[row] > 0;
    for (size_t column = 0; column < columns; column++)
        columns_used += of_column[column] > 0;
    double chi2 = 0;
    for (size_t at = 0; at < rows * columns; at++) {
        expected[at] = of_row[at / columns] * of_column[at % columns] / out->total;
        residual[at] = expected[at] > 0 ? (count[at] - expected[at]) / sqrt(expected[at]) : 0;
        chi2 += residual[at] * residual[at];
    }
    if (rows_used > 1 && columns_used > 1) {
        out->chi2 = chi2;
        out->df = (double) ((rows_used - 1) * (columns_used - 1));
        out->pvalue = gsl_cdf_chisq_Q(chi2, out->df);
    }
    return true;
}

bool season_concentration(const double *count, size_t n, double top, Concentration *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *sorted = arena_array(scratch, n, sizeof *sorted), head = 0, weighted = 0;

    *out = (Concentration) {.n = n, .most = NAN, .share = NAN, .gini = NAN};
    if (n == 0 || !(top > 0 && top <= 1))
        return err_set(err, ERR_STAT, "cannot compute a concentration: there must be persons, and a share of them between 0 and 1");
    for (size_t at = 0; at < n; at++) {
        if (!(count[at] >= 0) || isinf(count[at]))
            return err_set(err, ERR_STAT, "cannot compute a concentration: row %zu is not a number from 0 up", at + 1);
        sorted[at] = count[at];
        out->total += count[at];
    }
    if (!(out->total > 0))
        return err_set(err, ERR_STAT, "cannot compute a concentration: there is no involvement");
    gsl_sort(sorted, 1, n);
    out->most = top * (double) n;
    for (size_t place = 0; place < n; place++) { /* from the most involved down */
        head += sorted[n - 1 - place] * fmin(1, fmax(0, out->most - (double) place));
        weighted += (double) (n - place) * sorted[n - 1 - place];
    }
    out->share = head / out->total;
    out->gini = 2 * weighted / ((double) n * out->total) - ((double) n + 1) / (double) n;
    return true;
}
