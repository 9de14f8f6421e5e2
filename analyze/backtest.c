#include "analyze/backtest.h"

#include <gsl/gsl_randist.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/episode.h"
#include "analyze/sim_school.h"

enum { SIM_WEEKS = 7 * 52, SIM_MONTHS = SIM_WEEKS * 7 / 28 + 2, BOARD_SCHOOLS = 20, OUTBREAK_ROOM = 8 /* weeks before the end */ };

static const double pest_share = 0.27;

static void rng_drop(gsl_rng **rng)
{
    gsl_rng_free(*rng);
}
#define RNG_AUTO __attribute__((cleanup(rng_drop))) gsl_rng *

static gsl_rng *rng_open(unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, seed);
    return rng;
}

/* -- simulated schools --------------------------------------------------------------------------- */

/* Every series of one school, filled incident by incident so that weeks and months hold the same. */
typedef struct Target {
    Series *series[8];
    size_t  n;
} Target;

static bool simulated(const SeriesRule *rule)
{
    return rule->by == BY_NOTHING && rule->units & UNIT_SCHOOL && (rule->step == STEP_WEEK || rule->step == STEP_MONTH);
}

static void series_begin(Arena *out, Series *series, const SeriesRule *rule, int board_no, int location_no, Date first)
{
    size_t n = rule->step == STEP_WEEK ? SIM_WEEKS : SIM_MONTHS;
    Date day = rule->step == STEP_WEEK ? first : date_month_begin(first), end = first + 7 * SIM_WEEKS;

    *series = (Series){.board_no = board_no, .location_no = location_no, .unit = "school", .name = rule->name, .title = rule->title, .rule = rule, .counted = "pupils",
                       .until = end - 1};
    series->day = arena_array(out, n, sizeof *series->day);
    series->observed = arena_array(out, n, sizeof *series->observed);
    series->exposure = arena_array(out, n, sizeof *series->exposure);
    series->complete = arena_array(out, n, sizeof *series->complete);
    series->breaks = arena_alloc(out, sizeof *series->breaks);
    for (; series->n < n && day < end; series->n++) {
        series->day[series->n] = day;
        series->complete[series->n] = 1;
        day = rule->step == STEP_WEEK ? day + 7 : date_month_next(day);
    }
}

/* The row that a day falls into, or n. */
static size_t row_of(const Series *series, Date day)
{
    size_t next = series_from(series, day + 1);

    return next == 0 || series_period_end(series, next - 1) < day ? series->n : next - 1;
}

static void school_simulate(Arena *out, const AlarmConfig *config, gsl_rng *rng, int number, SeriesList *list)
{
    SimSchool school = sim_school_draw(rng);
    Target target = {.n = 0};
    Date first;

    date_from_parts((DateParts){2015, 8, 24}, &first); /* a Monday */
    for (size_t at = 0; at < config->n_rules; at++)
        if (simulated(&config->rule[at]) && target.n < sizeof target.series / sizeof *target.series) {
            target.series[target.n] = &list->series[list->n++];
            series_begin(out, target.series[target.n++], &config->rule[at], 1 + number / BOARD_SCHOOLS, number + 1, first);
        }
    for (size_t week = 0; week < SIM_WEEKS; week++) {
        int days = sim_week_days(week);
        Date monday = first + (Date) (7 * week);
        for (int day = 0; day < days; day++)
            for (size_t at = 0; at < target.n; at++)
                target.series[at]->exposure[row_of(target.series[at], monday + day)] += school.pupils;
        for (unsigned left = sim_week_count(&school, week, rng); left > 0; left--) {
            Date day = monday + (Date) gsl_rng_uniform_int(rng, (unsigned long) days);
            bool pest = gsl_rng_uniform(rng) < pest_share;
            for (size_t at = 0; at < target.n; at++)
                target.series[at]->observed[row_of(target.series[at], day)] += !target.series[at]->rule->forms || pest;
        }
    }
}

void backtest_simulate(Arena *out, const AlarmConfig *config, int schools, unsigned long seed, SeriesList *list)
{
    RNG_AUTO rng = rng_open(seed);
    size_t rules = 0;

    for (size_t at = 0; at < config->n_rules; at++)
        rules += simulated(&config->rule[at]);
    *list = (SeriesList){.room = rules * (size_t) schools};
    list->series = arena_array(out, list->room + 1, sizeof *list->series);
    for (int number = 0; number < schools; number++)
        school_simulate(out, config, rng, number, list);
}

