/**
 * Unusual periods become alarms: what goes on is one alarm, whatever method or step saw it; a part (a form, a place, a group) that stands
 * out while the whole does is part of the alarm of the whole, and of two wholes the surer one is told; and of the rest a school gets no more than its yearly budget, save what is certain. Pure.
 */
#ifndef VB_ANALYZE_EPISODE_H
#define VB_ANALYZE_EPISODE_H

#include "analyze/watch.h"

typedef struct Episode {
    const AlarmPoint **point; /* in order of time */
    size_t             n;
    const AlarmPoint  *peak;  /* the least probable one; among equals the earliest */
    Date               from, last; /* first day of the first period, last day of the last one */
    bool               rise;
    int                certainty;  /* 3 certain, 2 probable, 1 possible: episode_certainty of all its points */
    long               part_of;    /* index of the episode of the whole, -1 = none */
    bool               shown_before; /* filled by the caller before episodes_budget */
    bool               shown;
    int                alarm_no;   /* filled by the caller */
    Date               after;      /* filled by the caller: how far it had come when people closed it; DATE_NONE: never closed */
} Episode;

/** p of a point; a method without p counts as the alarm rate it was set to. */
double alarm_point_p(const AlarmPoint *point);
/** Its first day: a silence, a run of events and periods that were looked at together began before the period in which they were seen. */
Date alarm_point_from(const AlarmPoint *point);
Date alarm_point_last(const AlarmPoint *point);

/**
 * How sure it is that something unusual happened, of the points of an alarm that lie after a day (DATE_NONE: all; when none does, that end after it): 3 certain, when the least probable one has p < 0.0005, or
 * p < 0.002 and another one, with other incidents, agrees; 2 probable, p < 0.005; 1 possible. Points that share a day share incidents, and so tell the same twice: a month and
 * the week in it, one week by two methods, periods that were looked at together. CUSUM adds up what lies before its period as well, so it agrees with no other method;
 * with itself it does, since its sum begins anew after an alarm.
 */
int episode_certainty(const Episode *episode, Date after);
/** The least probable of those points, the earliest among equals; NULL: none ends after that day. */
const AlarmPoint *episode_peak(const Episode *episode, Date after);

/** \param episodes ordered by board, location, unit, series, direction, time */
void episodes_make(Arena *out, const AlarmConfig *config, const Watch *watch, Episode **episodes, size_t *n);
/** Per location, unit and school year: what was shown before stays, then the surest first, up to the budget; what is certain is always shown. Parts are not counted and not shown. */
void episodes_budget(Episode *episodes, size_t n, int budget);

#endif
