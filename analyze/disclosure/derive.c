#include "analyze/disclosure/derive.h"

#include <math.h>
#include <string.h>

#include "analyze/multiple.h"
#include "analyze/season.h"
#include "analyze/shrink.h"
#include "analyze/trend.h"
#include "sql_embed.h"

enum { YEARS_MAX = 64, BREAK_GRACE = 31 };
static const double winsor = 0.1, tolerance = 1e-9, half_more = 1.5;

/* -- pure ---------------------------------------------------------------------------------------- */

int derive_year_after(Date break_on)
{
    int year = date_school_year(break_on);

    return break_on - date_school_year_begin(year) <= BREAK_GRACE ? year : year + 1;
}

bool derive_trend(const DeriveYear *year, size_t n, int first, IndicatorMethod method, DeriveTrend *out, Err *err)
{
    double time[YEARS_MAX], value[YEARS_MAX], events[YEARS_MAX], exposure[YEARS_MAX];
    bool rate = method == INDICATOR_RATE || method == INDICATOR_COUNT, exposed = true;
    MannKendall kendall;
    Err ignored = {0};

    *out = (DeriveTrend){.break_on = DATE_NONE, .method = rate ? "quasi-poisson" : "theil-sen", .change = NAN, .low = NAN, .high = NAN, .pvalue = NAN, .p_adjusted = NAN, .reason = ""};
    for (size_t at = 0; at < n && out->n < YEARS_MAX; at++) {
        if (year[at].year < first || isnan(rate ? year[at].events : year[at].value))
            continue;
        out->first = out->n ? out->first : year[at].year;
        out->last = year[at].year;
        time[out->n] = year[at].year;
        events[out->n] = year[at].events;
        exposure[out->n] = year[at].denominator;
        /* numbers as they are printed, so that who reads them can compute it again */
        value[out->n] = isnan(year[at].value) ? year[at].events : year[at].value;
        exposed = exposed && year[at].denominator > 0;
        out->n++;
    }
    if (out->n < DERIVE_YEARS_MIN) {
        out->reason = out->n ? "te weinig jaren" : "geen jaren";
        return true;
    }
    if (method == INDICATOR_RATE && !exposed) {
        out->reason = "geen noemer";
        return true;
    }
    if (!trend_mann_kendall(value, out->n, TREND_EXACT_AUTO, &kendall, err))
        return false;
    out->pvalue = kendall.pvalue;
    if (rate) {
        TrendSlope slope;
        if (trend_slope(events, exposed ? exposure : NULL, time, out->n, TREND_QUASI, &slope, &ignored)) {
            out->change = slope.pct;
            out->low = slope.pct_low;
            out->high = slope.pct_high;
        } else {
            out->reason = "niet te berekenen"; /* no event in any year, or all at one end */
        }
        return true;
    }
    TheilSen sen;
    if (!trend_theil_sen(value, time, out->n, &sen, err))
        return false;
    out->change = sen.slope;
    out->low = sen.low;
    out->high = sen.high;
    return true;
}

bool derive_funnel(DeriveSchool *school, size_t n, double *tau2, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *observed = arena_array(scratch, n + 1, sizeof *observed), *expected = arena_array(scratch, n + 1, sizeof *expected), *p = arena_array(scratch, n + 1, sizeof *p);
    FunnelPoint *point = arena_array(scratch, n + 1, sizeof *point);
    Funnel funnel;

    *tau2 = NAN;
    if (n < DERIVE_SCHOOLS_MIN)
        return true;
    for (size_t at = 0; at < n; at++) {
        observed[at] = school[at].observed;
        expected[at] = school[at].expected;
    }
    if (!funnel_run(observed, expected, n, winsor, true, point, &funnel, err))
        return false;
    for (size_t at = 0; at < n; at++)
        p[at] = point[at].pvalue;
    if (!multiple_adjust(p, n, MULTIPLE_BH, p, err))
        return false;
    for (size_t at = 0; at < n; at++) {
        school[at].point = point[at];
        school[at].p_adjusted = p[at];
    }
    *tau2 = funnel.tau2;
    return true;
}

