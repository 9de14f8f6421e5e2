#include "analyze/rate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

#include "analyze/dist.h"

static const double tail_share = .025; /* two-sided 95 % */

/* Bounds by bisection to the last bit: slower than Newton and always right. */
static double poisson_low(double x)
{
    double low = 0, high = x, middle;

    while (middle = low + (high - low) / 2, middle > low && middle < high)
        *(dist_poisson_upper(x, middle) < tail_share ? &low : &high) = middle;
    return middle;
}

static double poisson_high(double x)
{
    double low = x, high = x + 5 * sqrt(x) + 10, middle;

    while (middle = low + (high - low) / 2, middle > low && middle < high)
        *(dist_poisson_lower(x, middle) > tail_share ? &low : &high) = middle;
    return middle;
}

static double share_low(double x, double n)
{
    double low = 0, high = x / n, middle;

    while (middle = low + (high - low) / 2, middle > low && middle < high)
        *(dist_binomial_upper(x, n, middle) < tail_share ? &low : &high) = middle;
    return middle;
}

/* Rounding may leave a bound a hair on the wrong side of the value, or of what is possible at all. */
static bool estimate_set(double value, double low, double high, const char *what, Estimate *out, Err *err)
{
    if (!isfinite(value) || !isfinite(low) || !isfinite(high))
        return err_set(err, ERR_STAT, "cannot compute %s: the result is not finite", err_word(what));
    *out = (Estimate) {.value = value, .low = fmin(low, value), .high = fmax(high, value)};
    return true;
}

bool rate_poisson(double events, double exposure, Estimate *out, Err *err)
{
    if (!dist_is_count(events))
        return err_set(err, ERR_STAT, "cannot compute a rate: events must be a whole number from 0 up");
    if (!(exposure > 0) || !isfinite(exposure))
        return err_set(err, ERR_STAT, "cannot compute a rate: exposure must be above 0");

    double low = events > 0 ? poisson_low(events) : 0;
    return estimate_set(events / exposure, low / exposure, poisson_high(events) / exposure, "a rate", out, err);
}

static bool share_check(double x, double n, Err *err)
{
    if (!(n >= 1) || !isfinite(n))
        return err_set(err, ERR_STAT, "cannot compute a share: there must be at least 1 answer");
    if (!(x >= 0 && x <= n))
        return err_set(err, ERR_STAT, "cannot compute a share: the part must lie between 0 and the whole");
    return true;
}

bool share_wilson(double x, double n, Estimate *out, Err *err)
{
    if (!share_check(x, n, err))
        return false;

    double z = gsl_cdf_ugaussian_Qinv(tail_share), share = x / n, shrink = 1 + z * z / n;
    double centre = (share + z * z / (2 * n)) / shrink;
    double half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / shrink;
    return estimate_set(share, fmax(0, centre - half), fmin(1, centre + half), "a share", out, err);
}

bool share_exact(double x, double n, Estimate *out, Err *err)
{
    if (!share_check(x, n, err))
        return false;

    if (!dist_is_count(x) || !dist_is_count(n))
        return err_set(err, ERR_STAT, "cannot compute a share: the part and the whole must be whole numbers");

    double low = x > 0 ? share_low(x, n) : 0, high = x < n ? 1 - share_low(n - x, n) : 1;
    return estimate_set(x / n, low, high, "a share", out, err);
}

bool share_estimate(double x, double n, Estimate *out, Err *err)
{
    return n < 40 || x < 5 || n - x < 5 ? share_exact(x, n, out, err) : share_wilson(x, n, out, err);
}

bool mean_estimate(double n, double mean, double sd, double population, Estimate *out, Err *err)
{
    if (!(n >= 2) || !isfinite(n))
        return err_set(err, ERR_STAT, "cannot compute a mean with an interval: there must be at least 2 answers");
    if (!isfinite(mean) || !(sd >= 0) || !isfinite(sd))
        return err_set(err, ERR_STAT, "cannot compute a mean with an interval: mean and spread must be numbers");
    if (population != 0 && (!(population >= n) || !isfinite(population)))
        return err_set(err, ERR_STAT, "cannot compute a mean with an interval: more answers than people");

    double half = gsl_cdf_tdist_Qinv(tail_share, n - 1) * sd / sqrt(n);
    if (population > 0)
        half *= sqrt(1 - n / population);
    return estimate_set(mean, mean - half, mean + half, "a mean", out, err);
}

