#include "analyze/ordinal.h"

#include "tests/harness/test.h"

static const double first[] = {3, 5, 9, 4, 2}, second[] = {1, 2, 8, 9, 7};

static Wilcoxon wilcoxon(const double *a, const double *b, size_t k)
{
    Wilcoxon out;
    Err err = {0};

    if (!ordinal_wilcoxon(a, b, k, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("Wilcoxon with ties agrees with R")
{
    /* x <- rep(1:5, c(3,5,9,4,2)); y <- rep(1:5, c(1,2,8,9,7)); wilcox.test(x, y) */
    Wilcoxon got = wilcoxon(first, second, 5);

    CHECK(!got.exact);
    CHECK_NEAR(got.w, 183.5, 0);
    CHECK_NEAR(got.pvalue, 0.0108555662106761, 1e-12);
    CHECK_NEAR(got.superiority, 183.5 / (23 * 27), 1e-15);
    const double many[] = {300, 500, 900, 400, 200}, more[] = {310, 480, 880, 420, 240};
    got = wilcoxon(many, more, 5);
    CHECK_NEAR(got.w, 2622500, 0);
    CHECK_NEAR(got.pvalue, 0.19250478309633071, 1e-11);
}

TEST("Wilcoxon without ties is exact for small groups")
{
    /* wilcox.test(c(1.1,2.3,0.4,5.6,3.3), c(2.2,4.4,6.1,7.3,0.9,8.8)): sorted, which group each value belongs to */
    const double a[] = {1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0}, b[] = {0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1};
    Wilcoxon got = wilcoxon(a, b, 11);

    CHECK(got.exact);
    CHECK_NEAR(got.w, 8, 0);
    CHECK_NEAR(got.pvalue, 0.24675324675324672, 1e-15);
    /* wilcox.test(1:49, 50:98)$p.value: 2/choose(98, 49) */
    double low[98], high[98];
    for (int at = 0; at < 98; at++) {
        low[at] = at < 49;
        high[at] = at >= 49;
    }
    got = wilcoxon(low, high, 98);
    CHECK(got.exact && got.w == 0);
    CHECK_NEAR(got.pvalue / 7.8500291929632906e-29, 1, 1e-13);
    const double one[] = {0, 0, 1}, two[] = {1, 1, 0};
    CHECK_NEAR(wilcoxon(one, two, 3).pvalue, 2. / 3, 1e-15); /* wilcox.test(5, c(1,2)) */
    const double larger[] = {1, 0}, other[] = {0, 1};
    CHECK_NEAR(wilcoxon(larger, other, 2).pvalue, 1, 0);
}

TEST("fifty without ties are no longer exact, and everybody equal gives no difference")
{
    double a[100], b[100];
    const double all[] = {0, 7, 0}, same[] = {0, 9, 0};

    for (int at = 0; at < 100; at++) {
        a[at] = at % 2;
        b[at] = 1 - a[at];
    }
    CHECK(!wilcoxon(a, b, 100).exact);
    Wilcoxon got = wilcoxon(all, same, 3);
    CHECK(got.pvalue == 1 && got.superiority == .5 && isnan(got.z));
    got = wilcoxon((const double[]) {1}, (const double[]) {1}, 1);
    CHECK(got.pvalue == 1);
}

TEST("turning the groups or the scale round keeps the p-value")
{
    double back1[5], back2[5];
    Wilcoxon got = wilcoxon(first, second, 5), other = wilcoxon(second, first, 5), turned;
    ProportionalOdds odds, odds_other, odds_turned;
    Err err = {0};

    for (int at = 0; at < 5; at++) {
        back1[at] = first[4 - at];
        back2[at] = second[4 - at];
    }
    turned = wilcoxon(back1, back2, 5);
    CHECK_NEAR(other.pvalue, got.pvalue, 1e-13);
    CHECK_NEAR(other.superiority, 1 - got.superiority, 1e-14);
    CHECK_NEAR(turned.pvalue, got.pvalue, 1e-13);
    CHECK_NEAR(turned.w, got.n1 * got.n2 - got.w, 0);
    CHECK(ordinal_proportional_odds(first, second, 5, &odds, &err) && ordinal_proportional_odds(second, first, 5, &odds_other, &err) &&
          ordinal_proportional_odds(back1, back2, 5, &odds_turned, &err));
    CHECK_NEAR(odds_other.log_odds, -odds.log_odds, 1e-11);
    CHECK_NEAR(odds_turned.log_odds, -odds.log_odds, 1e-11);
    CHECK_NEAR(odds_other.se, odds.se, 1e-10);
}

TEST("proportional odds agree with polr")
{
    /* polr(factor(c(x, y)) ~ g, control=list(reltol=1e-16)) gives -1.40554922326, se .547404057; the same likelihood by Newton's method in R (numeric second
       derivatives) -1.4055492228922168, .54740310406792347, log likelihood -71.652382811163193 */
    ProportionalOdds got;
    Err err = {0};

    CHECK(ordinal_proportional_odds(first, second, 5, &got, &err));
    CHECK_NEAR(got.log_odds, -1.4055492228922168, 1e-9);
    CHECK_NEAR(got.se, 0.54740310406792347, 2e-6);
    CHECK_NEAR(got.log_likelihood, -71.652382811163193, 1e-13);
    CHECK(got.low < got.log_odds && got.log_odds < got.high && got.pvalue > .01 && got.pvalue < .0103);
}

TEST("proportional odds with two categories is the log odds ratio, and empty categories change nothing")
{
    const double a[] = {10, 20}, b[] = {30, 15}, a_empty[] = {0, 3, 5, 0, 9, 4, 2, 0}, b_empty[] = {0, 1, 2, 0, 8, 9, 7, 0};
    ProportionalOdds got, plain;
    Err err = {0};

    CHECK(ordinal_proportional_odds(a, b, 2, &got, &err));
    CHECK_NEAR(got.log_odds, log(20. * 30 / (10 * 15)), 1e-12);
    CHECK_NEAR(got.se, sqrt(1. / 10 + 1. / 20 + 1. / 30 + 1. / 15), 1e-10);
    CHECK(ordinal_proportional_odds(first, second, 5, &plain, &err) && ordinal_proportional_odds(a_empty, b_empty, 8, &got, &err));
    CHECK_NEAR(got.log_odds, plain.log_odds, 1e-12);
}

TEST("the trend of shares agrees with R")
{
    CochranArmitage got;
    Err err = {0};

    /* prop.trend.test(c(15,10,5), c(30,30,30)) */
    CHECK(ordinal_cochran_armitage((const double[]) {15, 10, 5}, (const double[]) {30, 30, 30}, NULL, 3, &got, &err));
    CHECK_NEAR(got.chi2, 7.4999999999999973, 1e-13);
    CHECK_NEAR(got.pvalue, 0.0061698993205441671, 1e-12);
    CHECK(got.z < 0);
    /* the smokers of help(prop.trend.test): prop.trend.test(c(83,90,129,70), c(86,93,136,82)) */
    CHECK(ordinal_cochran_armitage((const double[]) {83, 90, 129, 70}, (const double[]) {86, 93, 136, 82}, NULL, 4, &got, &err));
    CHECK_NEAR(got.chi2, 8.2249222851977102, 1e-12);
    CHECK_NEAR(got.pvalue, 0.004131897477641487, 1e-12);
    CHECK(ordinal_cochran_armitage((const double[]) {3, 10, 22}, (const double[]) {30, 40, 60}, (const double[]) {1, 2, 5}, 3, &got, &err));
    CHECK_NEAR(got.chi2, 6.5493268053855553, 1e-13);
    CHECK_NEAR(got.pvalue, 0.010492385068017814, 1e-12);
    CHECK(ordinal_cochran_armitage((const double[]) {3, 0, 10, 22}, (const double[]) {30, 0, 40, 60}, (const double[]) {7, 0, 17, 47}, 4, &got, &err));
    CHECK_NEAR(got.chi2, 6.5493268053855553, 1e-12); /* scores moved and stretched, an empty group */
}

static void check_trend_refused(const double *x, const double *n, const double *score, size_t k, const char *message)
{
    CochranArmitage got;
    Err err = {0};

    CHECK(!ordinal_cochran_armitage(x, n, score, k, &got, &err));
    CHECK_INT(err.kind, ERR_STAT);
    CHECK_TEXT(err.text, message);
}

TEST("what cannot be compared is refused")
{
    const double zero[] = {0, 0}, half[] = {.5, 1}, one[] = {4, 0}, other[] = {0, 5}, none[] = {NAN, 1}, three[] = {3, 3};
    double many[65];
    Wilcoxon got;
    ProportionalOdds odds;
    Err err = {0};

    CHECK(!ordinal_wilcoxon(zero, one, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot compare answers: a group has no answers");
    CHECK(!ordinal_wilcoxon(one, one, 0, &got, &err));
    CHECK(!ordinal_wilcoxon(half, one, 2, &got, &err));
    CHECK_TEXT(err.text, "cannot compare answers: the count of category 1 is not a whole number from 0 up");
    CHECK(!ordinal_wilcoxon(one, none, 2, &got, &err));
    CHECK(!ordinal_proportional_odds(one, one, 2, &odds, &err));
    CHECK_TEXT(err.text, "cannot compare answers: everybody gave the same one");
    CHECK(!ordinal_proportional_odds(one, other, 2, &odds, &err));
    CHECK_TEXT(err.text, "cannot compare answers: the odds have no end; one group stands wholly above the other");
    CHECK(isnan(odds.log_odds) && isnan(odds.log_likelihood));
    CHECK(!ordinal_proportional_odds(half, one, 2, &odds, &err));
    for (int at = 0; at < 65; at++)
        many[at] = 1;
    CHECK(!ordinal_proportional_odds(many, many, 65, &odds, &err));
    CHECK_TEXT(err.text, "cannot compare answers: more than 64 categories");
    check_trend_refused(three, one, NULL, 2, "cannot test a trend of shares: group 2 needs a whole part from 0 to the whole");
    check_trend_refused(zero, one, NULL, 2, "cannot test a trend of shares: at least 2 groups with somebody in them are needed");
    check_trend_refused(zero, three, NULL, 2, "cannot test a trend of shares: all groups have a share of 0 or 1");
    check_trend_refused(three, three, NULL, 2, "cannot test a trend of shares: all groups have a share of 0 or 1");
    check_trend_refused((const double[]) {1, 2}, three, three, 2, "cannot test a trend of shares: all groups have the same score");
    check_trend_refused((const double[]) {1, 2}, three, none, 2, "cannot test a trend of shares: the score of group 1 is not a number");
}
