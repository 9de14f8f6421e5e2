#include "analyze/survival.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

static void interval_set(SurvivalStep *step, double greenwood)
{
    double s = step->survival;

    step->se = s > 0 ? s * sqrt(greenwood) : NAN;
    step->low = step->high = s == 1 ? 1 : NAN;
    if (s > 0 && s < 1) {
        double half = gsl_cdf_ugaussian_Qinv(.025) * sqrt(greenwood) / -log(s);
        step->low = pow(s, exp(half));
        step->high = pow(s, exp(-half));
    }
}

static double curve(const SurvivalStep *step, int which)
{
    return which == 0 ? step->survival : which < 0 ? step->low : step->high;
}

/* First time at which the curve is at most a half; the middle to where it drops further when it is just that. A bound that is NaN at S = 0 (R: NA) is not
   reached there. */
static double half_life(const Survival *result, int which)
{
    static const double slack = 1e-9; /* 1/2 as a product of shares is seldom exact */

    for (size_t at = 0; at < result->steps; at++) {
        double here = curve(&result->step[at], which);
        if (!(here <= .5 + slack))
            continue;
        if (here < .5 - slack)
            return result->step[at].time;
        size_t later = at + 1;
        while (later < result->steps && curve(&result->step[later], which) >= .5 - slack)
            later++;
        return (result->step[at].time + result->step[later < result->steps ? later : result->steps - 1].time) / 2;
    }
    return NAN;
}

bool survival_kaplan_meier(Arena *out, const double *time, const double *event, size_t n, Survival *result, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    size_t *order = arena_array(scratch, n, sizeof *order);
    double *known = arena_array(scratch, n, sizeof *known), *happened = arena_array(scratch, n, sizeof *happened);

    *result = (Survival) {.median = NAN, .low = NAN, .high = NAN};
    for (size_t at = 0; at < n; at++) {
        if (isnan(time[at]))
            continue;
        if (!(time[at] >= 0) || isinf(time[at]) || (event[at] != 0 && event[at] != 1))
            return err_set(err, ERR_STAT, "cannot draw a Kaplan-Meier curve: row %zu needs a time from 0 up and an event that is 0 or 1", at + 1);
        known[result->n] = time[at];
        happened[result->n++] = event[at];
    }
    if (result->n == 0)
        return err_set(err, ERR_STAT, "cannot draw a Kaplan-Meier curve: there is no time");

    gsl_sort_index(order, known, 1, result->n);
    result->step = arena_array(out, result->n, sizeof *result->step);
    double survival = 1, greenwood = 0;
    for (size_t at = 0; at < result->n;) {
        SurvivalStep *step = &result->step[result->steps++];
        step->time = known[order[at]];
        step->at_risk = (double) (result->n - at);
        for (; at < result->n && known[order[at]] == step->time; at++) {
            step->events += happened[order[at]];
            step->censored += 1 - happened[order[at]];
        }
        result->events += (size_t) step->events;
        survival *= (step->at_risk - step->events) / step->at_risk;
        greenwood += step->events / (step->at_risk * (step->at_risk - step->events));
        step->survival = survival;
        interval_set(step, greenwood);
    }
    result->median = half_life(result, 0);
    result->low = half_life(result, -1);
    result->high = half_life(result, 1);
    return true;
}
