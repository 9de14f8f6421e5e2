/**
 * The school calendar of one location: which days the school is open, and terms that holidays extend.
 * Not a fetcher: it is filled with closed periods from the register.
 *
 * A day is open when it is Monday to Friday and lies in no closed period (school holidays of the region,
 * public holidays, the school's own free days). Days before `from` or after `to` are unknown: neither open nor closed.
 */
#ifndef VB_COMMON_CALENDAR_H
#define VB_COMMON_CALENDAR_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/date.h"

typedef struct Calendar Calendar;

/** Every weekday from..to open. Owned by arena. to - from at most 100 years. */
Calendar *calendar_new(Arena *out, Date from, Date to);
/** A copy that can get a school's own free days. Owned by arena. */
Calendar *calendar_copy(Arena *out, const Calendar *calendar);
/** Close the days first..last. \param holiday true: also extends terms (school and public holidays do, a study day does not) */
void calendar_close(Calendar *calendar, Date first, Date last, bool holiday);

bool calendar_is_open(const Calendar *calendar, Date date); /* false outside from..to */
int calendar_open_days(const Calendar *calendar, Date first, Date last); /* both included; 0 when last < first */
bool calendar_covers(const Calendar *calendar, Date first, Date last); /* holidays are known for all these days */

/**
 * Last day of a term of `days` calendar days that begins the day after start, extended by every day that is
 * a holiday for the school (klachtenregeling art. 28; calendar days, so weekends outside holidays count).
 */
Date calendar_term_end(const Calendar *calendar, Date start, int days);
/** The same in school days: the last of `days` open days after start. */
Date calendar_term_end_open(const Calendar *calendar, Date start, int days);

#endif
