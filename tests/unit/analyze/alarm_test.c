#include "analyze/alarm.h"

#include "tests/unit/scratch.h"

enum { MONTHS = 72 };

/* One method with its fallback, written out, so that another choice in config/ changes no expected number. */
typedef struct Rig {
    AlarmMethod klein, hoger;
    const AlarmMethod *methods[1];
    SeriesRule  rule;
    AlarmConfig config;
    double      observed[MONTHS], exposure[MONTHS], complete[MONTHS];
    Date        day[MONTHS], breaks[2];
    Series      series;
} Rig;

/* \param n months from August 2015 on */
static void rig_fill(Rig *rig, size_t n, double observed, double exposure)
{
    *rig = (Rig){
        .klein = {.name = "klein", .kind = METHOD_GAMMA_POISSON, .alpha = 0.002, .min_cases = 4, .history = 36, .past = 3},
        .hoger = {.name = "hoger", .kind = METHOD_FARRINGTON, .alpha = 0.005, .past = 3, .min_expected = 1, .span = 1,
                  .farrington = {.b = 4, .w = 1, .periods = 1, .past = 3, .alpha = 0.005, .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = 2.58,
                                 .limit54_cases = 4, .limit54_periods = 2}},
        .rule = {.name = "pest", .title = "pestincidenten", .step = STEP_MONTH, .units = UNIT_SCHOOL, .main = true, .n_methods = 1},
        .config = {.evaluate_months = 12, .gap = 1, .budget = 4, .complete_share = .9}};
    rig->hoger.fallback = &rig->klein;
    rig->methods[0] = &rig->hoger;
    rig->rule.method = rig->methods;
    Date day = date_school_year_begin(2015);
    for (size_t at = 0; at < MONTHS; at++, day = date_month_next(day)) {
        rig->observed[at] = observed;
        rig->exposure[at] = exposure;
        rig->complete[at] = 1;
        rig->day[at] = day;
    }
    rig->series = (Series){.board_no = 1, .location_no = 7, .unit = "school", .name = "pest", .title = "pestincidenten", .rule = &rig->rule, .counted = "pupils", .n = n,
                           .day = rig->day, .observed = rig->observed, .exposure = rig->exposure, .complete = rig->complete, .breaks = rig->breaks,
                           .until = rig->day[n - 1]};
}

