#include "analyze/backtest.h"

#include <stdlib.h>

#include "tests/unit/scratch.h"

static AlarmConfig shipped(Arena *arena)
{
    Place place = checkout_place(arena, NULL);
    AlarmConfig config = {0};
    Err err = {0};

    if (!alarm_config_load(arena, &place, &config, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return config;
}

static double total(const Series *series)
{
    double sum = 0;

    for (size_t row = 0; row < series->n; row++)
        sum += series->observed[row];
    return sum;
}

TEST("simulated schools hold the same incidents and school days per week and per month, and bullying is a part of all")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list;

    backtest_simulate(arena, &config, 30, 7, &list);
    CHECK_INT(list.n, 120); /* pest and alles per week and month */
    for (size_t at = 0; at < list.n; at += 4) {
        double all[2] = {0}, pest[2] = {0}, exposure[2] = {0};
        for (size_t one = at; one < at + 4; one++) {
            const Series *series = &list.series[one];
            int week = series->rule->step == STEP_WEEK;
            CHECK_INT(series->location_no, list.series[at].location_no);
            *(series->rule->forms ? &pest[week] : &all[week]) = total(series);
            for (size_t row = 0; row < series->n; row++)
                exposure[week] += series->exposure[row];
        }
        CHECK(all[0] == all[1] && pest[0] == pest[1] && exposure[0] == exposure[1] && pest[0] <= all[0] && all[0] > 0);
    }
}

TEST("the same seed gives the same schools and the same figures, another seed others")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list[3];
    Backtest result[3];
    Err err = {0};
    static const unsigned long seed[3] = {3, 3, 4};

    for (int at = 0; at < 3; at++) {
        backtest_simulate(arena, &config, 20, seed[at], &list[at]);
        CHECK(backtest_run(arena, &config, &list[at], NULL, seed[at], &result[at], &err));
    }
    CHECK_INT(result[0].row[0].alarms, result[1].row[0].alarms);
    for (size_t size = 0; size < result[0].n_sizes; size++)
        CHECK_INT(result[0].row[0].found[size].found, result[1].row[0].found[size].found);
    CHECK(memcmp(list[0].series[0].observed, list[1].series[0].observed, list[0].series[0].n * sizeof(double)) == 0);
    CHECK(memcmp(list[0].series[0].observed, list[2].series[0].observed, list[0].series[0].n * sizeof(double)) != 0);
}

TEST("larger outbreaks are found more often and sooner, and quiet schools hardly alarm")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list;
    Backtest result;
    Err err = {0};

    backtest_simulate(arena, &config, 60, 1, &list);
    CHECK(backtest_run(arena, &config, &list, NULL, 1, &result, &err));
    const BacktestRow *all = &result.row[0];
    size_t schools = 0;
    CHECK_INT(all->schools, 60);
    CHECK_NEAR(all->years, 120, 1e-12);
    for (size_t at = 1; at < result.n; at++) {
        schools += result.row[at].schools;
        CHECK(result.row[at].pupils_from < 0 || result.row[at].schools > 0);
    }
    CHECK_INT(schools, 60);
    CHECK((double) all->alarms / all->years < .5);
    CHECK(all->shown <= all->alarms);
    for (size_t size = 1; size < result.n_sizes; size++)
        CHECK(all->found[size].found >= all->found[size - 1].found);
    CHECK((double) all->found[result.n_sizes - 1].found >= .85 * (double) all->found[result.n_sizes - 1].planted);
    CHECK(all->found[result.n_sizes - 1].days < all->found[1].days);
    CHECK(all->found[1].cases == 5 && (double) all->found[1].found >= .65 * (double) all->found[1].planted);
    for (size_t size = 0; size < result.n_sizes; size++)
        CHECK(all->found[size].planted > 50 && all->found[size].days > 0 && all->found[size].days < 62);
}

TEST("planting leaves the history as it was")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list;
    Backtest result;
    Err err = {0};

    backtest_simulate(arena, &config, 5, 1, &list);
    double before = total(&list.series[0]);
    CHECK(backtest_run(arena, &config, &list, NULL, 9, &result, &err));
    CHECK(total(&list.series[0]) == before);
}

TEST("without a weekly series there is nothing to replay")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list = {0};
    Backtest result;
    Err err = {0};

    CHECK(!backtest_run(arena, &config, &list, NULL, 1, &result, &err));
    CHECK_TEXT(err.text, "cannot replay: there is no school with a weekly series");
}

/* Every month of every school came so many days after it ended. */
static Arrivals late(Arena *arena, const SeriesList *list, int days)
{
    Arrivals arrivals = {arena_array(arena, list->n * 120 + 1, sizeof *arrivals.row), 0};

    for (size_t at = 0; at < list->n; at++) {
        const Series *series = &list->series[at];
        if (series->rule->step != STEP_MONTH || series->rule->forms)
            continue;
        for (size_t row = 0; row < series->n; row++)
            arrivals.row[arrivals.n++] = (Arrival){series->location_no, series->day[row], date_month_next(series->day[row]) - 1 + days, series->observed[row]};
    }
    return arrivals;
}

TEST("what comes late is found late, and what comes after a run no longer looks back is not found")
{
    ARENA_AUTO arena = arena_new();
    AlarmConfig config = shipped(arena);
    SeriesList list;
    Backtest at_once, soon, in_summer, never;
    Err err = {0};

    backtest_simulate(arena, &config, 40, 5, &list);
    Arrivals none = {NULL, 0}, ten = late(arena, &list, 10), hundred = late(arena, &list, 100), long_after = late(arena, &list, 500);
    CHECK(backtest_run(arena, &config, &list, &none, 5, &at_once, &err));
    CHECK(backtest_run(arena, &config, &list, &ten, 5, &soon, &err));
    CHECK(backtest_run(arena, &config, &list, &hundred, 5, &in_summer, &err));
    CHECK(backtest_run(arena, &config, &list, &long_after, 5, &never, &err));
    size_t last = at_once.n_sizes - 1;
    const BacktestFound *found[] = {&at_once.row[0].found[last], &soon.row[0].found[last], &in_summer.row[0].found[last]};
    CHECK(found[0]->found > found[0]->planted * 8 / 10);
    CHECK(found[2]->found > found[2]->planted * 8 / 10);
    CHECK(found[1]->days > found[0]->days && found[2]->days > found[1]->days + 60);
    CHECK(found[2]->days > 90 && found[2]->days < 150);
    CHECK_INT(never.row[0].found[last].found, 0);
    CHECK_INT(never.row[0].alarms, 0);
}
