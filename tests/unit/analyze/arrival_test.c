#include "analyze/arrival.h"

#include <math.h>

#include "tests/unit/scratch.h"

static Date day(int year, int month, int of_month)
{
    Date date = DATE_NONE;

    date_from_parts((DateParts){year, month, of_month}, &date);
    return date;
}

/* School 7: January came half in February and whole in May; February came in May; March was taken back in part. */
static Arrivals some(Arrival *row)
{
    row[0] = (Arrival){7, day(2026, 1, 1), day(2026, 2, 10), 4};
    row[1] = (Arrival){7, day(2026, 1, 1), day(2026, 5, 5), 8};
    row[2] = (Arrival){7, day(2026, 2, 1), day(2026, 5, 5), 3};
    row[3] = (Arrival){7, day(2026, 3, 1), day(2026, 4, 1), 6};
    row[4] = (Arrival){7, day(2026, 3, 1), day(2026, 5, 5), 3};
    row[5] = (Arrival){9, day(2026, 1, 1), day(2026, 2, 1), 0};
    return (Arrivals){row, 6};
}

TEST("what was known of a month is a share of what is known today")
{
    Arrival row[6];
    Arrivals arrivals = some(row);

    CHECK(isnan(arrival_share(&arrivals, 7, day(2026, 1, 1), day(2026, 2, 9))));
    CHECK(arrival_share(&arrivals, 7, day(2026, 1, 1), day(2026, 2, 10)) == .5);
    CHECK(arrival_share(&arrivals, 7, day(2026, 1, 1), day(2026, 5, 5)) == 1);
    CHECK(isnan(arrival_share(&arrivals, 7, day(2026, 2, 1), day(2026, 5, 4))));
    CHECK(arrival_share(&arrivals, 7, day(2026, 3, 1), day(2026, 4, 30)) == 2);
    CHECK(arrival_share(&arrivals, 9, day(2026, 1, 1), day(2026, 2, 1)) == 1); /* nothing is all there was */
    CHECK(arrivals_last(&arrivals) == day(2026, 5, 5));
}

TEST("a month or school without a record was known when the month ended")
{
    Arrival row[6];
    Arrivals arrivals = some(row), none = {row, 0};

    CHECK(isnan(arrival_share(&arrivals, 7, day(2025, 12, 1), day(2025, 12, 30))));
    CHECK(arrival_share(&arrivals, 7, day(2025, 12, 1), day(2025, 12, 31)) == 1);
    CHECK(arrival_share(&arrivals, 8, day(2026, 1, 1), day(2026, 1, 31)) == 1);
    CHECK(arrival_share(&none, 7, day(2026, 1, 1), day(2026, 1, 31)) == 1);
    CHECK(arrivals_last(&none) == DATE_NONE);
}

TEST("a series stands as it stood: not ended or not delivered is no report, and never zero")
{
    ARENA_AUTO arena = arena_new();
    Arrival row[6];
    Arrivals arrivals = some(row);
    SeriesRule rule = {.step = STEP_MONTH};
    double observed[] = {5, 8, 3, 3};
    Date days[] = {day(2025, 12, 1), day(2026, 1, 1), day(2026, 2, 1), day(2026, 3, 1)};
    Series series = {.location_no = 7, .rule = &rule, .n = 4, .day = days, .observed = observed};

    Series then = arrival_series(arena, &arrivals, &series, day(2026, 2, 28));
    CHECK(then.observed[0] == 5 && then.observed[1] == 4 && isnan(then.observed[2]) && isnan(then.observed[3]));
    then = arrival_series(arena, &arrivals, &series, day(2026, 4, 30));
    CHECK(then.observed[1] == 4 && isnan(then.observed[2]) && then.observed[3] == 6);
    then = arrival_series(arena, &arrivals, &series, day(2026, 5, 31));
    CHECK(memcmp(then.observed, observed, sizeof observed) == 0);
    CHECK(series.observed[1] == 8);
}

TEST("a week belongs to the month of its middle, and is rounded to whole incidents")
{
    ARENA_AUTO arena = arena_new();
    Arrival row[6];
    Arrivals arrivals = some(row);
    SeriesRule rule = {.step = STEP_WEEK};
    double observed[] = {3, 2};
    Date days[] = {day(2026, 1, 26), day(2026, 1, 30)}; /* middles 29 January and 2 February */
    Series series = {.location_no = 7, .rule = &rule, .n = 2, .day = days, .observed = observed};
    Series then = arrival_series(arena, &arrivals, &series, day(2026, 2, 28));

    CHECK(then.observed[0] == 2 && isnan(then.observed[1]));
}
