#include "analyze/watch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* -- the prior of the board's schools ------------------------------------------------------------ */

/* A school in which a form or place was never seen has no series of it, but it had the time: it counts with 0 over the exposure of `instead`. */
typedef struct Member {
    const Series *series;
    GammaSums     sums;
} Member;

typedef struct Pool {
    int         board_no;
    const char *name, *counted;
    SeriesStep  step;
    Member     *member;
    size_t      n;
    struct Known { Date day; int history, past; GammaPrior prior; } *known; /* priors by day, PRIORS of them */
} Pool;

enum { PRIORS = 512 };

struct AlarmPool {
    Arena            *arena;
    const SeriesList *list;
    Pool             *pool;
    size_t            n, room;
};

AlarmPool *alarm_pool_new(Arena *out, const SeriesList *list)
{
    AlarmPool *pool = arena_alloc(out, sizeof *pool);

    *pool = (AlarmPool){.arena = out, .list = list};
    return pool;
}

static Member member_of(Arena *out, const Series *series, bool zero)
{
    return (Member){series, gamma_sums(out, zero ? NULL : series->observed, series->observed, series->exposure, series->n)};
}

static bool poolable(const Series *one, const Pool *pool)
{
    return one->board_no == pool->board_no && strcmp(one->unit, "school") == 0 && one->rule->step == pool->step && strcmp(one->counted, pool->counted) == 0;
}

static void pool_fill(AlarmPool *pools, Pool *pool)
{
    const SeriesList *list = pools->list;

    pool->member = arena_array(pools->arena, list->n + 1, sizeof *pool->member);
    for (size_t at = 0; at < list->n; at++)
        if (poolable(&list->series[at], pool) && strcmp(list->series[at].name, pool->name) == 0)
            pool->member[pool->n++] = member_of(pools->arena, &list->series[at], false);
    if (!strchr(pool->name, ':'))
        return;
    const SeriesRule *whole = NULL; /* each school has one series of the first rule without "by" */
    size_t seen = pool->n;
    for (size_t at = 0; at < list->n; at++) {
        const Series *one = &list->series[at];
        if (!poolable(one, pool) || one->rule->by != BY_NOTHING || (whole && one->rule != whole))
            continue;
        whole = one->rule;
        bool known = false;
        for (size_t member = 0; member < seen && !known; member++)
            known = pool->member[member].series->location_no == one->location_no;
        if (!known)
            pool->member[pool->n++] = member_of(pools->arena, one, true);
    }
}

static Pool *pool_find(AlarmPool *pools, const Series *series)
{
    for (size_t at = pools->n; at-- > 0;) { /* the one asked for last is the likeliest */
        Pool *pool = &pools->pool[at];
        if (pool->board_no == series->board_no && pool->step == series->rule->step && strcmp(pool->name, series->name) == 0 && strcmp(pool->counted, series->counted) == 0)
            return pool;
    }
    if (pools->n == pools->room) {
        size_t room = pools->room ? pools->room * 2 : 64;
        Pool *grown = arena_array(pools->arena, room, sizeof *grown);
        if (pools->n)
            memcpy(grown, pools->pool, pools->n * sizeof *grown);
        pools->pool = grown;
        pools->room = room;
    }
    Pool *made = &pools->pool[pools->n++];
    *made = (Pool){.board_no = series->board_no, .name = series->name, .counted = series->counted, .step = series->rule->step,
                  .known = arena_array(pools->arena, PRIORS, sizeof(struct Known))};
    pool_fill(pools, made);
    return made;
}

/* The window of one school before a day, as far as nothing in it was counted differently. */
static GammaWindow member_window(const Member *member, Date day, int history, int past)
{
    const Series *series = member->series;
    size_t k = series_from(series, day);
    size_t since = series->n && (series->n_breaks || series->likely) ? series_since(series, k < series->n ? k : series->n - 1) : 0;

    return gamma_window(since, k, history, past);
}

GammaPrior alarm_pool_prior(AlarmPool *pools, const Series *series, size_t k, int history, int past)
{
    Pool *pool = pool_find(pools, series);
    struct Known *known = &pool->known[(size_t) (series->day[k] / 7 + history) % PRIORS];

    if (known->history == history && known->day == series->day[k] && known->past == past)
        return known->prior;
    ARENA_AUTO scratch = arena_new();
    GammaSums *sums = arena_array(scratch, pool->n + 1, sizeof *sums);
    GammaWindow *window = arena_array(scratch, pool->n + 1, sizeof *window);
    for (size_t at = 0; at < pool->n; at++) {
        sums[at] = pool->member[at].sums;
        window[at] = member_window(&pool->member[at], series->day[k], history, past);
    }
    *known = (struct Known){series->day[k], history, past, gamma_pool(sums, window, pool->n)};
    return known->prior;
}

/* -- breaks that nobody declared ----------------------------------------------------------------- */

static bool is_total(const Series *series)
{
    return series->rule->step == STEP_WEEK && series->rule->by == BY_NOTHING && !series->rule->forms;
}

static bool breaks_of(Arena *out, const AlarmConfig *config, Series *total)
{
    size_t begin = watch_begin(total, config->evaluate_months), early = (size_t) config->shift.guard; /* a month begins before its weeks */
    bool any = false;

    total->likely = arena_array(out, total->n + 1, sizeof *total->likely);
    for (size_t k = 0; k < total->n; k++) {
        Shift shift = {0};
        if (k + early >= begin)
            shift = shift_find(total->observed, total->exposure, series_since_declared(total, k), k, &config->shift);
        total->likely[k] = shift.row ? (LikelyBreak){total->day[shift.row], shift.ratio} : (LikelyBreak){DATE_NONE, 1};
        any = any || shift.row;
    }
    if (!any)
        total->likely = NULL;
    return any;
}

