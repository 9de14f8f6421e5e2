#include "analyze/cusum.h"

#include "tests/harness/test.h"

enum { N = 15 };
static const double count[N] = {3, 5, 2, 8, 0, 4, 9, 7, 6, 1, 2, 12, 3, 3, 4};
static const double mean[N] = {3, 3.5, 2.5, 4, 2, 3, 4.5, 5, 4, 2, 2, 5, 3, 3, 3};

static void run(const double *y, const double *mu, size_t n, CusumParams params, double *value, bool *alarm)
{
    Err err = {0};

    if (!cusum_run(y, mu, n, &params, value, alarm, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
}

TEST("the Poisson CUSUM agrees with surveillance, resets included")
{
    /* algo.glrnb(create.disProg(week=1:15, observed=y, state=rep(0,15)),
       control=list(range=1:15, mu0=mu, alpha=0, theta=log(1.8), c.ARL=1.5, ret="value")); R 4.2.2, surveillance 1.20.3 */
    const double want[N] = {0, 0.13893332451059504, 0, 1.5022933192169523, 0, 0, 1.690079984119071, 0.11450665431483387,
                            0.44122664372754805, 0, 0, 3.0534399788254287, 0, 0, 0};
    const bool alarms[N] = {0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
    double value[N];
    bool alarm[N];

    run(count, mean, N, (CusumParams) {1.8, INFINITY, 1.5, true}, value, alarm);
    for (size_t at = 0; at < N; at++) {
        CHECK_NEAR(value[at], want[at], 1e-13);
        CHECK_INT(alarm[at], alarms[at]);
    }
}

TEST("the negative binomial CUSUM agrees with surveillance")
{
    /* the same with alpha=.25 */
    const double want[N] = {0, 0.083765452270666341, 0, 0.66462647976239797, 0, 0, 0.69926922573555039, 0.76880329867189268,
                            0.93080092187247798, 0.33664369645344516, 0.093884357872300983, 1.2637278546926514,
                            0.96349106785449368, 0.66325428101633599, 0.65600461885965244};
    double value[N];
    bool alarm[N];

    run(count, mean, N, (CusumParams) {1.8, 4, 1.5, true}, value, alarm);
    for (size_t at = 0; at < N; at++) {
        CHECK_NEAR(value[at], want[at], 1e-12);
        CHECK(!alarm[at]);
    }
}

TEST("a ratio below one looks for a fall")
{
    /* S <- max(0, S + dnbinom(y, size=2, mu=.5*mu, log=TRUE) - dnbinom(y, size=2, mu=mu, log=TRUE)) */
    double value[N];
    bool alarm[N];

    run(count, mean, N, (CusumParams) {.5, 2, .5, false}, value, alarm);
    CHECK_NEAR(value[4], 0.5753641449035618, 1e-13);
    CHECK_NEAR(value[9], 0.1698990367953972, 1e-12);
    CHECK(alarm[4] && !alarm[9]);
}

TEST("without a reset the sum runs on and alarms again")
{
    const double y[] = {10, 10, 0, 0}, mu[] = {3, 3, 3, 3};
    double value[4];
    bool alarm[4];

    run(y, mu, 4, (CusumParams) {2, INFINITY, 3, false}, value, alarm);
    CHECK_NEAR(value[1], 2 * (10 * log(2) - 3), 1e-14);
    CHECK(alarm[0] && alarm[1] && alarm[2] && !alarm[3]);
    run(y, mu, 4, (CusumParams) {2, INFINITY, 3, true}, value, alarm);
    CHECK_NEAR(value[1], 10 * log(2) - 3, 1e-14);
    CHECK(alarm[0] && alarm[1] && !alarm[2]);
}

TEST("a period without report or exposure changes nothing")
{
    const double y[] = {7, NAN, 9, 7}, mu[] = {3, 3, 0, 3}, y_dense[] = {7, 7}, mu_dense[] = {3, 3};
    double value[4], dense[2];
    bool alarm[4], alarm_dense[2];

    run(y, mu, 4, (CusumParams) {2, INFINITY, 10, true}, value, alarm);
    run(y_dense, mu_dense, 2, (CusumParams) {2, INFINITY, 10, true}, dense, alarm_dense);
    CHECK_NEAR(value[0], dense[0], 0);
    CHECK_NEAR(value[1], dense[0], 0);
    CHECK_NEAR(value[2], dense[0], 0);
    CHECK_NEAR(value[3], dense[1], 0);
    run(y, mu, 4, (CusumParams) {2, INFINITY, 1, true}, value, alarm);
    CHECK(alarm[0] && !alarm[1] && !alarm[2] && alarm[3]);
}

TEST("an empty series, one of zeros, and one outlier")
{
    const double zero[] = {0, 0, 0}, one[] = {0, 1e6, 0}, mu[] = {2, 2, 2};
    double value[3];
    bool alarm[3];

    run(NULL, NULL, 0, (CusumParams) {2, INFINITY, 3, true}, NULL, NULL);
    run(zero, mu, 3, (CusumParams) {2, INFINITY, 3, true}, value, alarm);
    CHECK(value[2] == 0 && !alarm[0] && !alarm[1] && !alarm[2]);
    run(one, mu, 3, (CusumParams) {2, INFINITY, 3, true}, value, alarm);
    CHECK(!alarm[0] && alarm[1] && !alarm[2]);
}

TEST("run lengths on a lattice are exact")
{
    /* reference value 2 and limit 5 in counts (Lucas 1985). P <- matrix(0,5,5); for (i in 0:4) for (y in 0:7) { j <- max(0,i+y-2);
       if (j<5) P[i+1,j+1] <- P[i+1,j+1] + dpois(y, lambda) }; solve(diag(5)-P, rep(1,5))[1] */
    const double kappa[] = {1.5, 2}, in[] = {59.267674193813605, 164.42083743095472}, out[] = {9.4438297275437577, 6.4974143005058957};
    Err err = {0};

    for (int at = 0; at < 2; at++) {
        double mu = 2 * log(kappa[at]) / (kappa[at] - 1), arl;
        CusumParams params = {kappa[at], INFINITY, 5 * log(kappa[at]), true};
        CHECK(cusum_arl(&mu, 1, &params, 1, &arl, &err));
        CHECK_NEAR(arl, in[at], 1e-9);
        CHECK(cusum_arl(&mu, 1, &params, kappa[at], &arl, &err));
        CHECK_NEAR(arl, out[at], 1e-9);
    }
}

/* Mean run length of 20,000 (below: 200,000) simulated ones in R (set.seed(1)), with its standard error: within three of them. */
static void check_simulated(const double *mu, size_t n, CusumParams params, double ratio, double want, double se)
{
    double arl = NAN;
    Err err = {0};

    if (!cusum_arl(mu, n, &params, ratio, &arl, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    if (!(fabs(arl - want) < 3 * se))
        test_fail(__FILE__, __LINE__, "run length %g, simulated %g (%g)", arl, want, se);
}

TEST("run lengths off a lattice agree with simulation, for cycles and falls as well")
{
    const double three = 3, cycle[] = {2, 5, 3};

    check_simulated(&three, 1, (CusumParams) {2, INFINITY, 3, true}, 1, 93.9167, .64973634723751295);
    check_simulated(&three, 1, (CusumParams) {2, 4, 3, true}, 1, 148.7607, 1.0379406114085432);
    check_simulated(cycle, 3, (CusumParams) {2, INFINITY, 2.5, true}, 1, 62.9526, .43817653702118714);
    check_simulated(&three, 1, (CusumParams) {2, INFINITY, 3, true}, 2, 3.2766, .01468691278895478);
    check_simulated(&three, 1, (CusumParams) {.5, INFINITY, 3, true}, 1, 95.27085, .65424876506280416);
    const double rare = .2, other[] = {.5, 2, 6, 1};
    check_simulated(&rare, 1, (CusumParams) {3, .8, 1.2, true}, 1, 28.51415, .06203168); /* a grid gets 33.7 */
    check_simulated(other, 4, (CusumParams) {1.6, 2, 2.3, true}, 1, 148.597295, .3204684);
    check_simulated(other, 4, (CusumParams) {1.6, 2, 2.3, true}, 1.6, 16.5941, .02761779);
}

TEST("a limit has the run length that was asked for, and the next one down has not")
{
    const double cycle[] = {1, 2.5, 4};
    CusumParams params = {1.7, 6, 0, true};
    double arl;
    Err err = {0};

    CHECK(cusum_limit(cycle, 3, &params, 120, &params.h, &err));
    CHECK(cusum_arl(cycle, 3, &params, 1, &arl, &err) && arl >= 120 && arl < 126);
    params.h *= .99;
    CHECK(cusum_arl(cycle, 3, &params, 1, &arl, &err) && arl < 120);
}

TEST("where one event is rarer than the false alarm that was asked for, every limit will do")
{
    const double rare = .01;
    CusumParams params = {2, INFINITY, 0, true};
    double arl;
    Err err = {0};

    CHECK(cusum_limit(&rare, 1, &params, 50, &params.h, &err) && params.h > 0 && params.h < 2e-6);
    CHECK(cusum_arl(&rare, 1, &params, 1, &arl, &err));
    CHECK_NEAR(arl, 1 / -expm1(-.01), 1e-9);
    CHECK(cusum_limit(&rare, 1, &params, 1, &params.h, &err) && params.h > 0);
}

TEST("a limit is found where the next trial is beyond all measure")
{
    const double three = 3;
    CusumParams params = {2, INFINITY, 0, true};
    double arl;
    Err err = {0};

    CHECK(cusum_limit(&three, 1, &params, 1e6, &params.h, &err));
    CHECK(cusum_arl(&three, 1, &params, 1, &arl, &err) && arl >= 1e6 && arl < 1.1e6);
}

TEST("the run length of a cycle of equal means is that of one mean")
{
    const double equal[] = {2.3, 2.3, 2.3, 2.3, 2.3};
    CusumParams params = {2, 3, 2.2, true};
    double one, five;
    Err err = {0};

    CHECK(cusum_arl(equal, 1, &params, 1, &one, &err) && cusum_arl(equal, 5, &params, 1, &five, &err));
    CHECK_NEAR(one, five, 1e-9);
}

#define CHECK_REFUSED(call, message)                                                                                   \
    do {                                                                                                               \
        Err err = {0};                                                                                                 \
        CHECK(!(call));                                                                                                \
        CHECK_INT(err.kind, ERR_STAT);                                                                                 \
        CHECK_TEXT(err.text, message);                                                                                 \
    } while (0)

static bool refused(const double *y, const double *mu, size_t n, CusumParams params, Err *err)
{
    double value[2];
    bool alarm[2];

    return cusum_run(y, mu, n, &params, value, alarm, err);
}

static bool arl_refused(double mu, size_t n, CusumParams params, double ratio, Err *err)
{
    double arl;

    return cusum_arl(&mu, n, &params, ratio, &arl, err);
}

static bool limit_refused(double mu, CusumParams params, double arl, Err *err)
{
    double h;

    return cusum_limit(&mu, 1, &params, arl, &h, err);
}

TEST("what makes no sense is refused")
{
    const CusumParams good = {2, INFINITY, 3, true};
    const double half[] = {1, .5}, down[] = {1, -1}, fine[] = {1, 2}, endless[] = {1, INFINITY};

    CHECK_REFUSED(refused(fine, fine, 2, (CusumParams) {1, 2, 3, true}, &err), "cannot run a CUSUM: the ratio to be found (kappa) must be above 0 and not 1");
    CHECK_REFUSED(refused(fine, fine, 2, (CusumParams) {NAN, 2, 3, true}, &err), "cannot run a CUSUM: the ratio to be found (kappa) must be above 0 and not 1");
    CHECK_REFUSED(refused(fine, fine, 2, (CusumParams) {2, 0, 3, true}, &err), "cannot run a CUSUM: the size of the negative binomial must be above 0");
    CHECK_REFUSED(refused(fine, fine, 2, (CusumParams) {2, 2, 0, true}, &err), "cannot run a CUSUM: the limit (h) must be above 0");
    CHECK_REFUSED(refused(half, fine, 2, good, &err), "cannot run a CUSUM: the count of row 2 is not a whole number from 0 up");
    CHECK_REFUSED(refused(down, fine, 2, good, &err), "cannot run a CUSUM: the count of row 2 is not a whole number from 0 up");
    CHECK_REFUSED(refused(fine, down, 2, good, &err), "cannot run a CUSUM: the expectation of row 2 is negative or infinite");
    CHECK_REFUSED(refused(fine, endless, 2, good, &err), "cannot run a CUSUM: the expectation of row 2 is negative or infinite");
    CHECK_REFUSED(arl_refused(0, 1, good, 1, &err), "cannot compute a run length: means must lie between 0 and a million");
    CHECK_REFUSED(arl_refused(2, 1, good, NAN, &err), "cannot compute a run length: means must lie between 0 and a million");
    CHECK_REFUSED(arl_refused(2, 0, good, 1, &err), "cannot compute a run length: there is no expectation");
    CHECK_REFUSED(arl_refused(5, 1, (CusumParams) {2, INFINITY, 60, true}, 1, &err), "cannot compute a run length: it is beyond 1e9 periods");
    CHECK_REFUSED(arl_refused(900000, 1, (CusumParams) {1.00001, INFINITY, 5, true}, 1, &err), "cannot compute a run length: the ratio to be found (kappa) is too close to 1, or the expectation too small");
    CHECK_REFUSED(arl_refused(3, 1, (CusumParams) {1.0001, INFINITY, 5, true}, 1, &err), "cannot compute a run length: the ratio to be found (kappa) is too close to 1, or the expectation too small");
    CHECK_REFUSED(limit_refused(3, (CusumParams) {1.0001, INFINITY, 5, true}, 1e6, &err), "cannot compute a run length: the ratio to be found (kappa) is too close to 1, or the expectation too small");
    CHECK_REFUSED(limit_refused(3, good, .5, &err), "cannot find a limit: the run length must lie between 1 and a million periods");
    CHECK_REFUSED(limit_refused(3, (CusumParams) {1, 2, 3, true}, 100, &err), "cannot run a CUSUM: the ratio to be found (kappa) must be above 0 and not 1");
}
