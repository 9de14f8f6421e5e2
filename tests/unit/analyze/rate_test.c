#include "analyze/rate.h"

#include "tests/harness/test.h"

/* Expected numbers: R 4.2.2, the command beside each. */

static void check_interval(int line, bool ok, const Estimate *got, double value, double low, double high)
{
    if (!ok)
        test_fail(__FILE__, line, "refused");
    test_check_near(__FILE__, line, got->value, value, 1e-12);
    test_check_near(__FILE__, line, got->low, low, 1e-11);
    test_check_near(__FILE__, line, got->high, high, 1e-11);
}
#define CHECK_INTERVAL(call, value, low, high)                                                                         \
    do {                                                                                                               \
        Estimate out = {0};                                                                                            \
        Err      err = {0};                                                                                            \
        bool     ok = call;                                                                                            \
        check_interval(__LINE__, ok, &out, value, low, high);                                                          \
    } while (0)
#define CHECK_REFUSED(call, message)                                                                                   \
    do {                                                                                                               \
        Estimate out = {0};                                                                                            \
        Err      err = {0};                                                                                            \
        CHECK(!(call));                                                                                                \
        CHECK_INT(err.kind, ERR_STAT);                                                                                 \
        CHECK_TEXT(err.text, message);                                                                                 \
    } while (0)

TEST("a rate has the exact Poisson interval")
{
    /* poisson.test(x, T)$conf.int */
    CHECK_INTERVAL(rate_poisson(0, 2, &out, &err), 0, 0, 1.8444397270569677);
    CHECK_INTERVAL(rate_poisson(1, 1, &out, &err), 1, 0.025317807984289897, 5.5716433909388989);
    CHECK_INTERVAL(rate_poisson(2, 1, &out, &err), 2, 0.24220927854396501, 7.2246876677239582);
    CHECK_INTERVAL(rate_poisson(17, 4.12, &out, &err), 17 / 4.12, 2.4036714732056526, 6.6064676737637411);
    CHECK_INTERVAL(rate_poisson(2316, 1, &out, &err), 2316, 2222.6277478886873, 2412.2868610916826);
    CHECK_INTERVAL(rate_poisson(123456, 1, &out, &err), 123456, 122768.28869851555, 124146.60839534459);
    CHECK_INTERVAL(rate_poisson(1e7, 1, &out, &err), 1e7, 9993802.9968842678, 10006199.897731498);
}

TEST("a rate scales with its exposure")
{
    Estimate one, ten;
    Err err;

    for (double events = 0; events < 200; events++) {
        CHECK(rate_poisson(events, 3, &one, &err) && rate_poisson(events, 30, &ten, &err));
        CHECK(one.low <= one.value && one.value <= one.high && one.low >= 0);
        CHECK_NEAR(one.low, ten.low * 10, 1e-14);
        CHECK_NEAR(one.high, ten.high * 10, 1e-14);
    }
}

TEST("a rate is refused without whole events or exposure")
{
    const char *events = "cannot compute a rate: events must be a whole number from 0 up";
    const char *exposure = "cannot compute a rate: exposure must be above 0";

    CHECK_REFUSED(rate_poisson(-1, 1, &out, &err), events);
    CHECK_REFUSED(rate_poisson(1.5, 1, &out, &err), events);
    CHECK_REFUSED(rate_poisson(NAN, 1, &out, &err), events);
    CHECK_REFUSED(rate_poisson(INFINITY, 1, &out, &err), events);
    CHECK_REFUSED(rate_poisson(1, 0, &out, &err), exposure);
    CHECK_REFUSED(rate_poisson(1, -2, &out, &err), exposure);
    CHECK_REFUSED(rate_poisson(1, NAN, &out, &err), exposure);
    CHECK_REFUSED(rate_poisson(1, INFINITY, &out, &err), exposure);
    CHECK_REFUSED(rate_poisson(1e10, 1e-305, &out, &err), "cannot compute a rate: the result is not finite");
}

TEST("a share has the Wilson score interval")
{
    /* prop.test(x, n, correct=FALSE)$conf.int */
    CHECK_INTERVAL(share_wilson(0, 1, &out, &err), 0, 0, 0.79345068562276255);
    CHECK_INTERVAL(share_wilson(1, 1, &out, &err), 1, 0.2065493143772375, 1);
    CHECK_INTERVAL(share_wilson(1, 2, &out, &err), .5, 0.094531205734230739, 0.905468794265769206);
    CHECK_INTERVAL(share_wilson(5, 10, &out, &err), .5, 0.23659309051256402, 0.76340690948743595);
    CHECK_INTERVAL(share_wilson(17, 412, &out, &err), 17. / 412, 0.025919219206931784, 0.065080506813678676);
    CHECK_INTERVAL(share_wilson(0, 50, &out, &err), 0, 0, 0.071347599133358683);
    CHECK_INTERVAL(share_wilson(399, 400, &out, &err), .9975, 0.98597671492417660, 0.99955855221319834);
    CHECK_INTERVAL(share_wilson(123456, 1e6, &out, &err), .123456, 0.12281269653142285, 0.12410219641400438);
}

