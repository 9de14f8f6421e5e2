#include "analyze/ears.h"

#include "tests/harness/test.h"

enum { N = 21 };
static const double count[N] = {2, 4, 3, 5, 1, 0, 3, 6, 2, 4, 9, 3, 8, 12, 5, 2, 0, 0, 1, 7, 6};

static void run(const double *y, size_t n, EarsParams params, EarsPoint *out)
{
    Err err = {0};

    if (!ears_run(y, n, &params, out, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
}

TEST("C1 and C2 agree with surveillance")
{
    /* r <- earsC(sts(o), control=list(method="C1", baseline=7, alpha=.01)); upperbound(r)[,1]; R 4.2.2, surveillance 1.20.3.
       C2 has the same limits, three weeks later. */
    const double upper[] = {6.5686743775482537, 8.0647135315009351, 7.7789992457866486, 8.0254857819836936, 10.786501006378224,
                            10.630048292378984, 11.299779823750336, 14.64269993165524, 14.576584395950601, 14.576584395950601,
                            15.519310522412304, 14.577385932900281, 14.660665225591746, 14.211226669175685};
    const bool alarm1[] = {0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, alarm2[] = {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    EarsPoint one[N], two[N];

    run(count, N, (EarsParams) {EARS_C1, 7, .01, 0}, one);
    run(count, N, (EarsParams) {EARS_C2, 7, .01, 0}, two);
    for (size_t at = 0; at < 7; at++)
        CHECK(!one[at].evaluated && isnan(one[at].upper) && !one[at].alarm);
    for (size_t at = 0; at < 14; at++) {
        CHECK(one[at + 7].evaluated);
        CHECK_NEAR(one[at + 7].upper, upper[at], 1e-13);
        CHECK_INT(one[at + 7].alarm, alarm1[at]);
    }
    CHECK(!two[8].evaluated);
    for (size_t at = 0; at < 12; at++) {
        CHECK_NEAR(two[at + 9].upper, upper[at], 1e-13);
        CHECK_INT(two[at + 9].alarm, alarm2[at]);
    }
}

TEST("the spread has a floor")
{
    /* earsC(sts(o), control=list(method="C1", baseline=3, minSigma=2, alpha=.05)) */
    EarsPoint out[N];

    run(count, N, (EarsParams) {EARS_C1, 3, .05, 2}, out);
    CHECK_NEAR(out[3].upper, 6.2897072539029431, 1e-13);
    CHECK_NEAR(out[20].upper, 8.8939819931430417, 1e-13);
    CHECK_NEAR(out[3].sd, 2, 0);
}

TEST("C3 adds the excess of the two weeks before")
{
    /* C2 <- sapply(seq_along(o), function(t) if (t<10) NA else {x <- o[(t-9):(t-3)]; (o[t]-mean(x))/sd(x)})
       sapply(12:21, function(t) C2[t] + sum(pmax(0, C2[t-1:2]-1)))
       sapply(12:21, function(t) {x <- o[(t-9):(t-3)]; max(0, mean(x)+sd(x)*(qnorm(.975)-sum(pmax(0, C2[t-1:2]-1))))}) */
    const double c3[] = {1.8359395606199653, 4.0829674395603917, 4.0321652700483321, 3.4247122072588048, 0.60979160180295922,
                         -1.7497646501884259, -1.6944373734140665, -1.4185987312303812, 0.33407655239053052, 0.38750021023237596};
    const double upper[] = {3.2623985905249167, 3.4137883687297297, 5.5731527766876292, 0.73554698778892869, 5.656284096744999,
                            13.326531812678404, 13.248329998378537, 13.248329998378537, 13.952587109217347, 12.956517992366816};
    EarsPoint out[N];

    run(count, N, (EarsParams) {EARS_C3, 7, .025, 0}, out);
    CHECK(!out[10].evaluated);
    for (size_t at = 0; at < 10; at++) {
        CHECK_NEAR(out[at + 11].statistic, c3[at], 1e-13);
        CHECK_NEAR(out[at + 11].upper, upper[at], 1e-13);
        CHECK_INT(out[at + 11].alarm, c3[at] > 1.959963984540054); /* qnorm(.975) */
    }
}

TEST("weeks without a report are passed over")
{
    double gappy[2 * N];
    EarsPoint dense[N], out[2 * N];

    for (size_t at = 0; at < 2 * N; at++)
        gappy[at] = at % 2 ? count[at / 2] : NAN;
    for (EarsMethod method = EARS_C1; method <= EARS_C3; method++) {
        run(count, N, (EarsParams) {method, 7, .01, 0}, dense);
        run(gappy, 2 * N, (EarsParams) {method, 7, .01, 0}, out);
        for (size_t at = 0; at < N; at++) {
            CHECK(!out[2 * at].evaluated);
            CHECK_NEAR(out[2 * at + 1].upper, dense[at].upper, 0);
            CHECK_INT(out[2 * at + 1].alarm, dense[at].alarm);
        }
    }
}

TEST("a baseline without spread is not evaluated, unless the floor gives it one")
{
    const double flat[] = {2, 2, 2, 2, 9};
    EarsPoint out[5];

    run(flat, 5, (EarsParams) {EARS_C1, 3, .01, 0}, out);
    CHECK(!out[4].evaluated && !out[4].alarm && isnan(out[4].statistic));
    run(flat, 5, (EarsParams) {EARS_C1, 3, .01, .5}, out);
    CHECK(out[4].evaluated && out[4].alarm && out[4].statistic == 14);
    CHECK(out[3].evaluated && !out[3].alarm && out[3].statistic == 0);
}

TEST("none, one and two reports give no evaluation, and the statistic does not depend on the scale")
{
    double tenfold[N];
    EarsPoint out[N], scaled[N];

    run(NULL, 0, (EarsParams) {EARS_C1, 7, .01, 0}, NULL);
    run(count, 2, (EarsParams) {EARS_C1, 7, .01, 0}, out);
    CHECK(!out[0].evaluated && !out[1].evaluated);
    for (size_t at = 0; at < N; at++)
        tenfold[at] = 10 * count[at];
    run(count, N, (EarsParams) {EARS_C3, 7, .01, 0}, out);
    run(tenfold, N, (EarsParams) {EARS_C3, 7, .01, 0}, scaled);
    for (size_t at = 0; at < N; at++)
        CHECK_NEAR(scaled[at].statistic, out[at].statistic, 1e-13);
}

TEST("what makes no sense is refused")
{
    const double half[] = {1, 2, .5};
    EarsPoint out[3];
    Err err = {0};

    CHECK(!ears_run(half, 3, &(EarsParams) {EARS_C1, 7, .01, 0}, out, &err));
    CHECK_TEXT(err.text, "cannot run EARS: the count of row 3 is not a whole number from 0 up");
    CHECK(!ears_run(half, 3, &(EarsParams) {EARS_C1, 2, .01, 0}, out, &err));
    CHECK_TEXT(err.text, "cannot run EARS: the baseline must be 3 to 366 reports");
    CHECK(!ears_run(half, 3, &(EarsParams) {4, 7, .01, 0}, out, &err));
    CHECK_TEXT(err.text, "cannot run EARS: the method must be C1, C2 or C3");
    CHECK(!ears_run(half, 3, &(EarsParams) {EARS_C1, 7, 1, 0}, out, &err));
    CHECK_TEXT(err.text, "cannot run EARS: alpha must lie between 0 and 1");
    CHECK(!ears_run(half, 3, &(EarsParams) {EARS_C1, 7, .01, -1}, out, &err));
    CHECK_TEXT(err.text, "cannot run EARS: the smallest standard deviation must be 0 or more");
    CHECK_INT(err.kind, ERR_STAT);
}