/* Published counts only: a school that is merged is no member of the prior. */
bool derive_shrink(DeriveSchool *school, size_t n, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *observed = arena_array(scratch, n + 1, sizeof *observed), *expected = arena_array(scratch, n + 1, sizeof *expected), total = 0;
    ShrinkPoint *point = arena_array(scratch, n + 1, sizeof *point);
    ShrinkPrior prior;

    for (size_t at = 0; at < n; at++) {
        observed[at] = school[at].observed;
        expected[at] = school[at].expected;
        total += observed[at];
    }
    if (n < DERIVE_SCHOOLS_MIN || !(total > 0))
        return true;
    if (!shrink_prior(observed, expected, n, SHRINK_ML, &prior, err))
        return false;
    shrink_points(observed, expected, n, &prior, half_more, point);
    for (size_t at = 0; at < n; at++) {
        school[at].theta = point[at].theta;
        school[at].above = point[at].above;
    }
    return true;
}

/* -- months -------------------------------------------------------------------------------------- */

typedef struct YearSum { int year, months; double events, denominator; } YearSum;

static size_t years_sum(const DeriveMonth *month, size_t n, YearSum *year)
{
    size_t years = 0;

    for (size_t at = 0; at < n; at++) {
        if (years == 0 || year[years - 1].year != month[at].year)
            year[years++] = (YearSum){.year = month[at].year};
        year[years - 1].months++;
        year[years - 1].events += month[at].events;
        year[years - 1].denominator += month[at].denominator;
    }
    return years;
}

static double year_rate(const YearSum *year, size_t years, int wanted)
{
    for (size_t at = 0; at < years; at++)
        if (year[at].year == wanted && year[at].months >= DERIVE_SEASON_MONTHS && year[at].events > 0)
            return year[at].events / year[at].denominator;
    return NAN;
}

static bool shift_fill(const DeriveMonth *month, size_t n, Date since, const SeasonSlot *slot, DeriveShift *shift, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    double *level = arena_array(scratch, n + 1, sizeof *level), events[2] = {0}, expected[2] = {0};
    const DeriveMonth **used = arena_array(scratch, n + 1, sizeof *used);
    Pettitt pettitt;

    *shift = (DeriveShift){.on = DATE_NONE, .ratio = NAN, .pvalue = NAN};
    for (size_t at = 0; at < n; at++) {
        double index = slot[date_parts(month[at].month).month - 1].index;
        if (month[at].month < since || !(index > 0))
            continue;
        level[shift->n] = month[at].events / (month[at].denominator * index);
        used[shift->n++] = &month[at];
    }
    if (shift->n < DERIVE_SHIFT_MONTHS)
        return true;
    if (!trend_pettitt(level, shift->n, TREND_EXACT_AUTO, &pettitt, err))
        return false;
    for (size_t at = 0; at < shift->n; at++) {
        events[at > pettitt.last] += used[at]->events;
        expected[at > pettitt.last] += used[at]->denominator * slot[date_parts(used[at]->month).month - 1].index;
    }
    if (!(events[0] > 0) || pettitt.last + 1 >= shift->n)
        return true;
    shift->on = used[pettitt.last + 1]->month;
    shift->ratio = events[1] / expected[1] / (events[0] / expected[0]);
    shift->pvalue = pettitt.pvalue;
    return true;
}

bool derive_months(const DeriveMonth *month, size_t n, Date since, DeriveSeason *season, size_t *n_seasons, int *years, DeriveShift *shift, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    YearSum *year = arena_array(scratch, n + 1, sizeof *year);
    double *count = arena_array(scratch, n + 1, sizeof *count), *expected = arena_array(scratch, n + 1, sizeof *expected);
    int *place = arena_array(scratch, n + 1, sizeof *place);
    size_t all = years_sum(month, n, year), rows = 0;
    SeasonSlot slot[12];

    *n_seasons = 0;
    *years = 0;
    *shift = (DeriveShift){.on = DATE_NONE, .ratio = NAN, .pvalue = NAN};
    for (size_t at = 0; at < all; at++)
        *years += !isnan(year_rate(year, all, year[at].year));
    if (*years < DERIVE_SEASON_YEARS)
        return true;
    for (size_t at = 0; at < n; at++) {
        double rate = year_rate(year, all, month[at].year);
        if (isnan(rate))
            continue;
        place[rows] = date_parts(month[at].month).month - 1;
        count[rows] = month[at].events;
        expected[rows++] = month[at].denominator * rate; /* years differ in level, and a break in how is counted changes it: each year beside itself */
    }
    if (!season_profile(place, count, expected, rows, 12, slot, err))
        return false;
    for (int at = 0; at < 12; at++)
        if (slot[at].exposure > 0)
            season[(*n_seasons)++] = (DeriveSeason){at + 1, slot[at].count, slot[at].exposure, slot[at].index, slot[at].low, slot[at].high};
    return shift_fill(month, n, since, slot, shift, err);
}

