#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/alpha.h"
#include "analyze/cusum.h"
#include "analyze/dist.h"
#include "analyze/ears.h"
#include "analyze/farrington.h"
#include "analyze/funnel.h"
#include "analyze/gaps.h"
#include "analyze/multiple.h"
#include "analyze/ordinal.h"
#include "analyze/rate.h"
#include "analyze/regression.h"
#include "analyze/season.h"
#include "analyze/shrink.h"
#include "analyze/silence.h"
#include "analyze/survival.h"
#include "analyze/trend.h"
#include "analyze/two.h"
#include "analyze/xmr.h"
#include "cli/app.h"
#include "cli/stat.h"

/* One function per method, each behind the table rows that describe it. A method reads its columns, calls one function of analyze/ and puts rows. */

#define NO_MORE_COLUMNS {NULL, NULL, false}
#define NO_MORE_OPTIONS {NULL, STAT_TEXT, NULL, 0, 0, NULL}

static const StatColumn observed_only[] = {{"observed", N_("count of each period; empty = no report"), false}, NO_MORE_COLUMNS};
static const StatColumn value_only[] = {{"value", N_("one value a row, in order of time; empty = missing"), false}, NO_MORE_COLUMNS};

/* The next numbers of a row. */
#define PUT(call, ...) stat_put(call, (const double[]) {__VA_ARGS__}, sizeof (const double[]) {__VA_ARGS__} / sizeof (double))

static void put_estimate(StatCall *call, const Estimate *estimate)
{
    PUT(call, estimate->value, estimate->low, estimate->high);
}

/* farrington */

static const StatColumn farrington_columns[] = {
    {"observed", N_("count of each period, in order of time; empty = no report"), false},
    {"offset", N_("exposure, e.g. pupils x open days; 0 or empty = closed"), true},
    {"date", N_("first day of each period, for --calendar dates"), true},
    {"freq", N_("periods per year, the same in every row; or the number itself: --freq 52"), true},
    NO_MORE_COLUMNS};
static const StatOption farrington_options[] = {
    {"b", STAT_WHOLE, "5", 1, 50, N_("years back")},
    {"w", STAT_WHOLE, "3", 0, 182, N_("half window, periods")},
    {"periods", STAT_WHOLE, "10", 1, 366, N_("seasonal levels; 1 = windows only")},
    {"past", STAT_WHOLE, "26", 0, 10000, N_("most recent periods left out of the baseline")},
    {"alpha", STAT_NUMBER, "0.01", 0, 1, N_("one-sided")},
    {"limit", STAT_CHOICE, "nbPlugin", 0, 0, N_("nbPlugin|muan|delta: how the limit is made")},
    {"trend-p", STAT_NUMBER, "1", 0, 1, N_("the trend is kept when its p is below this; 1 = always")},
    {"reweight", STAT_NUMBER, "2.58", 0, INFINITY, N_("threshold of the standardised residual; inf = never")},
    {"limit54", STAT_TEXT, "5/4", 0, 0, N_("c/d: alarm only with at least c cases in the last d periods")},
    {"calendar", STAT_CHOICE, "steps", 0, 0, N_("steps|dates: a year is freq steps, or the same weekday nearest to a year before")},
    {"from", STAT_WHOLE, "1", 1, 1e9, N_("first row that is evaluated, of each series")},
    {"to", STAT_WHOLE, NULL, 1, 1e9, N_("last row that is evaluated (else the last of the series)")},
    NO_MORE_OPTIONS};

static bool frequency_find(StatCall *call, int *freq)
{
    double *column;
    const char *asked = stat_column_asked(call, "freq");
    char rest;

    if (asked && sscanf(asked, "%d%c", freq, &rest) == 1)
        return true; /* the method knows its range */
    if (!stat_column(call, "freq", &column))
        return false;
    if (!column || !(column[0] >= 1 && column[0] <= 366) || floor(column[0]) != column[0])
        return err_set(call->err, ERR_INPUT, "how many periods are there in a year? Give --freq 52, or a column freq with a whole number from 1 to 366");
    for (size_t at = 1; at < call->n; at++)
        if (column[at] != column[0])
            return err_set(call->err, ERR_INPUT, "the column with the periods per year must hold the same number in every row of a series");
    *freq = (int) column[0];
    return true;
}

static bool farrington_settings(StatCall *call, FarringtonParams *params)
{
    *params = (FarringtonParams) {.b = stat_whole(call, "b"), .w = stat_whole(call, "w"), .periods = stat_whole(call, "periods"), .past = stat_whole(call, "past"),
                                  .alpha = stat_number(call, "alpha"), .trend_p = stat_number(call, "trend-p"), .reweight = stat_number(call, "reweight")};
    params->limit = stat_is(call, "limit", "muan") ? FARRINGTON_MUAN : stat_is(call, "limit", "delta") ? FARRINGTON_DELTA : FARRINGTON_NB_PLUGIN;
    return frequency_find(call, &params->freq) && stat_fraction(call, "limit54", &params->limit54_cases, &params->limit54_periods);
}