static AlarmResult evaluate_by(const Rig *rig, const AlarmMethod *method, GammaPrior prior, size_t k)
{
    ARENA_AUTO arena = arena_new();
    static const AlarmMethod none = {.name = "(none)"};
    AlarmResult result = {.status = "(none)"};
    Err err = {0};

    if (!alarm_evaluate(arena, alarm_engine_new(arena), &rig->series, method, &rig->config, &prior, k, &result, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    result.farrington = (FarringtonResult){0}; /* its arrays end with the arena */
    if (!result.used)
        result.used = &none;
    return result;
}

static AlarmResult evaluate(const Rig *rig, GammaPrior prior, size_t k)
{
    return evaluate_by(rig, &rig->hoger, prior, k);
}

TEST("what spreads more than chance within schools widens every limit")
{
    /* own past 9 in 34000; phi 2 of the board counts as 26 months of its own. R: y <- c(3, 4, 2, rep(0, 14)); m <- 9/17
     * phi <- (26*2 + sum((y - m)^2/m)) / (26 + 16); s <- 2.5 + 9/phi; r <- 2.5/.0004 + 34000/phi; mu <- s/r*2000; f <- phi + 2000/r
     * mu; qnbinom(1 - .002, mu/(f - 1), 1/f); pnbinom(6, mu/(f - 1), 1/f, lower.tail = FALSE) */
    Rig rig;
    rig_fill(&rig, 21, 0, 2000);
    rig.observed[0] = 3, rig.observed[7] = 4, rig.observed[16] = 2;
    rig.observed[20] = 7;
    AlarmResult narrow = evaluate(&rig, (GammaPrior){.0004, 2.5, 1}, 20), got = evaluate(&rig, (GammaPrior){.0004, 2.5, 2}, 20);
    CHECK_NEAR(got.expected, 0.61050566695727992, 1e-12);
    CHECK_NEAR(got.upper, 8, 1e-12);
    CHECK_NEAR(got.pvalue, 0.0057443574500345134, 1e-9);
    CHECK(narrow.alarm && !got.alarm);
}

TEST("periods that are looked at together are judged as one, and so are those they are compared with")
{
    static Rig rig, sums;

    /* the same as the sums of two, judged one by one; a closed and a missing month are stepped over */
    rig_fill(&rig, MONTHS, 0, 1000);
    for (size_t at = 0; at < MONTHS; at++) {
        rig.observed[at] = (double) (1 + at * 7 % 5);
        rig.exposure[at] = at % 12 == 11 ? 0 : 1000 + 10 * (double) at;
    }
    rig.observed[30] = NAN;
    sums = rig;
    sums.rule.method = sums.methods;
    sums.series.rule = &sums.rule, sums.series.day = sums.day, sums.series.observed = sums.observed, sums.series.exposure = sums.exposure;
    sums.series.complete = sums.complete, sums.series.breaks = sums.breaks;
    size_t before = MONTHS;
    for (size_t at = 0; at < MONTHS; at++) {
        if (!alarm_usable(&rig.series, at))
            continue;
        if (before < MONTHS) {
            sums.observed[at] += rig.observed[before];
            sums.exposure[at] += rig.exposure[before];
        }
        before = at;
    }
    rig.hoger.span = 2;
    for (size_t k = 40; k < MONTHS; k++) {
        AlarmResult got = evaluate(&rig, (GammaPrior){.003, 4, 1}, k), want = evaluate(&sums, (GammaPrior){.003, 4, 1}, k);
        CHECK_TEXT(got.status, want.status);
        if (strcmp(want.status, "ok") != 0)
            continue;
        CHECK(got.used == &rig.hoger && got.run == 2 && got.observed == want.observed && got.alarm == want.alarm && got.upper == want.upper);
        CHECK_NEAR(got.expected, want.expected, 1e-12);
        CHECK_NEAR(got.pvalue, want.pvalue, 1e-12);
    }

    /* the fallback sees the two as well */
    rig_fill(&rig, 21, 1, 2000);
    rig.hoger.span = 2;
    AlarmResult got = evaluate(&rig, (GammaPrior){.0004, 2.5, 1}, 20);
    CHECK_TEXT(got.used->name, "klein");
    CHECK(got.observed == 2 && got.run == 2);
    rig.hoger.span = 1;
    CHECK_NEAR(got.expected, 2 * evaluate(&rig, (GammaPrior){.0004, 2.5, 1}, 20).expected, 1e-12);

    /* what lies before a break is not looked at together with what comes after it */
    rig_fill(&rig, MONTHS, 4, 1000);
    rig.hoger.span = 12;
    rig.series.n_breaks = 1;
    rig.breaks[0] = rig.day[60];
    CHECK(evaluate(&rig, (GammaPrior){.004, 4, 1}, 65).observed == 24);
}

TEST("after a break the first two months are not judged with other schools alone")
{
    Rig rig;

    rig_fill(&rig, MONTHS, 4, 1000);
    rig.series.n_breaks = 1;
    rig.breaks[0] = rig.day[40];
    for (size_t at = 40; at < MONTHS; at++)
        rig.observed[at] = 12;
    for (size_t k = 40; k < 45; k++) /* three left out, and two to count */
        CHECK_TEXT(evaluate(&rig, (GammaPrior){.004, 4, 1}, k).status, "short_history");
    AlarmResult got = evaluate(&rig, (GammaPrior){.004, 4, 1}, 45);
    CHECK_TEXT(got.status, "ok");
    CHECK(got.prior_count == 24 && !got.alarm);
}

TEST("the limit of a short past is the negative binomial one")
{
    /* 17 months of 2000 with 9 cases before the three that are left out; prior .0004, shape 2.5. R 4.2.2:
     * y <- c(3, 4, 2, rep(0, 14)); m <- 9/17; phi <- (26 + sum((y - m)^2/m)) / (26 + 16)
     * s <- 2.5 + 9/phi; r <- 2.5/.0004 + 34000/phi; mu <- s/r*2000; f <- phi + 2000/r
     * mu; qnbinom(1 - .002, mu/(f - 1), 1/f); pnbinom(c(1, 2, 7) - 1, mu/(f - 1), 1/f, lower.tail = FALSE); f */
    GammaPrior prior = {.0004, 2.5, 1};
    Rig rig;
    static const struct { double observed, pvalue; bool alarm; } months[] = {
        {0, 1, false}, {1, 0.35496082483992697, false}, {2, 0.14033325856418397, false}, {7, 0.0018139375477493605, true}};

    rig_fill(&rig, 21, 0, 2000);
    rig.observed[0] = 3, rig.observed[7] = 4, rig.observed[16] = 2;
    rig.observed[17] = 50, rig.observed[18] = 50, rig.observed[19] = 50; /* the last three may hold the beginning of it */
    for (size_t at = 0; at < 4; at++) {
        rig.observed[20] = months[at].observed;
        AlarmResult got = evaluate(&rig, prior, 20);
        CHECK_TEXT(got.used->name, "klein");
        CHECK_TEXT(got.status, "ok");
        CHECK_NEAR(got.expected, 0.59409692412445603, 1e-12);
        CHECK_NEAR(got.upper, 6, 1e-12);
        CHECK_NEAR(got.pvalue, months[at].pvalue, 1e-9);
        CHECK_NEAR(got.phi, 1.7854919410027612, 1e-12);
        CHECK(got.alarm == months[at].alarm);
        CHECK(got.prior_count == 9 && got.prior_exposure == 34000);
        CHECK(got.observed == months[at].observed);
    }
    /* at the limit is not above it */
    rig.observed[20] = 6;
    CHECK(!evaluate(&rig, prior, 20).alarm);
}

TEST("months that are missing, closed or of unknown size do not count in a short past")
{
    /* s <- .7 + 40; r <- .7/.01 + 3000; p <- r/(r + 250); s/r*250; qnbinom(1 - .002, s, p); pnbinom(8, s, p, lower.tail = FALSE) */
    Rig rig;

    rig_fill(&rig, 20, 4, 300);
    for (size_t at = 10; at < 16; at++)
        rig.observed[at] = at % 3 == 0 ? (double) NAN : 100, rig.exposure[at] = at % 3 == 1 ? 0 : at % 3 == 2 ? (double) NAN : 300;
    rig.observed[19] = 9, rig.exposure[19] = 250;
    AlarmResult got = evaluate(&rig, (GammaPrior){.01, .7, 1}, 19);
    CHECK(got.prior_count == 40 && got.prior_exposure == 3000);
    CHECK_NEAR(got.expected, 3.3143322475570036, 1e-12);
    CHECK_NEAR(got.upper, 10, 1e-12);
    CHECK_NEAR(got.pvalue, 0.0097318351611348029, 1e-9);
    CHECK(!got.alarm);
}

TEST("a short past is as long as the settings say")
{
    Rig rig;

    rig_fill(&rig, 30, 1, 100);
    rig.klein.history = 12;
    rig.observed[11] = 50; /* one month too long ago */
    AlarmResult got = evaluate(&rig, (GammaPrior){.01, 1, 1}, 24);
    CHECK(got.prior_count == 9 && got.prior_exposure == 900); /* months 12 to 20 */
    got = evaluate(&rig, (GammaPrior){.01, 1, 1}, 0);
    CHECK(got.prior_count == 0 && got.prior_exposure == 0); /* the first month has the prior only */
    CHECK_TEXT(got.status, "ok");
    CHECK_NEAR(got.expected, 1, 1e-12);
}

TEST("fewer cases than the minimum are never an alarm")
{
    Rig rig;

    rig_fill(&rig, 21, 0, 100);
    rig.observed[20] = 3;
    AlarmResult got = evaluate(&rig, (GammaPrior){1e-5, 1, 1}, 20);
    CHECK(got.observed > got.upper && !got.alarm);
    rig.observed[20] = 4;
    CHECK(evaluate(&rig, (GammaPrior){1e-5, 1, 1}, 20).alarm);
}

TEST("a board where nothing was ever seen has no limit")
{
    Rig rig;

    rig_fill(&rig, 21, 0, 100);
    rig.observed[20] = 9;
    AlarmResult got = evaluate(&rig, (GammaPrior){0, 0, 1}, 20);
    CHECK_TEXT(got.status, "short_history");
    CHECK(!got.alarm && isnan(got.upper) && isnan(got.expected) && isnan(got.pvalue));
}

TEST("a missing or closed month is a status, not an error and not an alarm")
{
    Rig rig;

    for (size_t k = 20; k < MONTHS; k += 40) { /* with a short and with a long past */
        rig_fill(&rig, MONTHS, 10, 1000);
        rig.observed[k] = NAN;
        AlarmResult got = evaluate(&rig, (GammaPrior){.01, 2, 1}, k);
        CHECK_TEXT(got.status, "missing");
        CHECK_TEXT(got.used->name, "(none)");
        CHECK(isnan(got.observed) && isnan(got.expected) && isnan(got.upper) && isnan(got.pvalue) && !got.alarm);
        rig_fill(&rig, MONTHS, 10, 1000);
        rig.observed[k] = 40, rig.exposure[k] = 0;
        got = evaluate(&rig, (GammaPrior){.01, 2, 1}, k);
        CHECK_TEXT(got.status, "no_exposure");
        CHECK(!got.alarm && isnan(got.upper));
        rig.exposure[k] = NAN;
        CHECK_TEXT(evaluate(&rig, (GammaPrior){.01, 2, 1}, k).status, "no_exposure");
    }
}

TEST("a constant series alarms in no month, by neither method")
{
    GammaPrior prior = gamma_prior((double[]){720, 300}, (double[]){72000, 60000}, 2, 1);
    Rig rig;
    int farrington = 0;

    rig_fill(&rig, MONTHS, 10, 1000);
    for (size_t k = 0; k < MONTHS; k++) {
        AlarmResult got = evaluate(&rig, prior, k);
        if (got.alarm || strcmp(got.status, "ok") != 0)
            test_fail(__FILE__, __LINE__, "month %zu: %s, upper %g, alarm %d", k, got.status, got.upper, got.alarm);
        CHECK(got.upper >= 10);
        CHECK_TEXT(got.used->name, k < 36 ? "klein" : "hoger");
        farrington += strcmp(got.used->name, "hoger") == 0;
        if (k >= 36)
            CHECK_NEAR(got.expected, 10, 1e-6);
    }
    CHECK_INT(farrington, MONTHS - 36);
}

TEST("a planted jump alarms, by either method, and in its own month only")
{
    GammaPrior prior = gamma_prior((double[]){720, 300}, (double[]){72000, 60000}, 2, 1);
    Rig rig;

    for (size_t k = 24; k < MONTHS; k += 30) {
        rig_fill(&rig, MONTHS, 10, 1000);
        rig.observed[k] = 45;
        AlarmResult got = evaluate(&rig, prior, k);
        CHECK(got.alarm);
        CHECK(got.observed == 45 && got.upper < 45 && got.pvalue < .005 && got.expected < 20);
        CHECK_TEXT(got.used->name, k == 24 ? "klein" : "hoger");
        for (size_t other = k + 1; other < k + 4; other++)
            CHECK(!evaluate(&rig, prior, other).alarm);
    }
}

TEST("more pupils and school days explain more incidents")
{
    Rig rig;

    rig_fill(&rig, MONTHS, 10, 1000);
    rig.observed[60] = 45;
    CHECK(evaluate(&rig, (GammaPrior){.01, 2, 1}, 60).alarm);
    rig.exposure[60] = 4500;
    CHECK(!evaluate(&rig, (GammaPrior){.01, 2, 1}, 60).alarm);
}

TEST("a school with next to nothing in its past is judged with its board")
{
    Rig rig;

    rig_fill(&rig, MONTHS, 0, 1000);
    rig.observed[60] = 6;
    AlarmResult got = evaluate(&rig, (GammaPrior){.0005, 2, 1}, 60);
    CHECK_TEXT(got.used->name, "klein");
    CHECK(got.alarm);
}

TEST("what lies before a break is no baseline, and a break that is still to come is not known")
{
    Rig rig;

    /* 10 a month for four years, 30 after a new form */
    rig_fill(&rig, MONTHS, 10, 1000);
    for (size_t at = 48; at < MONTHS; at++)
        rig.observed[at] = 30;
    AlarmResult without = evaluate(&rig, (GammaPrior){.01, 2, 1}, 48);
    CHECK(without.alarm);
    rig.series.n_breaks = 1;
    rig.breaks[0] = rig.day[48];
    AlarmResult with = evaluate(&rig, (GammaPrior){.03, 2, 1}, 60);
    CHECK_TEXT(with.used->name, "klein");
    CHECK(!with.alarm && with.prior_count == 9 * 30 && with.base_first == 48 && with.base_last == 56);
    rig.breaks[0] = rig.day[60];
    AlarmResult before = evaluate(&rig, (GammaPrior){.01, 2, 1}, 48);
    CHECK_NEAR(before.expected, without.expected, 1e-15);
    CHECK(before.alarm);
    /* a break within a month leaves that month out */
    rig.breaks[0] = rig.day[48] + 3;
    CHECK_INT(series_since(&rig.series, 60), 49);
    CHECK_INT(series_since(&rig.series, 48), 0);
}

TEST("no method looks beyond the period it judges")
{
    Rig rig, other;
    const GammaPrior prior = {.004, 2, 1};
    const AlarmMethod methods[] = {
        {.name = "klein", .kind = METHOD_GAMMA_POISSON, .alpha = .01, .min_cases = 1, .history = 36, .past = 3},
        {.name = "cusum", .kind = METHOD_CUSUM, .kappa = 2, .arl = 100, .min_cases = 1, .history = 36, .past = 3},
        {.name = "ears", .kind = METHOD_EARS, .variant = 3, .baseline = 7, .alpha = .025, .min_cases = 1},
        {.name = "xmr", .kind = METHOD_XMR, .baseline = 12},
        {.name = "stil", .kind = METHOD_SILENCE, .alpha = .01, .min_expected = 1, .history = 36, .past = 3},
        {.name = "snel", .kind = METHOD_DAYS_BETWEEN, .alpha = .05, .baseline = 5, .min_cases = 3}};

    rig_fill(&rig, MONTHS, 4, 1000);
    for (size_t at = 0; at < MONTHS; at++)
        rig.observed[at] = (double) ((at * 7 + at * at) % 9); /* nothing regular */
    other = rig;
    other.series.observed = other.observed;
    for (size_t k = 40; k < 60; k++) {
        for (size_t at = 0; at < MONTHS; at++)
            other.observed[at] = at <= k ? rig.observed[at] : 99;
        for (size_t m = 0; m <= sizeof methods / sizeof *methods; m++) {
            const AlarmMethod *method = m ? &methods[m - 1] : &rig.hoger;
            AlarmResult a = evaluate_by(&rig, method, prior, k), b = evaluate_by(&other, method, prior, k);
            if (strcmp(a.status, b.status) != 0 || a.alarm != b.alarm || !(a.expected == b.expected || (isnan(a.expected) && isnan(b.expected))) ||
                !(a.upper == b.upper || (isnan(a.upper) && isnan(b.upper))) || !(a.pvalue == b.pvalue || (isnan(a.pvalue) && isnan(b.pvalue))))
                test_fail(__FILE__, __LINE__, "%s at %zu depends on what comes after", method->name, k);
            CHECK_TEXT(a.status, "ok");
        }
    }
}

TEST("a small rise that lasts is found by CUSUM, and not by one month alone")
{
    Rig rig;
    const AlarmMethod cusum = {.name = "aanhoudend", .kind = METHOD_CUSUM, .kappa = 2, .arl = 500, .min_cases = 2, .history = 36, .past = 6};
    const GammaPrior prior = {.004, 4, 1};
    size_t first = MONTHS, single = 0;

    rig_fill(&rig, MONTHS, 4, 1000);
    for (size_t at = 60; at < MONTHS; at++)
        rig.observed[at] = 8;
    for (size_t k = 24; k < 60; k++)
        CHECK(!evaluate_by(&rig, &cusum, prior, k).alarm);
    for (size_t k = 60; k < MONTHS; k++) {
        AlarmResult got = evaluate_by(&rig, &cusum, prior, k);
        single += evaluate_by(&rig, &rig.klein, prior, k).alarm;
        if (!got.alarm)
            continue;
        first = k < first ? k : first;
        CHECK(got.score >= got.parameter && got.observed > got.upper);
    }
    CHECK(first >= 61 && first <= 64);
    CHECK_INT(single, 0);
    /* the limit that is shown is the count with which the sum would have reached h: one more alarms, it itself does not */
    AlarmResult got = evaluate_by(&rig, &cusum, prior, 40);
    rig.observed[40] = got.upper;
    CHECK(!evaluate_by(&rig, &cusum, prior, 40).alarm);
    rig.observed[40] = got.upper + 1;
    CHECK(evaluate_by(&rig, &cusum, prior, 40).alarm);
}

TEST("silence is an alarm where many were expected, not in holidays, not without a calendar, and not while reports may still come")
{
    Rig rig;
    const AlarmMethod stil = {.name = "stilte", .kind = METHOD_SILENCE, .alpha = .001, .min_expected = 6, .history = 36, .past = 3};
    const GammaPrior prior = {.004, 4, 1};

    rig_fill(&rig, MONTHS, 4, 1000);
    rig.observed[50] = rig.observed[51] = 0;
    CHECK(!evaluate_by(&rig, &stil, prior, 50).alarm); /* four expected */
    AlarmResult got = evaluate_by(&rig, &stil, prior, 51);
    CHECK(got.alarm && got.run == 2 && got.observed == 0);
    CHECK_NEAR(got.expected, 8, 1e-9);
    /* months 16 to 48 count, the last three do not. R: pnbinom(0, size = 4 + 4 * 33, mu = 8) */
    CHECK_NEAR(got.pvalue, 0.00042071947260685, 1e-9);
    CHECK(!alarm_is_rise(&stil));
    rig.complete[51] = .5;
    CHECK_TEXT(evaluate_by(&rig, &stil, prior, 51).status, "incomplete");
    rig.complete[51] = 1;
    rig.series.counted = "periods";
    CHECK_TEXT(evaluate_by(&rig, &stil, prior, 51).status, "no_calendar");
    rig.series.counted = "pupils";
    rig.exposure[50] = 0; /* closed: one month of silence is left */
    CHECK(!evaluate_by(&rig, &stil, prior, 51).alarm);
}

TEST("rare events that follow each other fast are an alarm")
{
    Rig rig;
    const AlarmMethod snel = {.name = "snel", .kind = METHOD_DAYS_BETWEEN, .alpha = .002, .baseline = 5, .min_cases = 3};

    rig_fill(&rig, 12, 60, 1);
    rig.rule.step = STEP_EVENT;
    rig.observed[0] = NAN;
    CHECK_TEXT(evaluate_by(&rig, &snel, (GammaPrior){0, 0, 1}, 0).status, "missing");
    CHECK_TEXT(evaluate_by(&rig, &snel, (GammaPrior){0, 0, 1}, 5).status, "short_history");
    AlarmResult got = evaluate_by(&rig, &snel, (GammaPrior){0, 0, 1}, 11);
    CHECK(!got.alarm && got.observed == 120 && got.expected == 120);
    rig.observed[10] = 1, rig.observed[11] = 2;
    got = evaluate_by(&rig, &snel, (GammaPrior){0, 0, 1}, 11);
    /* R: pf((3/2) / 60, 4, 18); 120 * qf(.002, 4, 18) */
    CHECK(got.alarm && got.observed == 3 && got.run == 3);
    CHECK_NEAR(got.pvalue, 0.001333692326713113, 1e-9);
    CHECK_NEAR(got.upper, 3.690835842775946, 1e-9);
}

TEST("the shipped settings load, and every series has methods that fit it")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    AlarmConfig config = {0}, again;
    Err err = {0};

    CHECK(alarm_config_load(arena, &place, &config, &err));
    CHECK_TEXT(err.text, "");
    CHECK(config.n_rules >= 2 && config.n_methods >= 7 && config.n_events >= 1);
    const SeriesRule *pest = alarm_config_rule(&config, "pest", STEP_MONTH), *form = alarm_config_rule(&config, "vorm:fysiek", STEP_MONTH);
    CHECK(pest && pest->main && pest->n_forms == 2);
    CHECK(form && form->by == BY_FORM && !form->main);
    CHECK(!alarm_config_rule(&config, "vorm", STEP_MONTH) && !alarm_config_rule(&config, "pest:x", STEP_MONTH) && !alarm_config_rule(&config, "geen", STEP_MONTH));
    for (size_t at = 0; at < config.n_methods; at++)
        if (config.method[at].kind == METHOD_FARRINGTON)
            CHECK(config.method[at].fallback && config.method[at].fallback->kind == METHOD_GAMMA_POISSON);
    /* the document that is stored says the same */
    CHECK(alarm_config_read(arena, config.text, &again, &err));
    CHECK_INT(again.n_rules, config.n_rules);
    CHECK_INT(again.n_methods, config.n_methods);
}

static void check_refused(int line, const char *series, const char *methods, const char *message)
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    AlarmConfig config = {0};
    Err err = {0};
    const char *text = arena_format(arena, "{\"version\": 2, \"evaluate_months\": 12, \"gap\": 1, \"budget\": 4, \"incomplete\": {\"share\": 0.9, \"months\": 6, \"cases\": 20}, \"backtest\": {\"months\": 24, \"outbreaks\": [3], \"pupils\": [100]}, "
                                    "\"series\": [%s], \"methods\": [%s], \"groups\": [], \"events\": []}", series, methods);
    char *path = scratch_text(arena, &dir, "config/alarms.json", text);
    Place place = {.config = arena_format(arena, "%s/config", dir.path)};

    if (alarm_config_load(arena, &place, &config, &err))
        test_fail(__FILE__, line, "was taken");
    else
        test_check_text(__FILE__, line, err.text, arena_format(arena, "%s: %s", path, message));
}
#define FARRINGTON(b, limit, more) \
    "{\"method\": \"f\", \"kind\": \"farrington\", \"b\": " b ", \"w\": 3, \"periods\": 10, \"past\": 3, \"alpha\": 0.005, \"limit\": \"" limit "\", \"trend_p\": 1, \"reweight\": 2.58, " \
    "\"limit54_cases\": 4, \"limit54_periods\": 2" more "}"
