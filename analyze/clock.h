/**
 * Statutory terms: a clock is one entry in config/clocks and one query that returns when a case started and was done.
 * Due dates come from the school's calendar, extended by holidays where the clock says so. Fills result.clock.
 */
#ifndef VB_ANALYZE_CLOCK_H
#define VB_ANALYZE_CLOCK_H

#include "analyze/exposure.h"
#include "common/config.h"

/** Compute every clock for the boards. met: done on or before the due date; NULL while it runs (as_of not past the due date). */
bool clock_store_all(Pg *db, const Place *place, const SchoolCalendars *calendars, const char *boards, Date as_of, Err *err);

#endif
