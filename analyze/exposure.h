/**
 * Exposure: pupils and open school days per school and month, and whether a delivery of incidents covers the month.
 * Fills result.exposure for whole school years. A month counts as covered when a delivery covers its last open day.
 */
#ifndef VB_ANALYZE_EXPOSURE_H
#define VB_ANALYZE_EXPOSURE_H

#include "common/arena.h"
#include "common/calendar.h"
#include "common/pg.h"

/** Calendars of the three regions and of schools with free days of their own. */
typedef struct SchoolCalendars SchoolCalendars;

/** \param boards "{1,2}" */
bool exposure_calendars_load(Arena *out, Pg *db, const char *boards, SchoolCalendars **calendars, Err *err);
/** \param region 1..3, else NULL is returned: no calendar, no school days */
const Calendar *exposure_calendar(const SchoolCalendars *calendars, int location_no, int region);

/** One location and period. */
typedef struct ExposureCell {
    int  location_no, board_no, school_year;
    int  pupils, open_days; /* -1 = unknown */
    bool covered;           /* a delivery of incidents covers its last open day */
    Date day;               /* the period begins */
    const Calendar *calendar; /* NULL = none */
} ExposureCell;

typedef enum ExposureStep { EXPOSURE_WEEKS, EXPOSURE_MONTHS } ExposureStep; /* weeks begin on Monday */
typedef void ExposureEach(void *context, const ExposureCell *cell);

/** Every location of the boards and every period of whole school years that begins on or before as_of, in order of location and day. A period
 *  in which a school changed boards belongs to the board it began with. */
bool exposure_walk(Pg *db, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, ExposureStep step,
                   ExposureEach *each, void *context, Err *err);

/** Fill result.exposure with months. */
bool exposure_store(Pg *db, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, Err *err);

#endif
