/**
 * One run of analysis for a school year and the four before it: exposure, clocks, indicators, series, alarms, goals, deliveries.
 * Only boards whose deliveries, register or configuration changed are computed again, each run in one transaction.
 */
#ifndef VB_ANALYZE_H
#define VB_ANALYZE_H

#include "analyze/alarm_store.h"
#include "common/place.h"
#include "common/pg.h"

enum { ANALYZE_YEARS = 5 };

typedef struct AnalyzeOptions {
    int  school_year; /* the year reported on */
    int  board;       /* 0 = all */
    Date as_of;
    bool dry_run;
} AnalyzeOptions;

typedef struct AnalyzeTotals {
    size_t boards, computed, indicators, figures, goals;
    AlarmTotals alarms;
} AnalyzeTotals;

/** \param dsn role vb_analyze. Holds the advisory lock "analyze". */
bool analyze_run(const char *dsn, const Place *place, const AnalyzeOptions *options, AnalyzeTotals *totals, Err *err);

#endif
