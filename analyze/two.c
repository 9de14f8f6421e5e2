#include "analyze/two.h"

#include <math.h>

#include "analyze/dist.h"

/* R's tolerance for "no likelier than": terms that are equal on paper differ in their last digits. */
static const double equal_share = 1 + 1e-7;

/*
 * Total of the terms no larger than the one at x, over the total of all, for terms with one top. next(at) = term(at + 1)/term(at). Walked from the
 * top outwards until the terms vanish.
 */
typedef struct Walk {
    double (*next)(double at, const struct Walk *walk);
    double lowest, highest, top, a, b, c;
} Walk;

static double no_likelier(const Walk *walk, double x)
{
    double term = 1, all = 0, small = 0;

    for (double at = walk->top; at < x && term > 0; at++)
        term *= walk->next(at, walk);
    for (double at = walk->top; at > x && term > 0; at--)
        term /= walk->next(at - 1, walk);
    double at_x = term;
    term = 1;
    for (double at = walk->top; at <= walk->highest && term > 0; at++) {
        all += term;
        small += term <= at_x * equal_share ? term : 0;
        term = at < walk->highest ? term * walk->next(at, walk) : 0;
    }
    term = 1;
    for (double at = walk->top; at > walk->lowest && term > 0; at--) {
        term /= walk->next(at - 1, walk);
        all += term;
        small += term <= at_x * equal_share ? term : 0;
    }
    return fmin(1, small / all);
}

/* Hypergeometric: a = n1, b = marked, c = n2. */
static double next_table(double x, const Walk *walk)
{
    return (walk->a - x) * (walk->b - x) / ((x + 1) * (walk->c - walk->b + x + 1));
}

static double fisher(double x1, double n1, double x2, double n2)
{
    double marked = x1 + x2;
    Walk walk = {.next = next_table, .lowest = fmax(0, marked - n2), .highest = fmin(n1, marked), .a = n1, .b = marked, .c = n2};

    walk.top = fmin(walk.highest, fmax(walk.lowest, floor((n1 + 1) * (marked + 1) / (n1 + n2 + 2))));
    return no_likelier(&walk, x1);
}

bool two_shares(double x1, double n1, double x2, double n2, TwoShares *out, Err *err)
{
    Estimate one, two;

    if (!dist_is_count(x1) || !dist_is_count(n1) || !dist_is_count(x2) || !dist_is_count(n2))
        return err_set(err, ERR_STAT, "cannot compare two shares: the parts and the wholes must be whole numbers from 0 up");
    if (!share_wilson(x1, n1, &one, err) || !share_wilson(x2, n2, &two, err))
        return false;
    double d = one.value - two.value;
    out->difference = (Estimate) {d, d - hypot(one.value - one.low, two.high - two.value), d + hypot(one.high - one.value, two.value - two.low)};
    out->p_fisher = fisher(x1, n1, x2, n2);
    out->p_mid = share_compare_p(x1, n1, x2, n2);
    return true;
}

/* Binomial: a = n, b = odds. */
static double next_split(double x, const Walk *walk)
{
    return (walk->a - x) / (x + 1) * walk->b;
}

bool two_rates(double x1, double e1, double x2, double e2, TwoRates *out, Err *err)
{
    Estimate share;

    if (!dist_is_count(x1) || !dist_is_count(x2))
        return err_set(err, ERR_STAT, "cannot compare two rates: events must be whole numbers from 0 up");
    if (!(e1 > 0 && e2 > 0) || !isfinite(e1) || !isfinite(e2))
        return err_set(err, ERR_STAT, "cannot compare two rates: exposures must be above 0");
    if (x1 + x2 == 0)
        return err_set(err, ERR_STAT, "cannot compare two rates: there is no event on either side");
    if (!share_exact(x1, x1 + x2, &share, err))
        return false;
    out->ratio.value = x2 > 0 ? x1 / e1 / (x2 / e2) : INFINITY;
    out->ratio.low = share.low / (1 - share.low) * e2 / e1;
    out->ratio.high = share.high < 1 ? share.high / (1 - share.high) * e2 / e1 : INFINITY;

    double n = x1 + x2, own = e1 / (e1 + e2);
    Walk walk = {.next = next_split, .highest = n, .a = n, .b = e1 / e2};
    walk.top = fmin(n, floor((n + 1) * own));
    out->p_exact = no_likelier(&walk, x1);
    out->p = rate_compare_p(x1, e1, x2, e2);
    return true;
}
