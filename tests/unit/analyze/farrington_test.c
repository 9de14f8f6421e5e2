#include "analyze/farrington.h"

#include <string.h>

#include "tests/unit/analyze/reference.h"

static FarringtonLimit limit_by_name(const char *name)
{
    if (strcmp(name, "muan") == 0)
        return FARRINGTON_MUAN;
    return strcmp(name, "delta") == 0 ? FARRINGTON_DELTA : FARRINGTON_NB_PLUGIN;
}

typedef struct Compared {
    size_t ok, zero, tiny; /* tiny: status ok but expected at most .001, not to be compared says the reference */
} Compared;

/* One row of a reference against our result: integers and alarms exactly, the rest to 1e-9. */
static void compare_row(const Table *want, size_t row, const FarringtonSeries *series, const FarringtonParams *params,
                        Compared *compared)
{
    ARENA_AUTO arena = arena_new();
    FarringtonResult got;
    Err err = {0};
    const char *status = text_at(want, row, "status");

    if (!farrington_evaluate(arena, series, params, (size_t) int_at(want, row, "k") - 1, &got, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return;
    }
    CHECK_NEAR(got.observed, number_at(want, row, "observed"), 0);
    if (strcmp(status, "zero_baseline") == 0) {
        CHECK_TEXT(farrington_status_name(got.status), status);
        CHECK(isnan(got.expected) && isnan(got.upper) && !got.alarm);
        compared->zero++;
        return;
    }
    if (number_at(want, row, "expected") <= 1e-3) {
        compared->tiny++;
        return;
    }
    CHECK_INT(got.status, FARRINGTON_OK);
    if (got.status != FARRINGTON_OK)
        return;
    CHECK_INT(got.n_base, int_at(want, row, "n_base"));
    CHECK_INT(got.trend, int_at(want, row, "doTrend"));
    CHECK_INT(got.alarm, int_at(want, row, "alarm"));
    CHECK_NEAR(got.phi, number_at(want, row, "phi"), 1e-9);
    CHECK_NEAR(got.slope, got.trend ? number_at(want, row, "slope") : 0, 1e-9);
    CHECK_NEAR(got.expected, number_at(want, row, "expected"), 1e-9);
    CHECK_NEAR(got.se_eta, number_at(want, row, "se_eta"), 1e-9);
    CHECK_NEAR(got.upper, number_at(want, row, "upper"), params->limit == FARRINGTON_DELTA ? 1e-9 : 0);
    CHECK_NEAR(got.pvalue, number_at(want, row, "pvalue"), 1e-9);
    CHECK_NEAR(got.score, number_at(want, row, "score"), 1e-9);
    compared->ok++;
}

TEST("the published surveillance series give the reference results in all 41 configurations")
{
    ARENA_AUTO arena = arena_new();
    Table index = table_load(arena, "farrington/INDEX.csv");
    Compared all = {0};

    CHECK_INT(index.rows, 41);
    for (size_t row = 0; row < index.rows; row++) {
        const char *name = text_at(&index, row, "series"), *cfg = text_at(&index, row, "cfg");
        Table input = table_load(arena, arena_format(arena, "farrington/inputs/%s.csv", name));
        Table want = table_load(arena, arena_format(arena, "farrington/expected/%s__%s.csv", name, cfg));
        FarringtonParams params = {.b = int_at(&index, row, "b"), .w = int_at(&index, row, "w"),
                                   .periods = int_at(&index, row, "noPeriods"), .past = int_at(&index, row, "past"),
                                   .freq = int_at(&input, 0, "freq"), .alpha = number_at(&index, row, "alpha"),
                                   .limit = limit_by_name(text_at(&index, row, "method")),
                                   .trend_p = number_at(&index, row, "pThresholdTrend"),
                                   .reweight = number_at(&index, row, "weightsThreshold")};
        CHECK_INT(sscanf(text_at(&index, row, "limit54"), "%d/%d", &params.limit54_cases, &params.limit54_periods), 2);
        FarringtonSeries series = {.n = input.rows, .observed = column_load(arena, &input, "observed")};
        if (int_at(&index, row, "offset"))
            series.exposure = column_load(arena, &input, "population");
        CHECK_INT(want.rows, int_at(&index, row, "k1") - int_at(&index, row, "k0") + 1);
        for (size_t line = 0; line < want.rows; line++)
            compare_row(&want, line, &series, &params, &all);
    }
    CHECK_INT(all.ok, 2082);
    CHECK_INT(all.zero, 80);
    CHECK_INT(all.tiny, 58);
}

/* The rows and levels of one evaluated week against the lines of the baseline file. */
static size_t compare_baseline(const Table *want, const FarringtonResult *got, size_t k)
{
    size_t line = 0, found = 0;

    while (line < want->rows && int_at(want, line, "k") != (int) k + 1)
        line++;
    for (; line < want->rows && int_at(want, line, "k") == (int) k + 1 && found < got->n_base; line++, found++) {
        CHECK_INT(got->base_row[found] + 1, int_at(want, line, "t"));
        CHECK_INT(got->base_level[found] + 1, int_at(want, line, "level"));
    }
    CHECK(line == want->rows || int_at(want, line, "k") != (int) k + 1);
    return found;
}

static void compare_dec2013(const char *land, const double *printed)
{
    ARENA_AUTO arena = arena_new();
    Table input = table_load(arena, arena_format(arena, "farrington/input_dec2013_%s.csv", land));
    Table want = table_load(arena, arena_format(arena, "farrington/spec_dec2013_%s.csv", land));
    Table baseline = table_load(arena, arena_format(arena, "farrington/baseline_dec2013_%s.csv", land));
    FarringtonParams params = {.b = 4, .w = 3, .periods = 10, .past = 26, .freq = 52, .alpha = .05,
                               .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = 2.58, .limit54_periods = 50};
    Date *date = arena_array(arena, input.rows, sizeof *date);
    FarringtonSeries series = {.n = input.rows, .observed = column_load(arena, &input, "observed"), .date = date};
    Compared compared = {0};
    size_t baseline_rows = 0;

    for (size_t row = 0; row < input.rows; row++)
        CHECK(date_parse_iso(text_at(&input, row, "date"), &date[row]));
    CHECK_INT(want.rows, 5);
    for (size_t line = 0; line < want.rows; line++) {
        FarringtonResult got;
        Err err = {0};
        size_t k = (size_t) int_at(&want, line, "k") - 1;
        compare_row(&want, line, &series, &params, &compared);
        CHECK(farrington_evaluate(arena, &series, &params, k, &got, &err));
        CHECK_NEAR(got.upper, printed[line], 0);
        baseline_rows += compare_baseline(&baseline, &got, k);
    }
    CHECK_INT(compared.ok, 5);
    CHECK_INT(baseline_rows, 930);
    CHECK_INT(baseline.rows, 930);
}

TEST("December 2013, Baden-Wuerttemberg: the calendar picks the rows, and the thresholds are the printed ones")
{
    compare_dec2013("Baden.Wuerttemberg", (const double[]) {4, 3, 3, 3, 2});
}

TEST("December 2013, North Rhine-Westphalia: the calendar picks the rows, and the thresholds are the printed ones")
{
    compare_dec2013("North.Rhine.Westphalia", (const double[]) {3, 3, 3, 2, 2});
}

typedef struct SchoolConfig {
    const char *name;
    FarringtonParams params;
} SchoolConfig;

/* The last periods of 8 schools, in the order school, configuration, period; closed ones are no rows of want. */
static void compare_schools(const char *set, const char *count, const char *exposure, const SchoolConfig *config,
                            size_t n_config, size_t n_evaluated, size_t want_rows, size_t want_closed)
{
    ARENA_AUTO arena = arena_new();
    Table input = table_load(arena, arena_format(arena, "schools/%s.csv", set));
    Table want = table_load(arena, arena_format(arena, "schools/%s_expected.csv", set));
    const double *observed = column_load(arena, &input, count), *open = column_load(arena, &input, exposure);
    size_t line = 0, closed = 0, n = input.rows / 8;
    Compared compared = {0};

    CHECK_INT(n * 8, input.rows);
    for (size_t begin = 0; begin < input.rows; begin += n) {
        FarringtonSeries series = {.n = n, .observed = observed + begin, .exposure = open + begin};
        for (size_t cfg = 0; cfg < n_config; cfg++)
            for (size_t k = n - n_evaluated; k < n; k++) {
                if (!(series.exposure[k] > 0)) {
                    FarringtonResult got;
                    Err err = {0};
                    CHECK(farrington_evaluate(arena, &series, &config[cfg].params, k, &got, &err));
                    CHECK_INT(got.status, FARRINGTON_NO_EXPOSURE);
                    closed++;
                    continue;
                }
                if (line == want.rows)
                    break;
                CHECK_TEXT(text_at(&want, line, "school"), text_at(&input, begin, "school"));
                CHECK_TEXT(text_at(&want, line, "cfg"), config[cfg].name);
                CHECK_INT(int_at(&want, line, "k"), k + 1);
                compare_row(&want, line++, &series, &config[cfg].params, &compared);
            }
    }
    CHECK_INT(line, want.rows);
    CHECK_INT(compared.ok, want_rows);
    CHECK_INT(compared.tiny + compared.zero, 0);
    CHECK_INT(closed, want_closed);
}

TEST("eight schools by week give the reference results")
{
    FarringtonParams week = {.b = 5, .w = 3, .periods = 10, .past = 26, .freq = 52, .alpha = .01,
                             .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = 2.58, .limit54_periods = 4};
    SchoolConfig config[] = {{"W1", week}, {"W2", week}, {"W3", week}, {"W4", week}};

    config[1].params.periods = 1;
    config[2].params.limit = FARRINGTON_MUAN;
    config[3].params.limit = FARRINGTON_DELTA;
    config[3].params.periods = 1;
    config[3].params.past = 3;
    config[3].params.trend_p = .05;
    compare_schools("weekly_8", "count", "exposure", config, 4, 60, 1504, 416);
}

TEST("eight schools by month give the reference results")
{
    FarringtonParams month = {.b = 5, .w = 1, .periods = 4, .past = 6, .freq = 12, .alpha = .01,
                              .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = 2.58, .limit54_periods = 4};
    SchoolConfig config[] = {{"M1", month}, {"M2", month}, {"M3", month}, {"M4", month}};

    config[1].params.periods = 1;
    config[2].params.limit = FARRINGTON_DELTA;
    config[2].params.periods = 1;
    config[2].params.past = 1;
    config[2].params.trend_p = .05;
    config[3].params.limit = FARRINGTON_MUAN;
    compare_schools("monthly_8", "count", "pupil_weeks", config, 4, 14, 416, 32);
}

enum { MONTHS = 60 };

/* Five years of months with one level; b = 2, so that no trend can be drawn, and seven rows a year. */
static const FarringtonParams plain = {.b = 2, .w = 3, .periods = 1, .past = 4, .freq = 12, .alpha = .01,
                                       .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = INFINITY};

static FarringtonResult evaluate_months(Arena *arena, const double *observed, const double *exposure,
                                        const FarringtonParams *params, size_t k)
{
    FarringtonSeries series = {.n = MONTHS, .observed = observed, .exposure = exposure};
    FarringtonResult got;
    Err err = {0};

    if (!farrington_evaluate(arena, &series, params, k, &got, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        got = (FarringtonResult) {.status = FARRINGTON_FIT_FAILED};
    }
    return got;
}

/* Two counts take turns, so that the baseline of month 40 (13..19 and 25..31) has 7 rows of each. */
static FarringtonResult evaluate_turns(Arena *arena, double one, double other, double count,
                                       const FarringtonParams *params)
{
    double *observed = arena_array(arena, MONTHS, sizeof *observed);

    for (size_t row = 0; row < MONTHS; row++)
        observed[row] = (row + (row > 20)) % 2 ? one : other;
    observed[40] = count;
    return evaluate_months(arena, observed, NULL, params, 40);
}

TEST("a steady count has a Poisson limit")
{
    ARENA_AUTO arena = arena_new();
    FarringtonResult got = evaluate_turns(arena, 3, 3, 9, &plain);

    CHECK_INT(got.n_base, 14);
    CHECK_NEAR(got.expected, 3, 1e-12);
    CHECK_NEAR(got.phi, 1, 0);
    CHECK_NEAR(got.se_eta, sqrt(1. / 42), 1e-12);
    CHECK_NEAR(got.upper, 8, 0);                          /* qpois(.99, 3) */
    CHECK_NEAR(got.pvalue, 0.0038029920616759576, 1e-12); /* ppois(8, 3, lower.tail=FALSE) */
    CHECK_NEAR(got.score, 6. / 5, 1e-12);
    CHECK(got.alarm && !got.trend && got.slope == 0);
    got = evaluate_turns(arena, 3, 3, 2, &plain);
    CHECK_NEAR(got.pvalue, 0.8008517265285442, 1e-12); /* ppois(1, 3, lower.tail=FALSE) */
    CHECK(!got.alarm);
    CHECK_NEAR(evaluate_turns(arena, 3, 3, 0, &plain).pvalue, 1, 0);
    CHECK_NEAR(evaluate_turns(arena, 3, 3, 1e9, &plain).pvalue, 0, 0);
}

TEST("a dispersed count has a negative binomial limit")
{
    ARENA_AUTO arena = arena_new();
    FarringtonParams params = plain;
    double phi = 42. / 13; /* 14 rows, each 3 away from a mean of 3 */
    FarringtonResult got = evaluate_turns(arena, 0, 6, 12, &params);

    CHECK_NEAR(got.expected, 3, 1e-12);
    CHECK_NEAR(got.phi, phi, 1e-12);
    CHECK_NEAR(got.se_eta, sqrt(phi / 42), 1e-12);
    CHECK_NEAR(got.upper, 14, 0); /* f <- 42/13; qnbinom(.99, size=3/(f-1), prob=1/f) */
    CHECK_NEAR(got.pvalue, 0.022241872925236768, 1e-12); /* pnbinom(11, size=3/(f-1), prob=1/f, lower.tail=FALSE) */
    params.limit = FARRINGTON_MUAN; /* m <- 3*exp(qnorm(.99)*sqrt(f/42)) */
    got = evaluate_turns(arena, 0, 6, 12, &params);
    CHECK_NEAR(got.upper, 19, 0);                        /* qnbinom(.99, size=m/(f-1), prob=1/f) */
    CHECK_NEAR(got.pvalue, 0.099326141332052947, 1e-11); /* pnbinom(11, size=m/(f-1), prob=1/f, lower.tail=FALSE) */
    params.limit = FARRINGTON_DELTA; /* s <- sqrt(4/9*3^(1/3)*(f+3*f/42)) */
    got = evaluate_turns(arena, 0, 6, 12, &params);
    CHECK_NEAR(got.upper, 13.058549304212237, 1e-12);    /* (3^(2/3)+qnorm(.99)*s)^1.5 */
    CHECK_NEAR(got.pvalue, 0.016904430929293612, 1e-12); /* pnorm((12^(2/3)-3^(2/3))/s, lower.tail=FALSE) */
}

TEST("limits and tails hold where the probability of no case underflows")
{
    ARENA_AUTO arena = arena_new();
    FarringtonResult got = evaluate_turns(arena, 20000, 20000, 20400, &plain);

    CHECK_NEAR(got.upper, 20330, 0);                     /* qpois(.99, 20000) */
    CHECK_NEAR(got.pvalue, 0.0024256958402762347, 1e-10); /* ppois(20399, 20000, lower.tail=FALSE) */
    got = evaluate_turns(arena, 20000, 20000, 23000, &plain);
    CHECK_NEAR(got.pvalue, 1.3702797902383079e-95, 1e-10); /* ppois(22999, 20000, lower.tail=FALSE) */
    CHECK_NEAR(evaluate_turns(arena, 20000, 20000, 10, &plain).pvalue, 1, 0);
    got = evaluate_turns(arena, 1000, 3000, 7000, &plain); /* f <- 7000/13 */
    CHECK_NEAR(got.upper, 5161, 0);                       /* qnbinom(.99, size=2000/(f-1), prob=1/f) */
    /* pnbinom(6999, size=2000/(f-1), prob=1/f, lower.tail=FALSE) */
    CHECK_NEAR(got.pvalue, 0.00069540582379902017, 1e-10);
}

TEST("a limit in the millions is a failed fit, and nothing half computed is left")
{
    ARENA_AUTO arena = arena_new();
    FarringtonResult got = evaluate_turns(arena, 2e6, 2e6, 3, &plain);

    CHECK_INT(got.status, FARRINGTON_FIT_FAILED);
    CHECK(isnan(got.expected) && isnan(got.phi) && isnan(got.slope) && isnan(got.se_eta) && isnan(got.upper));
    CHECK(isnan(got.pvalue) && isnan(got.score) && !got.trend && !got.alarm);
    CHECK_INT(got.n_base, 14);
    CHECK_NEAR(got.base_weight[0], 1, 0);
}

TEST("a limit at or below the mean still tells more from less")
{
    ARENA_AUTO arena = arena_new();
    FarringtonParams params = plain;
    FarringtonResult got;

    params.alpha = .5;
    got = evaluate_turns(arena, 0, 6, 1, &params);
    CHECK_NEAR(got.upper, 2, 0); /* f <- 42/13; qnbinom(.5, size=3/(f-1), prob=1/f) */
    CHECK_NEAR(got.score, 0, 0);
    CHECK(!got.alarm);
    CHECK_NEAR(evaluate_turns(arena, 0, 6, 2, &params).score, 1, 0);
    got = evaluate_turns(arena, 0, 6, 5, &params);
    CHECK_NEAR(got.score, 4, 0);
    CHECK(got.alarm);
    params.limit = FARRINGTON_DELTA;
    params.alpha = .999999;
    CHECK_NEAR(evaluate_turns(arena, 0, 6, 5, &params).upper, 0, 0);
}

TEST("one outlier in the baseline is weighted down and the weights still add up to the rows")
{
    ARENA_AUTO arena = arena_new();
    static const double rows[] = {2, 4, 3, 3, 1, 5, 2, 4, 3, 3, 1, 40, 2, 3};
    double observed[MONTHS] = {0}, sum = 0;
    FarringtonParams params = plain;

    for (size_t row = 0; row < 7; row++) { /* windows 13..19 and 25..31 of k = 40 */
        observed[13 + row] = rows[row];
        observed[25 + row] = rows[7 + row];
    }
    params.reweight = 2;
    FarringtonResult got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK_INT(got.n_base, 14);
    /* mu <- mean(y); f <- sum((y-mu)^2/mu)/13; s <- 1.5*(y^(2/3)*mu^(-1/6)-mu^(1/2))/sqrt(f*13/14)
       w <- ifelse(s>2,s^-2,1); w <- w*14/sum(w); m <- mean(w*y); f <- sum(w*(y-m)^2/m)/13; sqrt(f/sum(w*m)) */
    CHECK_NEAR(got.base_weight[11], 0.19206191697703379, 1e-12);
    CHECK_NEAR(got.base_weight[0], 1.0621490833094589, 1e-12);
    CHECK_NEAR(got.expected, 3.27998883415870512, 1e-12);
    CHECK_NEAR(got.phi, 6.56408862834673013, 1e-12);
    CHECK_NEAR(got.se_eta, 0.37808288450125199, 1e-12);
    for (size_t at = 0; at < got.n_base; at++) {
        sum += got.base_weight[at];
        CHECK_INT(got.base_row[at], at < 7 ? 13 + at : 18 + at);
        CHECK_INT(got.base_level[at], 0);
    }
    CHECK_NEAR(sum, 14, 1e-12);
}

TEST("gaps between windows split into blocks, the first ones longer, and recent rows stay out")
{
    ARENA_AUTO arena = arena_new();
    static const int level[] = {3, 3, 3, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    double observed[MONTHS];
    FarringtonParams params = {.b = 2, .w = 1, .periods = 4, .past = 2, .freq = 13, .alpha = .01,
                               .trend_p = 1, .reweight = 2.58};

    for (size_t row = 0; row < MONTHS; row++)
        observed[row] = 2 + (double) (row % 3);
    FarringtonResult got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK_INT(got.n_base, 25); /* 13..37 */
    for (size_t at = 0; at < got.n_base; at++) {
        CHECK_INT(got.base_row[at], 13 + at);
        CHECK_INT(got.base_level[at], level[at % 13]);
    }
    params.past = 0;
    got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK_INT(got.n_base, 27); /* up to 39, which belongs to the window of k itself */
    CHECK_INT(got.base_level[26], 3);
    params.periods = 1;
    got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK_INT(got.n_base, 7);
    CHECK_INT(got.base_row[6], 39);
}

TEST("missing and closed periods leave the baseline, and are not evaluated")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS], exposure[MONTHS];

    for (size_t row = 0; row < MONTHS; row++) {
        observed[row] = 4;
        exposure[row] = 100;
    }
    observed[14] = observed[42] = NAN;
    exposure[15] = 0;
    exposure[16] = NAN;
    exposure[43] = 0;
    exposure[44] = NAN;
    FarringtonResult got = evaluate_months(arena, observed, exposure, &plain, 40);
    CHECK_INT(got.status, FARRINGTON_OK);
    CHECK_INT(got.n_base, 11);
    CHECK_INT(got.base_row[1], 17);
    got = evaluate_months(arena, observed, exposure, &plain, 42);
    CHECK_TEXT(farrington_status_name(got.status), "missing");
    CHECK(isnan(got.observed) && isnan(got.upper) && got.n_base == 0 && !got.base_row);
    got = evaluate_months(arena, observed, exposure, &plain, 43);
    CHECK_TEXT(farrington_status_name(got.status), "no_exposure");
    CHECK_INT(evaluate_months(arena, observed, exposure, &plain, 44).status, FARRINGTON_NO_EXPOSURE);
}

TEST("a history of 0, 1 and 2 rows, of one level too few and of zeros has a status of its own")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS];
    FarringtonParams params = plain;

    for (size_t row = 0; row < MONTHS; row++)
        observed[row] = 4;
    params.w = 0;
    CHECK_TEXT(farrington_status_name(evaluate_months(arena, observed, NULL, &params, 0).status), "short_history");
    CHECK_INT(evaluate_months(arena, observed, NULL, &params, 11).n_base, 0);
    CHECK_INT(evaluate_months(arena, observed, NULL, &params, 23).status, FARRINGTON_SHORT_HISTORY); /* one row */
    CHECK_INT(evaluate_months(arena, observed, NULL, &params, 24).status, FARRINGTON_OK);            /* two */

    params = (FarringtonParams) {.b = 3, .w = 1, .periods = 4, .past = 6, .freq = 12, .alpha = .01,
                                 .trend_p = 1, .reweight = 2.58};
    for (size_t row = 11; row < 38; row += 12) /* every window of k = 48 has gone missing */
        observed[row] = observed[row + 1] = observed[row + 2] = NAN;
    CHECK_INT(evaluate_months(arena, observed, NULL, &params, 48).status, FARRINGTON_SHORT_HISTORY);
    for (size_t row = 11; row < 38; row += 12)
        observed[row] = observed[row + 1] = observed[row + 2] = 0;
    FarringtonResult got = evaluate_months(arena, observed, NULL, &params, 48);
    CHECK_TEXT(farrington_status_name(got.status), "zero_baseline");
    CHECK_INT(got.n_base, 31);
    CHECK(isnan(got.upper) && !got.alarm);
    CHECK_TEXT(farrington_status_name(FARRINGTON_OK), "ok");
    CHECK_TEXT(farrington_status_name(FARRINGTON_FIT_FAILED), "fit_failed");
}

