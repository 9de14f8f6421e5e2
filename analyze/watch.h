/**
 * Every series of one board under every method that its rule names: the most recent periods are evaluated, and what is unusual is a point.
 * Pure: no database, no clock. The same list and the same settings give the same points, which is how they are verified.
 */
#ifndef VB_ANALYZE_WATCH_H
#define VB_ANALYZE_WATCH_H

#include "analyze/alarm.h"

typedef struct AlarmPoint {
    const Series      *series;
    const AlarmMethod *method; /* of the rule; result.used may be its fallback */
    GammaPrior         prior;
    size_t             k;
    AlarmResult        result;
} AlarmPoint;

typedef struct Watch {
    AlarmPoint *point; /* by series, method, k */
    size_t      n, room;
    double    **expected, **upper; /* per series n long, by the first method of its rule; NaN where not evaluated */
    size_t      evaluated;
} Watch;

/** The schools of a list that are comparable: same board, series, step and exposure. */
typedef struct AlarmPool AlarmPool;
AlarmPool *alarm_pool_new(Arena *out, const SeriesList *list);
/** Prior of the rate at period k of the series: over `history` periods of each school that end `past` before it. */
GammaPrior alarm_pool_prior(AlarmPool *pool, const Series *series, size_t k, int history, int past);

/** Likely breaks in the weekly series of all incidents of a school or board, for its series per week and month: the rest of the machinery takes them for
 *  breaks. Known at every row that is judged; made from what lies before it. */
void watch_breaks(Arena *out, const AlarmConfig *config, SeriesList *list);

/** \param list of one board, or of the country; gets its likely breaks \param engine remembers limits from one list to the next; a limit costs milliseconds */
bool watch_run(Arena *out, AlarmEngine *engine, const AlarmConfig *config, SeriesList *list, Watch *watch, Err *err);
/** For a replay, which chooses its own periods: the prior for one, and one that stood out. */
GammaPrior watch_prior(AlarmPool *pool, const Series *series, const AlarmMethod *method, size_t k);
void watch_add(Arena *out, Watch *watch, const AlarmPoint *point);
/** First row that is evaluated: the last `months` months of the series. */
size_t watch_begin(const Series *series, int months);

#endif
