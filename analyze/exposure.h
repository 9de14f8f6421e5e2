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

/** Fill result.exposure. Months after as_of are left out. */
bool exposure_store(Pg *db, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, Err *err);

#endif