TEST("a trend needs three years of the series, two rows of one level and a finite slope")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS] = {0};
    FarringtonParams params = plain;

    for (size_t row = 0; row < MONTHS; row++)
        observed[row] = 20 - (double) row / 6;
    for (size_t row = 0; row < MONTHS; row++)
        observed[row] = floor(observed[row]);
    params.b = 5;
    FarringtonResult got = evaluate_months(arena, observed, NULL, &params, 36);
    CHECK(got.status == FARRINGTON_OK && got.trend && got.slope < 0);
    got = evaluate_months(arena, observed, NULL, &params, 35); /* the third year back would be row -1 */
    CHECK(got.status == FARRINGTON_OK && !got.trend && got.slope == 0);

    double last[MONTHS] = {[31] = 5}; /* all cases in the last row of the baseline: the slope runs away */
    params.b = 3;
    got = evaluate_months(arena, last, NULL, &params, 40);
    CHECK(got.status == FARRINGTON_OK && !got.trend);
    CHECK_NEAR(got.expected, 5. / 21, 1e-12);
    double first[MONTHS] = {[1] = 5};
    got = evaluate_months(arena, first, NULL, &params, 40);
    CHECK(got.status == FARRINGTON_OK && !got.trend);
    CHECK_NEAR(got.expected, 5. / 21, 1e-12);
    params.trend_p = 0;
    CHECK(!evaluate_months(arena, observed, NULL, &params, 40).trend);
}