TEST("a share has the exact interval, also where the beta quantile of GSL fails")
{
    /* binom.test(x, n)$conf.int */
    CHECK_INTERVAL(share_exact(0, 1, &out, &err), 0, 0, .975);
    CHECK_INTERVAL(share_exact(1, 1, &out, &err), 1, .025, 1);
    CHECK_INTERVAL(share_exact(1, 2, &out, &err), .5, 0.012579117093425058, 0.987420882906574926);
    CHECK_INTERVAL(share_exact(5, 10, &out, &err), .5, 0.18708602844739858, 0.81291397155260148);
    CHECK_INTERVAL(share_exact(17, 412, &out, &err), 17. / 412, 0.024217419879379934, 0.065244183338393658);
    CHECK_INTERVAL(share_exact(0, 50, &out, &err), 0, 0, 0.071121736464197616);
    CHECK_INTERVAL(share_exact(399, 400, &out, &err), .9975, 0.98615023003798674, 0.99993670748309516);
    CHECK_INTERVAL(share_exact(2000, 40000, &out, &err), .05, 0.047884408433411157, 0.052181215297321670);
    CHECK_INTERVAL(share_exact(123456, 1e6, &out, &err), .123456, 0.12281184162962973, 0.12410234027680267);
    CHECK_INTERVAL(share_exact(3, 1.5e6, &out, &err), 2e-6, 4.1244827183923161e-07, 5.8448374768914576e-06);
}

TEST("a share and its complement have mirrored intervals that hold the share")
{
    Err err;

    for (double n = 1; n <= 60; n++)
        for (double x = 0; x <= n; x++) {
            Estimate wilson, exact, other;
            CHECK(share_wilson(x, n, &wilson, &err) && share_wilson(n - x, n, &other, &err));
            CHECK_NEAR(wilson.low, 1 - other.high, 1e-13);
            CHECK(0 <= wilson.low && wilson.low <= wilson.value && wilson.value <= wilson.high && wilson.high <= 1);
            CHECK(share_exact(x, n, &exact, &err) && share_exact(n - x, n, &other, &err));
            CHECK_NEAR(exact.high, 1 - other.low, 1e-13);
            CHECK(0 <= exact.low && exact.low <= exact.value && exact.value <= exact.high && exact.high <= 1);
        }
}

TEST("the house rule takes the exact interval for few answers and near 0 or 1")
{
    static const struct { double x, n; bool exact; } pick[] = {
        {20, 39, true}, {20, 40, false}, {4, 40, true}, {5, 40, false}, {35, 40, false}, {36, 40, true},
        {0, 1000, true}};
    Estimate got, want;
    Err err;

    for (size_t at = 0; at < sizeof pick / sizeof *pick; at++) {
        CHECK(share_estimate(pick[at].x, pick[at].n, &got, &err));
        CHECK((pick[at].exact ? share_exact : share_wilson)(pick[at].x, pick[at].n, &want, &err));
        CHECK(got.low == want.low && got.high == want.high);
    }
}

TEST("a share is refused without answers or with a part outside the whole")
{
    const char *answers = "cannot compute a share: there must be at least 1 answer";
    const char *part = "cannot compute a share: the part must lie between 0 and the whole";
    const char *whole = "cannot compute a share: the part and the whole must be whole numbers";

    CHECK_REFUSED(share_wilson(0, 0, &out, &err), answers);
    CHECK_REFUSED(share_exact(0, 0, &out, &err), answers);
    CHECK_REFUSED(share_estimate(0, 0, &out, &err), answers);
    CHECK_REFUSED(share_wilson(1, NAN, &out, &err), answers);
    CHECK_REFUSED(share_wilson(1, INFINITY, &out, &err), answers);
    CHECK_REFUSED(share_wilson(3, 2, &out, &err), part);
    CHECK_REFUSED(share_exact(-1, 2, &out, &err), part);
    CHECK_REFUSED(share_estimate(NAN, 100, &out, &err), part);
    CHECK_REFUSED(share_exact(1.5, 3, &out, &err), whole);
    CHECK_REFUSED(share_exact(1, 2.5, &out, &err), whole);
}