/* -- one audience and board ---------------------------------------------------------------------- */

typedef struct Comparison {
    const char   *indicator;
    DeriveSchool *school;
    size_t        n;
    double        tau2;
} Comparison;

typedef struct Profile {
    const char  *indicator;
    DeriveSeason season[12];
    size_t       n;
    int          years;
    DeriveShift  shift;
} Profile;

typedef struct Derived {
    Profile     *profile;
    size_t       n_profiles;
    DeriveTrend *trend;
    Comparison  *comparison;
    size_t       n_trends, n_comparisons;
} Derived;

typedef struct Derive {
    Arena           *batch;
    Pg              *db;
    const Indicator *indicator;
    size_t           n_indicators;
    const char      *audience;
    int              board_no, school_year;
    PgResult        *figures, *breaks, *months;
} Derive;

static int first_year(const Derive *derive, const Indicator *indicator, Date *break_on)
{
    int first = 0;

    *break_on = DATE_NONE;
    for (size_t row = 0; row < pg_rows(derive->breaks); row++)
        for (size_t at = 0; at < indicator->n_records; at++) {
            Date on = pg_date(derive->breaks, row, 1);
            if (strcmp(indicator->records[at], pg_text(derive->breaks, row, 0)) != 0 || derive_year_after(on) < first || date_school_year(on) > derive->school_year)
                continue;
            first = derive_year_after(on);
            *break_on = on;
        }
    return first;
}

static bool figure_is(const Derive *derive, size_t row, const Indicator *indicator, const char *breakdown)
{
    return strcmp(pg_text(derive->figures, row, 0), indicator->name) == 0 && strcmp(pg_text(derive->figures, row, 1), breakdown) == 0;
}

static bool trend_make(const Derive *derive, const Indicator *indicator, Derived *out, Err *err)
{
    DeriveYear *year = arena_array(derive->batch, pg_rows(derive->figures) + 1, sizeof *year);
    DeriveTrend *trend = &out->trend[out->n_trends];
    Date break_on;
    size_t n = 0;

    for (size_t row = 0; row < pg_rows(derive->figures); row++)
        if (figure_is(derive, row, indicator, "totaal"))
            year[n++] = (DeriveYear){(int) pg_int(derive->figures, row, 3), pg_real(derive->figures, row, 4), pg_real(derive->figures, row, 5), pg_real(derive->figures, row, 6)};
    if (n == 0)
        return true;
    int first = first_year(derive, indicator, &break_on);
    if (!derive_trend(year, n, first, indicator->method, trend, err))
        return err_frame(err, "trend of %s", indicator->name);
    trend->indicator = indicator->name;
    trend->break_on = break_on;
    out->n_trends++;
    return true;
}

/* A rate: incidents against those at the rate of the whole. A share: the same from the printed percentage and number. */
static bool comparison_make(const Derive *derive, const Indicator *indicator, Derived *out, Err *err)
{
    Comparison *made = &out->comparison[out->n_comparisons];
    double whole = NAN;
    bool rate = indicator->method == INDICATOR_RATE;

    if (!rate && indicator->method != INDICATOR_SHARE)
        return true;
    *made = (Comparison){.indicator = indicator->name, .school = arena_array(derive->batch, pg_rows(derive->figures) + 1, sizeof *made->school)};
    for (size_t row = 0; row < pg_rows(derive->figures); row++)
        if ((int) pg_int(derive->figures, row, 3) == derive->school_year && figure_is(derive, row, indicator, "totaal"))
            whole = rate ? pg_real(derive->figures, row, 4) / pg_real(derive->figures, row, 5) : pg_real(derive->figures, row, 6) / 100;
    for (size_t row = 0; row < pg_rows(derive->figures) && whole > 0 && isfinite(whole); row++) {
        if ((int) pg_int(derive->figures, row, 3) != derive->school_year || !figure_is(derive, row, indicator, "school") || pg_int(derive->figures, row, 2) == 0)
            continue;
        double size = pg_real(derive->figures, row, rate ? 5 : 4);
        double observed = rate ? pg_real(derive->figures, row, 4) : size * pg_real(derive->figures, row, 6) / 100;
        if (size > 0 && observed >= 0)
            made->school[made->n++] = (DeriveSchool){.location_no = (int) pg_int(derive->figures, row, 2), .observed = observed, .expected = size * whole, .theta = NAN, .above = NAN};
    }
    if (!derive_funnel(made->school, made->n, &made->tau2, err) || (rate && !derive_shrink(made->school, made->n, err)))
        return err_frame(err, "schools compared on %s", indicator->name);
    out->n_comparisons += isnan(made->tau2) ? 0 : 1;
    return true;
}

