#include "analyze/loglinear.h"

#include <gsl/gsl_sf_psi.h>
#include <math.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum { STEPS_MAX = 100, ROUNDS_MAX = 500, SUMMED_MAX = 10000, ASYMPTOTIC_FROM = 1000 };

/* A slope that changes the mean by exp(60) over the series is on its way to infinity. */
static const double slope_range_max = 60;
static const double size_least = 1e-6, size_most = 1e12;

/* The usable rows as columns. t is taken from its mean, so that level and slope hardly depend on each other. */
typedef struct Rows {
    size_t  n;
    double *y, *log_exposure, *t, *mu;
    double  centre, range;
    bool    sloped;
} Rows;

static bool rows_build(Arena *scratch, const double *y, const double *exposure, const double *t, size_t n, Rows *rows, Err *err)
{
    double total = 0, lowest = INFINITY, highest = -INFINITY;

    *rows = (Rows) {.y = arena_array(scratch, n, sizeof *rows->y), .log_exposure = arena_array(scratch, n, sizeof *rows->log_exposure),
                    .t = arena_array(scratch, n, sizeof *rows->t), .mu = arena_array(scratch, n, sizeof *rows->mu), .sloped = t != NULL};
    for (size_t at = 0; at < n; at++) {
        double open = exposure ? exposure[at] : 1;
        if (!dist_count_check("cannot fit counts", y[at], at, err) || !dist_exposure_check("cannot fit counts", open, at, err))
            return false;
        if (isnan(y[at]) || !(open > 0))
            continue;
        if (t && !isfinite(t[at]))
            return err_set(err, ERR_STAT, "cannot fit counts: the time of row %zu is not a number", at + 1);
        rows->y[rows->n] = y[at];
        rows->log_exposure[rows->n] = log(open);
        rows->t[rows->n] = t ? t[at] : 0;
        lowest = fmin(lowest, rows->t[rows->n]);
        highest = fmax(highest, rows->t[rows->n]);
        rows->centre += rows->t[rows->n++];
        total += y[at];
    }
    if (rows->n < (size_t) 1 + rows->sloped)
        return err_set(err, ERR_STAT, "cannot fit counts: %zu usable rows for %d parameters", rows->n, 1 + rows->sloped);
    rows->range = highest - lowest;
    if (rows->sloped && !(rows->range > 0))
        return err_set(err, ERR_STAT, "cannot fit counts: all usable rows have the same time");
    if (!(total > 0))
        return err_set(err, ERR_STAT, "cannot fit counts: all counts are zero");
    rows->centre /= (double) rows->n;
    for (size_t at = 0; at < rows->n; at++)
        rows->t[at] -= rows->centre;
    return true;
}

/* Log likelihood less what does not depend on level and slope. Sets mu. */
static double likelihood(const Rows *rows, double level, double slope, double size)
{
    double sum = 0;

    for (size_t at = 0; at < rows->n; at++) {
        double eta = rows->log_exposure[at] + level + slope * rows->t[at], mu = exp(eta);
        rows->mu[at] = mu;
        sum += rows->y[at] * eta - (isinf(size) ? mu : (rows->y[at] + size) * log1p(mu / size));
    }
    return sum;
}

/* Weighted sums of a fit: information matrix and score of (level, slope) around the centre of t. */
typedef struct Sums {
    double i00, i01, i11, s0, s1;
} Sums;

static Sums sums_at(const Rows *rows, double size)
{
    Sums sums = {0};

    for (size_t at = 0; at < rows->n; at++) {
        double mu = rows->mu[at], t = rows->t[at], shrink = isinf(size) ? 1 : 1 + mu / size, weight = mu / shrink;
        double rest = (rows->y[at] - mu) / shrink;
        sums.i00 += weight;
        sums.i01 += weight * t;
        sums.i11 += weight * t * t;
        sums.s0 += rest;
        sums.s1 += rest * t;
    }
    return sums;
}

/* Fisher scoring with halved steps; level and slope hold the start and get the result. */
static bool climb(const Rows *rows, double size, double *level, double *slope)
{
    double now = likelihood(rows, *level, *slope, size);

    for (int step = 0; step < STEPS_MAX; step++) {
        Sums   sums = sums_at(rows, size);
        double determinant = rows->sloped ? sums.i00 * sums.i11 - sums.i01 * sums.i01 : 1;
        double up = rows->sloped ? (sums.i11 * sums.s0 - sums.i01 * sums.s1) / determinant : sums.s0 / sums.i00;
        double tilt = rows->sloped ? (sums.i00 * sums.s1 - sums.i01 * sums.s0) / determinant : 0, part = 1, next;
        if (!isfinite(up) || !isfinite(tilt))
            return false;
        while (next = likelihood(rows, *level + part * up, *slope + part * tilt, size), !(next >= now - 1e-12 * fabs(now)) && part > 1e-6)
            part /= 2;
        *level += part * up;
        *slope += part * tilt;
        now = likelihood(rows, *level, *slope, size);
        if (fabs(*slope) * rows->range > slope_range_max)
            return false;
        if (fabs(part * up) < 1e-14 * (1 + fabs(*level)) && fabs(part * tilt) * rows->range < 1e-14 * (1 + fabs(*slope) * rows->range))
            return true;
    }
    return true; /* at the rounding of the last digit it may step to and fro for ever */
}

