#include "analyze/cusum.h"

#include <math.h>
#include <string.h>

#include "analyze/dist.h"
#include "common/arena.h"

enum { BINS = 1000, CYCLES_MAX = 1000000, MOVES_MAX = 50000, EXCURSION_MAX = 20000 };

static const double arl_max = 1e9, mean_max = 1e6;
static const double nothing = 1e-15; /* a chance that is not followed any further */

static bool params_check(const CusumParams *params, bool with_limit, Err *err)
{
    const char *why = NULL;

    if (!(params->kappa > 0) || params->kappa == 1 || !isfinite(params->kappa))
        why = N_("the ratio to be found (kappa) must be above 0 and not 1");
    else if (!(params->size > 0))
        why = N_("the size of the negative binomial must be above 0");
    else if (with_limit && (!(params->h > 0) || !isfinite(params->h)))
        why = N_("the limit (h) must be above 0");
    return why ? err_set(err, ERR_STAT, "cannot run a CUSUM: %s", err_word(why)) : true;
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

/* What a count does to the sum, with its chance. Counts that end over the limit from any state are left out: they are alarms. */
typedef struct Move {
    double chance, step;
} Move;

typedef struct Period {
    Move  *move;
    size_t n;
    double to_zero; /* chance of the counts that end at 0 from every state */
} Period;

/* As much of a large work array as was used. */
static void *keep(Arena *out, const void *used, size_t count, size_t bytes)
{
    return memcpy(arena_array(out, count + 1, bytes), used, count * bytes);
}

static bool period_build(Arena *out, double mu, const CusumParams *params, double ratio, Period *period, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    Move  *move = arena_array(scratch, MOVES_MAX, sizeof *move);
    double true_mean = mu * ratio;

    if (!(mu > 0 && true_mean > 0 && mu <= mean_max && true_mean <= mean_max))
        return err_set(err, ERR_STAT, "cannot compute a run length: means must lie between 0 and a million");
    *period = (Period) {0};
    for (double y = 0, chance = 1; y <= true_mean || chance > 1e-18; y++) {
        double step = jump(y, mu, params);
        chance = dist_negbin_density(y, true_mean, params->size);
        if (step <= -params->h)
            period->to_zero += chance;
        else if (step < params->h && period->n == MOVES_MAX)
            return err_set(err, ERR_STAT, "cannot compute a run length: the ratio to be found (kappa) is too close to 1, or the expectation too small");
        else if (step < params->h)
            move[period->n++] = (Move) {chance, step};
    }
    period->move = keep(out, move, period->n, sizeof *move);
    return true;
}

/*
 * The distribution of a sum that has left 0, between 0 and h. Its possible values are discrete; each falls into a narrow bin, which knows where
 * its probability lies. A bin with one value in it is exact, where a grid would have to round.
 */
typedef struct Sums {
    double chance[BINS], moment[BINS]; /* moment: chance times value */
} Sums;

/* One period. \return the chance that ends at 0; what ends at or above h is gone */
static double period_step(const Period *period, double h, const Sums *from, Sums *to)
{
    double back = 0;

    memset(to, 0, sizeof *to);
    for (size_t bin = 0; bin < BINS; bin++) {
        double here = from->chance[bin];
        if (!(here > nothing))
            continue;
        double value = from->moment[bin] / here;
        back += here * period->to_zero;
        for (size_t at = 0; at < period->n; at++) {
            double next = value + period->move[at].step, moved = here * period->move[at].chance;
            if (next <= h * 1e-12) { /* what is 0, or h, on paper need not be so in its last digit */
                back += moved;
            } else if (next < h * (1 - 1e-12)) {
                size_t to_bin = (size_t) (next / h * BINS);
                to->chance[to_bin] += moved;
                to->moment[to_bin] += moved * next;
            }
        }
    }
    return back;
}

static double chance_total(const Sums *sums)
{
    double total = 0;

    for (size_t bin = 0; bin < BINS; bin++)
        total += sums->chance[bin];
    return total;
}

/* From 0 until the sum is at 0 again or an alarm: mean number of periods, and the chance to be back after 1, 2, .. of them. */
typedef struct Excursion {
    double  length, *back;
    size_t  n;
} Excursion;

static bool excursion_build(Arena *out, const Period *period, size_t n_periods, size_t first, double h, Excursion *excursion, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    Sums  *now = arena_alloc(scratch, sizeof *now), *next = arena_alloc(scratch, sizeof *next);
    double alive = 1, *back = arena_array(scratch, EXCURSION_MAX, sizeof *back);

    *excursion = (Excursion) {0};
    now->chance[0] = 1; /* its moment is 0 */
    for (; alive > nothing; excursion->n++) {
        Sums *swap = next;
        if (excursion->n == EXCURSION_MAX)
            return err_set(err, ERR_STAT, "cannot compute a run length: the ratio to be found (kappa) is too close to 1, or the expectation too small");
        excursion->length += alive;
        back[excursion->n] = period_step(&period[(first + excursion->n) % n_periods], h, now, next);
        next = now;
        now = swap;
        alive = chance_total(now);
    }
    excursion->back = keep(out, back, excursion->n, sizeof *back);
    return true;
}

/* *arl INFINITY: beyond what the sums below can tell from never. */
static bool arl_find(const double *expected, size_t n_expected, const CusumParams *params, double ratio, double *arl, Err *err)
{
    if (!params_check(params, true, err))
        return false;
    if (n_expected == 0)
        return err_set(err, ERR_STAT, "cannot compute a run length: there is no expectation");

    ARENA_AUTO scratch = arena_new();
    Period *period = arena_array(scratch, n_expected, sizeof *period);
    Excursion *excursion = arena_array(scratch, n_expected, sizeof *excursion);
    size_t longest = 0;
    for (size_t at = 0; at < n_expected; at++)
        if (!period_build(scratch, expected[at], params, ratio, &period[at], err))
            return false;
    for (size_t at = 0; at < n_expected; at++) {
        if (!excursion_build(scratch, period, n_expected, at, params->h, &excursion[at], err))
            return false;
        longest = excursion[at].n > longest ? excursion[at].n : longest;
    }

    /* at_zero: the chance that the sum is at 0 in this period without an alarm so far; each time it is, an excursion begins. After some cycles every
       cycle adds a fixed part of what the one before added: the rest is a geometric series. */
    double *at_zero = arena_array(scratch, longest + 1, sizeof *at_zero), total = 0, before = 0, part_before = NAN;
    at_zero[0] = 1;
    *arl = INFINITY;
    for (size_t cycle = 0, time = 0; cycle < CYCLES_MAX; cycle++) {
        double added = 0;
        for (size_t at = 0; at < n_expected; at++, time++) {
            double here = at_zero[time % (longest + 1)];
            at_zero[time % (longest + 1)] = 0;
            added += here * excursion[at].length;
            for (size_t after = 0; after < excursion[at].n; after++)
                at_zero[(time + 1 + after) % (longest + 1)] += here * excursion[at].back[after];
        }
        total += added;
        double part = cycle > 0 ? added / before : NAN;
        bool settled = time > longest && fabs(part - part_before) < 1e-13; /* not before the third cycle: NaN */
        if (settled || added < total * 1e-16) {
            *arl = settled ? total + added * part / (1 - part) : total;
            break;
        }
        before = added;
        part_before = part;
    }
    if (!(*arl >= 1 && *arl <= arl_max))
        *arl = INFINITY;
    return true;
}

bool cusum_arl(const double *expected, size_t n_expected, const CusumParams *params, double ratio, double *arl, Err *err)
{
    if (!arl_find(expected, n_expected, params, ratio, arl, err))
        return false;
    return isfinite(*arl) ? true : err_set(err, ERR_STAT, "cannot compute a run length: it is beyond 1e9 periods");
}

bool cusum_limit(const double *expected, size_t n_expected, const CusumParams *params, double arl, double *h, Err *err)
{
    static const double least = 1e-6; /* where every limit will do */
    CusumParams trial = *params;
    double low = 0, high = log(arl) + least, got; /* a limit h has a run length of at least exp(h) (Lorden 1971) */

    if (!(arl >= 1 && arl <= 1e6))
        return err_set(err, ERR_STAT, "cannot find a limit: the run length must lie between 1 and a million periods");
    while (high - low > 1e-4 * high && high > least) {
        trial.h = (low + high) / 2;
        if (!arl_find(expected, n_expected, &trial, 1, &got, err))
            return false;
        *(got >= arl ? &high : &low) = trial.h;
    }
    *h = high;
    return true;
}
