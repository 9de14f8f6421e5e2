#include "analyze/two.h"

#include "tests/harness/test.h"

static TwoShares shares(double x1, double n1, double x2, double n2)
{
    TwoShares out;
    Err err = {0};

    if (!two_shares(x1, n1, x2, n2, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

static void check_difference(TwoShares got, double value, double low, double high)
{
    CHECK_NEAR(got.difference.value, value, 1e-14);
    CHECK_NEAR(got.difference.low, low, 1e-13);
    CHECK_NEAR(got.difference.high, high, 1e-13);
}

TEST("the difference of two shares has Newcombe's interval")
{
    /* Newcombe 1998, table II, method 10, prints .0524 .3339; .1705 .8090; -.1611 .2775; .6075 1; -.0381 .1926. To 17 digits from
       a <- prop.test(x1,n1,correct=FALSE)$conf.int; b <- prop.test(x2,n2,correct=FALSE)$conf.int; d -+ sqrt((p1-a[1])^2+(b[2]-p2)^2) .. */
    check_difference(shares(56, 70, 48, 80), .2, 0.052431472402364926, 0.33387265403690586);
    check_difference(shares(9, 10, 3, 10), .6, 0.17052272393450307, 0.80901797353548799);
    check_difference(shares(0, 10, 0, 20), 0, -0.1611251580528193, 0.27753279986288915);
    check_difference(shares(10, 10, 0, 10), 1, 0.60750935043052434, 1);
    check_difference(shares(5, 56, 0, 29), 0.089285714285714288, -0.038137147903536853, 0.19256001385511157);
}

TEST("Fisher's test agrees with R, and the mid-p stands beside it")
{
    /* fisher.test(matrix(c(x1,n1-x1,x2,n2-x2),2))$p.value */
    CHECK_NEAR(shares(56, 70, 48, 80).p_fisher, 0.012521129749209175, 1e-11);
    CHECK_NEAR(shares(9, 10, 3, 10).p_fisher, 0.019766611097880426, 1e-12);
    CHECK_NEAR(shares(0, 10, 0, 20).p_fisher, 1, 0);
    CHECK_NEAR(shares(5, 56, 0, 29).p_fisher, 0.16062144320947105, 1e-12);
    CHECK_NEAR(shares(3, 10, 9, 12).p_fisher, 0.083557309563501464, 1e-12);
    CHECK_NEAR(shares(40, 1000, 70, 1100).p_fisher, 0.018259286528500483, 1e-10);
    CHECK_NEAR(shares(3, 10, 9, 12).p_mid, share_compare_p(3, 10, 9, 12), 0);
}

TEST("two shares the other way round give the other sign and the same p, and one in two small groups is fine")
{
    for (double x1 = 0; x1 <= 7; x1++)
        for (double x2 = 0; x2 <= 9; x2++) {
            TwoShares got = shares(x1, 7, x2, 9), back = shares(x2, 9, x1, 7);
            CHECK_NEAR(back.difference.low, -got.difference.high, 1e-13);
            CHECK_NEAR(back.p_fisher, got.p_fisher, 1e-12);
            CHECK(got.difference.low <= got.difference.value && got.difference.value <= got.difference.high && got.p_fisher <= 1);
            CHECK(got.difference.low >= -1 && got.difference.high <= 1);
        }
    CHECK(shares(1, 1, 0, 1).p_fisher == 1 && shares(1, 2, 1, 2).difference.value == 0);
    CHECK(shares(0, 100000, 100000, 100000).p_fisher == 0); /* below the smallest double */
}

static TwoRates rates(double x1, double e1, double x2, double e2)
{
    TwoRates out;
    Err err = {0};

    if (!two_rates(x1, e1, x2, e2, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the ratio of two rates agrees with R's conditional exact test")
{
    /* poisson.test(c(x1,x2), c(e1,e2)) */
    TwoRates got = rates(11, 800, 23, 3011);
    CHECK_NEAR(got.ratio.value, 1.8000543478260871, 1e-14);
    CHECK_NEAR(got.ratio.low, 0.79220508583300653, 1e-12);
    CHECK_NEAR(got.ratio.high, 3.8438627403949517, 1e-12);
    CHECK_NEAR(got.p_exact, 0.13663444706428246, 1e-12);
    got = rates(0, 10, 5, 20);
    CHECK_NEAR(got.ratio.low, 0, 0);
    CHECK_NEAR(got.ratio.high, 2.1825582103650918, 1e-12);
    CHECK_NEAR(got.p_exact, 0.17695473251028812, 1e-12);
    got = rates(7, 3, 0, 2);
    CHECK(isinf(got.ratio.value) && isinf(got.ratio.high));
    CHECK_NEAR(got.ratio.low, 0.96087234589015935, 1e-12);
    CHECK_NEAR(got.p_exact, 0.0468352, 1e-12);
    got = rates(200, 10, 150, 10);
    CHECK_NEAR(got.p_exact, 0.0087200365305559521, 1e-11);
    CHECK_NEAR(got.p, rate_compare_p(200, 10, 150, 10), 0);
}

TEST("two rates the other way round give one over the ratio, whatever the unit of exposure")
{
    for (double x1 = 1; x1 < 9; x1++)
        for (double x2 = 1; x2 < 9; x2++) {
            TwoRates got = rates(x1, 3, x2, 7), back = rates(x2, 700, x1, 300);
            CHECK_NEAR(back.ratio.low * got.ratio.high, 1, 1e-12);
            CHECK_NEAR(back.p_exact, got.p_exact, 1e-12);
        }
}

#define CHECK_REFUSED(function, out_type, a, b, c, d, message)                                                         \
    do {                                                                                                               \
        out_type out;                                                                                                  \
        Err err = {0};                                                                                                 \
        CHECK(!function(a, b, c, d, &out, &err));                                                                      \
        CHECK_INT(err.kind, ERR_STAT);                                                                                 \
        CHECK_TEXT(err.text, message);                                                                                 \
    } while (0)

TEST("what cannot be compared is refused")
{
    const char *whole = "cannot compare two shares: the parts and the wholes must be whole numbers from 0 up";
    const char *events = "cannot compare two rates: events must be whole numbers from 0 up";

    CHECK_REFUSED(two_shares, TwoShares, .5, 2, 1, 2, whole);
    CHECK_REFUSED(two_shares, TwoShares, 1, NAN, 1, 2, whole);
    CHECK_REFUSED(two_shares, TwoShares, 0, 0, 1, 2, "cannot compute a share: there must be at least 1 answer");
    CHECK_REFUSED(two_shares, TwoShares, 1, 2, 3, 2, "cannot compute a share: the part must lie between 0 and the whole");
    CHECK_REFUSED(two_rates, TwoRates, -1, 2, 3, 2, events);
    CHECK_REFUSED(two_rates, TwoRates, 1, 2, NAN, 2, events);
    CHECK_REFUSED(two_rates, TwoRates, 1, 0, 1, 2, "cannot compare two rates: exposures must be above 0");
    CHECK_REFUSED(two_rates, TwoRates, 1, 1, 1, INFINITY, "cannot compare two rates: exposures must be above 0");
    CHECK_REFUSED(two_rates, TwoRates, 0, 1, 0, 2, "cannot compare two rates: there is no event on either side");
}