/* psi(size + y) - psi(size) for a large size, by the asymptotic series, term by term: the difference of two psi would keep no digit. */
static double digamma_rise(double size, double y)
{
    double top = size + y, squares = y * (size + top) / (size * size) / (top * top); /* 1/size^2 - 1/top^2 */

    return log1p(y / size) + y / (2 * size * top) + squares / 12 - squares * (1 / (size * size) + 1 / (top * top)) / 120;
}

/* Derivative of the log likelihood in size, written without differences of nearly equal terms. */
static double size_score(const Rows *rows, double size)
{
    double sum = 0;

    for (size_t at = 0; at < rows->n; at++) {
        double y = rows->y[at], mu = rows->mu[at], digamma = 0;
        if (y > SUMMED_MAX)
            digamma = size < ASYMPTOTIC_FROM ? gsl_sf_psi(size + y) - gsl_sf_psi(size) : digamma_rise(size, y);
        else
            for (double below = 0; below < y; below++)
                digamma += 1 / (size + below);
        sum += digamma - log1p(mu / size) + (mu - y) / (mu + size);
    }
    return sum;
}

static double size_best(const Rows *rows)
{
    double low = log(size_least), high = log(size_most), middle;

    if (size_score(rows, size_most) >= 0)
        return INFINITY;
    while (middle = low + (high - low) / 2, middle > low && middle < high)
        *(size_score(rows, exp(middle)) > 0 ? &low : &high) = middle;
    return exp(middle);
}

static bool overdispersed(const Rows *rows)
{
    double excess = 0;

    for (size_t at = 0; at < rows->n; at++)
        excess += (rows->y[at] - rows->mu[at]) * (rows->y[at] - rows->mu[at]) - rows->y[at];
    return excess > 0;
}

bool loglinear_fit(const double *y, const double *exposure, const double *t, size_t n, LoglinearFamily family, Loglinear *out, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    Rows rows;
    double total = 0, open = 0, size = INFINITY, level, slope = 0;

    *out = (Loglinear) {.level = NAN, .slope = NAN, .se_level = NAN, .se_slope = NAN, .size = NAN, .pearson = NAN};
    if (!rows_build(scratch, y, exposure, t, n, &rows, err))
        return false;
    for (size_t at = 0; at < rows.n; at++) {
        total += rows.y[at];
        open += exp(rows.log_exposure[at]);
    }
    level = log(total / open);
    bool found = climb(&rows, size, &level, &slope);
    if (found && family == LOGLINEAR_NEGBIN && overdispersed(&rows))
        for (int round = 0; round < ROUNDS_MAX && found; round++) {
            double before = size;
            size = size_best(&rows);
            found = climb(&rows, size, &level, &slope);
            if (isinf(size) || fabs(size - before) <= 1e-13 * size)
                break;
        }
    if (!found)
        return err_set(err, ERR_STAT, "cannot fit counts: the slope has no end; the counts stand at one end of the series");

    Sums sums = sums_at(&rows, size);
    double determinant = sums.i00 * sums.i11 - sums.i01 * sums.i01, centre = rows.centre;
    out->n = rows.n;
    out->slope = slope;
    out->level = level - slope * centre;
    out->se_slope = rows.sloped ? sqrt(sums.i00 / determinant) : 0;
    out->se_level = rows.sloped ? sqrt((sums.i11 + 2 * centre * sums.i01 + centre * centre * sums.i00) / determinant) : sqrt(1 / sums.i00);
    out->size = size;
    out->pearson = 0;
    for (size_t at = 0; at < rows.n; at++) {
        double rest = rows.y[at] - rows.mu[at];
        out->pearson += rest * rest / (rows.mu[at] * (isinf(size) ? 1 : 1 + rows.mu[at] / size));
    }
    return isfinite(out->level) && isfinite(out->se_level) && isfinite(out->pearson) ? true : err_set(err, ERR_STAT, "cannot fit counts: the result is not finite");
}
