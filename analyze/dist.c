#include "analyze/dist.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

/* The tails are sums of some ten standard deviations of terms: the bound keeps them short. */
bool dist_is_count(double x)
{
    return x >= 0 && x <= 1e10 && floor(x) == x;
}

bool dist_count_check(const char *what, double count, size_t row, Err *err)
{
    if (isnan(count) || dist_is_count(count))
        return true;
    return err_set(err, ERR_STAT, "%s: the count of row %zu is not a whole number from 0 up", err_word(what), row + 1);
}

bool dist_exposure_check(const char *what, double exposure, size_t row, Err *err)
{
    if (!(exposure < 0) && !isinf(exposure))
        return true;
    return err_set(err, ERR_STAT, "%s: the exposure of row %zu is negative or infinite", err_word(what), row + 1);
}

/* ln n! - (n ln n - n + ln(2 pi n) / 2), n whole and above 0. */
static double stirling_error(double n)
{
    if (n <= 15)
        return lgamma(n + 1) - (n + .5) * log(n) + n - M_LN2 / 2 - M_LNPI / 2;
    double square = n * n;
    return (1. / 12 - (1. / 360 - (1. / 1260 - (1. / 1680 - 1. / 1188 / square) / square) / square) / square) / n;
}

/* x ln(x/mean) + mean - x without cancellation where x is close to mean; away is x - mean. */
static double deviance_away(double x, double mean, double away)
{
    double share = away / (x + mean);

    if (fabs(share) >= .1)
        return x * log(x / mean) - away;
    double sum = away * share, power = 2 * x * share, before;
    int    odd = 3;
    do {
        before = sum;
        power *= share * share;
        sum += power / odd;
        odd += 2;
    } while (sum != before);
    return sum;
}

static double deviance(double x, double mean)
{
    return deviance_away(x, mean, x - mean);
}

double dist_poisson_density(double x, double mean)
{
    return x > 0 ? exp(-stirling_error(x) - deviance(x, mean)) / sqrt(2 * M_PI * x) : exp(-mean);
}

double dist_binomial_density(double x, double n, double share)
{
    if (x == 0)
        return exp(n * log1p(-share));
    if (x == n)
        return exp(n * log(share));
    return exp(stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance(x, n * share) -
               deviance(n - x, n * (1 - share))) * sqrt(n / (2 * M_PI * x * (n - x)));
}

/* P(X >= x) for a mean of at most x, so that the terms shrink. */
double dist_poisson_upper(double x, double mean)
{
    double term = 1, sum = 1;

    for (double at = x + 1; term > sum * 1e-17; at++)
        sum += term *= mean / at;
    return dist_poisson_density(x, mean) * sum;
}

/* P(X <= x) for a mean of at least x. */
double dist_poisson_lower(double x, double mean)
{
    double term = 1, sum = 1;

    for (double at = x; at > 0 && term > sum * 1e-17; at--)
        sum += term *= at / mean;
    return dist_poisson_density(x, mean) * sum;
}

/* P(X >= x) for n * share of at most x. */
double dist_binomial_upper(double x, double n, double share)
{
    double term = 1, sum = 1, odds = share / (1 - share);

    for (double at = x + 1; at <= n && term > sum * 1e-17; at++)
        sum += term *= (n - at + 1) / at * odds;
    return dist_binomial_density(x, n, share) * sum;
}

/*
 * A count with a given mean and variance phi * mean: negative binomial with size mean/(phi-1), Poisson at phi = 1.
 * Written with the ratio of neighbouring probabilities, which has no trouble at phi close to 1, where size explodes.
 */
typedef struct CountWalk {
    double mean, phi;
    double at;        /* the count this term belongs to */
    double term, sum; /* P(at) and P(0..at), both times exp(-log_scale) */
    double log_scale; /* keeps exp(-mean) from underflowing */
} CountWalk;

static CountWalk count_walk(double mean, double phi)
{
    double excess = phi - 1;

    return (CountWalk) {.mean = mean, .phi = phi, .term = 1, .sum = 1,
                        .log_scale = excess > 0 ? -mean * log1p(excess) / excess : -mean};
}

static double count_ratio(const CountWalk *walk)
{
    return (walk->mean + walk->at * (walk->phi - 1)) / (walk->phi * (walk->at + 1));
}

static void count_next(CountWalk *walk)
{
    walk->term *= count_ratio(walk);
    walk->sum += walk->term;
    walk->at++;
    if (walk->sum > 1e200) {
        walk->term *= 1e-200;
        walk->sum *= 1e-200;
        walk->log_scale += 200 * M_LN10;
    }
}