static bool profile_make(const Derive *derive, const Indicator *indicator, Derived *out, Err *err)
{
    DeriveMonth *month = arena_array(derive->batch, pg_rows(derive->months) + 1, sizeof *month);
    Profile *made = &out->profile[out->n_profiles];
    Date break_on;
    size_t n = 0;

    for (size_t row = 0; row < pg_rows(derive->months); row++)
        if (strcmp(pg_text(derive->months, row, 0), indicator->name) == 0)
            month[n++] = (DeriveMonth){pg_date(derive->months, row, 1), (int) pg_int(derive->months, row, 2), pg_real(derive->months, row, 3), pg_real(derive->months, row, 4)};
    *made = (Profile){.indicator = indicator->name};
    first_year(derive, indicator, &break_on); /* DATE_NONE is before every month */
    if (!derive_months(month, n, break_on, made->season, &made->n, &made->years, &made->shift, err))
        return err_frame(err, "months of %s", indicator->name);
    out->n_profiles += made->n > 0;
    return true;
}

static bool derive_make(const Derive *derive, Derived *out, Err *err)
{
    *out = (Derived){.trend = arena_array(derive->batch, derive->n_indicators + 1, sizeof *out->trend),
                     .comparison = arena_array(derive->batch, derive->n_indicators + 1, sizeof *out->comparison),
                     .profile = arena_array(derive->batch, derive->n_indicators + 1, sizeof *out->profile)};
    for (size_t at = 0; at < derive->n_indicators; at++)
        if (!trend_make(derive, &derive->indicator[at], out, err) || !comparison_make(derive, &derive->indicator[at], out, err) ||
            !profile_make(derive, &derive->indicator[at], out, err))
            return err_frame(err, "board %d, audience %s", derive->board_no, derive->audience);
    double *p = arena_array(derive->batch, out->n_trends + 1, sizeof *p);
    for (size_t at = 0; at < out->n_trends; at++)
        p[at] = out->trend[at].pvalue;
    if (!multiple_adjust(p, out->n_trends, MULTIPLE_BH, p, err))
        return false;
    for (size_t at = 0; at < out->n_trends; at++)
        out->trend[at].p_adjusted = p[at];
    return true;
}

static bool inputs_fetch(Derive *derive, Err *err)
{
    return pg_query(derive->db, &sql_disclosure_derive_figures, PG_ANY_ROWS, &derive->figures, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year) &&
           pg_query(derive->db, &sql_disclosure_derive_breaks, PG_ANY_ROWS, &derive->breaks, err, "ti", derive->audience, (int64_t) derive->board_no) &&
           pg_query(derive->db, &sql_disclosure_derive_months, PG_ANY_ROWS, &derive->months, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year);
}

static void inputs_free(Derive *derive)
{
    pg_result_drop(&derive->figures);
    pg_result_drop(&derive->breaks);
    pg_result_drop(&derive->months);
    derive->figures = derive->breaks = derive->months = NULL;
}

/* -- store --------------------------------------------------------------------------------------- */

static PgRow *row_begin(PgCopy *copy, const Derive *derive, const char *indicator, int columns)
{
    PgRow *to = pg_copy_row(copy, columns);

    pgrow_text(to, derive->audience);
    pgrow_int4(to, derive->board_no);
    pgrow_int2(to, derive->school_year);
    pgrow_text(to, indicator);
    return to;
}