/* -- the replay ---------------------------------------------------------------------------------- */

typedef struct School {
    int    location_no, pupils; /* -1 = unknown */
    const Series *weeks;        /* of all incidents, else of any */
    size_t start;               /* week of the planted outbreak */
    Date   begin, end;          /* of the outbreak now planted; DATE_NONE = none */
    bool   before;              /* an alarm at that time without it */
    Date   alarmed;             /* the day on which the first alarm in it was known */
} School;

typedef struct Replay {
    Arena      *out;
    AlarmEngine *engine;
    AlarmConfig config;
    int         reach; /* months that a run looks back */
    const Arrivals *arrivals;
    SeriesList  list; /* of schools, weeks and months */
    School     *school;
    size_t      n;
    Backtest   *result;
} Replay;

static School *school_find(const Replay *replay, int location_no)
{
    for (size_t at = 0; at < replay->n; at++)
        if (replay->school[at].location_no == location_no)
            return &replay->school[at];
    return NULL;
}

/* Pupils follow from the busiest week: exposure is pupils x 5 days. */
static int pupils_of(const Series *weeks)
{
    double most = 0;

    for (size_t row = 0; row < weeks->n; row++)
        most = weeks->exposure[row] > most ? weeks->exposure[row] : most;
    return strcmp(weeks->counted, "pupils") == 0 ? (int) lround(most / 5) : -1;
}

static void schools_take(Replay *replay, const SeriesList *list)
{
    replay->list.series = arena_array(replay->out, list->n + 1, sizeof *list->series);
    replay->school = arena_array(replay->out, list->n + 1, sizeof *replay->school);
    for (size_t at = 0; at < list->n; at++) {
        const Series *series = &list->series[at];
        if (strcmp(series->unit, "school") != 0 || !simulated(series->rule) || series->n == 0)
            continue;
        replay->list.series[replay->list.n++] = *series;
        School *school = replay->n && replay->school[replay->n - 1].location_no == series->location_no ? &replay->school[replay->n - 1] : school_find(replay, series->location_no);
        if (!school) {
            school = &replay->school[replay->n++];
            *school = (School){.location_no = series->location_no, .pupils = -1};
        }
        if (series->rule->step == STEP_WEEK && (!school->weeks || !series->rule->forms)) {
            school->weeks = series;
            school->pupils = pupils_of(series);
        }
    }
    size_t kept = 0;
    for (size_t at = 0; at < replay->n; at++)
        if (replay->school[at].weeks)
            replay->school[kept++] = replay->school[at];
    replay->n = kept;
}

/* One outbreak per school: as incidents of bullying, so into the series that count those and into those that count all. */
static bool takes_outbreak(const SeriesRule *rule)
{
    if (!rule->forms)
        return true;
    for (size_t at = 0; at < rule->n_forms; at++)
        if (strcmp(rule->forms[at], "pesten") == 0)
            return true;
    return false;
}

/* A copy of the list with the outbreaks in it. */
static SeriesList planted(Arena *batch, Replay *replay, gsl_rng *rng, unsigned cases)
{
    SeriesList made = {.n = replay->list.n, .series = arena_array(batch, replay->list.n + 1, sizeof *made.series)};

    for (size_t at = 0; at < made.n; at++) {
        made.series[at] = replay->list.series[at];
        made.series[at].observed = arena_array(batch, made.series[at].n, sizeof(double));
        memcpy(made.series[at].observed, replay->list.series[at].observed, made.series[at].n * sizeof(double));
    }
    for (size_t at = 0; at < replay->n; at++) {
        School *school = &replay->school[at];
        double *extra = arena_array(batch, school->weeks->n, sizeof *extra);
        school->begin = school->end = school->alarmed = DATE_NONE;
        if (school->start == school->weeks->n)
            continue;
        size_t last = sim_outbreak(rng, school->start, cases, school->weeks->exposure, extra, school->weeks->n);
        school->begin = school->weeks->day[school->start];
        school->end = series_period_end(school->weeks, last);
        for (size_t series = 0; series < made.n; series++) {
            Series *to = &made.series[series];
            if (to->location_no != school->location_no || !takes_outbreak(to->rule))
                continue;
            for (size_t week = school->start; week <= last; week++) {
                size_t row = row_of(to, school->weeks->day[week] + 2); /* Wednesday decides the month */
                if (row < to->n)
                    to->observed[row] += extra[week];
            }
        }
    }
    return made;
}

