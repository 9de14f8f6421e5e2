#include "analyze/trend.h"

#include "tests/harness/test.h"

enum { N = 7 };
static const double count[N] = {12, 15, 9, 22, 30, 18, 41}, pupils[N] = {410, 420, 415, 430, 444, 450, 452};
static const double year[N] = {2018, 2019, 2020, 2021, 2022, 2023, 2024};

static TrendSlope slope(const double *y, const double *e, const double *t, size_t n, TrendFamily family)
{
    TrendSlope out;
    Err err = {0};

    if (!trend_slope(y, e, t, n, family, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the quasi-Poisson slope agrees with R")
{
    /* m <- glm(y ~ t + offset(log(e)), quasipoisson, control=glm.control(epsilon=1e-15)); summary(m)$coefficients[2,]; summary(m)$dispersion;
       b + c(-1,1)*qt(.975,5)*se; 100*expm1(..) */
    TrendSlope got = slope(count, pupils, year, N, TREND_QUASI);

    CHECK_INT(got.n, 7);
    CHECK_NEAR(got.slope, 0.18251622330678174, 1e-12);
    CHECK_NEAR(got.se, 0.062245069805933487, 1e-11);
    CHECK_NEAR(got.pvalue, 0.032548846783351661, 1e-10);
    CHECK_NEAR(got.phi, 2.0641565389810852, 1e-11);
    CHECK_NEAR(got.low, 0.022510177505734752, 1e-9);
    CHECK_NEAR(got.high, 0.34252226910782874, 1e-10);
    CHECK_NEAR(got.pct, 20.023362255389873, 1e-11);
    CHECK_NEAR(got.pct_low, 2.2765443312640867, 1e-9);
    CHECK_NEAR(got.pct_high, 40.849571925603406, 1e-10);
    CHECK(isnan(got.size));
}

TEST("counts that vary less than Poisson ones do not narrow the interval")
{
    /* m <- glm(y ~ t + offset(log(e)), poisson): its own standard error; 2*pt(-abs(b/se), 5); sum(residuals(m,"pearson")^2)/5 */
    const double steady[N] = {20, 21, 22, 23, 25, 26, 27};
    TrendSlope got = slope(steady, pupils, year, N, TREND_QUASI), nb = slope(steady, pupils, year, N, TREND_NEGBIN);

    CHECK_NEAR(got.slope, 0.034133359836888436, 1e-11);
    CHECK_NEAR(got.se, 0.039169095537976747, 1e-12);
    CHECK_NEAR(got.pvalue, 0.42337666659747908, 1e-11);
    CHECK_NEAR(got.phi, 0.0021156750110957459, 1e-9);
    CHECK(isinf(nb.size));
    CHECK_NEAR(nb.slope, got.slope, 1e-13);
    CHECK_NEAR(nb.se, got.se, 1e-13);
}

TEST("the negative binomial slope is the one of glm.nb, carried to convergence")
{
    /* repeat { m <- glm(y ~ t + offset(log(e)), negative.binomial(th), control=glm.control(epsilon=1e-15)); th <- root of the score } until th
       stands still to 1e-13; summary(m, dispersion=1) */
    TrendSlope got = slope(count, pupils, year, N, TREND_NEGBIN);

    CHECK_NEAR(got.slope, 0.17913452617267653, 1e-9);
    CHECK_NEAR(got.se, 0.055267606971381951, 1e-9);
    CHECK_NEAR(got.size, 32.405282613402576, 1e-8);
    CHECK_NEAR(got.pvalue, 0.022918152505863015, 1e-8);
}

TEST("a slope does not depend on the unit of exposure, on the first year or on the order of rows")
{
    double hundreds[N], since[N], back[N], back_pupils[N], back_year[N];
    TrendSlope got = slope(count, pupils, year, N, TREND_NEGBIN), other;

    for (int at = 0; at < N; at++) {
        hundreds[at] = pupils[at] / 100;
        since[at] = year[at] - 2018;
        back[at] = count[N - 1 - at];
        back_pupils[at] = pupils[N - 1 - at];
        back_year[at] = year[N - 1 - at];
    }
    other = slope(count, hundreds, since, N, TREND_NEGBIN);
    CHECK_NEAR(other.slope, got.slope, 1e-11);
    CHECK_NEAR(other.se, got.se, 1e-11);
    other = slope(back, back_pupils, back_year, N, TREND_NEGBIN);
    CHECK_NEAR(other.slope, got.slope, 1e-11);
    CHECK_NEAR(other.size, got.size, 1e-9);
    other = slope(count, NULL, since, N, TREND_QUASI);
    CHECK(other.slope > got.slope); /* the pupils grew */
}

TEST("years without report or pupils are left out")
{
    const double y[] = {12, NAN, 9, 22, 7, 18, 41}, e[] = {410, 420, 415, 430, 0, NAN, 452}, y_dense[] = {12, 9, 22, 41};
    const double e_dense[] = {410, 415, 430, 452}, t_dense[] = {2018, 2020, 2021, 2024};
    TrendSlope got = slope(y, e, year, N, TREND_QUASI), dense = slope(y_dense, e_dense, t_dense, 4, TREND_QUASI);

    CHECK_INT(got.n, 4);
    CHECK_NEAR(got.slope, dense.slope, 0);
    CHECK_NEAR(got.se, dense.se, 0);
}

TEST("all equal is no slope, and one outlier widens the interval")
{
    const double equal[] = {5, 5, 5, 5, 5}, outlier[] = {5, 5, 500, 5, 5};
    TrendSlope flat = slope(equal, NULL, year, 5, TREND_QUASI), wild = slope(outlier, NULL, year, 5, TREND_QUASI);

    CHECK(fabs(flat.slope) < 1e-14 && flat.phi < 1e-12 && flat.pvalue > .999);
    CHECK(fabs(wild.slope) < 1e-12 && wild.phi > 100 && wild.se > 5 * flat.se / 11);
    wild = slope(outlier, NULL, year, 5, TREND_NEGBIN);
    CHECK(wild.size < 1 && isfinite(wild.se));
}

static void check_slope_refused(const double *y, const double *e, const double *t, size_t n, const char *message)
{
    TrendSlope out;
    Err err = {0};

    CHECK(!trend_slope(y, e, t, n, TREND_QUASI, &out, &err));
    CHECK_INT(err.kind, ERR_STAT);
    CHECK_TEXT(err.text, message);
    CHECK(isnan(out.pct));
}

TEST("a slope is refused where there is none")
{
    const double zero[] = {0, 0, 0}, end[] = {0, 0, 9}, half[] = {1, 2.5, 3}, same[] = {1, 1, 1}, down[] = {1, -1, 1}, lost[] = {1, NAN, 3};

    check_slope_refused(count, pupils, year, 0, "cannot fit counts: 0 usable rows for 2 parameters");
    check_slope_refused(count, pupils, year, 1, "cannot fit counts: 1 usable rows for 2 parameters");
    check_slope_refused(count, pupils, year, 2, "cannot fit a trend: at least 3 usable rows are needed");
    check_slope_refused(zero, NULL, year, 3, "cannot fit counts: all counts are zero");
    check_slope_refused(end, NULL, year, 3, "cannot fit counts: the slope has no end; the counts stand at one end of the series");
    check_slope_refused(half, NULL, year, 3, "cannot fit counts: the count of row 2 is not a whole number from 0 up");
    check_slope_refused(down, NULL, year, 3, "cannot fit counts: the count of row 2 is not a whole number from 0 up");
    check_slope_refused(count, NULL, same, 3, "cannot fit counts: all usable rows have the same time");
    check_slope_refused(count, down, year, 3, "cannot fit counts: the exposure of row 2 is negative or infinite");
    check_slope_refused(count, NULL, lost, 3, "cannot fit counts: the time of row 2 is not a number");
}

TEST("large counts that vary widely, and a series that falls to nothing")
{
    /* as above: glm with negative.binomial(th) and the root of the score, in turn */
    const double large[] = {21000, 35000, 18000, 52000, 30500}, fall[] = {4000, 900, 90, 1, 0, 0};
    TrendSlope got = slope(large, NULL, year, 5, TREND_NEGBIN);

    CHECK_NEAR(got.slope, 0.12432989669489034, 1e-8);
    CHECK_NEAR(got.size, 8.8749457777577945, 1e-8);
    got = slope(fall, NULL, year, 6, TREND_QUASI); /* coef(glm(y ~ t, poisson, control=glm.control(epsilon=1e-15)))[2] */
    CHECK_NEAR(got.slope, -1.7235495054381582, 1e-9);
}

TEST("counts in the millions, as of a country, still fit")
{
    const double y[] = {1000000, 1100000, 1210000, 1331000};
    TrendSlope got = slope(y, NULL, year, 4, TREND_NEGBIN);

    CHECK_NEAR(got.pct, 10, 1e-10);
}

static MannKendall kendall(const double *y, size_t n, TrendExact exact)
{
    MannKendall out;
    Err err = {0};

    if (!trend_mann_kendall(y, n, exact, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

static void check_kendall(const double *y, size_t n, double s, double p)
{
    MannKendall got = kendall(y, n, TREND_EXACT_AUTO);

    CHECK(got.exact);
    CHECK_NEAR(got.s, s, 0);
    CHECK_NEAR(got.pvalue, p, 1e-14);
}

TEST("the exact Mann-Kendall test agrees with going through all orders")
{
    /* S <- function(v) sum over i<j of sign(v[j]-v[i]); P: all permutations; mean(abs(apply(P,1,S)) >= abs(S(v))) */
    check_kendall((const double[]) {3, 5, 4, 8, 9}, 5, 8, 0.083333333333333329);
    check_kendall((const double[]) {3, 5, 4, 8, 9, 9, 7}, 7, 12, 0.094444444444444442);
    check_kendall((const double[]) {1, 1, 2, 2, 3, 3}, 6, 12, 0.022222222222222223);
    check_kendall((const double[]) {4, 4, 4, 1}, 4, -3, 0.5);
    check_kendall((const double[]) {1, 2, 3}, 3, 3, 0.33333333333333331);
    check_kendall((const double[]) {7, 7, 7}, 3, 0, 1);
    /* cor.test(v, 1:12, method="kendall", exact=TRUE)$p.value */
    MannKendall twelve = kendall((const double[]) {5, 1, 7, 3, 8, 2, 9, 11, 10, 14, 4, 13}, 12, TREND_EXACT_ALWAYS);
    CHECK_NEAR(twelve.pvalue, 0.020980351631393335, 1e-13);
}

/* Every order of the values at `from` on, by swapping: how many have |S| >= most. */
static void through_orders(double *y, size_t n, size_t from, double most, double *beyond, double *all)
{
    if (from == n) {
        double s = 0;
        for (size_t late = 1; late < n; late++)
            for (size_t early = 0; early < late; early++)
                s += (y[late] > y[early]) - (y[late] < y[early]);
        *beyond += fabs(s) >= most;
        ++*all;
    }
    for (size_t at = from; at < n; at++) {
        double swap = y[from];
        y[from] = y[at];
        y[at] = swap;
        through_orders(y, n, from + 1, most, beyond, all);
        y[at] = y[from];
        y[from] = swap;
    }
}

TEST("and with our own going through all orders, whatever the ties")
{
    for (unsigned pattern = 0; pattern < 243; pattern++) { /* six values of three kinds, the first fixed */
        double y[6] = {1};
        unsigned digits = pattern;
        for (int at = 1; at < 6; at++, digits /= 3)
            y[at] = digits % 3;
        MannKendall got = kendall(y, 6, TREND_EXACT_AUTO);
        double beyond = 0, all = 0;
        through_orders(y, 6, 0, fabs(got.s), &beyond, &all);
        CHECK_NEAR(all, 720, 0);
        CHECK_NEAR(got.pvalue, beyond / all, 1e-14);
    }
}

TEST("more than ten values take the normal distribution with ties and continuity")
{
    /* n <- 12; tt <- table(v); var <- (n*(n-1)*(2*n+5)-sum(tt*(tt-1)*(2*tt+5)))/18; z <- (S-sign(S))/sqrt(var); 2*pnorm(-abs(z)); cor(v, 1:12, method="kendall") */
    const double v[] = {12, 15, 9, 22, 30, 18, 41, 33, 12, 15, 50, 44};
    MannKendall got = kendall(v, 12, TREND_EXACT_AUTO);

    CHECK(!got.exact);
    CHECK_NEAR(got.s, 30, 0);
    CHECK_NEAR(got.var, 210.66666666666666, 1e-14);
    CHECK_NEAR(got.z, 1.9980211729596202, 1e-13);
    CHECK_NEAR(got.pvalue, 0.045714364714747345, 1e-12);
    CHECK_NEAR(got.tau, 0.46159309117249769, 1e-13);
    const double equal[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    got = kendall(equal, 11, TREND_EXACT_AUTO);
    CHECK(got.s == 0 && got.pvalue == 1 && isnan(got.tau) && isnan(got.z));
}

TEST("the exact test stays exact where the orders outgrow 64 bits")
{
    double y[34];
    Err err = {0};
    MannKendall got;

    for (int at = 0; at < 34; at++)
        y[at] = at;
    got = kendall(y, 34, TREND_EXACT_ALWAYS);
    CHECK_NEAR(got.pvalue * 2.9523279903960414e38, 2, 1e-13); /* factorial(34) */
    for (int at = 0; at < 34; at++)
        y[at] = at % 2;
    got = kendall(y, 34, TREND_EXACT_ALWAYS);
    CHECK(got.pvalue > .3 && got.pvalue < 1);
    double longer[35] = {0};
    CHECK(!trend_mann_kendall(longer, 35, TREND_EXACT_ALWAYS, &got, &err));
    CHECK_TEXT(err.text, "cannot judge a trend: the exact test goes up to 34 values");
}

TEST("only the order of values matters to Mann-Kendall, and missing years are left out")
{
    const double v[] = {3, 5, 4, 8, 9, 9, 7}, stretched[] = {9, 1e6, 10, 1e7, 1e8, 1e8, 1e6 + 1}, gaps[] = {NAN, 3, 5, NAN, 4, 8, 9, 9, 7};
    const double back[] = {7, 9, 9, 8, 4, 5, 3};
    MannKendall got = kendall(v, 7, TREND_EXACT_AUTO);

    CHECK_NEAR(kendall(stretched, 7, TREND_EXACT_AUTO).pvalue, got.pvalue, 0);
    CHECK_NEAR(kendall(gaps, 9, TREND_EXACT_AUTO).pvalue, got.pvalue, 0);
    CHECK_NEAR(kendall(back, 7, TREND_EXACT_AUTO).s, -got.s, 0);
    CHECK_NEAR(kendall(back, 7, TREND_EXACT_AUTO).pvalue, got.pvalue, 0);
}

TEST("Theil-Sen beyond ten values agrees with Sen's rule")
{
    /* sl <- sort(slopes of all pairs); C <- qnorm(.975)*sqrt(n*(n-1)*(2*n+5)/18); sl[round((k-C)/2)], sl[round((k+C)/2+1)]; median(v)-median(sl)*median(x) */
    const double v[] = {12, 15, 9, 22, 30, 18, 41, 33, 28, 35, 50, 44}, x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    TheilSen got;
    Err err = {0};

    CHECK(trend_theil_sen(v, x, 12, &got, &err));
    CHECK_NEAR(got.slope, 3.083333333333333, 1e-15);
    CHECK_NEAR(got.low, 2, 1e-15);
    CHECK_NEAR(got.high, 4.8, 1e-15);
    CHECK_NEAR(got.intercept, 8.9583333333333357, 1e-14);
}

TEST("Theil-Sen up to ten values takes the exact order statistics")
{
    /* Hollander and Wolfe: n = 5, P(S >= 10) = 1/120 <= .025 < P(S >= 8) = 5/120: the outermost slopes, here -1 and 4 */
    const double v[] = {3, 5, 4, 8, 9}, x[] = {1, 2, 3, 4, 5}, moved[] = {16, 20, 18, 26, 28}, x_moved[] = {10, 20, 30, 40, 50};
    TheilSen got, other;
    Err err = {0};

    CHECK(trend_theil_sen(v, x, 5, &got, &err));
    CHECK_NEAR(got.slope, 1.5, 1e-15);
    CHECK_NEAR(got.low, -1, 1e-15);
    CHECK_NEAR(got.high, 4, 1e-15);
    CHECK(trend_theil_sen(moved, x_moved, 5, &other, &err)); /* 2 v + 10 over ten times the time */
    CHECK_NEAR(other.slope, got.slope / 5, 1e-15);
    CHECK_NEAR(other.high, got.high / 5, 1e-15);
}

TEST("so few years that nothing can be excluded, equal values, an outlier")
{
    const double v[] = {3, 5, 4}, x[] = {1, 2, 3}, equal[] = {7, 7, 7, 7}, outlier[] = {1, 2, 3, 4, 5, 6, 1e9, 8}, eight[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const double same[] = {1, 1, 2};
    TheilSen got;
    Err err = {0};

    CHECK(trend_theil_sen(v, x, 3, &got, &err) && got.slope == .5 && isinf(got.low) && isinf(got.high));
    CHECK(trend_theil_sen(v, x, 2, &got, &err) && got.slope == 2 && isinf(got.low));
    CHECK(trend_theil_sen(equal, eight, 4, &got, &err) && got.slope == 0);
    CHECK(trend_theil_sen(outlier, eight, 8, &got, &err) && got.slope == 1);
    CHECK(!trend_theil_sen(v, x, 1, &got, &err));
    CHECK_TEXT(err.text, "cannot judge a trend: at least 2 values are needed");
    CHECK(!trend_theil_sen(v, same, 3, &got, &err));
    CHECK_TEXT(err.text, "cannot draw a Theil-Sen line: times must be finite and all different");
}

TEST("Pettitt's break, with the usual approximation and over all orders")
{
    /* r <- rank(v); U <- 2*cumsum(r)-(1:n)*(n+1); K <- max(abs(U)); min(1, 2*exp(-6*K^2/(n^3+n^2))); mean over all permutations of K >= this */
    const double v[] = {3, 4, 3, 5, 9, 8, 10}, five[] = {1, 2, 1, 9, 8}, gaps[] = {3, NAN, 4, 3, 5, NAN, 9, 8, 10};
    Pettitt got;
    Err err = {0};

    CHECK(trend_pettitt(v, 7, TREND_EXACT_AUTO, &got, &err));
    CHECK_INT(got.last, 2);
    CHECK_NEAR(got.k, 12, 0);
    CHECK_NEAR(got.pvalue, 0.1, 1e-13);
    CHECK(got.exact);
    CHECK(trend_pettitt(v, 7, TREND_EXACT_NEVER, &got, &err));
    CHECK_NEAR(got.pvalue, 0.22070364458742375, 1e-14);
    CHECK(!got.exact);
    CHECK(trend_pettitt(five, 5, TREND_EXACT_AUTO, &got, &err));
    CHECK_NEAR(got.k, 6, 0);
    CHECK_NEAR(got.pvalue, 1. / 3, 1e-13);
    CHECK(trend_pettitt(gaps, 9, TREND_EXACT_AUTO, &got, &err));
    CHECK_INT(got.last, 3);
    CHECK_NEAR(got.pvalue, 0.1, 1e-13);
}

TEST("no break where all is equal; too few, infinite or too many are refused")
{
    const double equal[] = {2, 2, 2, 2}, endless[] = {1, 2, INFINITY}, many[15] = {0};
    Pettitt got;
    MannKendall kendalls;
    Err err = {0};

    CHECK(trend_pettitt(equal, 4, TREND_EXACT_AUTO, &got, &err) && got.k == 0 && got.pvalue == 1);
    CHECK(!trend_pettitt(equal, 2, TREND_EXACT_AUTO, &got, &err));
    CHECK_TEXT(err.text, "cannot judge a trend: at least 3 values are needed");
    CHECK(!trend_pettitt(endless, 3, TREND_EXACT_AUTO, &got, &err));
    CHECK_TEXT(err.text, "cannot judge a trend: row 3 is infinite");
    CHECK(!trend_pettitt(many, 15, TREND_EXACT_ALWAYS, &got, &err));
    CHECK_TEXT(err.text, "cannot look for a break: the exact test goes up to 14 values");
    CHECK(!trend_mann_kendall(equal, 0, TREND_EXACT_AUTO, &kendalls, &err) && !trend_mann_kendall(equal, 2, TREND_EXACT_AUTO, &kendalls, &err));
    CHECK(!trend_mann_kendall(endless, 3, TREND_EXACT_AUTO, &kendalls, &err));
}