static bool farrington_run(StatCall *call)
{
    FarringtonParams params;
    double *observed, *exposure;
    int *date = NULL;

    if (!farrington_settings(call, &params) || !stat_column(call, "observed", &observed) || !stat_column(call, "offset", &exposure))
        return false;
    if (stat_is(call, "calendar", "dates")) {
        if (!stat_column_dates(call, "date", &date))
            return false;
        if (!date)
            return err_set(call->err, ERR_INPUT, "--calendar dates needs the column date; name it with --date NAME");
    }
    for (size_t at = 0; at < call->n; at++) /* also rows that no baseline would come to */
        if (!dist_count_check("cannot look for an alarm", observed[at], at, call->err) ||
            (exposure && !dist_exposure_check("cannot look for an alarm", exposure[at], at, call->err)))
            return false;
    FarringtonSeries series = {.n = call->n, .observed = observed, .exposure = exposure, .date = date};
    size_t first = (size_t) stat_whole(call, "from"), last = stat_whole(call, "to") ? (size_t) stat_whole(call, "to") : call->n;
    ARENA_AUTO scratch = arena_new();
    for (size_t k = first; k <= last && k <= call->n; k++) {
        FarringtonResult got;
        arena_reset(scratch);
        if (!farrington_evaluate(scratch, &series, &params, k - 1, &got, call->err))
            return false;
        bool ok = got.status == FARRINGTON_OK;
        PUT(call, (double) k, got.observed, (double) got.n_base, got.phi, ok ? got.trend : NAN, got.slope, got.expected, got.se_eta, got.upper,
            got.pvalue, got.score, got.alarm);
        stat_put_text(call, farrington_status_name(got.status));
        stat_end_row(call);
    }
    return true;
}

/* cusum */

static const StatColumn cusum_columns[] = {{"observed", N_("count of each period; empty = no report"), false},
                                           {"expected", N_("expected count of each period; 0 or empty = closed"), false}, NO_MORE_COLUMNS};
static const StatOption cusum_options[] = {
    {"kappa", STAT_NUMBER, "2", 0, 1e6, N_("ratio of the mean to be found to the expected one; below 1 a fall")},
    {"size", STAT_NUMBER, "inf", 0, INFINITY, N_("size of the negative binomial (variance mu + mu^2/size); inf = Poisson")},
    {"h", STAT_NUMBER, NULL, 0, 1e6, N_("decision limit")},
    {"arl", STAT_NUMBER, NULL, 1, 1e6, N_("instead of h: the mean number of periods to a false alarm, over these expectations")},
    {"reset", STAT_CHOICE, "yes", 0, 0, N_("yes|no: begin again from 0 after an alarm")},
    NO_MORE_OPTIONS};

static bool cusum_method(StatCall *call)
{
    CusumParams params = {stat_number(call, "kappa"), stat_number(call, "size"), stat_number(call, "h"), stat_is(call, "reset", "yes")};
    double *observed, *expected;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "expected", &expected))
        return false;
    if (isnan(params.h) == isnan(stat_number(call, "arl")))
        return err_set(call->err, ERR_USAGE, "cusum needs either --h or --arl");
    if (isnan(params.h)) {
        double *open = arena_array(call->arena, call->n, sizeof *open);
        size_t n_open = 0;
        for (size_t at = 0; at < call->n; at++)
            if (expected[at] > 0)
                open[n_open++] = expected[at];
        if (!cusum_limit(open, n_open, &params, stat_number(call, "arl"), &params.h, call->err))
            return false;
    }
    double *value = arena_array(call->arena, call->n, sizeof *value);
    bool *alarm = arena_array(call->arena, call->n, sizeof *alarm);
    if (!cusum_run(observed, expected, call->n, &params, value, alarm, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], expected[at], value[at], params.h, alarm[at]);
        stat_end_row(call);
    }
    return true;
}

/* ears */

static const StatOption ears_options[] = {
    {"method", STAT_CHOICE, "c1", 0, 0, N_("c1|c2|c3: how many reports lie between baseline and evaluated one, and whether those before count")},
    {"baseline", STAT_WHOLE, "7", 3, 366, N_("reports in the baseline")},
    {"alpha", STAT_NUMBER, NULL, 0, 1, N_("one-sided (else 0.001 for c1 and c2, 0.025 for c3)")},
    {"min-sigma", STAT_NUMBER, "0", 0, 1e6, N_("smallest standard deviation")},
    NO_MORE_OPTIONS};

static bool ears_method(StatCall *call)
{
    EarsParams params = {.method = (EarsMethod) (stat_text(call, "method")[1] - '0'), .baseline = stat_whole(call, "baseline"),
                         .alpha = stat_number(call, "alpha"), .min_sigma = stat_number(call, "min-sigma")};
    double *observed;
    EarsPoint *point = arena_array(call->arena, call->n, sizeof *point);

    if (isnan(params.alpha))
        params.alpha = params.method == EARS_C3 ? .025 : .001;
    if (!stat_column(call, "observed", &observed) || !ears_run(observed, call->n, &params, point, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], point[at].mean, point[at].sd, point[at].statistic, point[at].upper, point[at].alarm,
            point[at].evaluated);
        stat_end_row(call);
    }
    return true;
}

/* gaps */