/* Somewhere in the replayed weeks where the school was open and reported, with room behind it. */
static void starts_draw(Replay *replay, gsl_rng *rng)
{
    for (size_t at = 0; at < replay->n; at++) {
        const Series *weeks = replay->school[at].weeks;
        size_t first = watch_begin(weeks, replay->config.evaluate_months), open = 0;
        for (size_t row = first; row + OUTBREAK_ROOM < weeks->n; row++)
            open += alarm_usable(weeks, row);
        replay->school[at].start = weeks->n;
        if (open == 0)
            continue;
        size_t chosen = (size_t) gsl_rng_uniform_int(rng, open);
        for (size_t row = first; row + OUTBREAK_ROOM < weeks->n; row++)
            if (alarm_usable(weeks, row) && chosen-- == 0) {
                replay->school[at].start = row;
                break;
            }
    }
}

/* -- figures ------------------------------------------------------------------------------------- */

static BacktestRow *row_for(const Replay *replay, int pupils)
{
    for (size_t at = 1; at < replay->result->n; at++)
        if (pupils < 0 ? replay->result->row[at].pupils_from < 0 : pupils >= replay->result->row[at].pupils_from && pupils <= replay->result->row[at].pupils_to)
            return &replay->result->row[at];
    return NULL;
}

static void rows_make(Replay *replay)
{
    Backtest *made = replay->result;
    const AlarmConfig *config = &replay->config;

    made->n_sizes = config->n_sizes;
    made->n = config->n_pupils + 3; /* all, classes, the largest, unknown */
    made->row = arena_array(replay->out, made->n, sizeof *made->row);
    for (size_t at = 0; at < made->n; at++) {
        BacktestRow *row = &made->row[at];
        row->found = arena_array(replay->out, config->n_sizes + 1, sizeof *row->found);
        for (size_t size = 0; size < config->n_sizes; size++)
            row->found[size] = (BacktestFound){.cases = config->sizes[size]};
        if (at == 0)
            continue;
        row->pupils_from = at == made->n - 1 ? -1 : at == 1 ? 0 : config->pupils[at - 2];
        row->pupils_to = at == made->n - 1 ? -1 : at <= config->n_pupils ? config->pupils[at - 1] - 1 : INT_MAX;
    }
    for (size_t at = 0; at < replay->n; at++) {
        BacktestRow *rows[2] = {&made->row[0], row_for(replay, replay->school[at].pupils)};
        for (int one = 0; one < 2; one++) {
            rows[one]->schools++;
            rows[one]->years += replay->config.evaluate_months / 12.;
        }
    }
}

/* -- with what had been delivered ---------------------------------------------------------------- */

typedef struct Replayed {
    Watch watch;
    Date *known; /* per point: the day on which it was known */
} Replayed;

typedef struct Judged {
    double **before;  /* per series: observed at the run before; NaN */
    bool   **alarmed; /* per series and method */
    SeriesList then;
    AlarmPool *pool;
} Judged;

