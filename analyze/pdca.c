#include "analyze/pdca.h"

#include <math.h>

const char *pdca_status_name(PdcaStatus status)
{
    static const char *const name[] = {"behaald", "op koers", "achter", "niet te beoordelen"};

    return name[status];
}

PdcaStatus pdca_status(const PdcaGoal *goal, const char **reason)
{
    *reason = "";
    if (!isfinite(goal->current)) {
        *reason = "geen meting dit jaar";
        return PDCA_UNKNOWN;
    }
    if (!isfinite(goal->target)) {
        *reason = "geen streefwaarde";
        return PDCA_UNKNOWN;
    }
    if (!isfinite(goal->baseline)) {
        *reason = "geen nulmeting";
        return PDCA_UNKNOWN;
    }
    double way = goal->target - goal->baseline; /* what was to be changed */
    double wanted = goal->direction ? goal->direction : way;
    if (wanted == 0 ? goal->current == goal->target : wanted > 0 ? goal->current >= goal->target : goal->current <= goal->target)
        return PDCA_REACHED;
    if (isfinite(goal->low) && fmin(goal->baseline, goal->target) >= goal->low && fmax(goal->baseline, goal->target) <= goal->high) {
        *reason = "de meting is te onzeker: nulmeting en streefwaarde liggen beide binnen de marge";
        return PDCA_UNKNOWN;
    }
    double time = goal->due > goal->started ? (double) (goal->measured - goal->started) / (double) (goal->due - goal->started) : 1;
    double progress = way * wanted <= 0 ? 0 : (goal->current - goal->baseline) / way;
    return progress >= fmin(fmax(time, 0), 1) ? PDCA_ON_TRACK : PDCA_BEHIND;
}
