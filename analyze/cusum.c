#include "analyze/cusum.h"

#include <math.h>
#include <string.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum { STATES = 1000, CYCLES_MAX = 1000000, MOVES_MAX = 50000 };

static const double arl_max = 1e9, mean_max = 1e6;

static bool params_check(const CusumParams *params, bool with_limit, Err *err)
{
    const char *why = NULL;

    if (!(params->kappa > 0) || params->kappa == 1 || !isfinite(params->kappa))
        why = "the ratio to be found (kappa) must be above 0 and not 1";
    else if (!(params->size > 0))
        why = "the size of the negative binomial must be above 0";
    else if (with_limit && (!(params->h > 0) || !isfinite(params->h)))
        why = "the limit (h) must be above 0";
    return why ? err_set(err, ERR_STAT, "cannot run a CUSUM: %s", why) : true;
}

/* log f(y; kappa mu) - log f(y; mu) */
static double jump(double y, double mu, const CusumParams *params)
{
    double size = params->size, kappa = params->kappa;

    if (isinf(size))
        return y * log(kappa) - mu * (kappa - 1);
    return y * log(kappa) - (y + size) * log1p(mu * (kappa - 1) / (size + mu));
}

bool cusum_run(const double *observed, const double *expected, size_t n, const CusumParams *params, double *value,
               bool *alarm, Err *err)
{
    double sum = 0;

    if (!params_check(params, true, err))
        return false;
    for (size_t at = 0; at < n; at++) {
        double y = observed[at], mu = expected[at];
        if (!dist_count_check("cannot run a CUSUM", y, at, err))
            return false;
        if (mu < 0 || isinf(mu))
            return err_set(err, ERR_STAT, "cannot run a CUSUM: the expectation of row %zu is negative or infinite", at + 1);
        alarm[at] = false;
        if (!isnan(y) && mu > 0) {
            sum = fmax(0, sum + jump(y, mu, params));
            alarm[at] = sum >= params->h;
        }
        value[at] = sum;
        if (alarm[at] && params->reset)
            sum = 0;
    }
    return true;
}

/* A count moves the sum by a whole number of states and a part. Counts over the limit from any state are left out: they are alarms. */
typedef struct Move {
    double chance, part;
    long   whole;
} Move;

typedef struct Period {
    Move  *move;
    size_t n;
    double to_zero; /* chance of the counts that end at 0 from every state */
} Period;

static bool period_build(Arena *scratch, double mu, const CusumParams *params, double ratio, Period *period, Err *err)
{
    double true_mean = mu * ratio;

    if (!(mu > 0 && true_mean > 0 && mu <= mean_max && true_mean <= mean_max))
        return err_set(err, ERR_STAT, "cannot compute a run length: means must lie between 0 and a million");
    *period = (Period) {.move = arena_array(scratch, MOVES_MAX, sizeof *period->move)};
    for (double y = 0, chance = 1; y <= true_mean || chance > 1e-18; y++) {
        double states = jump(y, mu, params) / params->h * STATES;
        chance = dist_negbin_density(y, true_mean, params->size);
        if (states <= -STATES) {
            period->to_zero += chance;
            continue;
        }
        if (states >= STATES)
            continue;
        if (period->n == MOVES_MAX)
            return err_set(err, ERR_STAT, "cannot compute a run length: the ratio to be found (kappa) is too close to 1");
        /* A jump of a whole number of states must not become one just short of it. */
        double whole = floor(states + 1e-9);
        period->move[period->n++] = (Move) {chance, fmax(0, states - whole), (long) whole};
    }
    return true;
}

/*
 * One period: the probability in every state moves. A jump that ends between two states is shared by them, so that its
 * mean is right; what stays below the limit is never moved over it.
 */
static void period_step(const Period *period, const double *from, double *to)
{
    memset(to, 0, STATES * sizeof *to);
    for (long state = 0; state < STATES; state++)
        to[0] += from[state] * period->to_zero;
    for (size_t at = 0; at < period->n; at++) {
        double chance = period->move[at].chance, up = chance * period->move[at].part, stay = chance - up;
        long   whole = period->move[at].whole, state = 0;
        for (; state < STATES && state + whole < 0; state++)
            to[0] += from[state] * chance;
        for (; state < STATES && state + whole < STATES - 1; state++) {
            to[state + whole] += from[state] * stay;
            to[state + whole + 1] += from[state] * up;
        }
        if (state < STATES && state + whole == STATES - 1)
            to[STATES - 1] += from[state] * chance;
    }
}

static double chance_total(const double *state)
{
    double total = 0;

    for (size_t at = 0; at < STATES; at++)
        total += state[at];
    return total;
}

bool cusum_arl(const double *expected, size_t n_expected, const CusumParams *params, double ratio, double *arl, Err *err)
{
    if (!params_check(params, true, err))
        return false;
    if (n_expected == 0)
        return err_set(err, ERR_STAT, "cannot compute a run length: there is no expectation");

    ARENA_AUTO scratch = arena_new();
    Period *period = arena_array(scratch, n_expected, sizeof *period);
    double *now = arena_array(scratch, STATES, sizeof *now), *next = arena_array(scratch, STATES, sizeof *next);
    for (size_t at = 0; at < n_expected; at++)
        if (!period_build(scratch, expected[at], params, ratio, &period[at], err))
            return false;

    /* The mean is the sum of the chances of no alarm yet. After some cycles each is a fixed part of the one before; the rest is
       then a geometric series. */
    double alive_before = 1, part_before = 0, total = 0;
    now[0] = 1;
    for (size_t cycle = 0; cycle < CYCLES_MAX; cycle++) {
        double alive = alive_before, in_cycle = 0;
        for (size_t at = 0; at < n_expected; at++) {
            double *swap = next;
            in_cycle += alive;
            period_step(&period[at], now, next);
            next = now;
            now = swap;
            alive = chance_total(now);
        }
        total += in_cycle;
        double part = alive / alive_before;
        if (alive < 1e-15 || (cycle > 0 && fabs(part - part_before) < 1e-13)) {
            *arl = alive < 1e-15 ? total : total + in_cycle * part / (1 - part);
            if (!(*arl >= 1 && *arl <= arl_max))
                break;
            return true;
        }
        part_before = part;
        alive_before = alive;
    }
    return err_set(err, ERR_STAT, "cannot compute a run length: it is beyond 1e9 periods");
}

bool cusum_limit(const double *expected, size_t n_expected, const CusumParams *params, double arl, double *h, Err *err)
{
    CusumParams trial = *params;
    double low = 0, high = 1, got;

    if (!(arl >= 1 && arl <= 1e6))
        return err_set(err, ERR_STAT, "cannot find a limit: the run length must lie between 1 and a million periods");
    for (trial.h = high; trial.h <= 64; high = trial.h *= 2) {
        if (!cusum_arl(expected, n_expected, &trial, 1, &got, err))
            return false;
        if (got >= arl)
            break;
        low = trial.h;
    }
    if (trial.h > 64)
        return err_set(err, ERR_STAT, "cannot find a limit: no limit up to 64 has so long a run length");
    while (high - low > 1e-4 * high) {
        trial.h = (low + high) / 2;
        if (!cusum_arl(expected, n_expected, &trial, 1, &got, err))
            return false;
        *(got >= arl ? &high : &low) = trial.h;
    }
    *h = high;
    return true;
}