static bool series_judge(Arena *out, Replay *replay, const Judged *judged, size_t number, Date run, Replayed *replayed, Err *err)
{
    const Series *then = &judged->then.series[number];
    ARENA_AUTO batch = arena_new();

    for (size_t k = watch_begin(then, replay->config.evaluate_months); k < then->n; k++) {
        Date end = series_period_end(then, k);
        if (isnan(then->observed[k]) || then->observed[k] == judged->before[number][k] || end <= run - replay->reach * 365 / 12)
            continue;
        for (size_t at = 0; at < then->rule->n_methods; at++) {
            AlarmPoint point = {.series = then, .method = then->rule->method[at], .k = k};
            arena_reset(batch);
            point.prior = watch_prior(judged->pool, then, point.method, k);
            if (!alarm_evaluate(batch, replay->engine, then, point.method, &replay->config, &point.prior, k, &point.result, err))
                return err_frame(err, "series %s", then->name);
            if (at == 0)
                replayed->watch.expected[number][k] = point.result.expected;
            bool *alarmed = &judged->alarmed[number][at * then->n + k];
            if (!point.result.alarm || *alarmed)
                continue;
            *alarmed = true;
            point.result.farrington = (FarringtonResult){0}; /* its baseline ends with the batch, and nobody asks */
            size_t room = replayed->watch.room;
            watch_add(out, &replayed->watch, &point);
            if (replayed->watch.room != room) {
                Date *grown = arena_array(out, replayed->watch.room, sizeof *grown);
                if (replayed->watch.n > 1)
                    memcpy(grown, replayed->known, (replayed->watch.n - 1) * sizeof *grown);
                replayed->known = grown;
            }
            replayed->known[replayed->watch.n - 1] = run;
        }
    }
    return true;
}

/* A run at the end of every month, from the first replayed period until everything has come. */
static bool months_replay(Arena *out, Replay *replay, const SeriesList *list, Replayed *replayed, Err *err)
{
    Judged judged = {.before = arena_array(out, list->n + 1, sizeof *judged.before), .alarmed = arena_array(out, list->n + 1, sizeof *judged.alarmed)};
    Date first = INT32_MAX, last = arrivals_last(replay->arrivals);

    replayed->watch = (Watch){.expected = arena_array(out, list->n + 1, sizeof(double *))};
    for (size_t at = 0; at < list->n; at++) {
        const Series *series = &list->series[at];
        size_t begin = watch_begin(series, replay->config.evaluate_months);
        judged.before[at] = arena_array(out, series->n + 1, sizeof(double));
        judged.alarmed[at] = arena_array(out, (series->n + 1) * (series->rule->n_methods + 1), sizeof(bool));
        replayed->watch.expected[at] = arena_array(out, series->n + 1, sizeof(double));
        for (size_t row = 0; row < series->n; row++)
            judged.before[at][row] = replayed->watch.expected[at][row] = NAN;
        if (series->n == 0)
            continue;
        first = series->day[begin] < first ? series->day[begin] : first;
        last = last == DATE_NONE || series_period_end(series, series->n - 1) > last ? series_period_end(series, series->n - 1) : last;
    }
    for (Date month = date_month_begin(first); month <= last; month = date_month_next(month)) {
        ARENA_AUTO pools = arena_new();
        Date run = date_month_next(month) - 1;
        judged.then = (SeriesList){.n = list->n, .series = arena_array(out, list->n + 1, sizeof *judged.then.series)};
        for (size_t at = 0; at < list->n; at++)
            judged.then.series[at] = arrival_series(out, replay->arrivals, &list->series[at], run);
        watch_breaks(out, &replay->config, &judged.then);
        judged.pool = alarm_pool_new(pools, &judged.then);
        for (size_t at = 0; at < list->n; at++) {
            if (!series_judge(out, replay, &judged, at, run, replayed, err))
                return false;
            judged.before[at] = judged.then.series[at].observed;
        }
    }
    return true;
}

static bool replay_run(Arena *out, Replay *replay, SeriesList *list, Replayed *replayed, Err *err)
{
    *replayed = (Replayed){0};
    if (replay->arrivals)
        return months_replay(out, replay, list, replayed, err);
    if (!watch_run(out, replay->engine, &replay->config, list, &replayed->watch, err))
        return false;
    replayed->known = arena_array(out, replayed->watch.n + 1, sizeof *replayed->known);
    for (size_t at = 0; at < replayed->watch.n; at++)
        replayed->known[at] = series_period_end(replayed->watch.point[at].series, replayed->watch.point[at].k);
    return true;
}

