/**
 * The stage of analyze that makes series and alarms: fetch the series of the boards, watch them, join what goes on into alarms, find the life
 * of each alarm back, and store all of it. One transaction with the rest of analyze. Memory: the series of one run and the baselines of alarms.
 */
#ifndef VB_ANALYZE_ALARM_STORE_H
#define VB_ANALYZE_ALARM_STORE_H

#include "analyze/episode.h"
#include "analyze/exposure.h"

typedef struct AlarmRun {
    const char *boards; /* "{1,2}" */
    int  first_year, last_year;
    Date as_of;
} AlarmRun;

typedef struct AlarmTotals { size_t series, evaluated, alarms, parts, hidden; } AlarmTotals;

/** \param totals added to; alarms without parts */
bool alarm_store(Pg *db, const Place *place, const SchoolCalendars *calendars, const AlarmRun *run, AlarmTotals *totals, Err *err);

/** All of one board. */
typedef struct AlarmBoard {
    Pg                *db;
    const AlarmConfig *config;
    int                board; /* 0 = the country */
    SeriesList         list;
    Watch              watch;
    Episode           *episode;
    size_t             n;
} AlarmBoard;

/** What is told beside an alarm, as JSON: where the incidents of its peak concentrate (from result.alarm_event), what else changed, its parts, breaks, and how it went on
 *  after it was closed. Owned by out. */
bool alarm_facts(Arena *out, const AlarmBoard *all, size_t at, const char **facts, Err *err);
typedef struct AlarmDays { Date first, last; } AlarmDays;
/** The days that a point counted, the last period first: of periods that were looked at together only those that count. \return how many stretches */
size_t alarm_point_days(Arena *out, const AlarmPoint *point, AlarmDays **days);
/** The peak of what came after people had closed it; NULL: nothing did. */
const AlarmPoint *alarm_went_on(const Episode *episode);
/** Whether incidents of an alarm are kept: of a rise at a school those of the days that are told, its peak and that of what came after it was closed. */
bool alarm_has_events(const Episode *episode);
const char *alarm_kind_name(MethodKind kind); /* "farrington" */
const char *alarm_direction(const Episode *episode); /* "rise" or "silence" */

/** What a point was computed from, as JSON of its own: parameters are in the settings, counts in the series. Owned by arena. */
const char *alarm_basis(Arena *out, const AlarmPoint *point);

#endif