static bool trends_put(const Derive *derive, const Derived *made, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(derive->db, "release.trend", "audience, board_no, schooljaar, indicator, first_year, last_year, years, break_on, method, change, low, high, pvalue, p_adjusted, reason",
                       NULL, &copy, err))
        return false;
    for (size_t at = 0; at < made->n_trends; at++) {
        const DeriveTrend *trend = &made->trend[at];
        const double numbers[] = {trend->change, trend->low, trend->high, trend->pvalue, trend->p_adjusted};
        PgRow *to = row_begin(copy, derive, trend->indicator, 15);
        pgrow_int2(to, trend->first);
        pgrow_int2(to, trend->last);
        pgrow_int2(to, (int) trend->n);
        if (trend->break_on == DATE_NONE)
            pgrow_null(to);
        else
            pgrow_date(to, trend->break_on);
        pgrow_text(to, trend->method);
        for (size_t one = 0; one < sizeof numbers / sizeof *numbers; one++)
            pgrow_real(to, numbers[one]);
        pgrow_text(to, trend->reason);
    }
    return pg_copy_end(copy, NULL, err);
}

enum { SCHOOL_NUMBERS = 12, SCHOOL_FLAG = 10 /* numbers before the flag */ };

static void school_numbers(const Comparison *comparison, const DeriveSchool *school, double numbers[SCHOOL_NUMBERS])
{
    const FunnelPoint *point = &school->point;
    const double all[SCHOOL_NUMBERS] = {school->observed, school->expected, point->ratio, point->low95, point->high95, point->low998, point->high998,
                                        comparison->tau2, point->pvalue, school->p_adjusted, school->theta, school->above};

    memcpy(numbers, all, sizeof all);
}

