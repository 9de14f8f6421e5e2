#include "analyze/gaps.h"

#include "tests/harness/test.h"

static const double gap[] = {12, 30, 5, 44, 21, 9, 60, 17}; /* days */

static GapsLimits limits(const double *t, size_t n, GapsMethod method, double alpha)
{
    GapsLimits out;
    Err err = {0};

    if (!gaps_limits(t, n, method, alpha, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("Nelson's t chart")
{
    /* z <- g^(1/3.6); mr <- mean(abs(diff(z))); c(mean(z)^3.6, (mean(z)+2.66*mr)^3.6); mean(z)-2.66*mr is negative here */
    GapsLimits got = limits(gap, 8, GAPS_NELSON, .0027);

    CHECK_NEAR(got.mean, 24.75, 1e-15);
    CHECK_NEAR(got.low, 0, 0);
    CHECK_NEAR(got.centre, 20.358739340096268, 1e-13);
    CHECK_NEAR(got.high, 248.67409737020452, 1e-13);
    const double steady[] = {30, 31, 30, 32};
    got = limits(steady, 4, GAPS_NELSON, .0027);
    CHECK(got.low > 26 && got.low < 30 && got.high > 32);
}

TEST("probability limits of exponential and geometric gaps")
{
    GapsLimits got = limits(gap, 8, GAPS_EXPONENTIAL, .0027);

    CHECK_NEAR(got.low, 0.033435073756167784, 1e-13); /* qexp(c(.00135, .5, .99865), 1/mean(g)) */
    CHECK_NEAR(got.centre, 17.155392718858643, 1e-14);
    CHECK_NEAR(got.high, 163.53935449166269, 1e-13);
    got = limits(gap, 8, GAPS_GEOMETRIC, .0027);
    CHECK_NEAR(got.low, 0, 0); /* qgeom(c(.00135, .5, .99865), 1/(mean(g)+1)) */
    CHECK_NEAR(got.centre, 17, 0);
    CHECK_NEAR(got.high, 166, 0);
    const double one[] = {0, 2};
    got = limits(one, 2, GAPS_GEOMETRIC, .5); /* qgeom(c(.25, .5, .75), .5): on the edge of a whole number */
    CHECK_NEAR(got.low, 0, 0);
    CHECK_NEAR(got.centre, 0, 0);
    CHECK_NEAR(got.high, 1, 0);
}

TEST("several short gaps together")
{
    double p;
    Err err = {0};
    const double quick[] = {12, 30, 5, 44, 21, 9, 60, 17, 2, 1};

    CHECK(gaps_short(gap, 6, 2, &p, &err));
    CHECK_NEAR(p, 0.82637997052667489, 1e-12); /* pf(mean(g[7:8])/mean(g[1:6]), 4, 12) */
    CHECK(gaps_short(quick, 8, 2, &p, &err));
    CHECK_NEAR(p, 0.0074794136990655727, 1e-12); /* pf(1.5/mean(g), 4, 16) */
}

TEST("limits scale with the unit, and do not depend on the order but for the moving range")
{
    const double hours[] = {288, 720, 120, 1056, 504, 216, 1440, 408}, sorted[] = {5, 9, 12, 17, 21, 30, 44, 60};
    double p_days, p_hours;
    Err err = {0};

    for (GapsMethod method = GAPS_NELSON; method <= GAPS_EXPONENTIAL; method++) {
        CHECK_NEAR(limits(hours, 8, method, .01).high, 24 * limits(gap, 8, method, .01).high, 1e-12);
        CHECK_NEAR(limits(hours, 8, method, .01).centre, 24 * limits(gap, 8, method, .01).centre, 1e-12);
    }
    CHECK_NEAR(limits(sorted, 8, GAPS_EXPONENTIAL, .01).high, limits(gap, 8, GAPS_EXPONENTIAL, .01).high, 1e-14);
    CHECK_NEAR(limits(sorted, 8, GAPS_NELSON, .01).centre, limits(gap, 8, GAPS_NELSON, .01).centre, 1e-14);
    CHECK(gaps_short(gap, 5, 3, &p_days, &err) && gaps_short(hours, 5, 3, &p_hours, &err));
    CHECK_NEAR(p_days, p_hours, 1e-13);
}

TEST("all equal, one outlier")
{
    const double equal[] = {7, 7, 7}, outlier[] = {7, 7, 7e8};
    GapsLimits got = limits(equal, 3, GAPS_NELSON, .0027);

    CHECK_NEAR(got.low, 7, 1e-14);
    CHECK_NEAR(got.high, 7, 1e-14);
    got = limits(outlier, 3, GAPS_EXPONENTIAL, .0027);
    CHECK(isfinite(got.high) && got.low > 7);
}

static void check_refused(const double *t, size_t n, GapsMethod method, double alpha, const char *message)
{
    GapsLimits out;
    Err err = {0};

    CHECK(!gaps_limits(t, n, method, alpha, &out, &err));
    CHECK_INT(err.kind, ERR_STAT);
    CHECK_TEXT(err.text, message);
}

TEST("what makes no sense is refused")
{
    const double zero[] = {0, 0}, half[] = {1, .5}, down[] = {1, -1}, none[] = {1, NAN};
    const char *few = "cannot chart times between events: at least 2 times (3 events) are needed";
    double p;
    Err err = {0};

    check_refused(gap, 0, GAPS_NELSON, .01, few);
    check_refused(gap, 1, GAPS_NELSON, .01, few);
    check_refused(zero, 2, GAPS_EXPONENTIAL, .01, "cannot chart times between events: all events fall together");
    check_refused(half, 2, GAPS_GEOMETRIC, .01, "cannot chart times between events: row 2 is not a whole number from 0 up");
    check_refused(down, 2, GAPS_NELSON, .01, "cannot chart times between events: row 2 is not a number from 0 up");
    check_refused(none, 2, GAPS_EXPONENTIAL, .01, "cannot chart times between events: row 2 is not a number from 0 up");
    check_refused(gap, 8, GAPS_EXPONENTIAL, 1, "cannot chart times between events: alpha must lie between 0 and 1");
    CHECK(!gaps_short(gap, 0, 2, &p, &err));
    CHECK_TEXT(err.text, "cannot compare times between events: at least 1 is needed on both sides");
    CHECK(!gaps_short(gap, 2, 0, &p, &err));
    CHECK(!gaps_short(zero, 1, 1, &p, &err));
    CHECK_TEXT(err.text, "cannot compare times between events: all events before fall together");
    CHECK(!gaps_short(none, 1, 1, &p, &err));
}
