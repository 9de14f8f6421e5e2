#include "analyze/alpha.h"

#include "tests/harness/test.h"

enum { N = 8, K = 4 };
static const double score[N * K] = {4, 3, 5, 4, 2, 2, 3, 1, 5, 4, 4, 5, 3, 3, 2, 3, 4, 5, 5, 4, 1, 2, 1, 2, 3, 4, 3, 3, 5, 5, 4, 4};

static Alpha estimate(const double *m, size_t n, size_t k)
{
    Alpha out;
    Err err = {0};

    if (!alpha_estimate(m, n, k, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("alpha agrees with R, its interval with Feldt's")
{
    /* a <- psych::alpha(M); a$total$raw_alpha; a$alpha.drop$raw_alpha; a$item.stats$r.drop; 1-(1-al)*qf(c(.975,.025), 7, 21) */
    const double dropped[] = {0.85972850678733026, 0.91124999999999989, 0.92866756393001337, 0.89438502673796783};
    const double with_rest[] = {0.93261472361924402, 0.79056941504209477, 0.74169219211624726, 0.83864462568130915};
    Alpha got = estimate(score, N, K);

    CHECK_INT(got.n, 8);
    CHECK_NEAR(got.alpha, 0.92291666666666661, 1e-14);
    CHECK_NEAR(got.low, 0.771168078342926, 1e-12);
    CHECK_NEAR(got.high, 0.98268584932042513, 1e-13);
    for (int at = 0; at < K; at++) {
        CHECK_NEAR(got.dropped[at], dropped[at], 1e-13);
        CHECK_NEAR(got.with_rest[at], with_rest[at], 1e-13);
    }
}

TEST("alpha does not depend on the order of people or items, nor on scale and shift")
{
    double mixed[N * K];
    Alpha got = estimate(score, N, K), other;

    for (int row = 0; row < N; row++)
        for (int at = 0; at < K; at++)
            mixed[row * K + at] = 10 * score[(N - 1 - row) * K + K - 1 - at] - at;
    other = estimate(mixed, N, K);
    CHECK_NEAR(other.alpha, got.alpha, 1e-13);
    CHECK_NEAR(other.dropped[0], got.dropped[3], 1e-13);
}

TEST("who left an item open is left out")
{
    double open[(N + 1) * K];

    for (int at = 0; at < N * K; at++)
        open[at] = score[at];
    open[N * K] = NAN;
    open[N * K + 1] = open[N * K + 2] = open[N * K + 3] = 5;
    Alpha got = estimate(open, N + 1, K);
    CHECK_INT(got.n, N);
    CHECK_NEAR(got.alpha, 0.92291666666666661, 1e-14);
}

TEST("two items, an item without spread, items that exclude each other, an outlier")
{
    const double two[] = {1, 2, 2, 3, 3, 5}, flat[] = {1, 2, 3, 2, 3, 3, 3, 5, 3}, against[] = {1, 5, 2, 4, 3, 2, 4, 1}, wild[] = {1, 1, 2, 2, 3, 3, 1e6, 2};
    Alpha got = estimate(two, 3, 2);

    CHECK(isnan(got.dropped[0]) && got.alpha > 0);
    got = estimate(flat, 3, 3);
    CHECK(isnan(got.with_rest[2]) && isfinite(got.alpha));
    CHECK(estimate(against, 4, 2).alpha < 0);
    CHECK(fabs(estimate(wild, 4, 2).alpha) < 1e-3);
}

TEST("what cannot be computed is refused")
{
    const double equal[] = {3, 3, 3, 3, 3, 3}, endless[] = {1, 2, INFINITY, 4};
    Alpha got;
    Err err = {0};

    CHECK(!alpha_estimate(score, 8, 1, &got, &err));
    CHECK_TEXT(err.text, "cannot compute alpha: there must be 2 to 256 items");
    CHECK(!alpha_estimate(score, 0, 4, &got, &err));
    CHECK_TEXT(err.text, "cannot compute alpha: at least 2 respondents must have answered every item");
    CHECK(!alpha_estimate(score, 1, 4, &got, &err));
    CHECK(!alpha_estimate(equal, 3, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot compute alpha: the sums of all respondents are equal");
    CHECK(!alpha_estimate(endless, 2, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot compute alpha: row 2 holds an infinite value");
    CHECK_INT(err.kind, ERR_STAT);
}
