#include "analyze/season.h"

#include "tests/harness/test.h"

TEST("a profile over the months, with its intervals")
{
    /* three parts of a year, two years; rates 3/10, 9/30 and 12/10, all 24/50. poisson.test(12, 10)$conf.int / .48 */
    const int slot[] = {0, 1, 2, 0, 1, 2};
    const double count[] = {1, 4, 7, 2, 5, 5}, open[] = {5, 15, 5, 5, 15, 5};
    SeasonSlot out[4];
    Err err = {0};

    CHECK(season_profile(slot, count, open, 6, 4, out, &err));
    CHECK_NEAR(out[0].rate, .3, 1e-15);
    CHECK_NEAR(out[0].index, .625, 1e-15);
    CHECK_NEAR(out[2].index, 2.5, 1e-15);
    CHECK_NEAR(out[2].low, 1.2917864809837953, 1e-12);
    CHECK_NEAR(out[2].high, 4.3669968850368655, 1e-12);
    CHECK(isnan(out[3].rate) && out[3].count == 0);
}

TEST("months without report or closed are left out, and the unit of exposure does not matter")
{
    const int slot[] = {0, 1, 0, 1, 1};
    const double count[] = {1, 4, NAN, 9, 9}, open[] = {5, 15, 5, 0, NAN}, large[] = {500, 1500, 500, 0, NAN};
    SeasonSlot out[2], other[2];
    Err err = {0};

    CHECK(season_profile(slot, count, open, 5, 2, out, &err) && season_profile(slot, count, large, 5, 2, other, &err));
    CHECK(out[0].count == 1 && out[0].exposure == 5 && out[1].count == 4);
    CHECK_NEAR(other[1].index, out[1].index, 1e-14);
    CHECK(season_profile(slot, count, NULL, 5, 2, out, &err));
    CHECK(out[1].count == 22 && out[1].exposure == 3 && out[0].exposure == 1);
}

static void check_profile_refused(int slot, double count, double open, const char *message)
{
    SeasonSlot out[12];
    Err err = {0};

    CHECK(!season_profile(&slot, &count, &open, 1, 12, out, &err));
    CHECK_INT(err.kind, ERR_STAT);
    CHECK_TEXT(err.text, message);
}

TEST("a profile is refused where it makes no sense")
{
    check_profile_refused(12, 1, 1, "cannot make a profile: row 1 lies in none of the 12 parts of the year");
    check_profile_refused(-1, 1, 1, "cannot make a profile: row 1 lies in none of the 12 parts of the year");
    check_profile_refused(0, .5, 1, "cannot make a profile: the count of row 1 is not a whole number from 0 up");
    check_profile_refused(0, 1, -1, "cannot make a profile: the exposure of row 1 is negative or infinite");
    check_profile_refused(0, 0, 1, "cannot make a profile: there is no event");
    check_profile_refused(0, NAN, 1, "cannot make a profile: there is no event");
}

TEST("a table of hour and weekday against independence agrees with R")
{
    /* t <- chisq.test(matrix(c(3,5,0,2,8,1,4,4,9,1,0,6), 3, byrow=TRUE), correct=FALSE) */
    const double count[] = {3, 5, 0, 2, 8, 1, 4, 4, 9, 1, 0, 6};
    const double expected[] = {4.6511627906976747, 1.6279069767441861, 0.93023255813953487, 2.7906976744186047};
    const double residual[] = {0.57117025930652154, -0.99427347053980542, -1.2199885626608373, 0.72637199771863969};
    double got_expected[12], got_residual[12];
    SeasonTable got;
    Err err = {0};

    CHECK(season_table(count, 3, 4, got_expected, got_residual, &got, &err));
    CHECK_NEAR(got.chi2, 17.001938025210084, 1e-13);
    CHECK_NEAR(got.df, 6, 0);
    CHECK_NEAR(got.pvalue, 0.0092761244460793143, 1e-11);
    for (int at = 0; at < 4; at++) {
        CHECK_NEAR(got_expected[at], expected[at], 1e-14);
        CHECK_NEAR(got_residual[8 + at], residual[at], 1e-12);
    }
}