TEST("a slope that full Newton steps overshoot is found")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS] = {[27] = 20};
    double exposure[MONTHS] = {[3] = 1e6, [4] = 1e4, [5] = 1, [15] = 1e5, [16] = 100, [17] = 1, [27] = 1e9, [28] = 10,
                               [29] = 1, [40] = 1};
    FarringtonParams params = plain;

    params.b = 3;
    params.w = 1;
    params.limit = FARRINGTON_DELTA;
    FarringtonResult got = evaluate_months(arena, observed, exposure, &params, 40);
    CHECK_INT(got.status, FARRINGTON_OK);
    CHECK(got.trend);
    /* all cases in row 27, so the fitted mean of t must be 27: t <- c(3:5,15:17,27:29)
       uniroot(function(s) sum(exposure*(t-27)*exp(s*(t-27))), c(.1,3), tol=1e-15)$root */
    CHECK_NEAR(got.slope, 0.86983530442028478, 1e-8); /* exposures of 1 to 1e9 cost half of the digits */
}

TEST("exposures at the edge of what a double holds end in a status")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS], exposure[MONTHS];
    FarringtonParams params = plain;

    for (size_t row = 0; row < MONTHS; row++) {
        observed[row] = 3;
        exposure[row] = 1e308;
    }
    CHECK_INT(evaluate_months(arena, observed, exposure, &params, 40).status, FARRINGTON_FIT_FAILED);
    params.b = 3;
    CHECK_INT(evaluate_months(arena, observed, exposure, &params, 40).status, FARRINGTON_FIT_FAILED);
}