TEST("a mean has Student's interval, narrower when a large part of the population answered")
{
    /* h <- qt(.975, n-1) * s / sqrt(n) * sqrt(1 - n/N); c(m-h, m+h) */
    CHECK_INTERVAL(mean_estimate(2, 4, 1, 0, &out, &err), 4, -4.9846435320937523, 12.9846435320937523);
    CHECK_INTERVAL(mean_estimate(30, 7.2, 1.3, 0, &out, &err), 7.2, 6.7145720222144698, 7.6854279777855306);
    CHECK_INTERVAL(mean_estimate(30, 7.2, 1.3, 120, &out, &err), 7.2, 6.7796070395300223, 7.6203929604699772);
    CHECK_INTERVAL(mean_estimate(1e6, 7.2, 1.3, 0, &out, &err), 7.2, 7.1974520437361384, 7.2025479562638619);
    /* t.test(c(6,7,8,5,9))$conf.int */
    CHECK_INTERVAL(mean_estimate(5, 7, 1.5811388300841898, 0, &out, &err), 7, 5.036756838522443, 8.963243161477557);
    /* all equal, and everyone asked: nothing left to chance */
    CHECK_INTERVAL(mean_estimate(20, 7.2, 0, 0, &out, &err), 7.2, 7.2, 7.2);
    CHECK_INTERVAL(mean_estimate(120, 7.2, 1.3, 120, &out, &err), 7.2, 7.2, 7.2);
}

TEST("a mean is refused for fewer than two answers and for what is not a number")
{
    const char *answers = "cannot compute a mean with an interval: there must be at least 2 answers";
    const char *numbers = "cannot compute a mean with an interval: mean and spread must be numbers";
    const char *people = "cannot compute a mean with an interval: more answers than people";

    CHECK_REFUSED(mean_estimate(0, 0, 0, 0, &out, &err), answers);
    CHECK_REFUSED(mean_estimate(1, 7, 0, 0, &out, &err), answers);
    CHECK_REFUSED(mean_estimate(NAN, 7, 1, 0, &out, &err), answers);
    CHECK_REFUSED(mean_estimate(INFINITY, 7, 1, 0, &out, &err), answers);
    CHECK_REFUSED(mean_estimate(5, NAN, 1, 0, &out, &err), numbers);
    CHECK_REFUSED(mean_estimate(5, 7, NAN, 0, &out, &err), numbers);
    CHECK_REFUSED(mean_estimate(5, 7, -1, 0, &out, &err), numbers);
    CHECK_REFUSED(mean_estimate(5, 7, INFINITY, 0, &out, &err), numbers);
    CHECK_REFUSED(mean_estimate(5, 7, 1, 4, &out, &err), people);
    CHECK_REFUSED(mean_estimate(5, 7, 1, NAN, &out, &err), people);
    CHECK_REFUSED(mean_estimate(5, 7, 1, -5, &out, &err), people);
    CHECK_REFUSED(mean_estimate(2, 1e308, 1e308, 0, &out, &err), "cannot compute a mean: the result is not finite");
}

TEST("two rates are compared by the conditional exact test")
{
    /* n <- x1+x2; q <- e1/(e1+e2); min(1, 2*min(pbinom(x1,n,q), pbinom(x1-1,n,q,lower.tail=FALSE))) */
    CHECK_NEAR(rate_compare_p(3, 1, 9, 1), 0.14599609375, 1e-11);
    CHECK_NEAR(rate_compare_p(0, 4, 7, 2), 0.00091449474165523610, 1e-11);
    CHECK_NEAR(rate_compare_p(5, 1, 5, 1), 1, 0);
    CHECK_NEAR(rate_compare_p(120, 400, 180, 410), 0.0013588079949530710, 1e-11);
    CHECK_NEAR(rate_compare_p(1, 1, 2, 1), 1, 0);
    CHECK_NEAR(rate_compare_p(0, 1, 1, 1), 1, 0);
    CHECK_NEAR(rate_compare_p(1, 1, 200, 1), 1.2570490861279582e-58, 1e-11);
    CHECK_NEAR(rate_compare_p(3, 1, 2e6, 1e6), 0.64664770897469070, 1e-10);
    CHECK_NEAR(rate_compare_p(100000, 1, 101000, 1), 0.025862392439734476, 1e-10);
    CHECK_NEAR(rate_compare_p(0, 1, 0, 5), 1, 0);
    CHECK_NEAR(rate_compare_p(0, 1e-320, 5, 1e300), 1, 0); /* a share of zero to a double */
}

