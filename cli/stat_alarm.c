#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analyze/cusum.h"
#include "analyze/dist.h"
#include "analyze/ears.h"
#include "analyze/farrington.h"
#include "analyze/gamma.h"
#include "analyze/gaps.h"
#include "analyze/silence.h"
#include "analyze/xmr.h"
#include "cli/app.h"
#include "cli/stat.h"

/* Alarms: periods of one series, each judged by what came before it. */

static const StatColumn observed_only[] = {{"observed", N_("count of each period; empty = no report"), false}, NO_MORE_COLUMNS};

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
    size_t first, last;
    if (!stat_rows(call, 1, &first, &last) || !stat_counts_check(call, "cannot look for an alarm", observed, exposure)) /* also rows that no baseline would come to */
        return false;
    FarringtonSeries series = {.n = call->n, .observed = observed, .exposure = exposure, .date = date};
    ARENA_AUTO scratch = arena_new();
    for (size_t k = first; k <= last; k++) {
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

/* gamma-poisson */

static const StatColumn gamma_columns[] = {{"observed", N_("count of each period, in order of time; empty = no report"), false},
                                           {"exposure", N_("exposure of each period; 0 or empty = closed; left out: 1"), true}, NO_MORE_COLUMNS};
static const StatOption gamma_options[] = {
    {"mean", STAT_NUMBER, NULL, 1e-12, 1e12, N_("mean rate per exposure of comparable schools (else: learnt from all series of the file)")},
    {"shape", STAT_NUMBER, NULL, 1e-6, 1e6, N_("with --mean: shape of the gamma distribution of their rates")},
    {"phi", STAT_NUMBER, NULL, 1, 1e6, N_("with --mean: variance over mean of the periods of one of them (else 1)")},
    {"history", STAT_WHOLE, "36", 1, 10000, N_("periods of the past that count")},
    {"past", STAT_WHOLE, "3", 0, 10000, N_("most recent periods left out of it")},
    {"span", STAT_WHOLE, "1", 1, 366, N_("periods looked at together, up to the one that is judged")},
    {"alpha", STAT_NUMBER, "0.005", 0, 1, N_("one-sided")},
    {"min-cases", STAT_WHOLE, "4", 0, 1e9, N_("alarm only with at least so many")},
    {"from", STAT_WHOLE, "1", 1, 1e9, N_("first row that is judged, of each series")},
    {"to", STAT_WHOLE, NULL, 1, 1e9, N_("last row that is judged (else the last of the series)")},
    NO_MORE_OPTIONS};

/* All series of the file, row k of one beside row k of the others; made once, since every series learns from the same. */
typedef struct Pooled {
    GammaSums  *school;
    GammaPrior *prior; /* per row, phi 0 = not made yet */
} Pooled;

static bool pooled_make(StatCall *call, Pooled **made)
{
    StatCall other = *call; /* reads the other series, into memory that stays */
    size_t rows = 0;

    if (call->memo) {
        *made = call->memo;
        return true;
    }
    *made = arena_alloc(call->kept, sizeof **made);
    (*made)->school = arena_array(call->kept, call->n_groups, sizeof *(*made)->school);
    other.arena = call->kept;
    for (size_t at = 0; at < call->n_groups; at++) {
        double *observed, *exposure;
        other.row = call->group[at].row;
        other.n = call->group[at].n;
        if (!stat_column(&other, "observed", &observed) || !stat_column(&other, "exposure", &exposure) ||
            !stat_counts_check(&other, "cannot learn from the series of the file", observed, exposure))
            return false;
        (*made)->school[at] = gamma_sums(call->kept, observed, observed, exposure ? exposure : stat_ones(&other), other.n);
        rows = other.n > rows ? other.n : rows;
    }
    (*made)->prior = arena_array(call->kept, rows, sizeof *(*made)->prior);
    call->memo = *made;
    return true;
}

static GammaPrior pooled_prior(StatCall *call, Pooled *pooled, size_t k)
{
    GammaWindow *window = arena_array(call->arena, call->n_groups, sizeof *window);

    if (pooled->prior[k].phi > 0)
        return pooled->prior[k];
    for (size_t at = 0; at < call->n_groups; at++) /* a series that ended counts with its last rows */
        window[at] = gamma_window(0, k < call->group[at].n ? k : call->group[at].n, stat_whole(call, "history"), stat_whole(call, "past"));
    pooled->prior[k] = gamma_pool(pooled->school, window, call->n_groups);
    return pooled->prior[k];
}

/* The prior that was given, or one to be pooled for every row. */
static bool prior_given(StatCall *call, GammaPrior *prior, Pooled **pooled)
{
    double mean = stat_number(call, "mean"), shape = stat_number(call, "shape"), phi = stat_number(call, "phi");

    *pooled = NULL;
    *prior = (GammaPrior) {mean, shape, isnan(phi) ? 1 : phi};
    if (isnan(mean) != isnan(shape) || (isnan(mean) && !isnan(phi)))
        return err_set(call->err, ERR_USAGE, "--mean and --shape (and --phi) go together");
    if (!isnan(mean))
        return true;
    if (call->n_groups < 2)
        return err_set(call->err, ERR_USAGE, "nothing is known of comparable schools: give --mean and --shape, or their counts in the same file with --series COLUMN");
    return pooled_make(call, pooled);
}

static void gamma_row(StatCall *call, const double *observed, const double *exposure, size_t k, const GammaPrior *prior)
{
    GammaPast past = gamma_past(observed, exposure, gamma_window(0, k, stat_whole(call, "history"), stat_whole(call, "past")), prior);
    GammaNext next = {NAN, NAN, NAN, NAN, NAN};
    double count = observed[k], over;
    const char *status = isnan(observed[k]) ? "missing" : !(exposure[k] > 0) ? "no_exposure" : prior->mean > 0 ? "ok" : "short_history";
    bool ok = strcmp(status, "ok") == 0;

    if (ok) {
        gamma_span(observed, exposure, 0, k, stat_whole(call, "span"), &count, &over);
        next = gamma_next(&past, count, over, stat_number(call, "alpha"));
    }
    PUT(call, (double) (k + 1), count, next.expected, next.phi, next.upper, next.pvalue, next.score, ok && count > next.upper && count >= stat_whole(call, "min-cases"), past.count,
        past.exposure, (double) past.n, prior->mean, prior->shape, prior->phi);
    stat_put_text(call, status);
    stat_end_row(call);
}

static bool gamma_method(StatCall *call)
{
    double *observed, *exposure;
    size_t first, last;
    GammaPrior prior;
    Pooled *pooled;

    if (!prior_given(call, &prior, &pooled) || !stat_column(call, "observed", &observed) || !stat_column(call, "exposure", &exposure) || !stat_rows(call, 1, &first, &last) ||
        !stat_counts_check(call, "cannot look for an alarm", observed, exposure))
        return false;
    exposure = exposure ? exposure : stat_ones(call);
    for (size_t k = first - 1; k < last; k++) {
        GammaPrior here = pooled ? pooled_prior(call, pooled, k) : prior;
        gamma_row(call, observed, exposure, k, &here);
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
    if (!silence_run(observed, exposure ? exposure : stat_ones(call), call->n, &rate, &params, point, call->err))
        return false;
    for (size_t at = 0; at < call->n; at++) {
        PUT(call, (double) (at + 1), observed[at], point[at].expected, point[at].p, (double) point[at].run, point[at].run_expected, point[at].run_p,
            point[at].alarm, point[at].evaluated);
        stat_end_row(call);
    }
    return true;
}
const StatMethod stat_alarm_methods[] = {
    {"farrington", N_("is a period higher than the same weeks or months of earlier years let expect?"),
     "k,observed,n_base,phi,trend,slope,expected,se_eta,upper,pvalue,score,alarm,status", farrington_columns, farrington_options, farrington_run},
    {"gamma-poisson", N_("the same where counts are few or the past is short: from comparable schools and the own past"),
     "k,observed,expected,phi,upper,pvalue,score,alarm,own_count,own_exposure,n_base,prior_mean,prior_shape,prior_phi,status", gamma_columns, gamma_options, gamma_method},
    {"cusum", N_("is a rise that lasts under way? likelihood-ratio CUSUM of counts"), "k,observed,expected,value,h,alarm", cusum_columns, cusum_options, cusum_method},
    {"ears", N_("EARS C1, C2, C3: higher than the last few reports?"), "k,observed,mean,sd,statistic,upper,alarm,evaluated", observed_only, ears_options, ears_method},
    {"gaps", N_("time between rare events: t chart, g chart, and the last few together"), "k,gap,low,centre,high,flag,p_short", gaps_columns, gaps_options, gaps_method},
    {"xmr", N_("individuals and moving range chart with named run rules, for display"), "k,value,low,centre,high,mr,mr_high,n_base,rules", stat_value_only, xmr_options, xmr_method},
    {"silence", N_("so few registrations that not registering is the likelier reason?"), "k,observed,expected,p,run,run_expected,run_p,alarm,evaluated", silence_columns,
     silence_options, silence_method},
    {NULL, NULL, NULL, NULL, NULL, NULL}};
