#include "analyze/exposure.h"

#include <math.h>
#include <string.h>

#include "sql_embed.h"

typedef struct OwnCalendar {
    int       location_no;
    Calendar *region[4];
} OwnCalendar;

struct SchoolCalendars {
    Calendar    *region[4]; /* 1 noord, 2 midden, 3 zuid */
    OwnCalendar *own;
    size_t       n_own;
};

/* The holiday files begin in 2013 and 2019 and end in 2030; outside the calendar there are no known school days. */
bool exposure_calendars_load(Arena *out, Pg *db, const char *boards, SchoolCalendars **calendars, Err *err)
{
    PG_AUTO closed = NULL;
    PG_AUTO free_days = NULL;
    SchoolCalendars *made = arena_alloc(out, sizeof *made);
    Date from = INT32_MAX, to = INT32_MIN;

    *calendars = made;
    if (!pg_query(db, &sql_analyze_closed_days, PG_ANY_ROWS, &closed, err, "") ||
        !pg_query(db, &sql_analyze_free_days, PG_ANY_ROWS, &free_days, err, "t", boards))
        return false;
    for (size_t row = 0; row < pg_rows(closed); row++) {
        if (pg_int(closed, row, 0) == 0)
            continue;
        from = pg_date(closed, row, 1) < from ? pg_date(closed, row, 1) : from;
        to = pg_date(closed, row, 2) > to ? pg_date(closed, row, 2) : to;
    }
    if (to < from)
        return true; /* no holidays loaded: no calendar */
    from = date_school_year_begin(date_school_year(from));
    to = date_school_year_end(date_school_year(to));
    for (int region = 1; region <= 3; region++) {
        made->region[region] = calendar_new(out, from, to);
        for (size_t row = 0; row < pg_rows(closed); row++)
            if (pg_int(closed, row, 0) == 0 || pg_int(closed, row, 0) == region)
                calendar_close(made->region[region], pg_date(closed, row, 1), pg_date(closed, row, 2), true);
    }
    made->own = arena_array(out, pg_rows(free_days), sizeof *made->own);
    for (size_t row = 0; row < pg_rows(free_days); row++) {
        int location_no = (int) pg_int(free_days, row, 0);
        OwnCalendar *own = NULL;
        for (size_t at = 0; at < made->n_own && !own; at++)
            if (made->own[at].location_no == location_no)
                own = &made->own[at];
        if (!own) {
            own = &made->own[made->n_own++];
            own->location_no = location_no;
            for (int region = 1; region <= 3; region++)
                own->region[region] = calendar_copy(out, made->region[region]);
        }
        for (int region = 1; region <= 3; region++)
            calendar_close(own->region[region], pg_date(free_days, row, 1), pg_date(free_days, row, 2), false);
    }
    return true;
}

const Calendar *exposure_calendar(const SchoolCalendars *calendars, int location_no, int region)
{
    if (region < 1 || region > 3)
        return NULL;
    for (size_t at = 0; at < calendars->n_own; at++)
        if (calendars->own[at].location_no == location_no)
            return calendars->own[at].region[region];
    return calendars->region[region];
}

typedef struct CoverCursor {
    const PgResult *rows;
    size_t at;
} CoverCursor;

/* Both the schools and the coverage come in order of location, so one pass over each suffices. */
static bool covered(CoverCursor *cursor, int location_no, Date day)
{
    while (cursor->at < pg_rows(cursor->rows) && pg_int(cursor->rows, cursor->at, 0) < location_no)
        cursor->at++;
    for (size_t row = cursor->at; row < pg_rows(cursor->rows) && pg_int(cursor->rows, row, 0) == location_no; row++)
        if (pg_date(cursor->rows, row, 1) <= day && day <= pg_date(cursor->rows, row, 2))
            return true;
    return false;
}

static Date last_open_day(const Calendar *calendar, Date first, Date last)
{
    for (Date day = last; calendar && day >= first; day--)
        if (calendar_is_open(calendar, day))
            return day;
    return last;
}

/* The period that a day lies in, and the one after it. */
static Date step_begin(ExposureStep step, Date day)
{
    return step == EXPOSURE_MONTHS ? date_month_begin(day) : day - (date_weekday(day) - 1);
}

static Date step_next(ExposureStep step, Date day)
{
    return step == EXPOSURE_MONTHS ? date_month_next(day) : day + 7;
}

bool exposure_walk(Pg *db, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, ExposureStep step,
                   ExposureEach *each, void *context, Err *err)
{
    PG_AUTO schools = NULL;
    PG_AUTO cover = NULL;

    if (!pg_query(db, &sql_analyze_exposure_input, PG_ANY_ROWS, &schools, err, "tii", boards, (int64_t) first_year, (int64_t) last_year) ||
        !pg_query(db, &sql_analyze_coverage, PG_ANY_ROWS, &cover, err, "t", boards))
        return false;
    CoverCursor cursor = {.rows = cover};
    Date done = INT32_MIN, begin = date_school_year_begin(first_year);
    int done_location = 0;
    for (size_t row = 0; row < pg_rows(schools); row++) {
        int location_no = (int) pg_int(schools, row, 0), region = (int) pg_int(schools, row, 3);
        const Calendar *calendar = exposure_calendar(calendars, location_no, region);
        Date first = pg_date(schools, row, 5), last = pg_date(schools, row, 6);
        if (location_no != done_location)
            done = INT32_MIN;
        done_location = location_no;
        for (Date day = step_begin(step, first); day <= last && day <= as_of; day = step_next(step, day)) {
            Date end = step_next(step, day) - 1;
            bool known = calendar && calendar_covers(calendar, day, end);
            if (day <= done || day < begin)
                continue;
            done = day;
            each(context, &(ExposureCell){.location_no = location_no, .board_no = (int) pg_int(schools, row, 1), .school_year = (int) pg_int(schools, row, 2),
                                          .pupils = pg_is_null(schools, row, 4) ? -1 : (int) pg_int(schools, row, 4),
                                          .open_days = known ? calendar_open_days(calendar, day, end) : -1,
                                          .covered = covered(&cursor, location_no, last_open_day(known ? calendar : NULL, day, end)), .day = day, .calendar = calendar});
        }
    }
    return true;
}

static void month_put(void *context, const ExposureCell *cell)
{
    PgRow *to = context;

    pgrow_begin(to, 7);
    pgrow_int4(to, cell->location_no);
    pgrow_date(to, cell->day);
    pgrow_int4(to, cell->board_no);
    pgrow_int2(to, cell->school_year);
    if (cell->pupils < 0)
        pgrow_null(to);
    else
        pgrow_int4(to, cell->pupils);
    if (cell->open_days < 0)
        pgrow_null(to);
    else
        pgrow_int2(to, cell->open_days);
    pgrow_bool(to, cell->covered);
}

bool exposure_store(Pg *db, const SchoolCalendars *calendars, const char *boards, int first_year, int last_year, Date as_of, Err *err)
{
    PgRow rows = {0};
    PgCopy *copy;

    bool good = exposure_walk(db, calendars, boards, first_year, last_year, as_of, EXPOSURE_MONTHS, month_put, &rows, err) &&
                pg_copy_begin(db, "result.exposure", "location_no, month, board_no, schooljaar, pupils, open_days, covered", NULL, &copy, err);
    if (good) {
        pg_copy_rows(copy, rows.data, rows.used);
        good = pg_copy_end(copy, NULL, err);
    }
    pgrow_free(&rows);
    return good;
}