TEST("the comparison of two rates does not depend on their order or on the unit of exposure")
{
    for (double x1 = 0; x1 < 15; x1++)
        for (double x2 = 0; x2 < 15; x2++) {
            double p = rate_compare_p(x1, 3, x2, 7);
            CHECK(p >= 0 && p <= 1);
            CHECK_NEAR(rate_compare_p(x2, 7, x1, 3), p, 1e-12);
            CHECK_NEAR(rate_compare_p(x1, 300, x2, 700), p, 1e-12);
        }
}

TEST("two shares are compared by Fisher's test with mid-p")
{
    /* K <- x1+x2; d <- dhyper(x1,n1,n2,K); lo <- phyper(x1,n1,n2,K)-d/2;
       hi <- phyper(x1-1,n1,n2,K,lower.tail=FALSE)-d/2; min(1, 2*min(lo,hi)) */
    CHECK_NEAR(share_compare_p(3, 10, 9, 12), 0.050386146361378531, 1e-12);
    CHECK_NEAR(share_compare_p(0, 5, 5, 5), 0.0039682539682539680, 1e-12);
    CHECK_NEAR(share_compare_p(1, 1, 0, 1), .5, 1e-12);
    CHECK_NEAR(share_compare_p(1, 2, 1, 3), .8, 1e-12);
    CHECK_NEAR(share_compare_p(17, 412, 45, 500), 0.0032879238594967736, 1e-12);
    CHECK_NEAR(share_compare_p(5, 10, 5, 10), 1, 1e-12);
    CHECK_NEAR(share_compare_p(0, 20, 0, 30), 1, 0);
    CHECK_NEAR(share_compare_p(20, 20, 30, 30), 1, 0);
    CHECK_NEAR(share_compare_p(40000, 100000, 41000, 100000), 5.2358845359222313e-06, 1e-10);
    CHECK_NEAR(share_compare_p(2, 300, 60, 310), 6.0623500398468013e-17, 1e-11);
    CHECK_NEAR(share_compare_p(0, 100000, 100000, 100000), 0, 0); /* below the smallest double */
}

TEST("the comparison of two shares does not depend on order or on which answer is counted")
{
    for (double x1 = 0; x1 <= 9; x1++)
        for (double x2 = 0; x2 <= 14; x2++) {
            double p = share_compare_p(x1, 9, x2, 14);
            CHECK(p >= 0 && p <= 1);
            CHECK_NEAR(share_compare_p(x2, 14, x1, 9), p, 1e-12);
            CHECK_NEAR(share_compare_p(9 - x1, 9, 14 - x2, 14), p, 1e-12);
        }
}

TEST("two means are compared by Welch's test")
{
    /* a <- s1^2/n1; b <- s2^2/n2; 2*pt(-abs((m1-m2)/sqrt(a+b)), (a+b)^2/(a^2/(n1-1)+b^2/(n2-1))) */
    CHECK_NEAR(mean_compare_p(10, 5, 1, 12, 6.5, 2), 0.03609079287498815, 1e-11);
    CHECK_NEAR(mean_compare_p(2, 1, .5, 2, 1, .5), 1, 1e-12);
    CHECK_NEAR(mean_compare_p(500, 7.1, 1.2, 480, 7.4, 1.4), 0.00034105991544713047, 1e-11);
    CHECK_NEAR(mean_compare_p(2, 1, 0, 5, 2, 1), 0.08900934250008564, 1e-11);
    CHECK_NEAR(mean_compare_p(2, 1, .1, 2, 3, .2), 0.01773588015305509, 1e-11);
    /* t.test(c(6,7,8,5,9), c(5,6,4,7,3,5))$p.value */
    CHECK_NEAR(mean_compare_p(5, 7, 1.5811388300841898, 6, 5, 1.4142135623730951), 0.059042921062799417, 1e-11);
    CHECK_NEAR(mean_compare_p(6, 25, 1.4142135623730951, 5, 27, 1.5811388300841898), 0.059042921062799417, 1e-11);
    CHECK_NEAR(mean_compare_p(3, 4, 0, 5, 4, 0), 1, 0);
    CHECK_NEAR(mean_compare_p(3, 4, 0, 5, 4.5, 0), 0, 0);
}

