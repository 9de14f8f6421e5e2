/**
 * What alarms look at: counts per period of one school, group of schools, board or the country, with what they are counted over.
 * Which series there are is data (config/alarms.json). Made from aggregates of fact (series_fetch) or read back from result
 * (series_load), so that whatever was computed from them can be computed again without the facts.
 *
 * Exposure: pupils of the school year (until the next count: the last one) x open school days; where a school has years without a count, open
 * days; without a calendar, 1. A period that no delivery covers is NaN ("no report"), never 0.
 * A series of events has a row per event: day its date, observed the open, covered days since the one before (NaN for the first), exposure 1.
 * The sum of several schools holds, of every period, only schools that reported it, of pupils and counts alike, each from its last break on.
 */
#ifndef VB_ANALYZE_SERIES_H
#define VB_ANALYZE_SERIES_H

#include "analyze/alarm_config.h"
#include "analyze/exposure.h"

/** A break that nobody declared, as far as it was known at a row (shift.h). */
typedef struct LikelyBreak {
    Date   on;                         /* first day of the new level; DATE_NONE = none */
    double ratio;                      /* of the new level to the old one */
} LikelyBreak;

typedef struct Series {
    int         board_no, location_no; /* the office of the board for its own series and those of its groups; 0 the country */
    const char *unit;                  /* "school", "bestuur", "land" or the name of a group */
    const char *name;                  /* "pest", "vorm:fysiek", "groep:6" */
    const char *title;                 /* "pestincidenten"; NULL when read back from result */
    int         code_no;               /* of the form, place or group; 0 = none, or read back from result */
    const SeriesRule *rule;            /* what config says of it */
    const char *counted;               /* exposure: "pupils", "days" or "periods": series of unlike exposure are not pooled */
    size_t      n;
    Date       *day;                   /* the periods begin; consecutive */
    double     *observed;              /* NaN = no report */
    double     *exposure;              /* 0 = closed */
    double     *complete;              /* estimated share that is in by now, 0..1 */
    Date        until;                 /* last day of the last period that was covered */
    Date       *breaks;                /* ascending */
    size_t      n_breaks;
    LikelyBreak *likely;               /* n long; NULL: not looked for, or never found */
} Series;

typedef struct SeriesList {
    Series *series;
    size_t  n, room;
} SeriesList;

/** First row that period k may be compared with: nothing before the last break at or before k counts, declared or likely. */
size_t series_since(const Series *series, size_t k);
size_t series_since_declared(const Series *series, size_t k);
Date series_period_end(const Series *series, size_t k); /* its last day */
size_t series_from(const Series *series, Date day); /* first row that begins on or after a day, or n */
/** Row of a day, or n. */
size_t series_find(const Series *series, Date day);
int series_periods_per_year(SeriesStep step);

/** Series of all schools of the boards, then of their groups, boards; in order of board, location, rule. \param boards "{1,2}" */
bool series_fetch(Arena *out, Pg *db, const AlarmConfig *config, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year,
                  Date as_of, SeriesList *list, Err *err);
/** The country: sums over every school in result that is counted over pupils and Dutch school days. */
bool series_country(Arena *out, Pg *db, const AlarmConfig *config, SeriesList *list, Err *err);
/** Series of one board as stored; 0 = the country. */
bool series_load(Arena *out, Pg *db, const AlarmConfig *config, int board, SeriesList *list, Err *err);

/** Titles and codes of series that were read back, from the settings and the register. */
bool series_titles(Arena *out, Pg *db, SeriesList *list, Err *err);

/** What is known of a likely break in the last period. */
LikelyBreak series_likely(const Series *series);

/** One row of the columns of SERIES_COLUMNS. \param expected, upper n long, NaN where not evaluated */
#define SERIES_COLUMNS "board_no, location_no, unit, series, period, counted, day, until, observed, exposure, complete, breaks, expected, upper, likely_on, likely_ratio"
enum { SERIES_N_COLUMNS = 16 };
void series_put(PgRow *to, const Series *series, const double *expected, const double *upper);

#endif