/* Smallest count with P(Y <= count) >= probability. */
double dist_count_quantile(double mean, double phi, double probability)
{
    CountWalk walk = count_walk(mean, phi);

    /* log_scale < -700 would make exp() zero; the sum cannot have reached the probability by then */
    while ((walk.log_scale < -700 || walk.sum * exp(walk.log_scale) < probability) &&
           (walk.at < mean || walk.term > walk.sum * 1e-18))
        count_next(&walk);
    return walk.at;
}

/* P(Y >= count), small tails to full relative accuracy. */
double dist_count_tail(double mean, double phi, double count)
{
    CountWalk walk = count_walk(mean, phi);

    if (count < 1)
        return 1;
    while (walk.at < count - 1) {
        if (walk.term == 0 && walk.at > mean)
            return 0;
        count_next(&walk);
    }
    double below = walk.log_scale < -700 ? 0 : walk.sum * exp(walk.log_scale);
    if (below < .5)
        return 1 - below;

    double limit_ratio = (phi - 1) / phi, tail = 0, ratio, rest;
    do {
        ratio = count_ratio(&walk);
        walk.term *= ratio;
        walk.at++;
        tail += walk.term;
        ratio = fmax(count_ratio(&walk), limit_ratio);
        rest = ratio < 1 ? walk.term * ratio / (1 - ratio) : INFINITY;
    } while (rest > tail * 1e-17);
    return tail * exp(walk.log_scale);
}

/* Where P(Y <= count) is small the sum is right to the last digits; where it is nearly 1 nobody needs more. */
double dist_count_lower(double mean, double phi, double count)
{
    CountWalk walk = count_walk(mean, phi);

    if (count < 0)
        return 0;
    while (walk.at < count && (walk.at < mean || walk.term > walk.sum * 1e-18))
        count_next(&walk);
    return fmin(1, walk.sum * exp(walk.log_scale));
}

double dist_negbin_density(double x, double mean, double size)
{
    if (mean == 0)
        return x == 0;
    if (isinf(size))
        return dist_poisson_density(x, mean);
    if (x == 0)
        return exp(-size * log1p(mean / size));
    /* size/n of a binomial density with n = x + size trials, which need not be whole. x and size lie equally far from their means;
       for a large size the difference would drown in its digits. */
    double n = x + size, away = (x - mean) * (size / (size + mean));
    double far = deviance_away(x, n * (mean / (size + mean)), away) + deviance_away(size, n * (size / (size + mean)), -away);
    return size / n * exp(stirling_error(n) - stirling_error(x) - stirling_error(size) - far) * sqrt(n / (2 * M_PI * x * size));
}

typedef struct Curve {
    double (*below)(double x, const struct Curve *curve);
    double a, b;
} Curve;

static double quantile_bisect(double p, const Curve *curve)
{
    double low = 0, high = 1, middle;

    while (isfinite(high) && curve->below(high, curve) < p)
        low = high, high *= 2;
    while (middle = low + (high - low) / 2, middle > low && middle < high)
        *(curve->below(middle, curve) < p ? &low : &high) = middle;
    return middle;
}

static double gamma_below(double x, const Curve *curve) { return gsl_cdf_gamma_P(x, curve->a, 1); }
static double f_below(double x, const Curve *curve) { return gsl_cdf_fdist_P(x, curve->a, curve->b); }

double dist_gamma_quantile(double p, double shape)
{
    return quantile_bisect(p, &(Curve) {gamma_below, shape, 0});
}

double dist_f_quantile(double p, double df1, double df2)
{
    return quantile_bisect(p, &(Curve) {f_below, df1, df2});
}

/* The Gaussian multinomial, group by group and value by value: [m + i; i] = [m + i - 1; i - 1] (1 - q^(m+i)) / (1 - q^i). Whole numbers; what falls
   below zero on the way comes right again. */
size_t dist_inversions(const size_t *size, size_t groups, DistOrders *orders)
{
    size_t placed = 0, top = 0;

    orders[0] = 1;
    for (size_t group = 0; group < groups; placed += size[group++])
        for (size_t each = 1; each <= size[group]; each++) {
            size_t raised = placed + each, grown = top + raised;
            for (size_t at = top + 1; at <= grown; at++)
                orders[at] = 0;
            for (size_t at = grown; at >= raised; at--)
                orders[at] -= orders[at - raised];
            for (size_t at = each; at <= grown; at++)
                orders[at] += orders[at - each];
            top += placed;
        }
    return top + 1;
}