TEST("a comparison of what cannot be compared is not a number")
{
    CHECK(isnan(rate_compare_p(-1, 1, 2, 1)) && isnan(rate_compare_p(1, 1, 2.5, 1)));
    CHECK(isnan(rate_compare_p(NAN, 1, 2, 1)) && isnan(rate_compare_p(1, 0, 2, 1)));
    CHECK(isnan(rate_compare_p(1, 1, 2, -1)) && isnan(rate_compare_p(1, NAN, 2, 1)));
    CHECK(isnan(rate_compare_p(1, INFINITY, 2, 1)) && isnan(rate_compare_p(1, 1, 2, INFINITY)));
    CHECK(isnan(share_compare_p(0, 0, 1, 2)) && isnan(share_compare_p(1, 2, 0, 0)));
    CHECK(isnan(share_compare_p(3, 2, 1, 2)) && isnan(share_compare_p(1, 2, 3, 2)));
    CHECK(isnan(share_compare_p(.5, 2, 1, 2)) && isnan(share_compare_p(1, 2, NAN, 2)));
    CHECK(isnan(share_compare_p(1, 2.5, 1, 2)) && isnan(share_compare_p(1, 2, 1, NAN)));
    CHECK(isnan(mean_compare_p(1, 1, 0, 5, 2, 1)) && isnan(mean_compare_p(5, 1, 1, 1, 2, 0)));
    CHECK(isnan(mean_compare_p(5, NAN, 1, 5, 2, 1)) && isnan(mean_compare_p(5, 1, 1, 5, INFINITY, 1)));
    CHECK(isnan(mean_compare_p(5, 1, -1, 5, 2, 1)) && isnan(mean_compare_p(5, 1, 1, 5, 2, NAN)));
    CHECK(isnan(mean_compare_p(5, 1, INFINITY, 5, 2, 1)) && isnan(mean_compare_p(NAN, 1, 1, 5, 2, 1)));
    CHECK(isnan(mean_compare_p(INFINITY, 1, 1, 5, 2, 1)) && isnan(mean_compare_p(5, 1, 1, INFINITY, 2, 1)));
    CHECK(isnan(mean_compare_p(5, 1, 1, 5, 2, INFINITY)));
}

TEST("a ratio of registrations to reported experiences carries the chance of both")
{
    /* p <- x/n; v <- per*ev/(p*N); s <- qnorm(.975)*sqrt(1/ev + (1-p)/(n*p)); c(v, v*exp(-s), v*exp(s)) */
    CHECK_INTERVAL(ratio_estimate(12, 30, 150, 420, 1, &out, &err), 1. / 7, 0.074574499274785169, 0.273661418631964526);
    CHECK_INTERVAL(ratio_estimate(1, 1, 2, 100, 100, &out, &err), 2, 0.181353220013087624, 22.056404621386562326);
    CHECK_INTERVAL(ratio_estimate(300, 45, 200, 1200, 10, &out, &err), 100. / 9, 8.389169093262835, 14.716211909782857);
}

TEST("a ratio is refused where one of its parts is nothing")
{
    const char *event = "cannot compute a ratio: there must be at least 1 event";
    const char *share = "cannot compute a ratio: the share must lie between 0 and 1";
    const char *unit = "cannot compute a ratio: population and unit must be above 0";

    CHECK_REFUSED(ratio_estimate(0, 3, 10, 100, 1, &out, &err), event);
    CHECK_REFUSED(ratio_estimate(NAN, 3, 10, 100, 1, &out, &err), event);
    CHECK_REFUSED(ratio_estimate(2.5, 3, 10, 100, 1, &out, &err), event);
    CHECK_REFUSED(ratio_estimate(2, 0, 10, 100, 1, &out, &err), share);
    CHECK_REFUSED(ratio_estimate(2, 10, 10, 100, 1, &out, &err), share);
    CHECK_REFUSED(ratio_estimate(2, NAN, 10, 100, 1, &out, &err), share);
    CHECK_REFUSED(ratio_estimate(2, 3, INFINITY, 100, 1, &out, &err), share);
    CHECK_REFUSED(ratio_estimate(2, 3, 10, 0, 1, &out, &err), unit);
    CHECK_REFUSED(ratio_estimate(2, 3, 10, INFINITY, 1, &out, &err), unit);
    CHECK_REFUSED(ratio_estimate(2, 3, 10, 100, 0, &out, &err), unit);
    CHECK_REFUSED(ratio_estimate(2, 3, 10, 100, INFINITY, &out, &err), unit);
    CHECK_REFUSED(ratio_estimate(1e10, 1e-300, 10, 1e-10, 1, &out, &err),
                  "cannot compute a ratio: the result is not finite");
}