static const StatColumn gaps_columns[] = {{"gap", N_("time between an event and the one before, e.g. open school days"), false}, NO_MORE_COLUMNS};
static const StatOption gaps_options[] = {
    {"chart", STAT_CHOICE, "exponential", 0, 0, N_("nelson|exponential|geometric: how the limits are made")},
    {"baseline", STAT_WHOLE, "0", 0, 1e9, N_("gaps that make the limits, from the first; 0 = all")},
    {"alpha", STAT_NUMBER, "0.0027", 0, 1, N_("two-sided, not for nelson")},
    {"last", STAT_WHOLE, "3", 1, 1000, N_("gaps looked at together for p_short")},
    NO_MORE_OPTIONS};

/* The first so many rows; 0 or more than there are: all. */
static size_t baseline_rows(const StatCall *call)
{
    size_t asked = (size_t) stat_whole(call, "baseline");

    return asked > 0 && asked < call->n ? asked : call->n;
}

static bool gaps_method(StatCall *call)
{
    GapsMethod chart = stat_is(call, "chart", "nelson") ? GAPS_NELSON : stat_is(call, "chart", "geometric") ? GAPS_GEOMETRIC : GAPS_EXPONENTIAL;
    GapsLimits limits;
    double *gap;
    size_t last = (size_t) stat_whole(call, "last");

    if (!stat_column(call, "gap", &gap) || !gaps_limits(gap, baseline_rows(call), chart, stat_number(call, "alpha"), &limits, call->err))
        return false;
    double before = 0; /* all gaps before the last few */
    for (size_t at = 0; at < call->n; at++) {
        double p = NAN;
        before += at >= last ? gap[at - last] : 0;
        if (before > 0 && !gaps_short(gap, at + 1 - last, last, &p, call->err))
            return false;
        PUT(call, (double) (at + 1), gap[at], limits.low, limits.centre, limits.high);
        stat_put_text(call, gap[at] < limits.low ? "low" : gap[at] > limits.high ? "high" : "in");
        PUT(call, p);
        stat_end_row(call);
    }
    return true;
}

/* xmr */

static const StatOption xmr_options[] = {
    {"baseline", STAT_WHOLE, "0", 0, 1e9, N_("rows that make the limits, from the first; 0 = all")},
    {"rules", STAT_CHOICE, "nelson", 0, 0, N_("nelson|western-electric: the run rules (versions 1984 and 1956)")},
    NO_MORE_OPTIONS};

static bool xmr_method(StatCall *call)
{
    double *value;
    XmrLimits limits;
    size_t n_rules, base = baseline_rows(call);
    const XmrRule *rule = xmr_rules(&n_rules);

    if (!stat_column(call, "value", &value) || !xmr_limits(value, base, &limits, call->err))
        return false;
    bool *flag = arena_array(call->arena, n_rules * call->n, sizeof *flag);
    for (size_t which = 0; which < n_rules; which++)
        if (stat_is(call, "rules", rule[which].set))
            xmr_rule_apply(value, call->n, &limits, &rule[which], flag + which * call->n);
    for (size_t at = 0; at < call->n; at++) {
        char broken[64] = "";
        size_t used = 0;
        for (size_t which = 0; which < n_rules; which++)
            if (flag[which * call->n + at])
                used += (size_t) snprintf(broken + used, sizeof broken - used, "%s%d", used ? " " : "", rule[which].number);
        PUT(call, (double) (at + 1), value[at], limits.low, limits.centre, limits.high, at > 0 ? fabs(value[at] - value[at - 1]) : NAN,
            limits.mr_high, (double) base);
        stat_put_text(call, broken);
        stat_end_row(call);
    }
    return true;
}

/* silence */

static const StatColumn silence_columns[] = {{"observed", N_("count of each period; empty = no report"), false},
                                             {"exposure", N_("exposure of each period; 0 or empty = closed; left out: 1"), true}, NO_MORE_COLUMNS};
static const StatOption silence_options[] = {
    {"mean", STAT_NUMBER, NULL, 0, INFINITY, N_("mean rate per exposure of comparable schools (needed)")},
    {"shape", STAT_NUMBER, "inf", 0, INFINITY, N_("shape of the gamma distribution of their rates; inf = all alike")},
    {"own-count", STAT_NUMBER, "0", 0, 1e10, N_("count of this school before these rows")},
    {"own-exposure", STAT_NUMBER, "0", 0, INFINITY, N_("and the exposure of that time")},
    {"alpha", STAT_NUMBER, "0.001", 0, 1, N_("alarm when a run of zeros is less likely than this")},
    {"expected", STAT_NUMBER, "5", 0, 1e10, N_("and at least so many were expected in it")},
    NO_MORE_OPTIONS};

static double *ones(StatCall *call)
{
    double *one = arena_array(call->arena, call->n, sizeof *one);

    for (size_t at = 0; at < call->n; at++)
        one[at] = 1;
    return one;
}

static bool silence_method(StatCall *call)
{
    double *observed, *exposure, mean = stat_number(call, "mean");
    SilenceParams params = {stat_number(call, "alpha"), stat_number(call, "expected")};
    SilencePoint *point = arena_array(call->arena, call->n, sizeof *point);

    if (isnan(mean))
        return err_set(call->err, ERR_USAGE, "silence needs --mean, the rate of comparable schools");
    SilenceRate rate = silence_rate(mean, stat_number(call, "shape"), stat_number(call, "own-count"), stat_number(call, "own-exposure"));
    if (!stat_column(call, "observed", &observed) || !stat_column(call, "exposure", &exposure))
        return false;
    if (!silence_run(observed, exposure ? exposure : ones(call), call->n, &rate, &params, point, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], point[at].expected, point[at].p, (double) point[at].run, point[at].run_expected, point[at].run_p,
            point[at].alarm, point[at].evaluated);
        stat_end_row(call);
    }
    return true;
}

