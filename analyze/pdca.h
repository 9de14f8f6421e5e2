/**
 * PDCA: what the measured value says about a goal. A pure function.
 *
 *   behaald               the value has reached the target
 *   op koers              not yet, but at least as far from baseline to target as the time that has gone
 *   achter                less far than that
 *   niet te beoordelen    no baseline or value, or the interval holds both baseline and target: nothing can be said
 */
#ifndef VB_ANALYZE_PDCA_H
#define VB_ANALYZE_PDCA_H

#include "common/date.h"

typedef enum PdcaStatus { PDCA_REACHED, PDCA_ON_TRACK, PDCA_BEHIND, PDCA_UNKNOWN } PdcaStatus;

typedef struct PdcaGoal {
    double baseline, target;      /* in the indicator's unit; NaN = unknown */
    double current, low, high;    /* with 95 % interval; NaN = unknown */
    int    direction;             /* +1 high is good, -1 low is good, 0 from baseline to target */
    Date   started, due, measured; /* end of the baseline year, term, end of the year that was measured */
} PdcaGoal;

/** \param reason filled: "" or why it cannot be judged, in Dutch */
PdcaStatus pdca_status(const PdcaGoal *goal, const char **reason);
const char *pdca_status_name(PdcaStatus status);

#endif