TEST("an alarm needs the fewest cases in the last periods")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS] = {[14] = 1, [20] = NAN, [27] = 1, [36] = 2, [38] = NAN, [39] = 1, [40] = 4};
    FarringtonParams params = plain;

    params.limit54_cases = 5;
    params.limit54_periods = 4; /* 37..40 hold 5 */
    FarringtonResult got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK(got.score > 1 && got.alarm);
    params.limit54_cases = 6;
    got = evaluate_months(arena, observed, NULL, &params, 40);
    CHECK(got.score > 1 && !got.alarm);
    params.limit54_periods = 5;
    CHECK(evaluate_months(arena, observed, NULL, &params, 40).alarm);
    params.limit54_periods = 1000; /* longer than the series */
    CHECK(evaluate_months(arena, observed, NULL, &params, 40).alarm);
}

TEST("the unit of exposure and empty periods before the series change nothing")
{
    ARENA_AUTO arena = arena_new();
    enum { AHEAD = 7, K = 58 };
    double observed[MONTHS], exposure[MONTHS], tenfold[MONTHS], later[MONTHS + AHEAD], later_exposure[MONTHS + AHEAD];
    FarringtonParams params = {.b = 4, .w = 1, .periods = 4, .past = 3, .freq = 12, .alpha = .01,
                               .limit = FARRINGTON_DELTA, .trend_p = 1, .reweight = 2.58};

    for (size_t row = 0; row < MONTHS + AHEAD; row++)
        later[row] = later_exposure[row] = NAN;
    for (size_t row = 0; row < MONTHS; row++) {
        later[row + AHEAD] = observed[row] = (double) (row * 7 % 11);
        later_exposure[row + AHEAD] = exposure[row] = 50 + (double) (row * 5 % 13);
        tenfold[row] = 10 * exposure[row];
    }
    FarringtonResult one = evaluate_months(arena, observed, exposure, &params, K);
    FarringtonResult two = evaluate_months(arena, observed, tenfold, &params, K), three;
    FarringtonSeries series = {.n = MONTHS + AHEAD, .observed = later, .exposure = later_exposure};
    Err err = {0};
    CHECK(farrington_evaluate(arena, &series, &params, K + AHEAD, &three, &err));
    CHECK_INT(one.status, FARRINGTON_OK);
    CHECK(one.trend);
    CHECK_INT(three.n_base, one.n_base);
    CHECK_NEAR(two.upper, one.upper, 1e-12);
    CHECK_NEAR(two.slope, one.slope, 1e-10);
    CHECK_NEAR(two.score, one.score, 1e-11);
    CHECK_NEAR(three.upper, one.upper, 1e-12);
    CHECK_NEAR(three.slope, one.slope, 1e-10);
    CHECK_NEAR(three.score, one.score, 1e-11);
}