/* funnel and shrink */

static const StatColumn funnel_columns[] = {{"observed", N_("count of each school; empty = no report"), false}, {"expected", N_("expected count of each school"), false},
                                            NO_MORE_COLUMNS};
static const StatOption funnel_options[] = {{"winsor", STAT_NUMBER, "0.1", 0, .49, N_("share of z set to its quantile at either end")},
                                            {"adjust", STAT_CHOICE, "yes", 0, 0, N_("yes|no: add the variance between schools")}, NO_MORE_OPTIONS};

static bool funnel_method(StatCall *call)
{
    double *observed, *expected, *p = arena_array(call->arena, call->n, sizeof *p);
    FunnelPoint *point = arena_array(call->arena, call->n, sizeof *point);
    Funnel all;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "expected", &expected) ||
        !funnel_run(observed, expected, call->n, stat_number(call, "winsor"), stat_is(call, "adjust", "yes"), point, &all, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++)
        p[at] = point[at].pvalue;
    if (!multiple_adjust(p, call->n, MULTIPLE_BH, p, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        const FunnelPoint *here = &point[at];
        PUT(call, (double) (at + 1), observed[at], expected[at], here->ratio, here->z_raw, here->z, here->pvalue, p[at], here->low95, here->high95,
            here->low998, here->high998);
        stat_put_text(call, here->used ? funnel_flag_name(here->flag) : "NA");
        PUT(call, all.phi, all.tau2);
        stat_end_row(call);
    }
    return true;
}

static const StatOption shrink_options[] = {{"prior", STAT_CHOICE, "ml", 0, 0, N_("ml|moments: how the distribution over schools is found")},
                                            {"threshold", STAT_NUMBER, "1.5", 0, 1e6, N_("above: the chance of a rate over this many times the mean")},
                                            NO_MORE_OPTIONS};

static bool shrink_method(StatCall *call)
{
    double *observed, *expected;
    ShrinkPoint *point = arena_array(call->arena, call->n, sizeof *point);
    ShrinkPrior prior;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "expected", &expected) ||
        !shrink_prior(observed, expected, call->n, stat_is(call, "prior", "ml") ? SHRINK_ML : SHRINK_MOMENTS, &prior, call->err))
        return false;
    shrink_points(observed, expected, call->n, &prior, stat_number(call, "threshold"), point);
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], expected[at], point[at].raw, point[at].theta, point[at].low, point[at].high, point[at].above,
            prior.mean, prior.shape);
        stat_end_row(call);
    }
    return true;
}

/* trends */

static const StatColumn trend_columns[] = {{"observed", N_("count of each year or period; empty = no report"), false},
                                           {"time", N_("year, or another time; the slope is per unit of it"), false},
                                           {"exposure", N_("exposure; 0 or empty = left out; no column: 1"), true}, NO_MORE_COLUMNS};
static const StatOption trend_options[] = {{"family", STAT_CHOICE, "quasi", 0, 0, N_("quasi|negbin: quasi-Poisson or negative binomial")}, NO_MORE_OPTIONS};

static bool trend_method(StatCall *call)
{
    double *observed, *time, *exposure;
    TrendSlope got;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "time", &time) || !stat_column(call, "exposure", &exposure) ||
        !trend_slope(observed, exposure, time, call->n, stat_is(call, "family", "negbin") ? TREND_NEGBIN : TREND_QUASI, &got, call->err))
        return false;
    PUT(call, (double) got.n, got.slope, got.se, got.low, got.high, got.pct, got.pct_low, got.pct_high, got.pvalue, got.phi, got.size);
    stat_end_row(call);
    return true;
}

static const StatOption exact_options[] = {{"exact", STAT_CHOICE, "auto", 0, 0, N_("auto|always|never: over all orders (auto: where there are few values)")}, NO_MORE_OPTIONS};

static TrendExact exact_asked(const StatCall *call)
{
    return stat_is(call, "exact", "auto") ? TREND_EXACT_AUTO : stat_is(call, "exact", "always") ? TREND_EXACT_ALWAYS : TREND_EXACT_NEVER;
}

static bool kendall_method(StatCall *call)
{
    double *value;
    MannKendall got;

    if (!stat_column(call, "value", &value) || !trend_mann_kendall(value, call->n, exact_asked(call), &got, call->err))
        return false;
    PUT(call, (double) got.n, got.s, got.var, got.tau, got.z, got.pvalue, got.exact);
    stat_end_row(call);
    return true;
}

static const StatColumn sen_columns[] = {{"value", N_("one value a row; empty = missing"), false}, {"time", N_("its time; no column: 1, 2, .."), true}, NO_MORE_COLUMNS};

static bool sen_method(StatCall *call)
{
    double *value, *time;
    TheilSen got;

    if (!stat_column(call, "value", &value) || !stat_column(call, "time", &time))
        return false;
    if (!time) {
        time = arena_array(call->arena, call->n, sizeof *time);
        for (size_t at = 0; at < call->n; at++)
            time[at] = (double) at + 1;
    }
    if (!trend_theil_sen(value, time, call->n, &got, call->err))
        return false;
    PUT(call, (double) got.n, got.slope, got.low, got.high, got.intercept);
    stat_end_row(call);
    return true;
}

