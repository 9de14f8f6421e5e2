#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/ordinal.h"
#include "analyze/rate.h"
#include "analyze/regression.h"
#include "analyze/survival.h"
#include "analyze/two.h"
#include "cli/app.h"
#include "cli/stat.h"

/* One sample, and two compared. */

static void put_estimate(StatCall *call, const Estimate *estimate)
{
    PUT(call, estimate->value, estimate->low, estimate->high);
}

/* shares and rates, one a row */

static const StatColumn proportion_columns[] = {{"x", N_("how many of them"), false}, {"n", N_("of how many"), false}, NO_MORE_COLUMNS};
static const StatOption proportion_options[] = {{"method", STAT_CHOICE, "house", 0, 0, N_("house|wilson|exact: exact where n < 40, x < 5 or n - x < 5, else wilson; or always one of them")},
                                                NO_MORE_OPTIONS};

enum { ROW_CELLS = 8 };

/* Methods that take one row at a time: its cells in the order of the table, NaN where a column was left out. */
static bool each_row(StatCall *call, bool (*run)(StatCall *call, const double *cell))
{
    double *column[ROW_CELLS] = {0}, cell[ROW_CELLS];
    size_t columns = 0;

    for (; call->method->columns[columns].role; columns++)
        if (!stat_column(call, call->method->columns[columns].role, &column[columns]))
            return false;
    for (size_t at = 0; at < call->n; at++) {
        for (size_t which = 0; which < columns; which++)
            cell[which] = column[which] ? column[which][at] : NAN;
        if (!run(call, cell))
            return err_frame(call->err, "row %zu", at + 1);
        stat_end_row(call);
    }
    return true;
}

static bool proportion_row(StatCall *call, const double *cell)
{
    Estimate got;
    bool good = stat_is(call, "method", "wilson")  ? share_wilson(cell[0], cell[1], &got, call->err)
                : stat_is(call, "method", "exact") ? share_exact(cell[0], cell[1], &got, call->err)
                                                   : share_estimate(cell[0], cell[1], &got, call->err);

    if (good) {
        PUT(call, cell[0], cell[1]);
        put_estimate(call, &got);
    }
    return good;
}

static const StatColumn rate_columns[] = {{"events", N_("how many events"), false}, {"exposure", N_("over how much, in the unit of the rate"), false}, NO_MORE_COLUMNS};

static bool rate_row(StatCall *call, const double *cell)
{
    Estimate got;

    if (!rate_poisson(cell[0], cell[1], &got, call->err))
        return false;
    PUT(call, cell[0], cell[1]);
    put_estimate(call, &got);
    return true;
}

static const StatColumn two_shares_columns[] = {{"x1", N_("how many of the first group"), false}, {"n1", N_("its size"), false}, {"x2", N_("how many of the second group"), false},
                                                {"n2", N_("its size"), false}, NO_MORE_COLUMNS};

static bool two_shares_row(StatCall *call, const double *cell)
{
    TwoShares got;

    if (!two_shares(cell[0], cell[1], cell[2], cell[3], &got, call->err))
        return false;
    PUT(call, cell[0] / cell[1], cell[2] / cell[3]);
    put_estimate(call, &got.difference);
    PUT(call, got.p_mid, got.p_fisher);
    return true;
}

static const StatColumn two_rates_columns[] = {{"x1", N_("events of the first"), false}, {"e1", N_("its exposure"), false}, {"x2", N_("events of the second"), false},
                                               {"e2", N_("its exposure"), false}, NO_MORE_COLUMNS};

static bool two_rates_row(StatCall *call, const double *cell)
{
    TwoRates got;

    if (!two_rates(cell[0], cell[1], cell[2], cell[3], &got, call->err))
        return false;
    PUT(call, cell[0] / cell[1], cell[2] / cell[3]);
    put_estimate(call, &got.ratio);
    PUT(call, got.p, got.p_exact);
    return true;
}

static const StatColumn mean_columns[] = {{"n", N_("how many answers"), false}, {"mean", N_("their mean"), false}, {"sd", N_("their standard deviation (divisor n - 1)"), false},
                                          {"population", N_("how many could have answered; 0, empty or no column: without limit"), true}, NO_MORE_COLUMNS};