TEST("a reference day is the same weekday nearest to the date, also for 29 February and before 1900")
{
    ARENA_AUTO arena = arena_new();
    enum { WEEKS = 220 };
    double observed[WEEKS];
    Date date[WEEKS];
    Date monday;
    FarringtonParams params = {.b = 2, .w = 0, .periods = 1, .freq = 52, .alpha = .01, .trend_p = 1, .reweight = 2.58};
    FarringtonSeries series = {.n = WEEKS, .observed = observed, .date = date};
    FarringtonResult got;
    Err err = {0};

    CHECK(date_parse_iso("2013-01-07", &monday));
    for (size_t row = 0; row < WEEKS; row++) {
        observed[row] = 3 + (double) (row % 2);
        date[row] = monday + 7 * (Date) row;
    }
    CHECK(farrington_evaluate(arena, &series, &params, 164, &got, &err)); /* 2016-02-29 */
    CHECK_INT(got.n_base, 2);
    CHECK_INT(date[got.base_row[0]] - monday, 7 * 60); /* 2014-03-03, 2 days from 1 March */
    CHECK_INT(date[got.base_row[1]] - monday, 7 * 112);
    CHECK(farrington_evaluate(arena, &series, &params, 212, &got, &err)); /* 2017-01-30 */
    CHECK_INT(got.base_row[1], 160);

    CHECK(date_parse_iso("1901-01-07", &monday));
    for (size_t row = 0; row < WEEKS; row++)
        date[row] = monday + 7 * (Date) row;
    CHECK(farrington_evaluate(arena, &series, &params, 10, &got, &err));
    CHECK_INT(got.status, FARRINGTON_SHORT_HISTORY);

    Date months[MONTHS];
    CHECK(date_parse_iso("2015-01-01", &months[0]));
    for (size_t row = 1; row < MONTHS; row++)
        months[row] = date_month_next(months[row - 1]);
    series = (FarringtonSeries) {.n = MONTHS, .observed = observed, .date = months};
    params.freq = 12;
    CHECK(farrington_evaluate(arena, &series, &params, 50, &got, &err));
    CHECK_INT(got.base_row[0], 26);
    CHECK_INT(got.base_row[1], 38);
}