static bool pettitt_method(StatCall *call)
{
    double *value;
    Pettitt got;

    if (!stat_column(call, "value", &value) || !trend_pettitt(value, call->n, exact_asked(call), &got, call->err))
        return false;
    PUT(call, (double) got.n, (double) (got.last + 1), got.k, got.pvalue, got.exact);
    stat_end_row(call);
    return true;
}

/* shares and rates, one a row */

static const StatColumn proportion_columns[] = {{"x", N_("how many of them"), false}, {"n", N_("of how many"), false}, NO_MORE_COLUMNS};
static const StatOption proportion_options[] = {{"method", STAT_CHOICE, "house", 0, 0, N_("house|wilson|exact: exact where n < 40, x < 5 or n - x < 5, else wilson; or always one of them")},
                                                NO_MORE_OPTIONS};

/* Which row a refusal is about. */
static bool row_frame(StatCall *call, size_t at)
{
    return err_frame(call->err, "row %zu", at + 1);
}

static bool proportion_method(StatCall *call)
{
    double *x, *n;
    bool (*estimate)(double, double, Estimate *, Err *) = stat_is(call, "method", "wilson") ? share_wilson : stat_is(call, "method", "exact") ? share_exact : share_estimate;

    if (!stat_column(call, "x", &x) || !stat_column(call, "n", &n))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        Estimate got;
        if (!estimate(x[at], n[at], &got, call->err))
            return row_frame(call, at);
        PUT(call, x[at], n[at]);
        put_estimate(call, &got);
        stat_end_row(call);
    }
    return true;
}

static const StatColumn rate_columns[] = {{"events", N_("how many events"), false}, {"exposure", N_("over how much, in the unit of the rate"), false}, NO_MORE_COLUMNS};

static bool rate_method(StatCall *call)
{
    double *events, *exposure;

    if (!stat_column(call, "events", &events) || !stat_column(call, "exposure", &exposure))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        Estimate got;
        if (!rate_poisson(events[at], exposure[at], &got, call->err))
            return row_frame(call, at);
        PUT(call, events[at], exposure[at]);
        put_estimate(call, &got);
        stat_end_row(call);
    }
    return true;
}

static const StatColumn two_shares_columns[] = {{"x1", N_("how many of the first group"), false}, {"n1", N_("its size"), false}, {"x2", N_("how many of the second group"), false},
                                                {"n2", N_("its size"), false}, NO_MORE_COLUMNS};
static const StatColumn two_rates_columns[] = {{"x1", N_("events of the first"), false}, {"e1", N_("its exposure"), false}, {"x2", N_("events of the second"), false},
                                               {"e2", N_("its exposure"), false}, NO_MORE_COLUMNS};

/* The four columns of a comparison, in the order of the table. */
static bool four_columns(StatCall *call, double *column[4])
{
    for (int at = 0; at < 4; at++)
        if (!stat_column(call, call->method->columns[at].role, &column[at]))
            return false;
    return true;
}

static bool two_shares_method(StatCall *call)
{
    double *c[4];

    if (!four_columns(call, c))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        TwoShares got;
        if (!two_shares(c[0][at], c[1][at], c[2][at], c[3][at], &got, call->err))
            return row_frame(call, at);
        PUT(call, c[0][at] / c[1][at], c[2][at] / c[3][at]);
        put_estimate(call, &got.difference);
        PUT(call, got.p_mid, got.p_fisher);
        stat_end_row(call);
    }
    return true;
}

static bool two_rates_method(StatCall *call)
{
    double *c[4];

    if (!four_columns(call, c))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        TwoRates got;
        if (!two_rates(c[0][at], c[1][at], c[2][at], c[3][at], &got, call->err))
            return row_frame(call, at);
        PUT(call, c[0][at] / c[1][at], c[2][at] / c[3][at]);
        put_estimate(call, &got.ratio);
        PUT(call, got.p, got.p_exact);
        stat_end_row(call);
    }
    return true;
}

/* questionnaires */

static const StatColumn alpha_columns[] = {{"items", N_("the items, a,b,c (else every column but the series)"), true}, NO_MORE_COLUMNS};

static void put_alpha(StatCall *call, const char *item, const Alpha *got, double alpha, bool whole, double with_rest)
{
    stat_put_text(call, item);
    PUT(call, (double) got->n, (double) (whole ? got->k : got->k - 1), alpha, whole ? got->low : NAN, whole ? got->high : NAN, with_rest);
    stat_end_row(call);
}

static bool alpha_method(StatCall *call)
{
    double *score;
    size_t k;
    const char **names;
    Alpha got;

    if (!stat_columns(call, "items", NULL, &score, &k, &names) || !alpha_estimate(score, call->n, k, &got, call->err))
        return false;
    put_alpha(call, "all", &got, got.alpha, true, NAN);
    for (size_t at = 0; at < k; at++)
        put_alpha(call, arena_format(call->arena, "without %s", names[at]), &got, got.dropped[at], false, got.with_rest[at]);
    return true;
}