#define KLEIN "{\"method\": \"k\", \"kind\": \"gamma-poisson\", \"alpha\": 0.002, \"min_cases\": 4, \"history\": 36, \"past\": 3}"
#define SERIES(period, more) "{\"series\": \"s\", \"title\": \"t\", \"period\": \"" period "\", \"units\": [\"school\"], \"methods\": [\"f\"]" more "}"

TEST("settings that make no sense are refused with their path")
{
    check_refused(__LINE__, "", FARRINGTON("0", "nbPlugin", ""), "methods[0].b: expected a whole number from 1 to 20");
    check_refused(__LINE__, "", FARRINGTON("4", "normal", ""), "methods[0].limit: \"normal\" is none of: nbPlugin muan delta");
    check_refused(__LINE__, "", "{\"method\": \"k\", \"kind\": \"gamma-poisson\", \"alpha\": 0.9, \"min_cases\": 4, \"history\": 36, \"past\": 3}", "methods[0].alpha: expected a number from 1e-06 to 0.5");
    check_refused(__LINE__, "", "{\"method\": \"k\", \"kind\": \"gamma-poisson\", \"alpha\": 0.1, \"min_cases\": 4, \"past\": 3}", "methods[0]: missing key \"history\"");
    check_refused(__LINE__, "", FARRINGTON("4", "muan", ", \"fallback\": \"f\""), "methods[0]: fallback \"f\" is no method of kind gamma-poisson");
    check_refused(__LINE__, "", KLEIN ", " KLEIN, "methods[1]: method \"k\" is there twice");
    check_refused(__LINE__, SERIES("year", ""), FARRINGTON("4", "muan", ""), "series[0]: method \"f\" does not fit this period: days-between belongs to events, and windows must fit in a year");
    check_refused(__LINE__, SERIES("event", ", \"forms\": [\"pesten\"]"), FARRINGTON("4", "muan", ""), "series[0]: method \"f\" does not fit this period: days-between belongs to events, and windows must fit in a year");
    check_refused(__LINE__, SERIES("event", ""), FARRINGTON("4", "muan", ""), "series[0]: a series of events names its forms, has no \"by\" and is made for schools only");
    check_refused(__LINE__, SERIES("week", ", \"by\": \"form\", \"main\": true"), FARRINGTON("4", "muan", ""), "series[0]: a series with \"by\" has no forms, is not main and is not made for the country");
    check_refused(__LINE__, SERIES("week", "") ", " SERIES("week", ""), FARRINGTON("4", "muan", ""), "series[1]: series \"s\" is there twice for the same period");
    check_refused(__LINE__, SERIES("week", ""), KLEIN, "series[0]: no method \"f\"");
}

