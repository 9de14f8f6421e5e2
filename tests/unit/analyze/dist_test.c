#include "analyze/dist.h"

#include "tests/harness/test.h"

/* Expected numbers: R 4.2.2, the command beside each. Poisson and binomial tails are tested through analyze/rate.h, the limits
   and tails of dispersed counts through analyze/farrington.h. */

TEST("the negative binomial density agrees with R from rare to crowded")
{
    CHECK_NEAR(dist_negbin_density(0, 2, .3), 0.54277273738390819, 1e-14); /* dnbinom(0, size=.3, mu=2) */
    CHECK_NEAR(dist_negbin_density(1, 2, .3), 0.14159288801319339, 1e-14);
    CHECK_NEAR(dist_negbin_density(3, 2, .3), 0.053353841860043896, 1e-14);
    CHECK_NEAR(dist_negbin_density(7, 3, 4), 0.033977510412905969, 1e-14);
    CHECK_NEAR(dist_negbin_density(250, 200, 12.5), 0.0039824340672617109, 1e-13);
    /* mpmath, 40 digits: gamma(x+s)/gamma(s)/factorial(x)*(s/(s+mu))**s*(mu/(s+mu))**x. R gives ...296534929, wrong at the tenth. */
    CHECK_NEAR(dist_negbin_density(5, 3, 1e8), 0.10081881294083040, 1e-14);
    CHECK_NEAR(dist_negbin_density(1e5, 50, 1e-3), 1.3550991275393193e-09, 1e-12);
    CHECK_NEAR(dist_negbin_density(3, 2, 1e-6), 3.3332849714891997e-07, 1e-12);
    CHECK_NEAR(dist_negbin_density(0, 0, 2), 1, 0);
    CHECK_NEAR(dist_negbin_density(1, 0, 2), 0, 0);
    CHECK_NEAR(dist_negbin_density(4, 3, INFINITY), dist_poisson_density(4, 3), 0);
}

TEST("the negative binomial densities add up to one, with the right mean")
{
    for (double size = .1; size < 100; size *= 3) {
        double sum = 0, mean = 0;
        for (double x = 0; x < 3000; x++) {
            sum += dist_negbin_density(x, 5, size);
            mean += x * dist_negbin_density(x, 5, size);
        }
        CHECK_NEAR(sum, 1, 1e-12);
        CHECK_NEAR(mean, 5, 1e-12);
    }
}

TEST("lower tails of counts keep their relative accuracy")
{
    CHECK_NEAR(dist_count_lower(30, 16, 0), 0.0039062500000000009, 1e-13);   /* pnbinom(0, size=2, mu=30) */
    CHECK_NEAR(dist_count_lower(30, 16, 3), 0.034404754638671875, 1e-13);
    CHECK_NEAR(dist_count_lower(30, 16, 40), 0.74731631289029399, 1e-13);
    CHECK_NEAR(dist_count_lower(12, 1, 0), 6.1442123533282098e-06, 1e-13);   /* ppois(0, 12) */
    CHECK_NEAR(dist_count_lower(12, 1, 5), 0.020341029416928374, 1e-13);
    CHECK_NEAR(dist_count_lower(400, 1 + 400 / 1.5, 2), 0.00099457566707440259, 1e-12); /* pnbinom(2, size=1.5, mu=400) */
    CHECK_NEAR(dist_count_lower(1000, 1, 700), 6.9330099017264166e-24, 1e-11);
    CHECK_NEAR(dist_count_lower(12, 1, -1), 0, 0);
    CHECK_NEAR(dist_count_lower(12, 1, 1e9), 1, 1e-14);
    CHECK_NEAR(dist_count_lower(0, 1, 0), 1, 0);
}

TEST("both tails of a count make one")
{
    for (double phi = 1; phi < 40; phi *= 2.5)
        for (double count = 0; count < 30; count++)
            CHECK_NEAR(dist_count_lower(8, phi, count) + dist_count_tail(8, phi, count + 1), 1, 1e-13);
}

TEST("gamma and F quantiles")
{
    CHECK_NEAR(dist_gamma_quantile(.025, .5), 0.00049103455858762809, 1e-12); /* qgamma(.025, .5) */
    CHECK_NEAR(dist_gamma_quantile(.975, 3), 7.2246876677239582, 1e-13);
    CHECK_NEAR(dist_gamma_quantile(.5, 1e4), 9999.6666686420467, 1e-12);
    CHECK_NEAR(dist_gamma_quantile(.025, 1e-2) / 3.5226859973139195e-161, 1, 1e-10);
    CHECK_NEAR(dist_f_quantile(.025, 9, 45), 0.2867883686792605, 1e-13); /* qf(.025, 9, 45) */
    CHECK_NEAR(dist_f_quantile(.975, 3, 4), 9.9791985322438848, 1e-13);
    CHECK_NEAR(dist_f_quantile(.5, 1000, 2000), 0.99966662144678864, 1e-12);
}

TEST("a count is whole and not negative")
{
    CHECK(dist_is_count(0) && dist_is_count(7) && dist_is_count(1e10));
    CHECK(!dist_is_count(-1) && !dist_is_count(.5) && !dist_is_count(NAN) && !dist_is_count(INFINITY) && !dist_is_count(1e11));
}
