/**
 * Kaplan-Meier: how long until something happens (an answer to a complaint, an aftercare talk), when for some it has not happened yet. Pure functions.
 *
 * Definition: S(t) = product over event times of (1 - d/n); Greenwood's variance; 95 % interval on the log(-log) scale. The median is the first
 * time with S <= 1/2; where S then stays at 1/2, the middle of that time and the next event (or the last time, when none follows). Its bounds come from the bounds of S in the same way.
 * Reference: R survival::survfit(Surv(time, event) ~ 1, conf.type = "log-log").
 */
#ifndef VB_ANALYZE_SURVIVAL_H
#define VB_ANALYZE_SURVIVAL_H

#include <stddef.h>

#include "common/arena.h"
#include "common/err.h"

typedef struct SurvivalStep {
    double time;
    double at_risk, events, censored; /* at this time */
    double survival, se;              /* S just after it; se of S (Greenwood) */
    double low, high;                 /* NaN where S is 0; 1 and 1 where it is 1 */
} SurvivalStep;

typedef struct Survival {
    size_t n, events, steps; /* steps: distinct times, events or not */
    SurvivalStep *step;      /* owned by the arena */
    double median, low, high; /* NaN: not reached */
} Survival;

/**
 * \param time  >= 0; NaN = left out                               borrowed, n long
 * \param event 1: it happened at that time; 0: not yet by then    borrowed, n long
 * \param out   arena for the steps
 * \return false and ERR_STAT: no usable row, a time that is negative or infinite, an event that is neither 0 nor 1
 */
bool survival_kaplan_meier(Arena *out, const double *time, const double *event, size_t n, Survival *result, Err *err);

#endif