/* What was known of the total in the week in which a period begins. */
static void breaks_take(Arena *out, const Series *total, Series *series)
{
    series->likely = arena_array(out, series->n + 1, sizeof *series->likely);
    for (size_t k = 0; k < series->n; k++) {
        size_t row = series_from(total, series->day[k]);
        series->likely[k] = row < total->n ? total->likely[row] : total->likely[total->n - 1];
    }
}

void watch_breaks(Arena *out, const AlarmConfig *config, SeriesList *list)
{
    for (size_t at = 0; at < list->n; at++)
        list->series[at].likely = NULL;
    for (size_t at = 0; at < list->n && config->breaks; at++) {
        Series *total = &list->series[at];
        if (!is_total(total) || !breaks_of(out, config, total))
            continue;
        for (size_t other = 0; other < list->n; other++) {
            Series *one = &list->series[other];
            if (one != total && one->board_no == total->board_no && one->location_no == total->location_no && strcmp(one->unit, total->unit) == 0 &&
                (one->rule->step == STEP_WEEK || one->rule->step == STEP_MONTH))
                breaks_take(out, total, one);
        }
    }
}

/* -- all series ---------------------------------------------------------------------------------- */

size_t watch_begin(const Series *series, int months)
{
    size_t periods = (size_t) months;

    if (series->rule->step == STEP_EVENT) {
        size_t row = 0;
        while (row < series->n && series->day[row] <= series->until - months * 365 / 12)
            row++;
        return row;
    }
    if (series->rule->step != STEP_MONTH)
        periods = ((size_t) months * (size_t) series_periods_per_year(series->rule->step) + 11) / 12;
    return series->n > periods ? series->n - periods : 0;
}

void watch_add(Arena *out, Watch *watch, const AlarmPoint *point)
{
    if (watch->n == watch->room) {
        size_t room = watch->room ? watch->room * 2 : 64;
        AlarmPoint *grown = arena_array(out, room, sizeof *grown);
        if (watch->n)
            memcpy(grown, watch->point, watch->n * sizeof *grown);
        watch->point = grown;
        watch->room = room;
    }
    watch->point[watch->n++] = *point;
}

/* Farrington has no history of its own: its fallback does. */
GammaPrior watch_prior(AlarmPool *pool, const Series *series, const AlarmMethod *method, size_t k)
{
    const AlarmMethod *own = method->kind == METHOD_FARRINGTON ? method->fallback : method;

    return own && own->history ? alarm_pool_prior(pool, series, k, own->history, own->past) : (GammaPrior){0, 0, 1};
}

typedef struct WatchRun {
    Arena             *out, *batch;
    const AlarmConfig *config;
    AlarmPool         *pool;
    AlarmEngine       *engine;
    Watch             *watch;
} WatchRun;

static bool series_watch(WatchRun *run, const Series *series, double *expected, double *upper, Err *err)
{
    for (size_t row = 0; row < series->n; row++)
        expected[row] = upper[row] = NAN;
    for (size_t at = 0; at < series->rule->n_methods; at++) {
        const AlarmMethod *method = series->rule->method[at];
        for (size_t k = watch_begin(series, run->config->evaluate_months); k < series->n; k++) {
            if (series->rule->step == STEP_EVENT && k + 1 < series->n && series->day[k + 1] == series->day[k])
                continue; /* the last one of a day speaks for all */
            AlarmPoint point = {.series = series, .method = method, .k = k};
            arena_reset(run->batch);
            point.prior = watch_prior(run->pool, series, method, k);
            if (!alarm_evaluate(run->batch, run->engine, series, method, run->config, &point.prior, k, &point.result, err))
                return err_frame(err, "series %s", series->name);
            run->watch->evaluated++;
            if (at == 0) {
                expected[k] = point.result.expected;
                upper[k] = point.result.upper;
            }
            if (!point.result.alarm)
                continue;
            /* once more, to keep its baseline */
            if (!alarm_evaluate(run->out, run->engine, series, method, run->config, &point.prior, k, &point.result, err))
                return false;
            watch_add(run->out, run->watch, &point);
        }
    }
    return true;
}

bool watch_run(Arena *out, AlarmEngine *engine, const AlarmConfig *config, SeriesList *list, Watch *watch, Err *err)
{
    ARENA_AUTO batch = arena_new();
    ARENA_AUTO pools = arena_new();
    WatchRun run = {.out = out, .batch = batch, .config = config, .pool = alarm_pool_new(pools, list), .engine = engine, .watch = watch};

    *watch = (Watch){.expected = arena_array(out, list->n + 1, sizeof(double *)), .upper = arena_array(out, list->n + 1, sizeof(double *))};
    watch_breaks(out, config, list);
    for (size_t at = 0; at < list->n; at++) {
        const Series *series = &list->series[at];
        watch->expected[at] = arena_array(out, series->n + 1, sizeof(double));
        watch->upper[at] = arena_array(out, series->n + 1, sizeof(double));
        if (!series_watch(&run, series, watch->expected[at], watch->upper[at], err))
            return false;
    }
    return true;
}
