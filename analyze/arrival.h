/**
 * What was known when: how many incidents of each month and school had been delivered by a day (result.report_known), and a series as it stood then.
 * For replaying history; today's series are series.h.
 */
#ifndef VB_ANALYZE_ARRIVAL_H
#define VB_ANALYZE_ARRIVAL_H

#include "analyze/series.h"

typedef struct Arrival {
    int    location_no;
    Date   month, known_on;
    double incidents; /* of the month, known on that day */
} Arrival;

typedef struct Arrivals {
    Arrival *row; /* by location, month, day */
    size_t   n;
} Arrivals;

bool arrivals_load(Arena *out, Pg *db, int board, Arrivals *arrivals, Err *err);

/** Of the incidents of a school and month that are known today, the share that was known on a day: NaN = nothing of that month had been delivered. A month
 *  without a record was known when it ended. Above 1 where a later delivery took incidents back. */
double arrival_share(const Arrivals *arrivals, int location_no, Date month, Date as_of);

/** A series of one school as it stood on a day: periods that had not ended or of which nothing had come are "no report", of the others as many incidents
 *  as that share of the month of their middle, rounded to whole ones. Everything but observed is borrowed from `series`. */
Series arrival_series(Arena *out, const Arrivals *arrivals, const Series *series, Date as_of);

/** The last day on which something came; DATE_NONE = no record. */
Date arrivals_last(const Arrivals *arrivals);

#endif