TEST("windows that the dates make overlap take no row twice")
{
    ARENA_AUTO arena = arena_new();
    double observed[MONTHS];
    Date months[MONTHS];
    FarringtonParams params = {.b = 2, .w = 20, .periods = 3, .past = 2, .freq = 52, .alpha = .01,
                               .trend_p = 1, .reweight = 2.58};
    FarringtonSeries series = {.n = MONTHS, .observed = observed, .date = months};
    FarringtonResult got;
    Err err = {0};

    CHECK(date_parse_iso("2015-01-01", &months[0]));
    for (size_t row = 0; row < MONTHS; row++) {
        observed[row] = 3;
        if (row)
            months[row] = date_month_next(months[row - 1]);
    }
    CHECK(farrington_evaluate(arena, &series, &params, 55, &got, &err));
    CHECK_INT(got.n_base, 42); /* 11..52 */
    for (size_t at = 1; at < got.n_base; at++)
        CHECK_INT(got.base_row[at], got.base_row[at - 1] + 1);
}

static void check_refused(int line, const FarringtonSeries *series, const FarringtonParams *params, size_t k,
                          const char *why)
{
    ARENA_AUTO arena = arena_new();
    FarringtonResult got;
    Err err = {0};

    if (farrington_evaluate(arena, series, params, k, &got, &err) || err.kind != ERR_STAT)
        test_fail(__FILE__, line, "not refused");
    test_check_text(__FILE__, line, err.text, arena_format(arena, "cannot look for an alarm: %s", why));
}
#define CHECK_REFUSED(change, why)                                                                                     \
    do {                                                                                                               \
        FarringtonParams params = plain;                                                                               \
        change;                                                                                                        \
        check_refused(__LINE__, &series, &params, 40, why);                                                            \
    } while (0)