double rate_compare_p(double x1, double e1, double x2, double e2)
{
    if (!dist_is_count(x1) || !dist_is_count(x2) || !(e1 > 0) || !(e2 > 0) || !isfinite(e1) || !isfinite(e2))
        return NAN;

    /* Given the total, x1 is binomial with this share. The tail away from the mean is summed, the other follows. */
    double n = x1 + x2, share1 = e1 / (e1 + e2), share2 = e2 / (e1 + e2);
    if (n == 0)
        return 1;
    bool   above = x1 >= n * share1;
    double x = above ? x1 : x2, share = above ? share1 : share2;
    double away = dist_binomial_upper(x, n, share), back = 1 - away + dist_binomial_density(x, n, share);
    return fmin(1, 2 * fmin(away, back));
}

double share_compare_p(double x1, double n1, double x2, double n2)
{
    if (!dist_is_count(x1) || !dist_is_count(n1) || !dist_is_count(x2) || !dist_is_count(n2) || n1 < 1 || n2 < 1 || x1 > n1 || x2 > n2)
        return NAN;

    /* Hypergeometric terms relative to the most likely one, walked outwards until they vanish: the sum is then exact to
       rounding, where lgamma would lose six digits at a million pupils. */
    double marked = x1 + x2, lowest = fmax(0, marked - n2), highest = fmin(n1, marked);
    double mode = fmin(highest, fmax(lowest, floor((n1 + 1) * (marked + 1) / (n1 + n2 + 2))));
    double below = 0, at = 0, above = 0, term = 1;
    for (double x = mode; x >= lowest && term > 0; x--) {
        *(x < x1 ? &below : x > x1 ? &above : &at) += term;
        term *= x * (n2 - marked + x) / ((n1 - x + 1) * (marked - x + 1));
    }
    term = 1;
    for (double x = mode; x < highest && term > 0;) {
        term *= (n1 - x) * (marked - x) / ((x + 1) * (n2 - marked + x + 1));
        x++;
        *(x < x1 ? &below : x > x1 ? &above : &at) += term;
    }
    return fmin(1, 2 * (fmin(below, above) + at / 2) / (below + at + above));
}

double mean_compare_p(double n1, double mean1, double sd1, double n2, double mean2, double sd2)
{
    if (!(n1 >= 2) || !(n2 >= 2) || !isfinite(n1) || !isfinite(n2) || !isfinite(mean1) || !isfinite(mean2) ||
        !(sd1 >= 0) || !(sd2 >= 0) || !isfinite(sd1) || !isfinite(sd2))
        return NAN;

    double part1 = sd1 * sd1 / n1, part2 = sd2 * sd2 / n2, both = part1 + part2;
    if (both == 0)
        return mean1 == mean2 ? 1 : 0;
    /* shares of the variance instead of its squares, which could underflow */
    double df = 1 / (part1 / both * (part1 / both) / (n1 - 1) + part2 / both * (part2 / both) / (n2 - 1));
    return fmin(1, 2 * gsl_cdf_tdist_Q(fabs(mean1 - mean2) / sqrt(both), df));
}

bool ratio_estimate(double events, double x, double n, double population, double per, Estimate *out, Err *err)
{
    if (!dist_is_count(events) || events < 1)
        return err_set(err, ERR_STAT, "cannot compute a ratio: there must be at least 1 event");
    if (!isfinite(n) || !(x > 0 && x < n))
        return err_set(err, ERR_STAT, "cannot compute a ratio: the share must lie between 0 and 1");
    if (!(population > 0) || !isfinite(population) || !(per > 0) || !isfinite(per))
        return err_set(err, ERR_STAT, "cannot compute a ratio: population and unit must be above 0");

    double share = x / n, value = per * events / (share * population);
    double factor = exp(gsl_cdf_ugaussian_Qinv(tail_share) * sqrt(1 / events + (1 - share) / (n * share)));
    return estimate_set(value, value / factor, value * factor, "a ratio", out, err);
}