static const StatColumn armitage_columns[] = {{"x", N_("how many of each group, groups in order"), false}, {"n", N_("its size"), false},
                                              {"score", N_("score of the group; no column: 1, 2, .."), true}, NO_MORE_COLUMNS};

static bool armitage_method(StatCall *call)
{
    double *x, *n, *score;
    CochranArmitage got;

    if (!stat_column(call, "x", &x) || !stat_column(call, "n", &n) || !stat_column(call, "score", &score) ||
        !ordinal_cochran_armitage(x, n, score, call->n, &got, call->err))
        return false;
    PUT(call, got.n, got.z, got.chi2, got.pvalue);
    stat_end_row(call);
    return true;
}

static const StatColumn wilcoxon_columns[] = {{"value", N_("answer, as a number; empty = left out"), false}, {"group", N_("group; there must be two"), false},
                                              {"count", N_("how many gave this answer; no column: 1"), true}, NO_MORE_COLUMNS};

/* The two groups as counts per different value, ascending; names in the order of appearance. */
typedef struct TwoGroups {
    const char *name[2];
    double     *count[2];
    size_t      k;
} TwoGroups;

static int by_number(const void *a, const void *b)
{
    double one = *(const double *) a, two = *(const double *) b;

    return (one > two) - (one < two);
}

static bool two_groups(StatCall *call, TwoGroups *out)
{
    double *value, *count, *sorted = arena_array(call->arena, call->n, sizeof *sorted);
    const char **group;
    size_t different = 0, known = 0;

    *out = (TwoGroups) {0};
    if (!stat_column(call, "value", &value) || !stat_column_text(call, "group", &group) || !stat_column(call, "count", &count))
        return false;
    for (size_t at = 0; at < call->n; at++)
        if (!isnan(value[at]))
            sorted[known++] = value[at];
    qsort(sorted, known, sizeof *sorted, by_number);
    for (size_t at = 0; at < known; at++)
        if (at == 0 || sorted[at] != sorted[at - 1])
            sorted[different++] = sorted[at];
    out->k = different;
    out->count[0] = arena_array(call->arena, different, sizeof *out->count[0]);
    out->count[1] = arena_array(call->arena, different, sizeof *out->count[1]);
    for (size_t at = 0; at < call->n; at++) {
        int which = 0;
        while (which < 2 && out->name[which] && strcmp(out->name[which], group[at]) != 0)
            which++;
        if (which == 2)
            return err_set(call->err, ERR_INPUT, "\"%s\" has more than two groups in a series", call->table->path);
        out->name[which] = group[at];
        if (isnan(value[at]))
            continue;
        double *place = bsearch(&value[at], sorted, different, sizeof *sorted, by_number);
        out->count[which][place - sorted] += count ? (isnan(count[at]) ? 0 : count[at]) : 1;
    }
    return out->name[1] ? true : err_set(call->err, ERR_INPUT, "\"%s\" has only one group in a series; two are compared", call->table->path);
}

static bool wilcoxon_method(StatCall *call)
{
    TwoGroups groups;
    Wilcoxon got;

    if (!two_groups(call, &groups) || !ordinal_wilcoxon(groups.count[0], groups.count[1], groups.k, &got, call->err))
        return false;
    stat_put_text(call, groups.name[0]);
    stat_put_text(call, groups.name[1]);
    PUT(call, got.n1, got.n2, got.w, got.superiority, got.z, got.pvalue, got.exact);
    stat_end_row(call);
    return true;
}

static bool odds_method(StatCall *call)
{
    TwoGroups groups;
    ProportionalOdds got;

    if (!two_groups(call, &groups) || !ordinal_proportional_odds(groups.count[0], groups.count[1], groups.k, &got, call->err))
        return false;
    stat_put_text(call, groups.name[0]);
    stat_put_text(call, groups.name[1]);
    PUT(call, got.log_odds, got.se, got.low, got.high, exp(got.log_odds), got.pvalue, got.log_likelihood);
    stat_end_row(call);
    return true;
}

/* p-adjust */

static const StatColumn adjust_columns[] = {{"p", N_("p-values; empty = not computable"), false}, NO_MORE_COLUMNS};

static bool adjust_method(StatCall *call)
{
    double *p, *adjusted = arena_array(call->arena, call->n * MULTIPLE_METHODS, sizeof *adjusted);

    if (!stat_column(call, "p", &p))
        return false;
    for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++)
        if (!multiple_adjust(p, call->n, method, adjusted + method * call->n, call->err))
            return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), p[at]);
        for (MultipleMethod method = 0; method < MULTIPLE_METHODS; method++)
            PUT(call, adjusted[method * call->n + at]);
        stat_end_row(call);
    }
    return true;
}

/* kaplan-meier */

static const StatColumn survival_columns[] = {{"time", N_("time until it happened, or until it had not happened yet"), false}, {"event", N_("1 it happened, 0 not yet"), false}, NO_MORE_COLUMNS};

static bool survival_method(StatCall *call)
{
    double *time, *event;
    Survival got;

    if (!stat_column(call, "time", &time) || !stat_column(call, "event", &event) || !survival_kaplan_meier(call->arena, time, event, call->n, &got, call->err))
        return false;
    for (size_t at = 0; at < got.steps; at++) {
        const SurvivalStep *step = &got.step[at];
        PUT(call, step->time, step->at_risk, step->events, step->censored, step->survival, step->se, step->low, step->high, got.median, got.low,
            got.high);
        stat_end_row(call);
    }
    return true;
}

