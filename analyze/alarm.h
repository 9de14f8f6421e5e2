/**
 * Is a month of a school's registrations higher than its own past lets expect? Farrington flexible where the past allows,
 * else a gamma-Poisson predictive limit pooled over the schools of the board (METHODS 2.2, last lines).
 * A question to the school's coordinator, never a conclusion about a child.
 */
#ifndef VB_ANALYZE_ALARM_H
#define VB_ANALYZE_ALARM_H

#include "analyze/farrington.h"
#include "common/config.h"

typedef struct AlarmSeries {
    const char *name, *title, *forms; /* forms: codes of list vorm, comma separated, "" = all */
} AlarmSeries;

typedef struct AlarmConfig {
    AlarmSeries     *series;
    size_t           n_series;
    FarringtonParams farrington;
    double           fallback_alpha;
    int              fallback_min_cases, fallback_history, evaluate_months;
} AlarmConfig;

bool alarm_config_load(Arena *out, const Place *place, AlarmConfig *config, Err *err);

/** One school's months, ascending without gaps. */
typedef struct AlarmInput {
    size_t  n;
    double *observed; /* NaN = no report */
    double *exposure; /* pupils x open days; 0 = closed; NaN = unknown */
} AlarmInput;

/** Gamma prior of the monthly rate per exposure, by moments over the schools of a board; shape 0 = no overdispersion seen. */
typedef struct GammaPrior {
    double mean, shape;
} GammaPrior;

/** \param count, exposure sums per school over the baseline months; n schools. mean 0 when nothing was seen. */
GammaPrior alarm_prior(const double *count, const double *exposure, size_t n);

typedef struct AlarmResult {
    const char *method, *status; /* "farrington", "gamma-poisson", "" ; status as in the CSV of farrington */
    double observed, expected, upper, pvalue, phi;
    bool   trend, alarm;
    FarringtonResult farrington; /* when method is "farrington" */
    double prior_count, prior_exposure; /* when method is "gamma-poisson": the school's own baseline */
} AlarmResult;

/** Month k of the series. \param out memory of the baseline */
bool alarm_evaluate(Arena *out, const AlarmInput *input, const AlarmConfig *config, const GammaPrior *prior, size_t k, AlarmResult *result,
                    Err *err);

#endif
