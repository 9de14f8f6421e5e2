#include "analyze/xmr.h"

#include <string.h>

#include "tests/harness/test.h"

/* NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flow rates of ten batches: mean 50.81, mean moving range 1.8778. The
   handbook divides 3 by 1.128 and gets 45.8159 and 55.8041; 2.66 is that quotient rounded. */
static const double flow[] = {49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};

static XmrLimits limits(const double *x, size_t n)
{
    XmrLimits out;
    Err err = {0};

    if (!xmr_limits(x, n, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the limits of the handbook")
{
    XmrLimits got = limits(flow, 10);

    CHECK_INT(got.n, 10);
    CHECK_NEAR(got.centre, 50.81, 1e-14);
    CHECK_NEAR(got.mr_mean, 16.9 / 9, 1e-13); /* 1.8778 */
    CHECK_NEAR(got.low, 45.8159, 2e-5);
    CHECK_NEAR(got.high, 55.8041, 2e-5);
    CHECK_NEAR(got.high, 50.81 + 2.66 * 16.9 / 9, 1e-14);
    CHECK_NEAR(got.mr_high, 3.267 * 16.9 / 9, 1e-13);
}

TEST("no moving range leads across a missing report")
{
    const double x[] = {1, 2, NAN, 9, 10}, alone[] = {1, NAN, 2};
    XmrLimits got = limits(x, 5);
    Err err = {0};

    CHECK_INT(got.n, 4);
    CHECK_NEAR(got.centre, 5.5, 0);
    CHECK_NEAR(got.mr_mean, 1, 0);
    CHECK(!xmr_limits(alone, 3, &got, &err));
    CHECK_TEXT(err.text, "cannot make an XmR chart: the baseline needs at least two values in a row");
    CHECK_INT(err.kind, ERR_STAT);
}

TEST("limits move with scale and shift, and all equal gives limits on the line")
{
    double moved[10];
    const double equal[] = {4, 4, 4};
    XmrLimits got = limits(flow, 10), other;

    for (int at = 0; at < 10; at++)
        moved[at] = 3 * flow[at] - 7;
    other = limits(moved, 10);
    CHECK_NEAR(other.low, 3 * got.low - 7, 1e-13);
    CHECK_NEAR(other.high, 3 * got.high - 7, 1e-13);
    other = limits(equal, 3);
    CHECK(other.low == 4 && other.high == 4);
}

TEST("too little or infinite is refused")
{
    const double endless[] = {1, INFINITY}, large[] = {1e308, -1e308, 1e308};
    XmrLimits got;
    Err err = {0};

    CHECK(!xmr_limits(flow, 0, &got, &err) && !xmr_limits(flow, 1, &got, &err));
    CHECK(isnan(got.centre));
    CHECK(!xmr_limits(endless, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot make an XmR chart: row 2 is infinite");
    CHECK(!xmr_limits(large, 3, &got, &err));
    CHECK_TEXT(err.text, "cannot make an XmR chart: the limits are not finite");
}

/* centre 0, sigma 1 */
static const XmrLimits unit = {.n = 2, .low = -3, .high = 3};

static const XmrRule *rule_find(const char *set, int number)
{
    size_t n;
    const XmrRule *rule = xmr_rules(&n);

    for (size_t at = 0; at < n; at++)
        if (strcmp(rule[at].set, set) == 0 && rule[at].number == number)
            return &rule[at];
    test_fail(__FILE__, __LINE__, "no rule %s %d", set, number);
    return rule;
}

/* The flags as a text of 0 and 1. */
static void check_flags(const char *set, int number, const double *x, size_t n, const char *want)
{
    bool flag[40];
    char got[41] = "";

    xmr_rule_apply(x, n, &unit, rule_find(set, number), flag);
    for (size_t at = 0; at < n; at++)
        got[at] = flag[at] ? '1' : '0';
    CHECK_TEXT(got, want);
}

TEST("twelve rules, every one with its version")
{
    size_t n;
    const XmrRule *rule = xmr_rules(&n);

    CHECK_INT(n, 12);
    for (size_t at = 0; at < n; at++)
        CHECK(strlen(rule[at].set) > 0 && strlen(rule[at].version) == 4 && rule[at].number >= 1);
}

TEST("one point beyond three sigma, and a point on the line is not beyond it")
{
    const double x[] = {3, 3.1, -3.1, 0, NAN, 4};

    check_flags("western-electric", 1, x, 6, "011001");
    check_flags("nelson", 1, x, 6, "011001");
}

TEST("two of three beyond two sigma on one side")
{
    const double x[] = {2.5, 2.5, 0, 2.5, -2.5, 2.5, -2.5, 0, NAN, -2.5, NAN, -2.5, 0, -2.5};

    check_flags("western-electric", 2, x, 14, "01010110000001");
    check_flags("nelson", 5, x, 14, "01010110000001");
}

TEST("four of five beyond one sigma on one side")
{
    const double x[] = {1.5, 1.5, 0, 1.5, 1.5, 0, 0, -1.5, -1.5, -1.5, -1.5};

    check_flags("western-electric", 3, x, 11, "00001000001");
    check_flags("nelson", 6, x, 11, "00001000001");
}

TEST("runs on one side: eight in Western Electric, nine in Nelson; a point on the centre ends them")
{
    const double x[] = {.1, .1, .1, .1, .1, .1, .1, .1, .1, 0, .1, .1, .1, .1, .1, .1, .1, .1};

    check_flags("western-electric", 4, x, 18, "000000011000000001");
    check_flags("nelson", 2, x, 18, "000000001000000000");
}

TEST("six rising or falling; a tie ends a trend")
{
    const double up[] = {1, 2, 3, 4, 5, 6, 7, 7, 8}, down[] = {6, 5, 4, 3, 2, 1, 2};

    check_flags("nelson", 3, up, 9, "000001100");
    check_flags("nelson", 3, down, 7, "0000010");
}

TEST("fourteen up and down in turn")
{
    const double x[] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0};

    check_flags("nelson", 4, x, 16, "0000000000000110");
}

TEST("fifteen within one sigma, eight outside")
{
    double calm[16], wild[9];

    for (int at = 0; at < 16; at++)
        calm[at] = at % 2 ? .5 : -.5;
    for (int at = 0; at < 9; at++)
        wild[at] = at % 2 ? 1.5 : -1.5;
    check_flags("nelson", 7, calm, 16, "0000000000000011");
    calm[7] = 1;
    check_flags("nelson", 7, calm, 16, "0000000000000000");
    check_flags("nelson", 8, wild, 9, "000000011");
    check_flags("nelson", 8, wild, 0, "");
}
