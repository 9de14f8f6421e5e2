#include "analyze/shift.h"

#include <math.h>
#include <stdbool.h>

#include "tests/harness/test.h"

enum { N = 200 };

static const ShiftParams plain = {.guard = 1, .before = 4, .after = 4, .year = 1000, .score = 3, .ratio = 1.5};

typedef struct Weeks { double observed[N], exposure[N]; } Weeks;

static Weeks weeks_of(double before, size_t split, double after)
{
    Weeks weeks;

    for (size_t at = 0; at < N; at++) {
        weeks.observed[at] = at < split ? before : after;
        weeks.exposure[at] = 1;
    }
    return weeks;
}

static Shift find(const Weeks *weeks, size_t since, size_t k, const ShiftParams *params)
{
    return shift_find(weeks->observed, weeks->exposure, since, k, params);
}

TEST("the score is Pearson's chi-square of the two sides over the spread around their levels")
{
    /* R: chisq.test(c(20, 30), p = c(2, 1) / 3)$statistic is 16; with counts 0 and 4 in turn phi is sum((y - 2)^2 / 2) / (15 - 2) = 20/13 */
    Weeks weeks = weeks_of(2, 10, 6);
    Shift shift = find(&weeks, 0, 16, &plain);
    CHECK_INT(shift.row, 10);
    CHECK_NEAR(shift.score, 16, 1e-12);
    CHECK_NEAR(shift.phi, 1, 0);
    CHECK_NEAR(shift.ratio, 3, 1e-12);
    for (size_t at = 0; at < 10; at++)
        weeks.observed[at] = at % 2 ? 0 : 4;
    shift = find(&weeks, 0, 16, &plain);
    CHECK_INT(shift.row, 10);
    CHECK_NEAR(shift.phi, 20. / 13, 1e-12);
    CHECK_NEAR(shift.score, 16 * 13. / 20, 1e-12);
    /* the same over twice as many pupils from the break on is a smaller change: 20 over 10, 30 over 10; R: chisq.test(c(20, 30), p = c(1, 1) / 2)$statistic is 2 */
    weeks = weeks_of(2, 10, 6);
    for (size_t at = 10; at < N; at++)
        weeks.exposure[at] = 2;
    shift = find(&weeks, 0, 16, &(ShiftParams){.guard = 1, .before = 4, .after = 4, .year = 1000, .score = 1.9, .ratio = 1.5});
    CHECK_NEAR(shift.score, 2, 1e-12);
    CHECK_NEAR(shift.ratio, 1.5, 1e-12);
    CHECK_INT(find(&weeks, 0, 16, &plain).row, 0);
}

TEST("what is younger than the guard and the periods after a break is not looked at")
{
    const ShiftParams params = {.guard = 8, .before = 40, .after = 12, .year = 52, .score = 10, .ratio = 1.5};
    Weeks weeks = weeks_of(2, 100, 5);
    size_t k = 100;

    while (k < N && find(&weeks, 0, k, &params).row == 0)
        k++;
    CHECK_INT(k, 120); /* twelve periods at the new level, and eight more */
    CHECK_INT(find(&weeks, 0, k, &params).row, 100);
    CHECK_INT(find(&weeks, 0, N, &params).row, 100);
    /* nothing of the guard, nor of k and later, changes the split or its score */
    Shift before = find(&weeks, 0, 150, &params);
    for (size_t at = 150; at < N; at++)
        weeks.observed[at] = 1000;
    CHECK_NEAR(find(&weeks, 0, 150, &params).score, before.score, 0);
    CHECK_NEAR(find(&weeks, 0, 150, &params).ratio, before.ratio, 0);
    /* nor anything before `since`: the earliest split that has forty weeks before it */
    CHECK_INT(find(&weeks, 70, 150, &params).row, 110);
}

TEST("an outbreak that is over is no break, however large")
{
    const ShiftParams params = {.guard = 8, .before = 40, .after = 12, .year = 52, .score = 10, .ratio = 1.5};
    Weeks weeks = weeks_of(2, N, 2);

    for (size_t at = 100; at < 114; at++) /* a term */
        weeks.observed[at] = 10;
    bool any = false;
    for (size_t k = 101; k <= N; k++)
        any = any || find(&weeks, 0, k, &params).row;
    CHECK(!any);
}

TEST("a season that comes back every year is no break, the same without a year before it is")
{
    const ShiftParams params = {.guard = 8, .before = 52, .after = 12, .year = 52, .score = 10, .ratio = 1.5};
    Weeks weeks;

    for (size_t at = 0; at < N; at++) {
        weeks.observed[at] = at % 52 < 26 ? 2 : 5;
        weeks.exposure[at] = 1;
    }
    CHECK_INT(find(&weeks, 0, 156 + 52 - 8, &params).row, 0);
    for (size_t k = 104; k <= N; k++)
        CHECK_INT(find(&weeks, 0, k, &params).row, 0);
    ShiftParams early = params;
    early.before = 20;
    CHECK_INT(find(&weeks, 0, 48, &early).row, 26);
}

TEST("of two breaks the last one counts, a fall is one too, silence and a handful are none")
{
    Weeks weeks = weeks_of(2, 60, 6);
    for (size_t at = 120; at < N; at++)
        weeks.observed[at] = 3;
    Shift shift = find(&weeks, 0, N, &plain);
    CHECK_INT(shift.row, 120);
    CHECK_NEAR(shift.ratio, .5, 1e-12);
    weeks = weeks_of(6, 100, 1.2);
    CHECK_INT(find(&weeks, 0, N, &plain).row, 0);
    weeks = weeks_of(0, 100, 6);
    CHECK_INT(find(&weeks, 0, N, &plain).row, 0);
    weeks = weeks_of(.02, 190, .9); /* 9 incidents in ten weeks */
    CHECK_INT(find(&weeks, 0, N, &plain).row, 0);
    weeks = weeks_of(.02, 180, .9);
    CHECK_INT(find(&weeks, 0, N, &plain).row, 180);
}

TEST("closed weeks and missing reports are nothing")
{
    Weeks weeks = weeks_of(2, 10, 6), holes;
    size_t at = 0;

    for (size_t row = 0; row < N; row++) {
        bool closed = row % 3 == 1, missing = row % 3 == 2;
        holes.exposure[row] = closed ? 0 : 1;
        holes.observed[row] = closed ? 50 : missing ? (double) NAN : weeks.observed[at++];
    }
    Shift shift = find(&holes, 0, 46, &plain);
    CHECK_INT(shift.row, 30);
    CHECK_NEAR(shift.score, 16, 1e-12);
}
