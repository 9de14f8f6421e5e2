#include "analyze/funnel.h"

#include "tests/harness/test.h"

enum { N = 10 };
static const double observed[N] = {12, 30, 5, 44, 21, 9, 60, 17, 3, 25}, expected[N] = {15, 22, 8, 30, 25, 10, 33, 20, 6, 24};

static Funnel run(const double *o, const double *e, size_t n, double winsor, bool adjust, FunnelPoint *point)
{
    Funnel out;
    Err err = {0};

    if (!funnel_run(o, e, n, winsor, adjust, point, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the funnel agrees with the formulas of Spiegelhalter in R")
{
    /* z <- 2*(sqrt(O)-sqrt(E)); q <- quantile(z, c(.1,.9)); zw <- pmin(pmax(z,q[1]),q[2]); phi <- mean(zw^2); w <- 4*E
       tau2 <- max(0, (10*phi-9)/(sum(w)-sum(w^2)/sum(w))); s <- sqrt(1/(4*E)+tau2); (sqrt(O/E)-1)/s; (1+qnorm(.975)*s[1])^2 .. */
    FunnelPoint point[N];
    Funnel got = run(observed, expected, N, .1, true, point);

    CHECK_INT(got.n, 10);
    CHECK_NEAR(got.phi, 1.8843990243824709, 1e-13);
    CHECK_NEAR(got.tau2, 0.01450297799281045, 1e-12);
    CHECK_NEAR(point[0].z_raw, -0.81776346213932527, 1e-14);
    CHECK_NEAR(point[6].z_raw, 4.0028080917536109, 1e-14);
    CHECK_NEAR(point[0].z, -0.59797930137164057, 1e-12);
    CHECK_NEAR(point[6].z, 2.3447184694677725, 1e-12);
    CHECK_NEAR(point[6].pvalue, 0.019041451387567142, 1e-11);
    CHECK_NEAR(point[0].high95, 1.8117973269421879, 1e-12);
    CHECK_NEAR(point[0].low95, 0.42767648588791168, 1e-12);
    CHECK_NEAR(point[0].high998, 2.3888121488240412, 1e-12);
    CHECK_NEAR(point[0].low998, 0.20649912041916604, 1e-12);
    CHECK_INT(got.beyond_raw95, 2);
    CHECK_INT(got.beyond_raw998, 1);
    CHECK_INT(got.beyond95, 1);
    CHECK_INT(got.beyond998, 0);
    CHECK_TEXT(funnel_flag_name(point[6].flag), "high95");
    CHECK_TEXT(funnel_flag_name(point[3].flag), "in");
}

TEST("without adjustment the limits are those of the counts alone")
{
    FunnelPoint point[N];
    Funnel got = run(observed, expected, N, .1, false, point);

    CHECK_NEAR(got.tau2, 0, 0);
    CHECK_NEAR(got.phi, 1.8843990243824709, 1e-13);
    for (int at = 0; at < N; at++)
        CHECK_NEAR(point[at].z, point[at].z_raw, 1e-12);
    CHECK_TEXT(funnel_flag_name(point[6].flag), "high998");
}

TEST("as many schools as differ by chance get no extra variance, and the flags follow the limits")
{
    const double o[] = {10, 11, 9, 30, 100}, e[] = {10, 10, 10, 10, 250};
    FunnelPoint point[5];
    Funnel got = run(o, e, 3, .1, true, point);

    CHECK_NEAR(got.tau2, 0, 0);
    run(o, e, 5, .1, false, point);
    CHECK_TEXT(funnel_flag_name(point[3].flag), "high998");
    CHECK_TEXT(funnel_flag_name(point[4].flag), "low998");
    for (int at = 0; at < 5; at++) {
        CHECK_INT(point[at].flag == FUNNEL_HIGH_998, point[at].ratio > point[at].high998);
        CHECK_INT(point[at].flag == FUNNEL_LOW_998, point[at].ratio < point[at].low998);
    }
    const double low[] = {12}, twenty[] = {20};
    run(low, twenty, 1, .1, true, point);
    CHECK_TEXT(funnel_flag_name(point[0].flag), "low95");
}

TEST("rows without report or expectation are left out, and the order of schools does not matter")
{
    double o[N + 2], e[N + 2];
    FunnelPoint point[N], mixed[N + 2];
    Funnel got = run(observed, expected, N, .1, true, point), other;

    for (int at = 0; at < N; at++) {
        o[at + 1] = observed[N - 1 - at];
        e[at + 1] = expected[N - 1 - at];
    }
    o[0] = NAN;
    e[0] = 5;
    o[N + 1] = 3;
    e[N + 1] = 0;
    other = run(o, e, N + 2, .1, true, mixed);
    CHECK_INT(other.n, N);
    CHECK_NEAR(other.tau2, got.tau2, 1e-13);
    CHECK(!mixed[0].used && isnan(mixed[0].z) && !mixed[N + 1].used);
    CHECK_NEAR(mixed[1].z, point[N - 1].z, 1e-13);
}

TEST("one school, all equal, an outlier")
{
    const double o[] = {5, 5, 5, 5000}, e[] = {5, 5, 5, 5};
    FunnelPoint point[4];
    Funnel got = run(o, e, 1, .1, true, point);

    CHECK(got.tau2 == 0 && point[0].z == 0 && point[0].pvalue == 1);
    got = run(o, e, 3, .1, true, point);
    CHECK(got.tau2 == 0 && got.phi == 0);
    got = run(o, e, 4, .1, true, point);
    CHECK(isfinite(got.tau2) && got.tau2 > 0 && point[3].z > 0);
    CHECK(point[0].low998 >= 0 && point[0].high998 > 1);
}

TEST("what makes no sense is refused")
{
    const double down[] = {1, -1}, fine[] = {1, 1}, lost[] = {NAN, NAN};
    FunnelPoint point[2];
    Funnel got;
    Err err = {0};

    CHECK(!funnel_run(down, fine, 2, .1, true, point, &got, &err));
    CHECK_TEXT(err.text, "cannot draw a funnel: row 2 holds a negative or infinite number");
    CHECK(!funnel_run(fine, down, 2, .1, true, point, &got, &err));
    CHECK(!funnel_run(lost, fine, 2, .1, true, point, &got, &err));
    CHECK_TEXT(err.text, "cannot draw a funnel: no row has a count and an expectation above 0");
    CHECK(!funnel_run(fine, fine, 0, .1, true, point, &got, &err));
    CHECK(!funnel_run(fine, fine, 2, .5, true, point, &got, &err));
    CHECK_TEXT(err.text, "cannot draw a funnel: the share to winsorise must be 0 or more and below a half");
    CHECK_INT(err.kind, ERR_STAT);
}
