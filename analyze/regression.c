#include "analyze/regression.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "common/arena.h"

/* A column that keeps less than this part of its length once the others are taken out depends on them. */
static const long double dependent_part = 1e-14L;

/* A design of p columns, each n long, kept both as it was and as it is being reflected. */
typedef struct Design {
    size_t n, p;
    long double *x, *qr;  /* column-major; qr: R above the diagonal, the reflections in and below it */
    long double *diagonal; /* of R */
    long double *scale;    /* length of each column of x */
} Design;

static long double *column(long double *matrix, const Design *design, size_t which)
{
    return matrix + which * design->n;
}

static long double dot(const long double *a, const long double *b, size_t n)
{
    long double sum = 0;

    for (size_t at = 0; at < n; at++)
        sum += a[at] * b[at];
    return sum;
}

/* Reflects v, below row `which`, in the mirror of that column. */
static void reflect(const Design *design, size_t which, long double *v)
{
    const long double *mirror = design->qr + which * design->n + which;
    size_t left = design->n - which;
    long double length = dot(mirror, mirror, left);

    if (length == 0)
        return;
    long double twice = 2 * dot(mirror, v + which, left) / length;
    for (size_t at = 0; at < left; at++)
        v[which + at] -= twice * mirror[at];
}

/* Columns of qr are scaled copies of x. \return the first column that depends on those before it, or p */
static size_t decompose(Design *design)
{
    for (size_t which = 0; which < design->p; which++) {
        long double *own = column(design->qr, design, which);
        for (size_t before = 0; before < which; before++)
            reflect(design, before, own);
        long double rest = sqrtl(dot(own + which, own + which, design->n - which));
        if (!(rest > dependent_part))
            return which;
        design->diagonal[which] = own[which] > 0 ? -rest : rest;
        own[which] -= design->diagonal[which];
    }
    return design->p;
}

/* b = argmin |v - X b|; v is overwritten. */
static void solve(const Design *design, long double *v, long double *b)
{
    for (size_t which = 0; which < design->p; which++)
        reflect(design, which, v);
    for (size_t term = design->p; term-- > 0;) {
        long double sum = v[term];
        for (size_t later = term + 1; later < design->p; later++)
            sum -= design->qr[later * design->n + term] * b[later];
        b[term] = sum / design->diagonal[term];
    }
    for (size_t term = 0; term < design->p; term++)
        b[term] /= design->scale[term];
}

static void residual(const Design *design, const long double *y, const long double *b, long double *out)
{
    memcpy(out, y, design->n * sizeof *out);
    for (size_t term = 0; term < design->p; term++)
        for (size_t at = 0; at < design->n; at++)
            out[at] -= design->x[term * design->n + at] * b[term];
}

/* Diagonal element of (X'X)^-1: the squared length of a row of R^-1. */
static long double inverse_diagonal(const Design *design, size_t term)
{
    long double row[REGRESSION_TERMS_MAX] = {0}, sum = 0;

    for (size_t at = term; at < design->p; at++) {
        long double value = at == term;
        for (size_t before = term; before < at; before++)
            value -= row[before] * design->qr[at * design->n + before];
        row[at] = value / design->diagonal[at];
        sum += row[at] * row[at];
    }
    return sum / (design->scale[term] * design->scale[term]);
}

static void statistics(const Design *design, const long double *b, const long double *y, const long double *rest, Regression *out)
{
    double df = (double) (design->n - design->p), t = df > 0 ? gsl_cdf_tdist_Qinv(.025, df) : NAN;
    long double mean = 0, tss = 0, rss = dot(rest, rest, design->n);

    for (size_t at = 0; out->intercept && at < design->n; at++)
        mean += y[at] / (long double) design->n;
    for (size_t at = 0; at < design->n; at++)
        tss += (y[at] - mean) * (y[at] - mean);
    out->rss = (double) rss;
    out->sigma = df > 0 ? (double) sqrtl(rss / (long double) df) : NAN;
    out->r2 = tss > 0 ? (double) (1 - rss / tss) : NAN;
    for (size_t term = 0; term < design->p; term++) {
        double se = df > 0 ? (double) (sqrtl(rss / (long double) df * inverse_diagonal(design, term))) : NAN;
        out->coef[term] = (double) b[term];
        out->se[term] = se;
        out->low[term] = out->coef[term] - t * se;
        out->high[term] = out->coef[term] + t * se;
        out->pvalue[term] = se > 0 ? 2 * gsl_cdf_tdist_Q(fabs(out->coef[term]) / se, df) : se == 0 && out->coef[term] != 0 ? 0 : NAN;
    }
}

