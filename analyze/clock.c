#include "analyze/clock.h"

#include "sql_embed.h"

typedef struct Clock {
    const char *name, *query;
    int         term, unit; /* unit 0 = calendar days, 1 = school days */
    bool        extended;
} Clock;

static bool clock_load(Arena *out, const ConfigNode *node, Clock *clock, Err *err)
{
    const char *ignored;

    if (!config_object(node, "clock title query term unit source", "extended", err) || !config_text(node, "clock", &clock->name, err) ||
        !config_text(node, "title", &ignored, err) || !config_text(node, "source", &ignored, err) ||
        !config_text(node, "query", &clock->query, err) || !config_int(node, "term", 1, 3650, &clock->term, err) ||
        !config_word(node, "unit", "days school_days", &clock->unit, err) || !config_bool(node, "extended", &clock->extended, err))
        return false;
    clock->query = arena_format(out, "analyze/%s", clock->query);
    return pg_query_find(clock->query) ? true : config_fail(node, err, "there is no sql/query/%s.sql in this program", clock->query);
}

static Date due_date(const Clock *clock, const Calendar *calendar, Date start)
{
    if (calendar && clock->unit == 1)
        return calendar_term_end_open(calendar, start, clock->term);
    if (calendar && clock->extended)
        return calendar_term_end(calendar, start, clock->term);
    return start + clock->term;
}

static bool clock_store(Pg *db, const Clock *clock, const SchoolCalendars *calendars, const PgResult *regions, const char *boards, Date as_of, Err *err)
{
    PG_AUTO cases = NULL;
    PgCopy *copy;
    size_t at = 0;

    if (!pg_query(db, pg_query_find(clock->query), PG_ANY_ROWS, &cases, err, "t", boards) ||
        !pg_copy_begin(db, "result.clock", "location_no, board_no, schooljaar, clock, started_on, due_on, done_on, met", NULL, &copy, err))
        return false;
    for (size_t row = 0; row < pg_rows(cases); row++) { /* both in order of location */
        int location_no = (int) pg_int(cases, row, 0);
        Date start = pg_date(cases, row, 3), done = pg_date(cases, row, 4);
        while (at < pg_rows(regions) && pg_int(regions, at, 0) < location_no)
            at++;
        int region = at < pg_rows(regions) && pg_int(regions, at, 0) == location_no ? (int) pg_int(regions, at, 1) : 0;
        Date due = due_date(clock, exposure_calendar(calendars, location_no, region), start);
        PgRow *to = pg_copy_row(copy, 8);
        pgrow_int4(to, location_no);
        pgrow_int4(to, (int32_t) pg_int(cases, row, 1));
        pgrow_int2(to, (int) pg_int(cases, row, 2));
        pgrow_text(to, clock->name);
        pgrow_date(to, start);
        pgrow_date(to, due);
        pgrow_date(to, done);
        if (done == DATE_NONE && as_of <= due)
            pgrow_null(to);
        else
            pgrow_bool(to, done != DATE_NONE && done <= due);
    }
    return pg_copy_end(copy, NULL, err);
}

bool clock_store_all(Pg *db, const Place *place, const SchoolCalendars *calendars, const char *boards, Date as_of, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_AUTO regions = NULL;
    ConfigNode *nodes;
    size_t count;

    if (!config_load_all(arena, place, "clocks", &nodes, &count, err) ||
        !pg_query(db, &sql_analyze_regions, PG_ANY_ROWS, &regions, err, "t", boards))
        return false;
    for (size_t at = 0; at < count; at++) {
        Clock clock = {0};
        if (!clock_load(arena, &nodes[at], &clock, err) || !clock_store(db, &clock, calendars, regions, boards, as_of, err))
            return false;
    }
    return true;
}
