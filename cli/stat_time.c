#include <math.h>

#include "analyze/delay.h"
#include "analyze/dist.h"
#include "analyze/season.h"
#include "analyze/shift.h"
#include "analyze/trend.h"
#include "cli/app.h"
#include "cli/stat.h"

/* Series over years, breaks in them, and the profile of a year or week. */

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
/* break */

static const StatColumn break_columns[] = {{"observed", N_("count of each period, in order of time; empty = no report"), false},
                                           {"exposure", N_("exposure of each period; 0 or empty = closed; left out: 1"), true}, NO_MORE_COLUMNS};
static const StatOption break_options[] = {
    {"guard", STAT_WHOLE, "8", 0, 1000, N_("the last so many rows are not looked at")},
    {"before", STAT_WHOLE, "40", 1, 10000, N_("periods that count before a break, at least")},
    {"after", STAT_WHOLE, "8", 1, 10000, N_("periods that count after it, at least")},
    {"year", STAT_WHOLE, "52", 1, 366, N_("periods in a year: the same weeks or months of other years are compared")},
    {"score", STAT_NUMBER, "10", 0, 1e6, N_("a break has a larger score (chi-square with one degree of freedom)")},
    {"ratio", STAT_NUMBER, "1.6", 1, 1000, N_("and a level at least so many times higher or lower")},
    {"from", STAT_WHOLE, NULL, 1, 1e9, N_("first row for which is told what is known when it begins (else the last one only)")},
    {"to", STAT_WHOLE, NULL, 1, 1e9, N_("last such row")},
    NO_MORE_OPTIONS};

static bool break_method(StatCall *call)
{
    const ShiftParams params = {.guard = stat_whole(call, "guard"), .before = stat_whole(call, "before"), .after = stat_whole(call, "after"), .year = stat_whole(call, "year"),
                                .score = stat_number(call, "score"), .ratio = stat_number(call, "ratio")};
    double *observed, *exposure;
    size_t first, last;

    if (!stat_column(call, "observed", &observed) || !stat_column(call, "exposure", &exposure) || !stat_rows(call, call->n, &first, &last) ||
        !stat_counts_check(call, "cannot look for a break", observed, exposure))
        return false;
    exposure = exposure ? exposure : stat_ones(call);
    for (size_t k = first; k <= last; k++) {
        Shift got = shift_find(observed, exposure, 0, k - 1, &params);
        PUT(call, (double) k, got.row ? (double) (got.row + 1) : NAN, got.row ? got.ratio : NAN, got.row ? got.score : NAN, got.row ? got.phi : NAN);
        stat_end_row(call);
    }
    return true;
}

/* delay */

static const StatColumn delay_columns[] = {{"period", N_("name of the period; not read"), true},
                                           {"ages", N_("what was known of it at each age, cumulative, youngest first: a,b,c (else every column but period and the series)"), true}, NO_MORE_COLUMNS};
static const StatOption delay_options[] = {{"fewest", STAT_NUMBER, "20", 0, 1e10, N_("a factor over fewer than this is 1: nothing is known")}, NO_MORE_OPTIONS};

static bool delay_method(StatCall *call)
{
    double *known;
    size_t ages;
    const char **names, *period = stat_column_asked(call, "period") ? stat_column_asked(call, "period") : "period";

    if (!stat_columns(call, "ages", period, &known, &ages, &names))
        return false;
    if (ages < 2)
        return err_set(call->err, ERR_INPUT, "\"%s\" has %zu columns with ages; a delay needs two or more", call->table->path, ages);
    for (size_t at = 0; at < call->n * ages; at++)
        if (!dist_count_check("cannot estimate a delay", known[at], at / ages, call->err))
            return false;
    double *factor = arena_array(call->arena, ages, sizeof *factor), *share = arena_array(call->arena, ages, sizeof *share);
    delay_shares(known, call->n, ages, stat_number(call, "fewest"), factor, share);
    for (size_t age = 0; age < ages; age++) {
        PUT(call, (double) age);
        stat_put_text(call, names[age]);
        PUT(call, age + 1 < ages ? factor[age] : NAN, share[age]);
        stat_end_row(call);
    }
    return true;
}

/* season and table */

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
            return err_set(call->err, ERR_INPUT, "\"%s\", line %zu, column for %s: must be a whole number from %g to %g", call->table->path,
                           call->table->line[call->row[at]], role, least, most);
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
const StatMethod stat_time_methods[] = {
    {"trend", N_("change in % a year of counts with exposure"), "n,slope,se,low,high,pct,pct_low,pct_high,pvalue,phi,size", trend_columns, trend_options, trend_method},
    {"mann-kendall", N_("is there a trend at all? exact for few years"), "n,s,var,tau,z,pvalue,exact", stat_value_only, exact_options, kendall_method},
    {"theil-sen", N_("median slope with its interval"), "n,slope,low,high,intercept", sen_columns, NULL, sen_method},
    {"pettitt", N_("where is the most likely break, and is it one?"), "n,last,k,pvalue,exact", stat_value_only, exact_options, pettitt_method},
    {"break", N_("did the way of counting change, though nobody said so? a level that moved and stayed"), "k,break,ratio,score,phi", break_columns, break_options, break_method},
    {"season", N_("profile over the months of the year"), "slot,count,exposure,rate,index,low,high", season_columns, season_options, season_method},
    {"week", N_("table of hour and weekday"), "hour,weekday,count,expected,residual,chi2,df,pvalue", week_columns, NULL, week_method},
    {"delay", N_("how much of a recent period is still to come? chain ladder on what was known when"), "age,name,factor,share", delay_columns, delay_options, delay_method},
    {NULL, NULL, NULL, NULL, NULL, NULL}};
