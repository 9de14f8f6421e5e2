#include "analyze/silence.h"

#include "tests/harness/test.h"

static const SilenceParams params = {.001, 5};

static void run(const double *y, const double *e, size_t n, SilenceRate rate, SilencePoint *out)
{
    Err err = {0};

    if (!silence_run(y, e, n, &rate, &params, out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
}

TEST("the chance of so few is the negative binomial tail, and zeros in a row count together")
{
    /* rate gamma(3.5, 20): pnbinom(0, size=3.5, mu=3.5/20*40); pnbinom(1, size=3.5, mu=3.5/20*60); pnbinom(0, size=3.5, mu=3.5/20*90) */
    const double y[] = {0, 1, 0, 0, 0}, e[] = {40, 60, 30, 40, 20};
    SilencePoint out[5];

    run(y, e, 5, (SilenceRate) {3.5, 20}, out);
    CHECK_NEAR(out[0].p, 0.021383343303319469, 1e-13);
    CHECK_NEAR(out[0].expected, 7, 1e-14);
    CHECK_NEAR(out[0].run_p, out[0].p, 1e-14);
    CHECK_NEAR(out[1].p, 0.0283203125, 1e-13);
    CHECK(out[1].run == 0 && out[1].run_p == 1 && out[1].run_expected == 0);
    CHECK_INT(out[4].run, 3);
    CHECK_NEAR(out[4].run_p, 0.0025628936601726272, 1e-12);
    CHECK_NEAR(out[4].run_expected, 3.5 / 20 * 90, 1e-14);
    CHECK(!out[4].alarm);
}

TEST("a rate known exactly is Poisson")
{
    const double y[] = {2, 0, 0}, e[] = {4.5, 4.5, 4.5};
    SilencePoint out[3];

    run(y, e, 3, (SilenceRate) {INFINITY, 1}, out);
    CHECK_NEAR(out[0].p, 0.17357807091003605, 1e-13); /* ppois(2, 4.5) */
    CHECK_NEAR(out[2].run_p, 0.00012340980408667956, 1e-13); /* ppois(0, 9) */
    CHECK(!out[1].alarm && out[2].alarm);
}

TEST("no report is not silence: it neither adds to a run, nor ends it, nor alarms")
{
    const double y[] = {0, NAN, NAN, 0, NAN}, e[] = {4, 100, 100, 4, 100};
    const double closed[] = {0, 0, 0, 0}, open[] = {4, 0, NAN, 4};
    SilencePoint out[5];

    run(y, e, 5, (SilenceRate) {INFINITY, 1}, out);
    CHECK(!out[1].evaluated && !out[1].alarm && isnan(out[1].p) && !out[4].evaluated && !out[4].alarm);
    CHECK_INT(out[3].run, 2);
    CHECK_NEAR(out[3].run_expected, 8, 1e-14);
    CHECK(out[3].alarm);
    run(closed, open, 4, (SilenceRate) {INFINITY, 1}, out);
    CHECK(!out[1].evaluated && !out[2].evaluated);
    CHECK_NEAR(out[3].run_p, exp(-8), 1e-14);
}

TEST("few expected is no alarm, however sure")
{
    const double y[] = {0, 0}, e[] = {4.9, 5.1};
    SilencePoint out[2];
    Err err = {0};

    CHECK(silence_run(y, e, 1, &(SilenceRate) {INFINITY, 1}, &(SilenceParams) {.01, 5}, out, &err) && !out[0].alarm);
    CHECK(silence_run(y + 1, e + 1, 1, &(SilenceRate) {INFINITY, 1}, &(SilenceParams) {.01, 5}, out, &err) && out[0].alarm);
}

TEST("the unit of exposure does not matter, and an empty series is fine")
{
    const double y[] = {0, 3, 0}, e[] = {40, 60, 30}, e_large[] = {4000, 6000, 3000};
    SilencePoint out[3], large[3];

    run(NULL, NULL, 0, (SilenceRate) {3.5, 20}, NULL);
    run(y, e, 3, (SilenceRate) {3.5, 20}, out);
    run(y, e_large, 3, (SilenceRate) {3.5, 2000}, large);
    for (int at = 0; at < 3; at++) {
        CHECK_NEAR(large[at].p, out[at].p, 1e-13);
        CHECK_NEAR(large[at].run_p, out[at].run_p, 1e-13);
    }
}

TEST("a prior and a school's own past make one gamma distribution")
{
    SilenceRate rate = silence_rate(.5, 2, 30, 50), sure = silence_rate(.5, INFINITY, 30, 50);

    CHECK_NEAR(rate.shape, 32, 0);
    CHECK_NEAR(rate.rate, 54, 1e-15);
    CHECK(isinf(sure.shape) && sure.rate == .5);
}

TEST("what makes no sense is refused")
{
    const double y[] = {0, .5}, fine[] = {1, 1}, e[] = {1, -1}, endless[] = {1, INFINITY};
    SilencePoint out[2];
    Err err = {0};

    CHECK(!silence_run(y, fine, 2, &(SilenceRate) {2, 1}, &params, out, &err));
    CHECK_TEXT(err.text, "cannot judge silence: the count of row 2 is not a whole number from 0 up");
    CHECK(!silence_run(fine, e, 2, &(SilenceRate) {2, 1}, &params, out, &err));
    CHECK_TEXT(err.text, "cannot judge silence: the exposure of row 2 is negative or infinite");
    CHECK(!silence_run(fine, endless, 2, &(SilenceRate) {2, 1}, &params, out, &err));
    CHECK_INT(err.kind, ERR_STAT);
    CHECK(!silence_run(fine, fine, 2, &(SilenceRate) {NAN, 1}, &params, out, &err));
    CHECK_TEXT(err.text, "cannot judge silence: the expected rate must be above 0");
    CHECK(!silence_run(fine, fine, 2, &(SilenceRate) {2, 0}, &params, out, &err));
    CHECK(!silence_run(fine, fine, 2, &(SilenceRate) {2, 1}, &(SilenceParams) {0, 5}, out, &err));
    CHECK_TEXT(err.text, "cannot judge silence: alpha must lie between 0 and 1, and the fewest expected be 0 or more");
}
