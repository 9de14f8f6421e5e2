#include "analyze/gamma.h"

#include "tests/harness/test.h"

TEST("the prior is what moments over the schools give")
{
    /* 27 in 3000: mean .009, mu 9 each; ((2-9)^2 + (20-9)^2 + (5-9)^2 - 27) / (3 * 81) = 159/243 */
    GammaPrior prior = gamma_prior((double[]){2, 20, 5}, (double[]){1000, 1000, 1000}, 3, 1);
    CHECK_NEAR(prior.mean, .009, 1e-14);
    CHECK_NEAR(prior.shape, 243. / 159, 1e-14);
    /* schools of different size: mu 5, 10, 15 of 30 in 6000; (1 + 16 + 25 - 30) / (25 + 100 + 225) = 12/350 < 1/20 */
    prior = gamma_prior((double[]){4, 6, 20}, (double[]){1000, 2000, 3000}, 3, 1);
    CHECK_NEAR(prior.mean, .005, 1e-14);
    CHECK_NEAR(prior.shape, 20, 1e-14);
    /* (25 + 100 + 225 - 30) / 350 */
    prior = gamma_prior((double[]){0, 0, 30}, (double[]){1000, 2000, 3000}, 3, 1);
    CHECK_NEAR(prior.shape, 350. / 320, 1e-14);
}

TEST("schools that are all alike are never taken for surer than shape 20")
{
    GammaPrior prior = gamma_prior((double[]){10, 10, 10, 10}, (double[]){1000, 1000, 1000, 1000}, 4, 1);

    CHECK_NEAR(prior.mean, .01, 1e-14);
    CHECK_NEAR(prior.shape, 20, 1e-14);
}

TEST("schools that were closed do not count, one school has shape 1, and nothing seen has mean 0")
{
    GammaPrior prior = gamma_prior((double[]){2, 99, 20, 5, 7}, (double[]){1000, 0, 1000, 1000, NAN}, 5, 1);

    CHECK_NEAR(prior.mean, .009, 1e-14);
    CHECK_NEAR(prior.shape, 243. / 159, 1e-14);
    prior = gamma_prior((double[]){6}, (double[]){1000}, 1, 1);
    CHECK_NEAR(prior.mean, .006, 1e-14);
    CHECK_NEAR(prior.shape, 1, 1e-14);
    prior = gamma_prior((double[]){0, 0}, (double[]){1000, 500}, 2, 1);
    CHECK(prior.mean == 0);
    prior = gamma_prior(NULL, NULL, 0, 1);
    CHECK(prior.mean == 0);
}

TEST("the spread within schools is Pearson's chi-square over its degrees of freedom")
{
    /* R: y1 <- rep(c(1, 7), 6); y2 <- rep(c(0, 2, 4), 4); (sum((y1 - 4)^2/4) + sum((y2 - 2)^2/2)) / 22 */
    CHECK_NEAR(gamma_phi((double[]){48, 24}, (double[]){1200, 1200}, (double[]){300. / 100, 80. / 100}, (double[]){12, 12}, 2), 43. / 22, 1e-12);
    /* too little to tell; less than chance; schools that saw nothing */
    CHECK(gamma_phi((double[]){48}, (double[]){1200}, (double[]){3}, (double[]){12}, 1) == 1);
    CHECK(gamma_phi((double[]){48, 24}, (double[]){1200, 1200}, (double[]){1.92, .48}, (double[]){12, 12}, 2) == 1);
    CHECK_NEAR(gamma_phi((double[]){48, 24, 0}, (double[]){1200, 1200, 1200}, (double[]){3, .8, 0}, (double[]){12, 12, 12}, 3), 43. / 22, 1e-12);
}

TEST("sums over windows of the schools give the same prior as their totals")
{
    ARENA_AUTO arena = arena_new();
    const double a[] = {1, NAN, 2, 5, 9}, b[] = {9, 4, 6, 10, 0}, e[] = {100, 100, 0, 200, 100};
    GammaSums sums[] = {gamma_sums(arena, a, a, e, 5), gamma_sums(arena, b, b, e, 5), gamma_sums(arena, NULL, a, e, 5)};
    GammaWindow window[] = {gamma_window(0, 5, 5, 1), gamma_window(0, 5, 5, 1), gamma_window(0, 5, 5, 1)};
    /* rows 1 to 4: closed and missing ones do not count; the third school was open when the first one was, and nothing happened there */
    GammaPrior got = gamma_pool(sums, window, 3), want = gamma_prior((double[]){6, 23, 0}, (double[]){300, 400, 300}, 3, 1);

    CHECK(window[0].from == 0 && window[0].until == 4);
    CHECK(got.mean == want.mean && got.shape == want.shape && got.phi == 1);
}

TEST("a window ends before the periods left out and begins no earlier than a break")
{
    GammaWindow window = gamma_window(0, 40, 36, 3);
    CHECK(window.from == 4 && window.until == 37);
    window = gamma_window(10, 40, 36, 3);
    CHECK(window.from == 10 && window.until == 37);
    window = gamma_window(39, 40, 36, 3); /* nothing is left, and none of it lies before the break */
    CHECK(window.from == 39 && window.until == 39);
    window = gamma_window(0, 2, 36, 3);
    CHECK(window.from == 0 && window.until == 0);
}

TEST("the next count is negative binomial around what the past and the prior let expect")
{
    /* R: y <- c(2,0,1,3,1,0,2,NA,1,2,0,4,6); e <- c(10,10,9,10,11,10,10,10,0,10,10,12,10); w <- c(5,6,7,10); r <- sum(y[w])/sum(e[w]); own <- (26*1.3 + sum((y[w]-r*e[w])^2/(r*e[w])))/29
       a <- 2 + sum(y[w])/own; b <- 20 + sum(e[w])/own; mu <- a/b*10; v <- own + 10/b; c(own, mu, v, qnbinom(.995, mu/(v-1), mu = mu), pnbinom(5, mu/(v-1), mu = mu, lower.tail = FALSE)) */
    const double y[] = {2, 0, 1, 3, 1, 0, 2, NAN, 1, 2, 0, 4, 6}, e[] = {10, 10, 9, 10, 11, 10, 10, 10, 0, 10, 10, 12, 10};
    const GammaPrior prior = {.1, 2, 1.3};
    GammaPast past = gamma_past(y, e, gamma_window(0, 12, 8, 2), &prior);
    GammaNext next = gamma_next(&past, 6, 10, .005);
    double count, over;

    CHECK_INT(past.n, 4);
    CHECK_INT(past.first, 4);
    CHECK_INT(past.last, 9);
    CHECK_NEAR(past.phi, 1.2450156739811912843, 1e-14);
    CHECK_NEAR(next.expected, 1.1365699118075176521, 1e-14);
    CHECK_NEAR(next.phi, 1.4339397637529562868, 1e-14);
    CHECK(next.upper == 6);
    CHECK_NEAR(next.pvalue, .0081504726974941568, 1e-14);
    CHECK_NEAR(next.score, 1, 1e-14);
    gamma_span(y, e, 0, 9, 3, &count, &over); /* rows 9, 6 and 5: 8 was closed, 7 is not known */
    CHECK(count == 4 && over == 30);
    gamma_span(y, e, 9, 9, 3, &count, &over);
    CHECK(count == 2 && over == 10);
    CHECK(gamma_score(3, 2, 2) == 2); /* where the limit is what was expected, one more is just above it */
}
