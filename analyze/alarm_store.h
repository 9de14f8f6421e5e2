/**
 * The stage of analyze that makes series and alarms: fetch the series of the boards, watch them, join what goes on into alarms, find the life
 * of each alarm back, and store all of it. One transaction with the rest of analyze. Memory: the series of one run and the baselines of alarms.
 */
#ifndef VB_ANALYZE_ALARM_STORE_H
#define VB_ANALYZE_ALARM_STORE_H

#include "analyze/exposure.h"
#include "analyze/watch.h"

typedef struct AlarmRun {
    const char *boards; /* "{1,2}" */
    int  first_year, last_year;
    Date as_of;
} AlarmRun;

typedef struct AlarmTotals { size_t series, evaluated, alarms, parts, hidden; } AlarmTotals;

/** \param totals added to; alarms without parts */
bool alarm_store(Pg *db, const Place *place, const SchoolCalendars *calendars, const AlarmRun *run, AlarmTotals *totals, Err *err);

/** What a point was computed from, as JSON of its own: parameters are in the settings, counts in the series. Owned by arena. */
const char *alarm_basis(Arena *out, const AlarmPoint *point);

#endif