static bool mean_row(StatCall *call, const double *cell)
{
    Estimate got;

    if (!mean_estimate(cell[0], cell[1], cell[2], isnan(cell[3]) ? 0 : cell[3], &got, call->err))
        return false;
    PUT(call, cell[0]);
    put_estimate(call, &got);
    return true;
}

static const StatColumn two_means_columns[] = {{"n1", N_("answers of the first group"), false}, {"mean1", N_("their mean"), false},
                                               {"sd1", N_("their standard deviation (divisor n - 1)"), false}, {"n2", N_("answers of the second group"), false},
                                               {"mean2", N_("their mean"), false}, {"sd2", N_("their standard deviation (divisor n - 1)"), false}, NO_MORE_COLUMNS};

static bool two_means_row(StatCall *call, const double *cell)
{
    double p = mean_compare_p(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]);

    if (isnan(p))
        return err_set(call->err, ERR_STAT, "cannot compare two means: both groups need at least 2 answers and a spread from 0 up");
    PUT(call, cell[1] - cell[4], p);
    return true;
}

static const StatColumn ratio_columns[] = {{"events", N_("how many events"), false}, {"x", N_("how many answered yes"), false}, {"n", N_("of how many"), false},
                                           {"population", N_("how many the share stands for"), false}, NO_MORE_COLUMNS};
static const StatOption ratio_options[] = {{"per", STAT_NUMBER, "100", 0, INFINITY, N_("unit of the ratio")}, NO_MORE_OPTIONS};

static bool ratio_row(StatCall *call, const double *cell)
{
    Estimate got;

    if (!ratio_estimate(cell[0], cell[1], cell[2], cell[3], stat_number(call, "per"), &got, call->err))
        return false;
    put_estimate(call, &got);
    return true;
}

static bool proportion_method(StatCall *call) { return each_row(call, proportion_row); }
static bool rate_method(StatCall *call) { return each_row(call, rate_row); }
static bool two_shares_method(StatCall *call) { return each_row(call, two_shares_row); }
static bool two_rates_method(StatCall *call) { return each_row(call, two_rates_row); }
static bool mean_method(StatCall *call) { return each_row(call, mean_row); }
static bool two_means_method(StatCall *call) { return each_row(call, two_means_row); }
static bool ratio_method(StatCall *call) { return each_row(call, ratio_row); }
/* wilcoxon and proportional-odds */

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
const StatMethod stat_sample_methods[] = {
    {"proportion", N_("shares with their intervals"), "x,n,value,low,high", proportion_columns, proportion_options, proportion_method},
    {"rate", N_("rates with their exact Poisson intervals"), "events,exposure,value,low,high", rate_columns, NULL, rate_method},
    {"two-proportions", N_("difference of two shares"), "share1,share2,difference,low,high,p_mid,p_fisher", two_shares_columns, NULL, two_shares_method},
    {"two-rates", N_("ratio of two rates"), "rate1,rate2,ratio,low,high,p,p_exact", two_rates_columns, NULL, two_rates_method},
    {"mean", N_("means with their intervals, of a finite population as well"), "n,value,low,high", mean_columns, NULL, mean_method},
    {"two-means", N_("difference of two means"), "difference,pvalue", two_means_columns, NULL, two_means_method},
    {"ratio", N_("registered events against what a survey says there were"), "value,low,high", ratio_columns, ratio_options, ratio_method},
    {"wilcoxon", N_("two groups on an ordered scale: rank sum"), "group1,group2,n1,n2,w,superiority,z,pvalue,exact", wilcoxon_columns, NULL, wilcoxon_method},
    {"proportional-odds", N_("two groups on an ordered scale: odds of a higher answer"), "group1,group2,log_odds,se,low,high,odds_ratio,pvalue,log_likelihood", wilcoxon_columns, NULL,
     odds_method},
    {"kaplan-meier", N_("time until something happens, when for some it has not happened yet"), "time,at_risk,events,censored,survival,se,low,high,median,median_low,median_high",
     survival_columns, NULL, survival_method},
    {"regression", N_("linear least squares"), "term,coef,se,low,high,pvalue,n,sigma,r2,rss", regression_columns, regression_options, regression_method},
    {NULL, NULL, NULL, NULL, NULL, NULL}};
