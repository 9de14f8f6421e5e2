#include "analyze/shrink.h"

#include "tests/harness/test.h"

enum { N = 10 };
static const double observed[N] = {12, 30, 5, 44, 21, 9, 60, 17, 3, 25}, expected[N] = {15, 22, 8, 30, 25, 10, 33, 20, 6, 24};

static ShrinkPrior prior(const double *o, const double *e, size_t n, ShrinkMethod method)
{
    ShrinkPrior out;
    Err err = {0};

    if (!shrink_prior(o, e, n, method, &out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return out;
}

TEST("the prior by maximum likelihood is that of the negative binomial")
{
    /* f(th): m from uniroot(function(l) sum((O-exp(l)*E)/(1+exp(l)*E/th))), then the score in th; uniroot, tol 1e-13.
       optim(sum(dnbinom(O, size, mu=m*E, log=TRUE))) agrees to 2e-7 */
    ShrinkPrior got = prior(observed, expected, N, SHRINK_ML);

    CHECK_INT(got.n, 10);
    CHECK_NEAR(got.shape, 13.962035292128313, 1e-9);
    CHECK_NEAR(got.mean, 1.0919971945311451, 1e-10);
}

TEST("the posterior is a gamma distribution")
{
    /* a <- th+O; b <- th/m+E; a/b; qgamma(c(.025,.975), a, b); pgamma(1.5*m, a, b, lower.tail=FALSE) */
    ShrinkPrior got = prior(observed, expected, N, SHRINK_ML);
    ShrinkPoint point[N];

    shrink_points(observed, expected, N, &got, 1.5, point);
    CHECK_NEAR(point[6].raw, 60. / 33, 1e-15);
    CHECK_NEAR(point[6].theta, 1.6153931674070356, 1e-9);
    CHECK_NEAR(point[8].theta, 0.90291889857062757, 1e-9);
    CHECK_NEAR(point[6].low, 1.2683475602562861, 1e-9);
    CHECK_NEAR(point[6].high, 2.0037715965612812, 1e-9);
    CHECK_NEAR(point[6].above, 0.43703016990529797, 1e-8);
    CHECK_NEAR(point[8].above, 0.0025608271618356073, 1e-7);
}

TEST("the prior by moments is that of Marshall")
{
    /* mm <- sum(O)/sum(E); v <- (sum(E*(O/E-mm)^2)-9*mm)/(sum(E)-sum(E^2)/sum(E)); c(mm, mm^2/v) */
    ShrinkPrior got = prior(observed, expected, N, SHRINK_MOMENTS);

    CHECK_NEAR(got.mean, 1.1709844559585492, 1e-14);
    CHECK_NEAR(got.shape, 11.746306115807892, 1e-12);
}

TEST("schools that do not differ get no spread and one theta")
{
    const double o[] = {10, 21, 29}, e[] = {10, 20, 30};
    ShrinkPoint point[3];

    for (ShrinkMethod method = SHRINK_ML; method <= SHRINK_MOMENTS; method++) {
        ShrinkPrior got = prior(o, e, 3, method);
        CHECK(isinf(got.shape));
        CHECK_NEAR(got.mean, 1, 1e-14);
        shrink_points(o, e, 3, &got, 1.5, point);
        CHECK(point[1].theta == got.mean && point[1].above == 0);
        CHECK(isnan(point[1].low) && isnan(point[1].high)); /* an interval without width would say that nothing is sure to the last digit */
        shrink_points(o, e, 3, &got, .9, point);
        CHECK(point[1].above == 1);
    }
    for (ShrinkMethod method = SHRINK_ML; method <= SHRINK_MOMENTS; method++) {
        ShrinkPrior one;
        Err err = {0};
        CHECK(!shrink_prior(o, e, 1, method, &one, &err));
        CHECK_TEXT(err.text, "cannot learn how schools differ from one school");
    }
    CHECK(prior(o, e, 2, SHRINK_ML).n == 2);
}

TEST("every theta lies between its own rate and the mean, and an outlier cannot pull a small school far")
{
    const double o[] = {2, 200, 20, 22, 18, 3}, e[] = {1, 100, 20, 20, 20, .2};
    ShrinkPrior got = prior(o, e, 6, SHRINK_ML);
    ShrinkPoint point[6];

    shrink_points(o, e, 6, &got, 1.5, point);
    for (int at = 0; at < 6; at++) {
        CHECK(point[at].theta >= fmin(point[at].raw, got.mean) - 1e-12 && point[at].theta <= fmax(point[at].raw, got.mean) + 1e-12);
        CHECK(point[at].low < point[at].theta && point[at].theta < point[at].high);
    }
    CHECK(point[5].raw > 14 && point[5].theta < 3);
}

TEST("a school without report has the prior itself, and scale moves theta only")
{
    double o[N + 1], e[N + 1], e_large[N + 1];
    ShrinkPoint point[N + 1], large[N + 1];

    for (int at = 0; at <= N; at++) {
        o[at] = at < N ? observed[at] : NAN;
        e[at] = at < N ? expected[at] : 10;
        e_large[at] = 100 * e[at];
    }
    ShrinkPrior got = prior(o, e, N + 1, SHRINK_ML), other = prior(o, e_large, N + 1, SHRINK_ML);
    CHECK_INT(got.n, N);
    CHECK_NEAR(other.mean, got.mean / 100, 1e-12);
    CHECK_NEAR(other.shape, got.shape, 1e-8);
    shrink_points(o, e, N + 1, &got, 1.5, point);
    shrink_points(o, e_large, N + 1, &other, 1.5, large);
    CHECK(!point[N].used && isnan(point[N].raw));
    CHECK_NEAR(point[N].theta, got.mean, 1e-14);
    CHECK(point[N].low < point[N].theta && point[N].high > point[N].theta);
    CHECK_NEAR(large[6].above, point[6].above, 1e-8);
}

TEST("what makes no sense is refused")
{
    const double half[] = {1, .5}, zero[] = {0, 0}, fine[] = {1, 1};
    ShrinkPrior got;
    Err err = {0};

    CHECK(!shrink_prior(half, fine, 2, SHRINK_ML, &got, &err));
    CHECK_TEXT(err.text, "cannot fit counts: the count of row 2 is not a whole number from 0 up");
    CHECK(!shrink_prior(zero, fine, 2, SHRINK_ML, &got, &err));
    CHECK_TEXT(err.text, "cannot fit counts: all counts are zero");
    CHECK(!shrink_prior(fine, zero, 2, SHRINK_MOMENTS, &got, &err));
    CHECK_TEXT(err.text, "cannot fit counts: 0 usable rows for 1 parameters");
    CHECK(isnan(got.mean));
}
