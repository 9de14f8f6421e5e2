#include "analyze/disclosure/derive.h"

#include <math.h>

#include "tests/unit/scratch.h"

static Date day(int year, int month, int of_month)
{
    Date date = DATE_NONE;

    date_from_parts((DateParts){year, month, of_month}, &date);
    return date;
}

static DeriveTrend trend_of(const DeriveYear *year, size_t n, int first, IndicatorMethod method)
{
    DeriveTrend trend;
    Err err = {0};

    if (!derive_trend(year, n, first, method, &trend, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return trend;
}

TEST("the first year after a break is the first that is wholly counted the new way")
{
    CHECK(derive_year_after(day(2019, 8, 1)) == 2019);
    CHECK(derive_year_after(day(2019, 9, 1)) == 2019); /* schools begin in the course of August */
    CHECK(derive_year_after(day(2019, 9, 2)) == 2020);
    CHECK(derive_year_after(day(2019, 7, 1)) == 2019);
    CHECK(derive_year_after(day(2020, 3, 15)) == 2020);
}

TEST("a rate has a quasi-Poisson slope and an exact Mann-Kendall")
{
    /* R: y <- c(60,66,70,81,90); e <- c(1000,1010,990,1005,1000); t <- 2021:2025; m <- glm(y ~ t + offset(log(e)), family=quasipoisson)
     * 100*(exp(coef(m)[2] + c(0,-1,1)*qt(.975,3)*summary(m, dispersion=1)$coefficients[2,2]) - 1); all pairs rise: 2/5! */
    const DeriveYear year[] = {{2021, 60, 1000, 6}, {2022, 66, 1010, 6.5}, {2023, 70, 990, 7.1}, {2024, 81, 1005, 8.1}, {2025, 90, 1000, 9}};
    DeriveTrend trend = trend_of(year, 5, 0, INDICATOR_RATE);

    CHECK_TEXT(trend.method, "quasi-poisson");
    CHECK_TEXT(trend.reason, "");
    CHECK(trend.first == 2021 && trend.last == 2025 && trend.n == 5);
    CHECK_NEAR(trend.change, 10.8588891353742945, 1e-8);
    CHECK_NEAR(trend.low, -1.5032893706649397, 1e-7);
    CHECK_NEAR(trend.high, 24.7726266370259722, 1e-7);
    CHECK_NEAR(trend.pvalue, 2. / 120, 1e-12);
    /* a count over pupils is the same */
    trend = trend_of(year, 5, 0, INDICATOR_COUNT);
    CHECK_TEXT(trend.method, "quasi-poisson");
    CHECK_NEAR(trend.change, 10.8588891353742945, 1e-8);
}

TEST("years before a break take no part, and two years are no trend")
{
    const DeriveYear year[] = {{2021, 60, 1000, 6}, {2022, 66, 1010, 6.5}, {2023, 70, 990, 7.1}, {2024, 81, 1005, 8.1}, {2025, 90, 1000, 9}};
    DeriveTrend trend = trend_of(year, 5, 2024, INDICATOR_RATE);

    CHECK(trend.first == 2024 && trend.last == 2025 && trend.n == 2);
    CHECK_TEXT(trend.reason, "te weinig jaren");
    CHECK(isnan(trend.change) && isnan(trend.pvalue));
    trend = trend_of(year, 5, 2026, INDICATOR_RATE);
    CHECK(trend.n == 0 && trend.first == 0);
    CHECK_TEXT(trend.reason, "geen jaren");
}

TEST("a year that is not published takes no part and keeps its place in time")
{
    const DeriveYear year[] = {{2019, 100, NAN, 2.0}, {2020, 100, NAN, NAN}, {2021, 100, NAN, 2.2}, {2023, 100, NAN, 2.4}, {2025, 100, NAN, 2.6}};
    DeriveTrend trend = trend_of(year, 5, 0, INDICATOR_MEAN);

    CHECK(trend.n == 4 && trend.first == 2019 && trend.last == 2025);
    CHECK_TEXT(trend.method, "theil-sen");
    CHECK_NEAR(trend.change, 0.1, 1e-12);
    CHECK_NEAR(trend.pvalue, 2. / 24, 1e-12);
}

TEST("a rate without pupils has no trend, and one without any event none that can be computed")
{
    const DeriveYear none[] = {{2021, 6, NAN, NAN}, {2022, 7, NAN, NAN}, {2023, 8, NAN, NAN}};
    const DeriveYear some[] = {{2021, 6, NAN, NAN}, {2022, 7, 100, 7}, {2023, 8, 100, 8}};
    const DeriveYear zero[] = {{2021, 0, 100, 0}, {2022, 0, 100, 0}, {2023, 0, 100, 0}};

    CHECK_TEXT(trend_of(none, 3, 0, INDICATOR_RATE).reason, "geen noemer");
    CHECK_TEXT(trend_of(some, 3, 0, INDICATOR_RATE).reason, "geen noemer");
    DeriveTrend trend = trend_of(zero, 3, 0, INDICATOR_RATE);
    CHECK_TEXT(trend.reason, "niet te berekenen");
    CHECK(isnan(trend.change) && trend.pvalue == 1);
}

TEST("schools are compared by the funnel, and not fewer than five")
{
    /* R: y <- sqrt(O/E); s <- 1/(2*sqrt(E)); z <- (y-1)/s; q <- quantile(z, c(.1,.9)); phi <- mean(pmin(pmax(z,q[1]),q[2])^2); w <- 1/s^2
     * tau2 <- max(0, (6*phi-5)/(sum(w)-sum(w^2)/sum(w))); p.adjust(2*pnorm(-abs((y-1)/sqrt(s^2+tau2))), "BH"); (1+qnorm(.975)*sqrt(s[5]^2+tau2))^2 */
    const double observed[] = {30, 22, 41, 9, 60, 18}, expected[] = {25, 25, 40, 12, 35, 20};
    const double adjusted[] = {0.835737707115230211, 0.835737707115230211, 0.905938761574346163, 0.835737707115230211, 0.027931761227239588, 0.835737707115230211};
    DeriveSchool school[6] = {0};
    double tau2;
    Err err = {0};

    for (size_t at = 0; at < 6; at++)
        school[at] = (DeriveSchool){.location_no = (int) at + 1, .observed = observed[at], .expected = expected[at]};
    CHECK(derive_funnel(school, 6, &tau2, &err));
    CHECK_NEAR(tau2, 0.0048030184517117696, 1e-12);
    for (size_t at = 0; at < 6; at++)
        CHECK_NEAR(school[at].p_adjusted, adjusted[at], 1e-9);
    CHECK_NEAR(school[4].point.high95, 1.4743266985546, 1e-12);
    CHECK(school[4].point.flag == FUNNEL_HIGH_95 || school[4].point.flag == FUNNEL_HIGH_998);
    CHECK(derive_funnel(school, 4, &tau2, &err) && isnan(tau2));
    CHECK(derive_funnel(school, 5, &tau2, &err) && tau2 >= 0);
}

TEST("the chance of half as many again is that of the gamma-Poisson posterior; without events, or of few schools, there is none")
{
    /* R as in shrink_test.c: th, m by maximum likelihood; a <- th+O; b <- th/m+E; pgamma(1.5*m, a, b, lower.tail=FALSE) */
    const double observed[] = {12, 30, 5, 44, 21, 9, 60, 17, 3, 25}, expected[] = {15, 22, 8, 30, 25, 10, 33, 20, 6, 24};
    DeriveSchool school[10] = {0};
    Err err = {0};

    for (size_t at = 0; at < 10; at++)
        school[at] = (DeriveSchool){.observed = observed[at], .expected = expected[at], .theta = NAN, .above = NAN};
    CHECK(derive_shrink(school, 4, &err) && isnan(school[0].above));
    CHECK(derive_shrink(school, 5, &err) && school[0].above > 0);
    CHECK(derive_shrink(school, 10, &err));
    CHECK_NEAR(school[6].theta, 1.6153931674070356, 1e-9);
    CHECK_NEAR(school[6].above, 0.43703016990529797, 1e-8);
    for (size_t at = 0; at < 10; at++)
        school[at] = (DeriveSchool){.expected = expected[at], .theta = NAN, .above = NAN};
    CHECK(derive_shrink(school, 10, &err));
    CHECK(isnan(school[6].theta) && isnan(school[6].above) && err.kind == ERR_NONE);
}

/* Five school years of ten months; \param after what the months from row `split` on are multiplied with */
static size_t months_fill(DeriveMonth *month, size_t split, double after)
{
    static const double profile[10] = {10, 20, 30, 20, 20, 20, 30, 20, 20, 10};
    Date day = date_school_year_begin(2020);
    size_t n = 0;

    for (int year = 2020; year < 2025; year++)
        for (int at = 0; at < 12; at++, day = date_month_next(day))
            if (at < 10) {
                month[n] = (DeriveMonth){day, year, profile[at] * (n >= split ? after : 1) + (double) (n * 7 % 3) - 1, 1000};
                n++;
            }
    return n;
}

TEST("months have the profile that a count over its own year's rate gives, whatever the level of the years")
{
    DeriveMonth month[60];
    DeriveSeason season[12];
    DeriveShift shift;
    size_t n_seasons;
    int years;
    Err err = {0};

    size_t n = months_fill(month, 20, 3); /* two years, then three of three times as much */
    double events = 0, expected = 0;
    for (size_t at = 0; at < n; at += 10) {
        double sum = 0;
        for (size_t one = at; one < at + 10; one++)
            sum += month[one].events;
        events += month[at + 2].events;
        expected += sum / 10;
    }
    CHECK(derive_months(month, n, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK_INT(n_seasons, 10);
    CHECK_INT(years, 5);
    CHECK_INT(season[7].month, 10); /* October, the third month of the school year */
    CHECK_NEAR(season[7].ratio, events / expected, 1e-12);
    CHECK_NEAR(season[7].events, events, 0);
    CHECK(season[7].low < season[7].ratio && season[7].ratio < season[7].high && season[7].low > 1);
    /* the break is found where it is, and the level after it is three times the one before */
    CHECK_INT(shift.on, month[20].month);
    CHECK_INT(shift.n, 50);
    CHECK_NEAR(shift.ratio, 3, .03);
    CHECK(shift.pvalue < 1e-6);
    /* after a declared break at that moment there is none */
    CHECK(derive_months(month, n, month[20].month, season, &n_seasons, &years, &shift, &err));
    CHECK_INT(shift.n, 30);
    CHECK(shift.pvalue > .1);
    /* a season is no break */
    months_fill(month, 60, 1);
    CHECK(derive_months(month, n, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK(shift.pvalue > .1);
}

TEST("one year, or years of few months, have no profile and no break")
{
    DeriveMonth month[60];
    DeriveSeason season[12];
    DeriveShift shift;
    size_t n_seasons;
    int years;
    Err err = {0};

    months_fill(month, 60, 1);
    CHECK(derive_months(month, 10, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK(n_seasons == 0 && years == 1 && shift.on == DATE_NONE);
    for (size_t at = 0; at < 50; at++)
        month[at / 10 * 7 + at % 10] = month[at]; /* seven of each */
    CHECK(derive_months(month, 35, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK(n_seasons == 0 && years == 0 && shift.on == DATE_NONE);
    CHECK(derive_months(month, 0, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK_INT(n_seasons, 0);
}

TEST("a year of eight months counts, one of seven or without any event does not, and a busy year weighs no more")
{
    /* By hand. 2020: eight months (October to May) of 10, but 20 in November: rate 90/8 = 11.25. 2021: ten of 40, but 20 in November: 38.
     * November: 40 of 11.25 + 38 = 49.25. August 2021: 40 of 38. */
    DeriveMonth month[30];
    DeriveSeason season[12];
    DeriveShift shift;
    size_t n = 0, n_seasons;
    int years;
    Err err = {0};

    for (int year = 2020; year <= 2022; year++)
        for (int at = 0; at < 10; at++) {
            int of = at < 5 ? at + 8 : at - 4;
            if (year > 2020 || (at >= 2 && of != 6))
                month[n++] = (DeriveMonth){day(year + (at >= 5), of, 1), year, year == 2022 ? 0 : of == 11 ? 20 : year == 2020 ? 10 : 40, 100};
        }
    CHECK_INT(n, 28);
    CHECK(derive_months(month, 18, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK(n_seasons == 10 && years == 2);
    CHECK_INT(season[8].month, 11);
    CHECK_NEAR(season[8].ratio, 40 / 49.25, 1e-12);
    CHECK_INT(season[5].month, 8);
    CHECK_NEAR(season[5].ratio, 40 / 38., 1e-12);
    CHECK(derive_months(month, 28, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK_INT(years, 2);
    CHECK_NEAR(season[8].ratio, 40 / 49.25, 1e-12);
    CHECK(derive_months(&month[1], 17, DATE_NONE, season, &n_seasons, &years, &shift, &err)); /* without the first */
    CHECK(n_seasons == 0 && years == 1);
}

TEST("a break is looked for in eighteen months, each beside its month of the year")
{
    DeriveMonth month[60];
    DeriveSeason season[12];
    DeriveShift shift;
    size_t n_seasons;
    int years;
    Err err = {0};

    size_t n = months_fill(month, 20, 3);
    CHECK(derive_months(month, n, month[33].month, season, &n_seasons, &years, &shift, &err));
    CHECK(shift.n == 17 && shift.on == DATE_NONE && isnan(shift.ratio) && n_seasons == 10);
    CHECK(derive_months(month, n, month[32].month, season, &n_seasons, &years, &shift, &err));
    CHECK(shift.n == 18 && shift.on != DATE_NONE);
    /* from the quiet end of a year on: the months before the break are others than those after it, and what is compared is what they are over their profile */
    CHECK(derive_months(month, n, month[8].month, season, &n_seasons, &years, &shift, &err));
    CHECK_INT(shift.on, month[20].month);
    double events[2] = {0}, expected[2] = {0};
    for (size_t at = 8; at < n; at++)
        for (size_t one = 0; one < n_seasons; one++)
            if (season[one].month == date_parts(month[at].month).month) {
                events[at >= 20] += month[at].events;
                expected[at >= 20] += month[at].denominator * season[one].ratio;
            }
    CHECK_NEAR(shift.ratio, events[1] / expected[1] / (events[0] / expected[0]), 1e-12);
    /* a month of the year in which nothing ever happened says nothing of a break */
    for (size_t at = 0; at < n; at += 10)
        month[at].events = 0;
    CHECK(derive_months(month, n, DATE_NONE, season, &n_seasons, &years, &shift, &err));
    CHECK(n_seasons == 10 && shift.n == 45);
}

TEST("where nothing happened before, there is no level to compare with")
{
    DeriveMonth month[60];
    DeriveSeason season[12];
    DeriveShift shift;
    size_t n_seasons;
    int years;
    Err err = {0};

    size_t n = months_fill(month, 60, 1);
    for (size_t at = 10; at < 30; at++)
        month[at].events = 0;
    CHECK(derive_months(month, n, month[10].month, season, &n_seasons, &years, &shift, &err));
    CHECK(shift.n == 40 && years == 3);
    CHECK(shift.on == DATE_NONE && isnan(shift.ratio) && isnan(shift.pvalue));
    month[10].events = 2;
    CHECK(derive_months(month, n, month[10].month, season, &n_seasons, &years, &shift, &err));
    CHECK(shift.on == month[30].month && shift.ratio > 10);
}