/* y and the columns of design->x are filled for design->n rows. */
static bool fit(Arena *scratch, Design *design, const long double *y, Regression *out, Err *err)
{
    size_t n = design->n, p = design->p;
    long double *work = arena_array(scratch, n, sizeof *work), b[REGRESSION_TERMS_MAX], better[REGRESSION_TERMS_MAX];

    if (n < p)
        return err_set(err, ERR_STAT, "cannot fit a regression: %zu usable rows for %zu terms", n, p);
    design->qr = arena_array(scratch, n * p, sizeof *design->qr);
    design->diagonal = arena_array(scratch, p, sizeof *design->diagonal);
    design->scale = arena_array(scratch, p, sizeof *design->scale);
    for (size_t term = 0; term < p; term++) {
        long double *from = column(design->x, design, term), *to = column(design->qr, design, term);
        design->scale[term] = sqrtl(dot(from, from, n));
        if (!(design->scale[term] > 0) || !isfinite((double) design->scale[term]))
            return err_set(err, ERR_STAT, "cannot fit a regression: term %zu is 0 everywhere, or too large", term);
        for (size_t at = 0; at < n; at++)
            to[at] = from[at] / design->scale[term];
    }
    size_t dependent = decompose(design);
    if (dependent < p)
        return err_set(err, ERR_STAT, "cannot fit a regression: term %zu is a combination of the terms before it", dependent);

    memcpy(work, y, n * sizeof *work);
    solve(design, work, b);
    residual(design, y, b, work);
    solve(design, work, better);
    for (size_t term = 0; term < p; term++)
        b[term] += better[term];
    residual(design, y, b, work);
    out->n = n;
    out->p = p;
    statistics(design, b, y, work, out);
    return isfinite(out->rss) ? true : err_set(err, ERR_STAT, "cannot fit a regression: the result is not finite");
}

static bool row_usable(const double *x, size_t k, double y)
{
    bool usable = !isnan(y);

    for (size_t at = 0; at < k; at++)
        usable = usable && !isnan(x[at]);
    return usable;
}

/* With degree > 0 the k = 1 predictor is raised to its powers. */
static bool regress(const double *x, size_t k, size_t degree, const double *y, size_t n, bool intercept, Regression *out, Err *err)
{
    size_t p = k * degree + intercept;

    *out = (Regression) {.intercept = intercept, .rss = NAN, .sigma = NAN, .r2 = NAN};
    if (p < 1 || p > REGRESSION_TERMS_MAX)
        return err_set(err, ERR_STAT, "cannot fit a regression: there must be 1 to %d terms", REGRESSION_TERMS_MAX);

    ARENA_AUTO scratch = arena_new();
    Design design = {.p = p};
    long double *response = arena_array(scratch, n, sizeof *response);
    for (size_t row = 0; row < n; row++)
        design.n += row_usable(x + row * k, k, y[row]);
    design.x = arena_array(scratch, design.n * p, sizeof *design.x);
    for (size_t row = 0, used = 0; row < n; row++) {
        if (!row_usable(x + row * k, k, y[row]))
            continue;
        bool finite = !isinf(y[row]);
        size_t term = 0;
        if (intercept)
            design.x[term++ * design.n + used] = 1;
        for (size_t at = 0; at < k; at++) {
            long double power = 1;
            finite = finite && !isinf(x[row * k + at]);
            for (size_t to = 0; to < degree; to++)
                design.x[term++ * design.n + used] = power *= x[row * k + at];
        }
        if (!finite)
            return err_set(err, ERR_STAT, "cannot fit a regression: row %zu holds an infinite value", row + 1);
        response[used++] = y[row];
    }
    return fit(scratch, &design, response, out, err);
}

bool regression_fit(const double *x, size_t k, const double *y, size_t n, bool intercept, Regression *out, Err *err)
{
    return regress(x, k, 1, y, n, intercept, out, err);
}

bool regression_polynomial(const double *x, int degree, const double *y, size_t n, bool intercept, Regression *out, Err *err)
{
    if (degree < 0)
        return err_set(err, ERR_STAT, "cannot fit a regression: the degree must be 0 or more");
    return regress(x, 1, (size_t) degree, y, n, intercept, out, err);
}
