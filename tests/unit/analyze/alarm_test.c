#include "analyze/alarm.h"

#include "tests/unit/scratch.h"

enum { MONTHS = 72 };

/* The shipped settings, written out, so that another choice in config/ changes no expected number. */
static AlarmConfig settings(void)
{
    return (AlarmConfig){.farrington = {.b = 4, .w = 1, .periods = 1, .past = 3, .freq = 12, .alpha = 0.005, .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1,
                                        .reweight = 2.58, .limit54_cases = 4, .limit54_periods = 2},
                         .fallback_alpha = 0.002, .fallback_min_cases = 4, .fallback_history = 36, .evaluate_months = 12};
}

typedef struct Series { double observed[MONTHS], exposure[MONTHS]; AlarmInput input; } Series;

static void series_fill(Series *series, size_t n, double observed, double exposure)
{
    for (size_t at = 0; at < MONTHS; at++) {
        series->observed[at] = observed;
        series->exposure[at] = exposure;
    }
    series->input = (AlarmInput){.n = n, .observed = series->observed, .exposure = series->exposure};
}

static AlarmResult evaluate(const Series *series, const AlarmConfig *config, GammaPrior prior, size_t k)
{
    ARENA_AUTO arena = arena_new();
    AlarmResult result = {.method = "(none)", .status = "(none)"};
    Err err = {0};

    if (!alarm_evaluate(arena, &series->input, config, &prior, k, &result, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    result.farrington = (FarringtonResult){0}; /* its arrays end with the arena */
    return result;
}

TEST("the prior is what moments over the schools give")
{
    /* 27 in 3000: mean .009, mu 9 each; ((2-9)^2 + (20-9)^2 + (5-9)^2 - 27) / (3 * 81) = 159/243 */
    GammaPrior prior = alarm_prior((double[]){2, 20, 5}, (double[]){1000, 1000, 1000}, 3);
    CHECK_NEAR(prior.mean, .009, 1e-14);
    CHECK_NEAR(prior.shape, 243. / 159, 1e-14);
    /* schools of different size: mu 5, 10, 15 of 30 in 6000; (1 + 16 + 25 - 30) / (25 + 100 + 225) = 12/350 < 1/20 */
    prior = alarm_prior((double[]){4, 6, 20}, (double[]){1000, 2000, 3000}, 3);
    CHECK_NEAR(prior.mean, .005, 1e-14);
    CHECK_NEAR(prior.shape, 20, 1e-14);
    /* (25 + 100 + 225 - 30) / 350 */
    prior = alarm_prior((double[]){0, 0, 30}, (double[]){1000, 2000, 3000}, 3);
    CHECK_NEAR(prior.shape, 350. / 320, 1e-14);
}

TEST("schools that are all alike are never taken for surer than shape 20")
{
    GammaPrior prior = alarm_prior((double[]){10, 10, 10, 10}, (double[]){1000, 1000, 1000, 1000}, 4);

    CHECK_NEAR(prior.mean, .01, 1e-14);
    CHECK_NEAR(prior.shape, 20, 1e-14);
}

TEST("schools that were closed do not count, one school has shape 1, and nothing seen has mean 0")
{
    GammaPrior prior = alarm_prior((double[]){2, 99, 20, 5, 7}, (double[]){1000, 0, 1000, 1000, NAN}, 5);

    CHECK_NEAR(prior.mean, .009, 1e-14);
    CHECK_NEAR(prior.shape, 243. / 159, 1e-14);
    prior = alarm_prior((double[]){6}, (double[]){1000}, 1);
    CHECK_NEAR(prior.mean, .006, 1e-14);
    CHECK_NEAR(prior.shape, 1, 1e-14);
    prior = alarm_prior((double[]){0, 0}, (double[]){1000, 500}, 2);
    CHECK(prior.mean == 0);
    prior = alarm_prior(NULL, NULL, 0);
    CHECK(prior.mean == 0);
}

TEST("the limit of a short past is the negative binomial one")
{
    /* 17 months of 2000 with 9 cases before the three that are left out; prior .0004, shape 2.5. R 4.2.2:
     * s <- 11.5; r <- 2.5/.0004 + 34000; p <- r/(r + 2000)
     * s/r*2000; qnbinom(1 - .002, s, p); pnbinom(c(1, 2, 5) - 1, s, p, lower.tail = FALSE); 1/p */
    AlarmConfig config = settings();
    GammaPrior prior = {.0004, 2.5};
    Series series;
    static const struct { double observed, pvalue; bool alarm; } months[] = {
        {0, 1, false}, {1, 0.42746706927674294, false}, {2, 0.11579233775875684, false}, {5, 0.00056756407136407828, true}};

    series_fill(&series, 21, 0, 2000);
    series.observed[0] = 3, series.observed[7] = 4, series.observed[16] = 2;
    series.observed[17] = 50, series.observed[18] = 50, series.observed[19] = 50; /* the last three may hold the beginning of it */
    for (size_t at = 0; at < 4; at++) {
        series.observed[20] = months[at].observed;
        AlarmResult got = evaluate(&series, &config, prior, 20);
        CHECK_TEXT(got.method, "gamma-poisson");
        CHECK_TEXT(got.status, "ok");
        CHECK_NEAR(got.expected, 0.57142857142857151, 1e-12);
        CHECK_NEAR(got.upper, 4, 1e-12);
        CHECK_NEAR(got.pvalue, months[at].pvalue, 1e-9);
        CHECK_NEAR(got.phi, 1.0496894409937889, 1e-12);
        CHECK(got.alarm == months[at].alarm);
        CHECK(got.prior_count == 9 && got.prior_exposure == 34000);
        CHECK(got.observed == months[at].observed);
    }
    /* at the limit is not above it */
    series.observed[20] = 4;
    CHECK(!evaluate(&series, &config, prior, 20).alarm);
}

TEST("months that are missing, closed or of unknown size do not count in a short past")
{
    /* s <- .7 + 40; r <- .7/.01 + 3000; p <- r/(r + 250); s/r*250; qnbinom(1 - .002, s, p); pnbinom(8, s, p, lower.tail = FALSE) */
    AlarmConfig config = settings();
    Series series;

    series_fill(&series, 20, 4, 300);
    for (size_t at = 10; at < 16; at++)
        series.observed[at] = at % 3 == 0 ? (double) NAN : 100, series.exposure[at] = at % 3 == 1 ? 0 : at % 3 == 2 ? (double) NAN : 300;
    series.observed[19] = 9, series.exposure[19] = 250;
    AlarmResult got = evaluate(&series, &config, (GammaPrior){.01, .7}, 19);
    CHECK(got.prior_count == 40 && got.prior_exposure == 3000);
    CHECK_NEAR(got.expected, 3.3143322475570036, 1e-12);
    CHECK_NEAR(got.upper, 10, 1e-12);
    CHECK_NEAR(got.pvalue, 0.0097318351611348029, 1e-9);
    CHECK(!got.alarm);
}

TEST("a short past is as long as the settings say")
{
    AlarmConfig config = settings();
    Series series;

    config.fallback_history = 12;
    series_fill(&series, 30, 1, 100);
    series.observed[11] = 50; /* one month too long ago */
    AlarmResult got = evaluate(&series, &config, (GammaPrior){.01, 1}, 24);
    CHECK(got.prior_count == 9 && got.prior_exposure == 900); /* months 12 to 20 */
    got = evaluate(&series, &config, (GammaPrior){.01, 1}, 0);
    CHECK(got.prior_count == 0 && got.prior_exposure == 0); /* the first month has the prior only */
    CHECK_TEXT(got.status, "ok");
    CHECK_NEAR(got.expected, 1, 1e-12);
}

TEST("fewer cases than the minimum are never an alarm")
{
    AlarmConfig config = settings();
    Series series;

    series_fill(&series, 21, 0, 100);
    series.observed[20] = 3;
    AlarmResult got = evaluate(&series, &config, (GammaPrior){1e-5, 1}, 20);
    CHECK(got.observed > got.upper && !got.alarm);
    series.observed[20] = 4;
    CHECK(evaluate(&series, &config, (GammaPrior){1e-5, 1}, 20).alarm);
}

TEST("a board where nothing was ever seen has no limit")
{
    AlarmConfig config = settings();
    Series series;

    series_fill(&series, 21, 0, 100);
    series.observed[20] = 9;
    AlarmResult got = evaluate(&series, &config, (GammaPrior){0, 0}, 20);
    CHECK_TEXT(got.status, "short_history");
    CHECK(!got.alarm && isnan(got.upper) && isnan(got.expected) && isnan(got.pvalue));
}

TEST("a missing or closed month is a status, not an error and not an alarm")
{
    AlarmConfig config = settings();
    Series series;

    for (size_t k = 20; k < MONTHS; k += 40) { /* with a short and with a long past */
        series_fill(&series, MONTHS, 10, 1000);
        series.observed[k] = NAN;
        AlarmResult got = evaluate(&series, &config, (GammaPrior){.01, 2}, k);
        CHECK_TEXT(got.status, "missing");
        CHECK_TEXT(got.method, "");
        CHECK(isnan(got.observed) && isnan(got.expected) && isnan(got.upper) && isnan(got.pvalue) && !got.alarm);
        series_fill(&series, MONTHS, 10, 1000);
        series.observed[k] = 40, series.exposure[k] = 0;
        got = evaluate(&series, &config, (GammaPrior){.01, 2}, k);
        CHECK_TEXT(got.status, "no_exposure");
        CHECK(!got.alarm && isnan(got.upper));
        series.exposure[k] = NAN;
        CHECK_TEXT(evaluate(&series, &config, (GammaPrior){.01, 2}, k).status, "no_exposure");
    }
}

TEST("a constant series alarms in no month, by neither method")
{
    AlarmConfig config = settings();
    GammaPrior prior = alarm_prior((double[]){720, 300}, (double[]){72000, 60000}, 2);
    Series series;
    int farrington = 0;

    series_fill(&series, MONTHS, 10, 1000);
    for (size_t k = 0; k < MONTHS; k++) {
        AlarmResult got = evaluate(&series, &config, prior, k);
        if (got.alarm || strcmp(got.status, "ok") != 0)
            test_fail(__FILE__, __LINE__, "month %zu: %s, upper %g, alarm %d", k, got.status, got.upper, got.alarm);
        CHECK(got.upper >= 10);
        CHECK_TEXT(got.method, k < 36 ? "gamma-poisson" : "farrington");
        farrington += strcmp(got.method, "farrington") == 0;
        if (k >= 36)
            CHECK_NEAR(got.expected, 10, 1e-6);
    }
    CHECK_INT(farrington, MONTHS - 36);
}

TEST("a planted jump alarms, by either method, and in its own month only")
{
    AlarmConfig config = settings();
    GammaPrior prior = alarm_prior((double[]){720, 300}, (double[]){72000, 60000}, 2);
    Series series;

    for (size_t k = 24; k < MONTHS; k += 30) {
        series_fill(&series, MONTHS, 10, 1000);
        series.observed[k] = 45;
        AlarmResult got = evaluate(&series, &config, prior, k);
        CHECK(got.alarm);
        CHECK(got.observed == 45 && got.upper < 45 && got.pvalue < .005 && got.expected < 20);
        CHECK_TEXT(got.method, k == 24 ? "gamma-poisson" : "farrington");
        for (size_t other = k + 1; other < k + 4; other++)
            CHECK(!evaluate(&series, &config, prior, other).alarm);
    }
}

TEST("more pupils and school days explain more incidents")
{
    AlarmConfig config = settings();
    Series series;

    series_fill(&series, MONTHS, 10, 1000);
    series.observed[60] = 45;
    CHECK(evaluate(&series, &config, (GammaPrior){.01, 2}, 60).alarm);
    series.exposure[60] = 4500;
    CHECK(!evaluate(&series, &config, (GammaPrior){.01, 2}, 60).alarm);
}

TEST("a school with next to nothing in its past is judged with its board")
{
    AlarmConfig config = settings();
    Series series;

    series_fill(&series, MONTHS, 0, 1000);
    series.observed[60] = 6;
    AlarmResult got = evaluate(&series, &config, (GammaPrior){.0005, 2}, 60);
    CHECK_TEXT(got.method, "gamma-poisson");
    CHECK(got.alarm);
}

TEST("the shipped settings load, with series of known names")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    AlarmConfig config = {0};
    Err err = {0};

    CHECK(alarm_config_load(arena, &place, &config, &err));
    CHECK_TEXT(err.text, "");
    CHECK(config.n_series >= 1 && config.evaluate_months >= 1);
    CHECK_INT(config.farrington.freq, 12);
    CHECK(config.fallback_alpha > 0 && config.fallback_alpha < .05);
    for (size_t at = 0; at < config.n_series; at++)
        CHECK(*config.series[at].name && *config.series[at].title && config.series[at].forms);
}

static void check_refused(int line, const char *text, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    AlarmConfig config = {0};
    Err err = {0};
    char *path = scratch_text(arena, &dir, "config/alarms.json", text);
    Place place = {.config = arena_format(arena, "%s/config", dir.path)};

    if (alarm_config_load(arena, &place, &config, &err))
        test_fail(__FILE__, line, "was taken");
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s: %s", path, message));
}
#define ALARMS(b, limit, fallback)                                                                                     \
    "{\"version\": 1, \"series\": [], \"farrington\": {\"b\": " b ", \"w\": 1, \"periods\": 1, \"past\": 3, \"alpha\": 0.005, \"limit\": \"" limit       \
    "\", \"trend_p\": 1, \"reweight\": 2.58, \"limit54_cases\": 4, \"limit54_periods\": 2}, \"fallback\": " fallback ", \"evaluate_months\": 12}"
#define FALLBACK "{\"alpha\": 0.002, \"min_cases\": 4, \"history_months\": 36}"

TEST("settings that make no sense are refused with their path")
{
    check_refused(__LINE__, ALARMS("0", "nbPlugin", FALLBACK), "farrington.b: expected a whole number from 1 to 20");
    check_refused(__LINE__, ALARMS("4", "normal", FALLBACK), "farrington.limit: \"normal\" is none of: nbPlugin muan delta");
    check_refused(__LINE__, ALARMS("4", "muan", "{\"alpha\": 0.9, \"min_cases\": 4, \"history_months\": 36}"), "fallback.alpha: expected a number from 1e-06 to 0.5");
    check_refused(__LINE__, ALARMS("4", "muan", "{\"alpha\": 0.1, \"min_cases\": 4}"), "fallback: missing key \"history_months\"");
}
