#include "analyze/multiple.h"

#include "tests/harness/test.h"

enum { N = 8 };
static const double p[N] = {.01, .04, .03, NAN, .2, .001, .04, 1};

static void adjust(const double *from, size_t n, MultipleMethod method, double *out)
{
    Err err = {0};

    if (!multiple_adjust(from, n, method, out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
}

TEST("all methods agree with R's p.adjust")
{
    /* p.adjust(c(.01,.04,.03,NA,.2,.001,.04,1), method) */
    static const double want[MULTIPLE_METHODS][N] = {
        [MULTIPLE_BH] = {.035, .056, .056, NAN, 0.23333333333333336, .007, .056, 1},
        [MULTIPLE_BY] = {0.090750000000000011, 0.14520000000000002, 0.14520000000000002, NAN, 0.60500000000000009, 0.018150000000000003, 0.14520000000000002, 1},
        [MULTIPLE_HOLM] = {.06, .16, .15, NAN, .4, .007, .16, 1},
        [MULTIPLE_HOCHBERG] = {.06, .12, .12, NAN, .4, .007, .12, 1},
        [MULTIPLE_BONFERRONI] = {.07, .28, .21, NAN, 1, .007, .28, 1}};

    for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++) {
        double got[N];
        adjust(p, N, method, got);
        for (int at = 0; at < N; at++)
            CHECK_NEAR(got[at], want[method][at], 1e-14);
    }
}

TEST("adjusted values never fall below their own, keep the order, and one test stays as it is")
{
    for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++) {
        double got[N], one;
        adjust(p, N, method, got);
        for (int at = 0; at < N; at++)
            for (int other = 0; other < N; other++) {
                CHECK(isnan(p[at]) || got[at] >= p[at]);
                CHECK(isnan(p[at]) || isnan(p[other]) || p[at] > p[other] || got[at] <= got[other]);
            }
        adjust(p, 1, method, &one);
        CHECK_NEAR(one, .01, 1e-15);
        adjust(p, 0, method, got);
        adjust(p + 3, 1, method, &one);
        CHECK(isnan(one));
    }
}

TEST("equal values, in place, and names")
{
    double equal[] = {.02, .02, .02}, two[] = {.5, .01};

    adjust(equal, 3, MULTIPLE_BH, equal);
    CHECK_NEAR(equal[0], .02, 1e-15);
    CHECK_NEAR(equal[2], .02, 1e-15);
    adjust(two, 2, MULTIPLE_HOLM, two);
    CHECK_NEAR(two[0], .5, 1e-15);
    CHECK_NEAR(two[1], .02, 1e-15);
    CHECK_TEXT(multiple_method_name(MULTIPLE_BY), "by");
}

TEST("what is no p-value is refused")
{
    const double wrong[] = {.5, 1.5}, below[] = {-.1};
    double out[2];
    Err err = {0};

    CHECK(!multiple_adjust(wrong, 2, MULTIPLE_BH, out, &err));
    CHECK_TEXT(err.text, "cannot adjust p-values: row 2 does not lie between 0 and 1");
    CHECK(!multiple_adjust(below, 1, MULTIPLE_BH, out, &err));
    CHECK_INT(err.kind, ERR_STAT);
}