/* As it was: every alarm is a false one. */
static bool clean_run(Replay *replay, Err *err)
{
    ARENA_AUTO batch = arena_new();
    Replayed replayed;
    Episode *episode;
    size_t n;

    if (!replay_run(batch, replay, &replay->list, &replayed, err))
        return false;
    const Watch *watch = &replayed.watch;
    episodes_make(batch, &replay->config, watch, &episode, &n);
    episodes_budget(episode, n, replay->config.budget);
    for (size_t at = 0; at < n; at++) {
        const School *school = school_find(replay, episode[at].peak->series->location_no);
        if (!school || !episode[at].rise || episode[at].part_of >= 0)
            continue;
        BacktestRow *rows[2] = {&replay->result->row[0], row_for(replay, school->pupils)};
        for (int one = 0; one < 2; one++) {
            rows[one]->alarms++;
            rows[one]->shown += episode[at].shown;
        }
    }
    for (size_t at = 0; at < replay->list.n; at++) {
        const Series *series = &replay->list.series[at];
        const School *school = school_find(replay, series->location_no);
        for (size_t k = watch_begin(series, replay->config.evaluate_months); school && k < series->n; k++)
            if (!isnan(watch->expected[at][k])) {
                replay->result->row[0].open[series->rule->step == STEP_WEEK]++;
                row_for(replay, school->pupils)->open[series->rule->step == STEP_WEEK]++;
            }
    }
    for (size_t at = 0; at < watch->n; at++) {
        const AlarmPoint *point = &watch->point[at];
        School *school = school_find(replay, point->series->location_no);
        if (!school)
            continue;
        if (point->method == point->series->rule->method[0]) {
            replay->result->row[0].unusual[point->series->rule->step == STEP_WEEK]++;
            row_for(replay, school->pupils)->unusual[point->series->rule->step == STEP_WEEK]++;
        }
        Date begin = school->start < school->weeks->n ? school->weeks->day[school->start] : DATE_NONE;
        if (begin != DATE_NONE && alarm_is_rise(point->method) && series_period_end(point->series, point->k) >= begin && point->series->day[point->k] <= begin + 7 * OUTBREAK_ROOM)
            school->before = true;
    }
    return true;
}

static bool outbreak_run(Replay *replay, gsl_rng *rng, size_t size, Err *err)
{
    ARENA_AUTO batch = arena_new();
    SeriesList list = planted(batch, replay, rng, (unsigned) replay->config.sizes[size]);
    Replayed replayed;

    if (!replay_run(batch, replay, &list, &replayed, err))
        return false;
    for (size_t at = 0; at < replayed.watch.n; at++) {
        const AlarmPoint *point = &replayed.watch.point[at];
        Date known = replayed.known[at];
        School *school = school_find(replay, point->series->location_no);
        Date first = point->series->day[point->k], last = series_period_end(point->series, point->k);
        if (school && school->begin != DATE_NONE && alarm_is_rise(point->method) && last >= school->begin && first <= school->end &&
            (school->alarmed == DATE_NONE || known < school->alarmed))
            school->alarmed = known;
    }
    for (size_t at = 0; at < replay->n; at++) {
        const School *school = &replay->school[at];
        BacktestFound *found[2] = {&replay->result->row[0].found[size], &row_for(replay, school->pupils)->found[size]};
        for (int one = 0; one < 2 && school->begin != DATE_NONE && !school->before; one++) {
            found[one]->planted++;
            found[one]->found += school->alarmed != DATE_NONE;
            found[one]->days += school->alarmed != DATE_NONE ? school->alarmed - school->begin : 0;
        }
    }
    return true;
}

bool backtest_run(Arena *out, const AlarmConfig *config, const SeriesList *list, const Arrivals *arrivals, unsigned long seed, Backtest *backtest, Err *err)
{
    RNG_AUTO rng = rng_open(seed + 1);
    Replay replay = {.out = out, .config = *config, .engine = alarm_engine_new(out), .result = backtest, .arrivals = arrivals, .reach = config->evaluate_months};

    replay.config.evaluate_months = config->backtest_months;
    schools_take(&replay, list);
    if (replay.n == 0)
        return err_set(err, ERR_STAT, "cannot replay: there is no school with a weekly series");
    rows_make(&replay);
    starts_draw(&replay, rng);
    if (!clean_run(&replay, err))
        return false;
    for (size_t size = 0; size < config->n_sizes; size++)
        if (!outbreak_run(&replay, rng, size, err))
            return false;
    for (size_t row = 0; row < backtest->n; row++)
        for (size_t size = 0; size < config->n_sizes; size++) {
            BacktestFound *found = &backtest->row[row].found[size];
            found->days = found->found ? found->days / (double) found->found : (double) NAN;
        }
    return true;
}