TEST("parameters that make no sense are refused with the reason")
{
    const double observed[MONTHS] = {0};
    FarringtonSeries series = {.n = MONTHS, .observed = observed};
    const char *years = "years back (b) must be 1 to 50", *freq = "periods per year (freq) must be 1 to 366";
    const char *window = "the half window (w) must be 0 or more, and a window shorter than a year";
    const char *levels = "seasonal levels (periods) must be 1 to the periods per year";
    const char *alpha = "alpha must lie between 0 and 1";
    const char *trend = "the threshold of the trend must lie between 0 and 1";
    const char *reweight = "the threshold of reweighting must be above 0";
    const char *cases = "the fewest cases and their periods (limit54) must be 0 or more";

    CHECK_REFUSED(params.b = 0, years);
    CHECK_REFUSED(params.b = 51, years);
    CHECK_REFUSED(params.freq = 0, freq);
    CHECK_REFUSED(params.freq = 367, freq);
    CHECK_REFUSED(params.w = -1, window);
    CHECK_REFUSED(params.w = 6, window);
    CHECK_REFUSED(params.periods = 0, levels);
    CHECK_REFUSED(params.periods = 13, levels);
    CHECK_REFUSED(params.past = -1, "recent periods left out (past) must be 0 or more");
    CHECK_REFUSED(params.alpha = 0, alpha);
    CHECK_REFUSED(params.alpha = 1, alpha);
    CHECK_REFUSED(params.alpha = NAN, alpha);
    CHECK_REFUSED(params.limit = (FarringtonLimit) 3, "no such limit");
    CHECK_REFUSED(params.trend_p = -.1, trend);
    CHECK_REFUSED(params.trend_p = NAN, trend);
    CHECK_REFUSED(params.reweight = 0, reweight);
    CHECK_REFUSED(params.reweight = NAN, reweight);
    CHECK_REFUSED(params.limit54_cases = -1, cases);
    CHECK_REFUSED(params.limit54_cases = 5, cases);
    CHECK_REFUSED(params.limit54_periods = -1, cases);
    check_refused(__LINE__, &series, &plain, MONTHS, "the period lies outside the series");
    series.observed = NULL;
    check_refused(__LINE__, &series, &plain, 40, "the period lies outside the series");
}