/* regression */

static const StatColumn regression_columns[] = {{"y", N_("response"), false}, {"x", N_("predictors, a,b,c (else every column but y and the series)"), true}, NO_MORE_COLUMNS};
static const StatOption regression_options[] = {{"degree", STAT_WHOLE, "1", 1, 31, N_("powers of the one predictor")},
                                                {"intercept", STAT_CHOICE, "yes", 0, 0, N_("yes|no: a constant term")}, NO_MORE_OPTIONS};

static bool regression_method(StatCall *call)
{
    double *y, *x;
    size_t k;
    const char **names;
    int degree = stat_whole(call, "degree");
    bool intercept = stat_is(call, "intercept", "yes"), good;
    Regression got;

    const char *response = stat_column_asked(call, "y") ? stat_column_asked(call, "y") : "y";
    if (!stat_column(call, "y", &y) || !stat_columns(call, "x", response, &x, &k, &names))
        return false;
    if (degree > 1 && k != 1)
        return err_set(call->err, ERR_USAGE, "--degree takes one predictor; name it with --x");
    if (degree > 1)
        good = regression_polynomial(x, degree, y, call->n, intercept, &got, call->err);
    else
        good = regression_fit(x, k, y, call->n, intercept, &got, call->err);
    if (!good)
        return false;
    for (size_t at = 0; at < got.p; at++) {
        size_t power = at + !intercept;
        stat_put_text(call, power == 0 ? "(intercept)" : degree == 1 ? names[power - 1] : power == 1 ? names[0] : arena_format(call->arena, "%s^%zu", names[0], power));
        PUT(call, got.coef[at], got.se[at], got.low[at], got.high[at], got.pvalue[at], (double) got.n, got.sigma, got.r2, got.rss);
        stat_end_row(call);
    }
    return true;
}

/* season, table, concentration */

static const StatColumn season_columns[] = {{"slot", N_("part of the year, from 1: the month, or the week"), false}, {"count", N_("count; empty = no report"), false},
                                            {"exposure", N_("exposure; 0 or empty = closed; no column: 1"), true}, NO_MORE_COLUMNS};
static const StatOption season_options[] = {{"slots", STAT_WHOLE, "12", 1, 366, N_("parts of the year")}, NO_MORE_OPTIONS};

/* Whole numbers from least up, as indices from 0. */
static bool index_column(StatCall *call, const char *role, double least, double most, int **out)
{
    double *column;

    if (!stat_column(call, role, &column))
        return false;
    *out = arena_array(call->arena, call->n, sizeof **out);
    for (size_t at = 0; at < call->n; at++) {
        if (!(column[at] >= least && column[at] <= most) || floor(column[at]) != column[at])
            return err_set(call->err, ERR_INPUT, "\"%s\", row %zu below the header, column for %s: must be a whole number from %g to %g", call->table->path,
                           call->row[at] + 1, role, least, most);
        (*out)[at] = (int) (column[at] - least);
    }
    return true;
}

static bool season_method(StatCall *call)
{
    int *slot, slots = stat_whole(call, "slots");
    double *count, *exposure;
    SeasonSlot *out = arena_array(call->arena, (size_t) slots, sizeof *out);

    if (!index_column(call, "slot", 1, slots, &slot) || !stat_column(call, "count", &count) || !stat_column(call, "exposure", &exposure) ||
        !season_profile(slot, count, exposure, call->n, slots, out, call->err))
        return false;
    for (int at = 0; at < slots; at++) {
        PUT(call, (double) ((size_t) at + 1), out[at].count, out[at].exposure, out[at].rate, out[at].index, out[at].low, out[at].high);
        stat_end_row(call);
    }
    return true;
}

enum { HOURS = 24, WEEKDAYS = 7 };

static const StatColumn week_columns[] = {{"hour", N_("0 to 23"), false}, {"weekday", N_("1 Monday to 7 Sunday"), false}, {"count", N_("how many; no column: 1"), true}, NO_MORE_COLUMNS};

static bool week_method(StatCall *call)
{
    int *hour, *weekday;
    double *count, cell[HOURS * WEEKDAYS] = {0}, expected[HOURS * WEEKDAYS], residual[HOURS * WEEKDAYS];
    SeasonTable got;

    if (!index_column(call, "hour", 0, HOURS - 1, &hour) || !index_column(call, "weekday", 1, WEEKDAYS, &weekday) || !stat_column(call, "count", &count))
        return false;
    for (size_t at = 0; at < call->n; at++)
        cell[hour[at] * WEEKDAYS + weekday[at]] += count ? (isnan(count[at]) ? 0 : count[at]) : 1;
    if (!season_table(cell, HOURS, WEEKDAYS, expected, residual, &got, call->err))
        return false;
    for (size_t at = 0; at < HOURS * WEEKDAYS; at++) {
        PUT(call, (double) (at / WEEKDAYS), (double) (at % WEEKDAYS + 1), cell[at], expected[at], residual[at], got.chi2, got.df, got.pvalue);
        stat_end_row(call);
    }
    return true;
}