TEST("rows and columns without anything count for nothing; one row tests nothing")
{
    const double count[] = {3, 0, 5, 0, 0, 0, 8, 0, 1}, row[] = {3, 4}, none[] = {0, 0}, half[] = {.5, 1};
    double expected[9], residual[9];
    SeasonTable got;
    Err err = {0};

    CHECK(season_table(count, 3, 3, expected, residual, &got, &err));
    CHECK(got.df == 1 && residual[4] == 0 && expected[4] == 0 && isfinite(got.pvalue));
    CHECK(season_table(row, 1, 2, expected, residual, &got, &err));
    CHECK(isnan(got.pvalue) && got.total == 7 && residual[0] == 0);
    CHECK(!season_table(none, 1, 2, expected, residual, &got, &err));
    CHECK_TEXT(err.text, "cannot make a table: there is no event");
    CHECK(!season_table(half, 1, 2, expected, residual, &got, &err));
    CHECK_TEXT(err.text, "cannot make a table: a count is not a whole number from 0 up");
}

TEST("the share of the most involved, counted by hand")
{
    double count[40] = {0}, equal[20], mixed[40];
    Concentration got;
    Err err = {0};

    count[7] = 10; /* 5 % of 40 are two: 10 and 6 of 20 */
    count[3] = 6;
    count[21] = 4;
    CHECK(season_concentration(count, 40, .05, &got, &err));
    CHECK_NEAR(got.share, .8, 1e-15);
    CHECK_NEAR(got.most, 2, 1e-15);
    CHECK_NEAR(got.total, 20, 0);
    CHECK(season_concentration(count, 30, .05, &got, &err)); /* one and a half: 10 and half of 6 */
    CHECK_NEAR(got.share, .65, 1e-15);
    CHECK_NEAR(got.gini, (2 * (30 * 10 + 29 * 6 + 28 * 4) / (30. * 20)) - 31. / 30, 1e-14);
    for (int at = 0; at < 20; at++)
        equal[at] = 3;
    CHECK(season_concentration(equal, 20, .05, &got, &err));
    CHECK_NEAR(got.share, .05, 1e-15);
    CHECK(fabs(got.gini) < 1e-15);
    for (int at = 0; at < 40; at++)
        mixed[at] = 7 * count[39 - at];
    CHECK(season_concentration(mixed, 40, .05, &got, &err));
    CHECK_NEAR(got.share, .8, 1e-15);
    const double one = 4, two[] = {0, 4};
    CHECK(season_concentration(&one, 1, .05, &got, &err) && fabs(got.share - .05) < 1e-15 && got.gini == 0);
    CHECK(season_concentration(two, 2, .5, &got, &err) && got.share == 1 && got.gini == .5);
}

TEST("a concentration is refused where it makes no sense")
{
    const double zero[] = {0, 0}, down[] = {1, -1}, lost[] = {1, NAN};
    const char *bounds = "cannot compute a concentration: there must be persons, and a share of them between 0 and 1";
    Concentration got;
    Err err = {0};

    CHECK(!season_concentration(zero, 0, .05, &got, &err));
    CHECK_TEXT(err.text, bounds);
    CHECK(!season_concentration(zero, 2, 0, &got, &err));
    CHECK_TEXT(err.text, bounds);
    CHECK(!season_concentration(zero, 2, .05, &got, &err));
    CHECK_TEXT(err.text, "cannot compute a concentration: there is no involvement");
    CHECK(!season_concentration(down, 2, .05, &got, &err));
    CHECK_TEXT(err.text, "cannot compute a concentration: row 2 is not a number from 0 up");
    CHECK(!season_concentration(lost, 2, .05, &got, &err));
}