TEST("counts, exposures and dates that cannot be are refused with the row and without the value")
{
    double observed[MONTHS] = {0}, exposure[MONTHS];
    Date date[MONTHS];
    FarringtonSeries series = {.n = MONTHS, .observed = observed, .exposure = exposure};

    for (size_t row = 0; row < MONTHS; row++) {
        exposure[row] = 1;
        date[row] = 7 * (Date) row;
    }
    observed[40] = -1;
    check_refused(__LINE__, &series, &plain, 40, "the count of row 40 is not a whole number from 0 up");
    observed[40] = 1.5;
    check_refused(__LINE__, &series, &plain, 40, "the count of row 40 is not a whole number from 0 up");
    observed[40] = 1;
    observed[15] = INFINITY;
    check_refused(__LINE__, &series, &plain, 40, "the count of row 15 is not a whole number from 0 up");
    observed[15] = 1;
    exposure[30] = -2;
    check_refused(__LINE__, &series, &plain, 40, "the exposure of row 30 is negative or infinite");
    exposure[30] = INFINITY;
    check_refused(__LINE__, &series, &plain, 40, "the exposure of row 30 is negative or infinite");
    exposure[30] = 1;
    series.date = date;
    for (size_t row = 20; row < MONTHS; row++)
        date[row] += 7; /* a week is missing */
    check_refused(__LINE__, &series, &plain, 40, "the dates are not equally spaced");
    date[20] = date[19];
    check_refused(__LINE__, &series, &plain, 40, "the dates are not equally spaced");

    FarringtonParams params = {.b = 2, .w = 1, .periods = 4, .past = 6, .freq = 12, .alpha = .01,
                               .trend_p = 1, .reweight = 2.58};
    series.date = NULL;
    observed[20] = -3; /* in a gap between windows */
    check_refused(__LINE__, &series, &params, 40, "the count of row 20 is not a whole number from 0 up");
}