static const StatColumn concentration_columns[] = {{"count", N_("involvements of each person; those never involved belong in it if the share is of all pupils"), false}, NO_MORE_COLUMNS};
static const StatOption concentration_options[] = {{"top", STAT_NUMBER, "0.05", 0, 1, N_("share of persons looked at")}, NO_MORE_OPTIONS};

static bool concentration_method(StatCall *call)
{
    double *count;
    Concentration got;

    if (!stat_column(call, "count", &count) || !season_concentration(count, call->n, stat_number(call, "top"), &got, call->err))
        return false;
    PUT(call, (double) got.n, got.total, got.most, got.share, got.gini);
    stat_end_row(call);
    return true;
}

const StatMethod stat_methods[] = {
    {"farrington", N_("is a period higher than the same weeks or months of earlier years let expect?"),
     "k,observed,n_base,phi,trend,slope,expected,se_eta,upper,pvalue,score,alarm,status", farrington_columns, farrington_options, farrington_run},
    {"cusum", N_("is a rise that lasts under way? likelihood-ratio CUSUM of counts"), "k,observed,expected,value,h,alarm", cusum_columns, cusum_options, cusum_method},
    {"ears", N_("EARS C1, C2, C3: higher than the last few reports?"), "k,observed,mean,sd,statistic,upper,alarm,evaluated", observed_only, ears_options, ears_method},
    {"gaps", N_("time between rare events: t chart, g chart, and the last few together"), "k,gap,low,centre,high,flag,p_short", gaps_columns, gaps_options, gaps_method},
    {"xmr", N_("individuals and moving range chart with named run rules, for display"), "k,value,low,centre,high,mr,mr_high,n_base,rules", value_only, xmr_options, xmr_method},
    {"silence", N_("so few registrations that not registering is the likelier reason?"), "k,observed,expected,p,run,run_expected,run_p,alarm,evaluated", silence_columns,
     silence_options, silence_method},
    {"funnel", N_("which schools differ, when schools differ anyway?"), "k,observed,expected,ratio,z_raw,z,pvalue,p_bh,low95,high95,low998,high998,flag,phi,tau2", funnel_columns,
     funnel_options, funnel_method},
    {"shrink", N_("rates of schools, each drawn towards all (gamma-Poisson)"), "k,observed,expected,raw,theta,low,high,above,mean,shape", funnel_columns, shrink_options, shrink_method},
    {"trend", N_("change in % a year of counts with exposure"), "n,slope,se,low,high,pct,pct_low,pct_high,pvalue,phi,size", trend_columns, trend_options, trend_method},
    {"mann-kendall", N_("is there a trend at all? exact for few years"), "n,s,var,tau,z,pvalue,exact", value_only, exact_options, kendall_method},
    {"theil-sen", N_("median slope with its interval"), "n,slope,low,high,intercept", sen_columns, NULL, sen_method},
    {"pettitt", N_("where is the most likely break, and is it one?"), "n,last,k,pvalue,exact", value_only, exact_options, pettitt_method},
    {"proportion", N_("shares with their intervals"), "x,n,value,low,high", proportion_columns, proportion_options, proportion_method},
    {"rate", N_("rates with their exact Poisson intervals"), "events,exposure,value,low,high", rate_columns, NULL, rate_method},
    {"two-proportions", N_("difference of two shares"), "share1,share2,difference,low,high,p_mid,p_fisher", two_shares_columns, NULL, two_shares_method},
    {"two-rates", N_("ratio of two rates"), "rate1,rate2,ratio,low,high,p,p_exact", two_rates_columns, NULL, two_rates_method},
    {"alpha", N_("Cronbach's alpha of the items of a scale"), "item,n,k,alpha,low,high,with_rest", alpha_columns, NULL, alpha_method},
    {"wilcoxon", N_("two groups on an ordered scale: rank sum"), "group1,group2,n1,n2,w,superiority,z,pvalue,exact", wilcoxon_columns, NULL, wilcoxon_method},
    {"proportional-odds", N_("two groups on an ordered scale: odds of a higher answer"), "group1,group2,log_odds,se,low,high,odds_ratio,pvalue,log_likelihood", wilcoxon_columns, NULL,
     odds_method},
    {"cochran-armitage", N_("does a share go up or down along ordered groups?"), "n,z,chi2,pvalue", armitage_columns, NULL, armitage_method},
    {"p-adjust", N_("p-values of a family, adjusted"), "k,p,bh,by,holm,hochberg,bonferroni", adjust_columns, NULL, adjust_method},
    {"kaplan-meier", N_("time until something happens, when for some it has not happened yet"), "time,at_risk,events,censored,survival,se,low,high,median,median_low,median_high",
     survival_columns, NULL, survival_method},
    {"regression", N_("linear least squares"), "term,coef,se,low,high,pvalue,n,sigma,r2,rss", regression_columns, regression_options, regression_method},
    {"season", N_("profile over the months of the year"), "slot,count,exposure,rate,index,low,high", season_columns, season_options, season_method},
    {"week", N_("table of hour and weekday"), "hour,weekday,count,expected,residual,chi2,df,pvalue", week_columns, NULL, week_method},
    {"concentration", N_("share of the most involved"), "n,total,most,share,gini", concentration_columns, concentration_options, concentration_method},
};

const size_t stat_n_methods = sizeof stat_methods / sizeof *stat_methods;