static bool comparisons_put(const Derive *derive, const Derived *made, Err *err)
{
    double numbers[SCHOOL_NUMBERS];
    PgCopy *copy;

    if (!pg_copy_begin(derive->db, "release.comparison",
                       "audience, board_no, schooljaar, indicator, location_no, observed, expected, ratio, low95, high95, low998, high998, tau2, pvalue, p_adjusted, flag, theta, above", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < made->n_comparisons; at++)
        for (size_t one = 0; one < made->comparison[at].n; one++) {
            const DeriveSchool *school = &made->comparison[at].school[one];
            PgRow *to = row_begin(copy, derive, made->comparison[at].indicator, 18);
            pgrow_int4(to, school->location_no);
            school_numbers(&made->comparison[at], school, numbers);
            for (size_t number = 0; number < SCHOOL_FLAG; number++)
                pgrow_real(to, numbers[number]);
            pgrow_text(to, funnel_flag_name(school->point.flag));
            for (size_t number = SCHOOL_FLAG; number < SCHOOL_NUMBERS; number++)
                pgrow_real(to, numbers[number]);
        }
    return pg_copy_end(copy, NULL, err);
}

static bool seasons_put(const Derive *derive, const Derived *made, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(derive->db, "release.season", "audience, board_no, schooljaar, indicator, month, years, events, expected, ratio, low, high", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < made->n_profiles; at++)
        for (size_t one = 0; one < made->profile[at].n; one++) {
            const DeriveSeason *season = &made->profile[at].season[one];
            PgRow *to = row_begin(copy, derive, made->profile[at].indicator, 11);
            pgrow_int2(to, season->month);
            pgrow_int2(to, made->profile[at].years);
            pgrow_int8(to, (int64_t) season->events);
            pgrow_real(to, season->expected);
            pgrow_real(to, season->ratio);
            pgrow_real(to, season->low);
            pgrow_real(to, season->high);
        }
    return pg_copy_end(copy, NULL, err);
}

static bool shifts_put(const Derive *derive, const Derived *made, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(derive->db, "release.shift", "audience, board_no, schooljaar, indicator, months, shift_on, ratio, pvalue", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < made->n_profiles; at++) {
        const DeriveShift *shift = &made->profile[at].shift;
        if (shift->on == DATE_NONE)
            continue;
        PgRow *to = row_begin(copy, derive, made->profile[at].indicator, 8);
        pgrow_int2(to, (int) shift->n);
        pgrow_date(to, shift->on);
        pgrow_real(to, shift->ratio);
        pgrow_real(to, shift->pvalue);
    }
    return pg_copy_end(copy, NULL, err);
}

static bool derive_store(const Derive *derive, const Derived *made, const char *content, Err *err)
{
    if (!pg_begin(derive->db, err) ||
        !pg_query(derive->db, &sql_disclosure_derive_clear, PG_NO_ROWS, NULL, err, "tiit", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year, content) ||
        !trends_put(derive, made, err) || !comparisons_put(derive, made, err) || !seasons_put(derive, made, err) ||
        !shifts_put(derive, made, err) || !pg_commit(derive->db, err)) {
        pg_rollback(derive->db);
        return false;
    }
    return true;
}

/* -- compare with what stands there -------------------------------------------------------------- */

static bool near(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= tolerance * fmax(fabs(b), 1e-6);
}

static bool trend_same(const PgResult *rows, size_t row, const DeriveTrend *trend)
{
    const double numbers[] = {trend->change, trend->low, trend->high, trend->pvalue, trend->p_adjusted};
    bool same = pg_int(rows, row, 1) == trend->first && pg_int(rows, row, 2) == trend->last && pg_int(rows, row, 3) == (int64_t) trend->n && pg_date(rows, row, 4) == trend->break_on &&
                strcmp(pg_text(rows, row, 5), trend->method) == 0 && strcmp(pg_text(rows, row, 11), trend->reason) == 0;

    for (int one = 0; one < 5; one++)
        same = same && near(pg_real(rows, row, 6 + one), numbers[one]);
    return same;
}

static bool school_same(const PgResult *rows, size_t row, const Comparison *comparison, const DeriveSchool *school)
{
    double numbers[SCHOOL_NUMBERS];
    bool same = strcmp(pg_text(rows, row, 12), funnel_flag_name(school->point.flag)) == 0;

    school_numbers(comparison, school, numbers);
    for (int one = 0; one < SCHOOL_NUMBERS; one++)
        same = same && near(pg_real(rows, row, one < SCHOOL_FLAG ? 2 + one : 3 + one), numbers[one]);
    return same;
}

static void differs(Arena *out, DeriveTotals *totals, const Derive *derive, const char *what, const char *indicator)
{
    totals->differ++;
    if (!totals->first)
        totals->first = arena_format(out, err_word("board %d, audience %s: %s of %s does not follow from the released cells"), derive->board_no, derive->audience, err_word(what), err_word(indicator));
}

/* The rows of an indicator among those stored. */
static size_t row_of(const PgResult *rows, const char *indicator, int64_t month)
{
    size_t row = 0;

    while (row < pg_rows(rows) && (strcmp(pg_text(rows, row, 0), indicator) != 0 || (month && pg_int(rows, row, 1) != month)))
        row++;
    return row;
}

static bool profiles_compare(Arena *out, const Derive *derive, const Derived *made, DeriveTotals *totals, Err *err)
{
    PG_AUTO seasons = NULL;
    PG_AUTO shifts = NULL;
    size_t n_seasons = 0, n_shifts = 0;

    if (!pg_query(derive->db, &sql_disclosure_derive_seasons, PG_ANY_ROWS, &seasons, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year) ||
        !pg_query(derive->db, &sql_disclosure_derive_shifts, PG_ANY_ROWS, &shifts, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year))
        return false;
    for (size_t at = 0; at < made->n_profiles; at++) {
        const Profile *profile = &made->profile[at];
        bool same = true;
        for (size_t one = 0; one < profile->n; one++, n_seasons++) {
            const DeriveSeason *season = &profile->season[one];
            size_t row = row_of(seasons, profile->indicator, season->month);
            same = same && row < pg_rows(seasons) && pg_int(seasons, row, 2) == profile->years && near(pg_real(seasons, row, 3), season->events) && near(pg_real(seasons, row, 4), season->expected) &&
                   near(pg_real(seasons, row, 5), season->ratio) && near(pg_real(seasons, row, 6), season->low) && near(pg_real(seasons, row, 7), season->high);
        }
        if (!same)
            differs(out, totals, derive, N_("the profile of the months"), profile->indicator);
        if (profile->shift.on == DATE_NONE)
            continue;
        size_t row = row_of(shifts, profile->indicator, 0);
        n_shifts++;
        if (row == pg_rows(shifts) || pg_int(shifts, row, 1) != (int64_t) profile->shift.n || pg_date(shifts, row, 2) != profile->shift.on || !near(pg_real(shifts, row, 3), profile->shift.ratio) ||
            !near(pg_real(shifts, row, 4), profile->shift.pvalue))
            differs(out, totals, derive, N_("the likely break in the months"), profile->indicator);
    }
    if (pg_rows(seasons) > n_seasons || pg_rows(shifts) > n_shifts)
        differs(out, totals, derive, N_("something stored of months"), N_("no indicator"));
    return true;
}

static bool derive_compare(Arena *out, const Derive *derive, const Derived *made, DeriveTotals *totals, Err *err)
{
    PG_AUTO trends = NULL;
    PG_AUTO schools = NULL;
    size_t n_schools = 0;

    if (!pg_query(derive->db, &sql_disclosure_derive_trends, PG_ANY_ROWS, &trends, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year) ||
        !pg_query(derive->db, &sql_disclosure_derive_comparisons, PG_ANY_ROWS, &schools, err, "tii", derive->audience, (int64_t) derive->board_no, (int64_t) derive->school_year))
        return false;
    for (size_t at = 0; at < made->n_trends; at++) {
        size_t row = 0;
        while (row < pg_rows(trends) && strcmp(pg_text(trends, row, 0), made->trend[at].indicator) != 0)
            row++;
        if (row == pg_rows(trends) || !trend_same(trends, row, &made->trend[at]))
            differs(out, totals, derive, N_("the trend"), made->trend[at].indicator);
    }
    for (size_t at = 0; at < made->n_comparisons; at++)
        for (size_t one = 0; one < made->comparison[at].n; one++, n_schools++) {
            const DeriveSchool *school = &made->comparison[at].school[one];
            size_t row = 0;
            while (row < pg_rows(schools) && (strcmp(pg_text(schools, row, 0), made->comparison[at].indicator) != 0 || pg_int(schools, row, 1) != school->location_no))
                row++;
            if (row == pg_rows(schools) || !school_same(schools, row, &made->comparison[at], school))
                differs(out, totals, derive, N_("a school's place in the comparison"), made->comparison[at].indicator);
        }
    if (pg_rows(trends) > made->n_trends || pg_rows(schools) > n_schools)
        differs(out, totals, derive, N_("something stored"), N_("no indicator"));
    return profiles_compare(out, derive, made, totals, err);
}

/* -- all boards ---------------------------------------------------------------------------------- */

/* \param out NULL: make and store what is not there; else compare everything */
static bool derive_each(Arena *out, const char *dsn, const Place *place, int board, DeriveTotals *totals, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;
    PG_AUTO boards = NULL;
    Indicator *indicators;
    Derive derive = {0};

    *totals = (DeriveTotals){0};
    if (!indicator_load_all(arena, place, &indicators, &derive.n_indicators, err) || !pg_open(&db, dsn, err) ||
        !pg_query(db, &sql_disclosure_derive_boards, PG_ANY_ROWS, &boards, err, "i", (int64_t) board))
        return false;
    derive.indicator = indicators;
    derive.db = db;
    totals->boards = pg_rows(boards);
    for (size_t row = 0; row < pg_rows(boards); row++) {
        ARENA_AUTO batch = arena_new();
        Derived made;
        bool done = pg_bool(boards, row, 4);
        if (!out && done)
            continue;
        derive.batch = batch;
        derive.audience = pg_text(boards, row, 0);
        derive.board_no = (int) pg_int(boards, row, 1);
        derive.school_year = (int) pg_int(boards, row, 2);
        if (out && !done) {
            differs(out, totals, &derive, N_("nothing was made yet"), N_("any indicator"));
            continue;
        }
        bool good = inputs_fetch(&derive, err) && derive_make(&derive, &made, err) &&
                    (out ? derive_compare(out, &derive, &made, totals, err) : derive_store(&derive, &made, pg_text(boards, row, 3), err));
        inputs_free(&derive);
        if (!good)
            return false;
        totals->computed++;
        totals->trends += made.n_trends;
        for (size_t at = 0; at < made.n_comparisons; at++)
            totals->comparisons += made.comparison[at].n;
    }
    return true;
}

bool derive_run(const char *dsn, const Place *place, int board, DeriveTotals *totals, Err *err)
{
    return derive_each(NULL, dsn, place, board, totals, err);
}

bool derive_verify(Arena *out, const char *dsn, const Place *place, DeriveTotals *totals, Err *err)
{
    return derive_each(out, dsn, place, 0, totals, err);
}
