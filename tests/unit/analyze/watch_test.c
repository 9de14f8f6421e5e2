#include "analyze/watch.h"

#include <math.h>

#include "analyze/backtest.h"
#include "tests/unit/scratch.h"

enum { SCHOOLS = 20, YEAR = 52 };

static AlarmConfig shipped(Arena *arena)
{
    Place place = checkout_place(arena, NULL);
    AlarmConfig config = {0};
    Err err = {0};

    if (!alarm_config_load(arena, &place, &config, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return config;
}

/* Schools of one board, of which the first registers `times` as much from so many weeks before the end on. */
static SeriesList schools(Arena *arena, const AlarmConfig *config, unsigned long seed, size_t weeks, double times, Date *from)
{
    SeriesList list;

    backtest_simulate(arena, config, SCHOOLS, seed, &list);
    for (size_t at = 0; at < list.n; at++)
        if (list.series[at].location_no == list.series[0].location_no && list.series[at].rule->step == STEP_WEEK)
            *from = list.series[at].day[list.series[at].n - weeks];
    for (size_t at = 0; at < list.n; at++)
        for (size_t row = 0; row < list.series[at].n && list.series[at].location_no == list.series[0].location_no; row++)
            if (list.series[at].day[row] >= *from)
                list.series[at].observed[row] = floor(list.series[at].observed[row] * times);
    return list;
}

static Watch watched(Arena *arena, AlarmConfig *config, SeriesList *list, bool breaks)
{
    Watch watch;
    Err err = {0};

    config->breaks = breaks;
    if (!watch_run(arena, alarm_engine_new(arena), config, list, &watch, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return watch;
}

/* Weeks and months of the first school that stand out from one day up to before another. */
static size_t count(const Watch *watch, const SeriesList *list, bool rise, Date from, Date until)
{
    size_t n = 0;

    for (size_t at = 0; at < watch->n; at++) {
        const AlarmPoint *point = &watch->point[at];
        Date day = point->series->day[point->k];
        n += point->series->location_no == list->series[0].location_no && alarm_is_rise(point->method) == rise && day >= from && day < until;
    }
    return n;
}

TEST("a lasting rise alarms when it begins as if nothing looked for breaks, and is the new level half a year later")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    Date from;

    SeriesList list = schools(arena, &config, 12, 46, 3, &from);
    Watch with = watched(arena, &config, &list, true);
    Date known = DATE_NONE;
    for (size_t at = 0; at < list.n; at++)
        for (size_t row = 0; row < list.series[at].n && list.series[at].likely && list.series[at].rule->step == STEP_WEEK; row++)
            if (list.series[at].location_no == list.series[0].location_no && list.series[at].likely[row].on != DATE_NONE && known == DATE_NONE)
                known = list.series[at].day[row];
    CHECK(known >= from + 7 * 16 && known <= from + 7 * 30);
    Watch without = watched(arena, &config, &list, false);
    size_t begin = count(&without, &list, true, from, from + 7 * 16);
    CHECK(begin > 3);
    CHECK_INT(count(&with, &list, true, from, from + 7 * 16), begin);
    CHECK(2 * count(&with, &list, true, known, INT32_MAX) < count(&without, &list, true, known, INT32_MAX));
    CHECK(list.series[0].likely == NULL); /* not looked for: none is left from the run before */
}

TEST("schools that go on as they were have hardly any break, and series of schools are looked at apart")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    Date from;
    size_t broken = 0, others = 0;

    SeriesList list = schools(arena, &config, 14, 2 * YEAR, 3, &from);
    watched(arena, &config, &list, true);
    for (size_t at = 0; at < list.n; at++) {
        LikelyBreak likely = series_likely(&list.series[at]);
        bool first = list.series[at].location_no == list.series[0].location_no;
        broken += first && likely.on != DATE_NONE && likely.on >= from - 7 * 8 && likely.on <= from + 7 * 8 && likely.ratio > 1.6 && likely.ratio < 6;
        others += !first && likely.on != DATE_NONE;
    }
    CHECK_INT(broken, 4); /* bullying and all, per week and per month */
    CHECK(others <= 4 * SCHOOLS / 5);
}

TEST("a school that falls silent is asked about it however long it lasts")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    Date from;

    SeriesList list = schools(arena, &config, 14, 45, .3, &from);
    Watch with = watched(arena, &config, &list, true), without = watched(arena, &config, &list, false);
    CHECK_INT(count(&with, &list, false, from, INT32_MAX), count(&without, &list, false, from, INT32_MAX));
    list = schools(arena, &config, 14, 45, 0, &from);
    with = watched(arena, &config, &list, true);
    CHECK(count(&with, &list, false, from + 7 * 30, INT32_MAX) > 0);
    for (size_t at = 0; at < list.n; at++)
        CHECK(list.series[at].location_no != list.series[0].location_no || series_likely(&list.series[at]).on == DATE_NONE || series_likely(&list.series[at]).on < from - 7 * 8);
}
