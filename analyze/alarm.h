/**
 * One engine for all alarms: is period k of a series unusual by this method, seen with what was known at k? Nothing after row k is read.
 * Pure functions over a Series; the methods themselves are farrington.h, gamma.h, cusum.h, ears.h, gaps.h, xmr.h and silence.h. A question to
 * the school's coordinator, never a conclusion about a child.
 */
#ifndef VB_ANALYZE_ALARM_H
#define VB_ANALYZE_ALARM_H

#include "analyze/gamma.h"
#include "analyze/series.h"

typedef struct AlarmResult {
    const AlarmMethod *used; /* the method that spoke: of the series, or its fallback; NULL: none could */
    const char *status;      /* as in the CSV of farrington; "incomplete" and "no_calendar" where silence cannot be judged,
                        "no_limit" where CUSUM has none */
    double observed;         /* of all periods of a span; days-between: open days of the last few gaps together; silence: 0 */
    double expected, upper;  /* NaN unless status is ok; days-between and silence alarm below, upper is the lower limit of days-between */
    double pvalue;           /* under the method; NaN where it has none (CUSUM, EARS C3, XmR) */
    double phi, score;       /* score: CUSUM and EARS their statistic, else (observed - expected)/(upper - expected) */
    size_t run;              /* periods that were looked at together: silence, days-between, a span; else 1 */
    bool   trend, alarm;
    FarringtonResult farrington;        /* where used is one */
    double prior_count, prior_exposure; /* gamma-poisson, cusum, silence: the school's own baseline */
    double parameter;        /* CUSUM: its limit h; EARS: sd of the baseline; days-between: mean gap */
    size_t base_first, base_last, n_base; /* rows of the series that were compared with */
} AlarmResult;

/** Remembers limits of CUSUM between calls. Owned by arena. */
typedef struct AlarmEngine AlarmEngine;
AlarmEngine *alarm_engine_new(Arena *out);

/** \param prior of the board's schools at period k (alarm_pool.h) \param out memory of the baseline
 *  \return false, ERR_STAT, for what makes no sense (a count that is not whole) */
bool alarm_evaluate(Arena *out, AlarmEngine *engine, const Series *series, const AlarmMethod *method, const AlarmConfig *config, const GammaPrior *prior, size_t k,
                    AlarmResult *result, Err *err);

/** A rise; silence is the other direction. */
bool alarm_is_rise(const AlarmMethod *method);
bool alarm_usable(const Series *series, size_t row); /* reported and open */

#endif
