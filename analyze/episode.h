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
    const AlarmPoint  *peak;  /* the least probable one; among equals the latest */
    Date               from, last; /* first day of the first period, last day of the last one */
    bool               rise;
    int                certainty;  /* 3 certain, 2 probable, 1 possible */
    long               part_of;    /* index of the episode of the whole, -1 = none */
    bool               shown_before; /* filled by the caller before episodes_budget */
    bool               shown;
    int                alarm_no;   /* filled by the caller */
} Episode;

/** p of a point; a method without p counts as the alarm rate it was set to. */
double alarm_point_p(const AlarmPoint *point);

/** \param episodes ordered by board, location, unit, series, direction, time */
void episodes_make(Arena *out, const AlarmConfig *config, const Watch *watch, Episode **episodes, size_t *n);
/** Per location, unit and school year: what was shown before stays, then the surest first, up to the budget; what is certain is always shown. Parts are not counted and not shown. */
void episodes_budget(Episode *episodes, size_t n, int budget);

#endif
