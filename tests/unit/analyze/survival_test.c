#include "analyze/survival.h"

#include "tests/harness/test.h"

static Survival curve(Arena *arena, const double *time, const double *event, size_t n)
{
    Survival out;
    Err err = {0};

    if (!survival_kaplan_meier(arena, time, event, n, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the curve of Freireich's patients agrees with survfit")
{
    /* survfit(Surv(t, e) ~ 1, conf.type="log-log"); quantile(s, .5). 6-MP arm: Kaplan-Meier in every textbook, .857 .807 .753 .690 .627 .538 .448, median 23 */
    const double time[] = {6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
    const double event[] = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    const double survival[] = {0.8571428571428571, 0.80672268907563016, 0.80672268907563016, 0.75294117647058811, 0.75294117647058811, 0.69019607843137243,
                               0.62745098039215674, 0.62745098039215674, 0.62745098039215674, 0.62745098039215674, 0.53781512605042003, 0.44817927170868338};
    const double se[] = {0.076360354832121252, 0.086935285180057192, 0.086935285180057192, 0.096349652994320495};
    ARENA_AUTO arena = arena_new();
    Survival got = curve(arena, time, event, 21);

    CHECK_INT(got.n, 21);
    CHECK_INT(got.events, 9);
    CHECK_INT(got.steps, 16);
    for (int at = 0; at < 12; at++)
        CHECK_NEAR(got.step[at].survival, survival[at], 1e-14);
    for (int at = 0; at < 4; at++)
        CHECK_NEAR(got.step[at].se, se[at], 1e-14);
    CHECK_NEAR(got.step[0].low, 0.61971795526598394, 1e-13);
    CHECK_NEAR(got.step[0].high, 0.95155174764699701, 1e-13);
    CHECK_NEAR(got.step[15].low, 0.18805200595923241, 1e-12);
    CHECK_NEAR(got.step[15].high, 0.68014262849524132, 1e-13);
    CHECK_NEAR(got.step[0].at_risk, 21, 0);
    CHECK_NEAR(got.step[0].censored, 1, 0);
    CHECK_NEAR(got.median, 23, 0);
    CHECK_NEAR(got.low, 13, 0);
    CHECK(isnan(got.high));
}

TEST("a curve that stands at a half has its median in the middle of the stretch")
{
    ARENA_AUTO arena = arena_new();
    const double time[] = {1, 2, 3, 4}, all[] = {1, 1, 1, 1}, third[] = {1, 1, 0, 1}, late[] = {1, 1, 0, 0};
    Survival got = curve(arena, time, all, 4);

    CHECK_NEAR(got.median, 2.5, 0);
    CHECK_NEAR(got.low, 1, 0);
    CHECK(isnan(got.high)); /* R: 2.5, 1, NA */
    CHECK(got.step[3].survival == 0 && isnan(got.step[3].low) && isnan(got.step[3].se));
    CHECK_NEAR(got.step[2].low, 0.0089478244166031722, 1e-12);
    got = curve(arena, time, third, 4);
    CHECK_NEAR(got.median, 3, 0); /* R: 3, 1, NA */
    got = curve(arena, time, late, 4);
    CHECK_NEAR(got.median, 3, 0); /* R: 3 */
}

TEST("nobody yet, everybody at once, one person, and missing times")
{
    ARENA_AUTO arena = arena_new();
    const double time[] = {2, 2, 5, NAN}, none[] = {0, 0, 0, 1}, five = 5, yes = 1;
    Survival got = curve(arena, time, none, 4);

    CHECK_INT(got.n, 3);
    CHECK_INT(got.steps, 2);
    CHECK(got.step[1].survival == 1 && got.step[1].se == 0 && got.step[1].low == 1 && isnan(got.median));
    got = curve(arena, &five, &yes, 1);
    CHECK(got.median == 5 && isnan(got.low) && isnan(got.high)); /* R: 5, NA, NA */
    CHECK(got.step[0].survival == 0);
}

TEST("order does not matter, and time scales")
{
    ARENA_AUTO arena = arena_new();
    const double time[] = {1, 1, 2, 2, 8, 8, 8, 8, 9, 9}, event[] = {1, 1, 1, 1, 1, 0, 1, 0, 1, 0};
    double back_time[10], back_event[10];

    for (int at = 0; at < 10; at++) {
        back_time[at] = 7 * time[9 - at];
        back_event[at] = event[9 - at];
    }
    Survival got = curve(arena, time, event, 10), back = curve(arena, back_time, back_event, 10);
    CHECK_NEAR(got.step[2].survival, .4, 1e-14); /* R: .8 .6 .4 .2, median 8, lower 1 */
    CHECK_NEAR(got.step[3].survival, .2, 1e-14);
    CHECK_NEAR(got.median, 8, 0);
    CHECK_NEAR(got.low, 1, 0);
    CHECK_INT(back.steps, got.steps);
    CHECK_NEAR(back.median, 56, 0);
    for (size_t at = 0; at < got.steps; at++)
        CHECK_NEAR(back.step[at].survival, got.step[at].survival, 0);
    back_time[0] = 1e9; /* the outlier has no weight beyond its rank */
    CHECK_NEAR(curve(arena, back_time, back_event, 10).median, 56, 0);
}

TEST("what makes no sense is refused")
{
    ARENA_AUTO arena = arena_new();
    const double time[] = {1, -1}, fine[] = {1, 1}, half[] = {1, .5}, none[] = {NAN, NAN}, endless[] = {1, INFINITY};
    const char *row = "cannot draw a Kaplan-Meier curve: row 2 needs a time from 0 up and an event that is 0 or 1";
    Survival got;
    Err err = {0};

    CHECK(!survival_kaplan_meier(arena, time, fine, 2, &got, &err));
    CHECK_TEXT(err.text, row);
    CHECK(!survival_kaplan_meier(arena, fine, half, 2, &got, &err));
    CHECK_TEXT(err.text, row);
    CHECK(!survival_kaplan_meier(arena, fine, none, 2, &got, &err));
    CHECK(!survival_kaplan_meier(arena, endless, fine, 2, &got, &err));
    CHECK(!survival_kaplan_meier(arena, none, fine, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot draw a Kaplan-Meier curve: there is no time");
    CHECK(!survival_kaplan_meier(arena, fine, fine, 0, &got, &err));
    CHECK_INT(err.kind, ERR_STAT);
}