TEST("likely breaks are settings like others: left out, nothing is looked for; what makes no sense is refused")
{
    ARENA_AUTO arena = arena_new();
    Place place = checkout_place(arena, NULL);
    AlarmConfig config = {0}, again;
    Err err = {0};

    CHECK(alarm_config_load(arena, &place, &config, &err));
    CHECK(config.breaks && config.shift.guard >= 1 && config.shift.ratio > 1 && config.shift.year == 52);
    size_t breaks = 0;
    for (size_t at = 0; at < config.n_events; at++)
        breaks += config.event[at].is_break;
    CHECK(breaks > 0 && breaks < config.n_events);
    const char *begin = strstr(config.text, "\"likely_break\""), *end = begin ? strchr(begin, '}') + 2 : NULL; /* with the comma */
    CHECK(begin && end);
    if (!begin || !end)
        return;
    const char *before = arena_format(arena, "%.*s", (int) (begin - config.text), config.text);
    CHECK(alarm_config_read(arena, arena_format(arena, "%s%s", before, end), &again, &err));
    CHECK(!again.breaks);
    static const struct { const char *setting, *message; } refused[] = {
        {"{\"guard\": 8, \"before\": 40, \"after\": 8, \"score\": 10, \"ratio\": 0.5}", "alarms.json: likely_break.ratio: expected a number from 1.1 to 4"},
        {"{\"guard\": 0, \"before\": 40, \"after\": 8, \"score\": 10, \"ratio\": 1.6}", "alarms.json: likely_break.guard: expected a whole number from 1 to 104"},
        {"{\"guard\": 8, \"before\": 40, \"after\": 8, \"score\": 10}", "alarms.json: likely_break: missing key \"ratio\""}};
    for (size_t at = 0; at < sizeof refused / sizeof *refused; at++) {
        Err why = {0};
        CHECK(!alarm_config_read(arena, arena_format(arena, "%s\"likely_break\": %s,%s", before, refused[at].setting, end), &again, &why));
        CHECK_TEXT(why.text, refused[at].message);
    }
}
