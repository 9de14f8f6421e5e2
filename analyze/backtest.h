/**
 * How well alarms would have worked: history replayed, period by period, with what was known then, under the settings as they are. Once as it
 * was (every alarm counts as a false one), and once per size of outbreak with one planted in each school at a random time. Seeded: the same seed
 * gives the same figures.
 *
 * What was known then: methods read nothing behind the period they judge, priors neither, and a break that was still to come is not known.
 * Of a board's own history only what had been
 * delivered: the program is taken to run at the end of every month, and judges what came or changed since the month before; an alarm is known on the day of
 * the run. Deliveries that were replaced before any run saw them are not remembered. Simulated schools report every period when it ends.
 */
#ifndef VB_ANALYZE_BACKTEST_H
#define VB_ANALYZE_BACKTEST_H

#include "analyze/arrival.h"
#include "analyze/watch.h"

typedef struct BacktestFound {
    int    cases;            /* incidents of the outbreak */
    size_t planted, found;   /* schools that alarmed at that time without it are left out */
    double days;             /* mean, from its first day to the day the alarm was known: the run, or the end of the period; NaN when none was found */
} BacktestFound;

typedef struct BacktestRow {
    int    pupils_from, pupils_to; /* 0, 0 = all schools; to INT_MAX = and more; -1, -1 = pupils unknown */
    size_t schools;
    double years;            /* school years replayed, all schools together */
    size_t alarms, shown;    /* without outbreaks: one alarm however long it lasted; within the yearly budget */
    size_t open[2], unusual[2]; /* by month and by week: periods judged by a first method, and unusual ones */
    BacktestFound *found;    /* per size */
} BacktestRow;

typedef struct Backtest {
    BacktestRow *row;        /* the first one is of all schools */
    size_t       n, n_sizes;
} Backtest;

/** Schools of seven years in boards of twenty, as the series of the settings that have no "by", per week and month. Owned by out. */
void backtest_simulate(Arena *out, const AlarmConfig *config, int schools, unsigned long seed, SeriesList *list);
/** \param list series of schools, with weeks; others are passed over. \param arrivals what was known when; NULL: every period when it ended. ERR_STAT when there is no school with a weekly series. */
bool backtest_run(Arena *out, const AlarmConfig *config, const SeriesList *list, const Arrivals *arrivals, unsigned long seed, Backtest *backtest, Err *err);

#endif
