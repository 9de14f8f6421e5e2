#include "analyze/alarm_store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/delay.h"
#include "analyze/episode.h"
#include "common/buf.h"
#include "sql_embed.h"

enum { BREAK_DAYS = 3 * 366 }; /* a change in registering this long before an alarm cut its baseline short */

typedef struct Store {
    Arena          *arena;
    AlarmEngine    *engine;
    const AlarmRun *run;
    AlarmBoard      all;
    AlarmTotals    *totals;
} Store;

/* -- what is still to come ----------------------------------------------------------------------- */

static size_t age_of(Date known, Date month_end, size_t ages)
{
    size_t age = known <= month_end ? 0 : (size_t) ((known - month_end) / 30.5);

    return age < ages ? age : ages - 1;
}

/* A count stands until a later delivery changes it: known at every age up to today's. */
static void triangle_row(double *row, size_t ages, const PgResult *rows, size_t first, size_t end, Date as_of)
{
    Date month_end = pg_date(rows, first, 2);
    size_t today = age_of(as_of, month_end, ages);

    for (size_t age = 0; age < ages; age++)
        row[age] = NAN;
    for (size_t at = first; at < end && pg_date(rows, at, 3) <= as_of; at++)
        for (size_t age = age_of(pg_date(rows, at, 3), month_end, ages); age <= today; age++)
            row[age] = pg_real(rows, at, 4);
}

static bool complete_set(Store *store, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO rows = NULL;
    size_t ages = (size_t) store->all.config->complete_months + 1, n = 0;

    if (!pg_query(store->all.db, &sql_analyze_report_known, PG_ANY_ROWS, &rows, err, "i", (int64_t) store->all.board))
        return false;
    double *known = arena_array(batch, (pg_rows(rows) + 1) * ages, sizeof *known);
    for (size_t first = 0, end; first < pg_rows(rows); first = end) {
        for (end = first + 1; end < pg_rows(rows) && pg_int(rows, end, 0) == pg_int(rows, first, 0) && pg_date(rows, end, 1) == pg_date(rows, first, 1); end++)
            ;
        triangle_row(&known[n++ * ages], ages, rows, first, end, store->run->as_of);
    }
    double *factor = arena_array(batch, ages, sizeof *factor), *share = arena_array(batch, ages, sizeof *share);
    delay_shares(known, n, ages, store->all.config->complete_cases, factor, share);
    for (size_t at = 0; at < store->all.list.n; at++) {
        Series *series = &store->all.list.series[at];
        for (size_t row = 0; row < series->n && (series->rule->step == STEP_MONTH || series->rule->step == STEP_WEEK); row++)
            series->complete[row] = share[age_of(store->run->as_of, series_period_end(series, row), ages)];
    }
    return true;
}

/* -- the life of alarms -------------------------------------------------------------------------- */

const char *alarm_direction(const Episode *episode)
{
    return episode->rise ? "rise" : "silence";
}

/* The first one whose time overlaps, or nearly: better data may move its beginning by a period. */
static size_t life_find(const PgResult *lives, const Episode *episode, const bool *taken)
{
    const Series *series = episode->peak->series;

    for (size_t row = 0; row < pg_rows(lives); row++)
        if (!taken[row] && pg_int(lives, row, 1) == series->location_no && strcmp(pg_text(lives, row, 2), series->unit) == 0 &&
            strcmp(pg_text(lives, row, 3), series->name) == 0 && strcmp(pg_text(lives, row, 4), alarm_direction(episode)) == 0 &&
            pg_date(lives, row, 5) <= episode->last + 1 && pg_date(lives, row, 6) >= episode->from - 1)
            return row;
    return pg_rows(lives);
}

static bool lives_match(Store *store, Err *err)
{
    PG_AUTO lives = NULL;

    if (!pg_query(store->all.db, &sql_analyze_alarm_lives, PG_ANY_ROWS, &lives, err, "i", (int64_t) store->all.board))
        return false;
    bool *taken = arena_array(store->arena, pg_rows(lives) + 1, sizeof *taken);
    for (size_t at = 0; at < store->all.n; at++) {
        size_t row = life_find(lives, &store->all.episode[at], taken);
        if (row == pg_rows(lives))
            continue;
        taken[row] = true;
        store->all.episode[at].alarm_no = (int) pg_int(lives, row, 0);
        store->all.episode[at].shown_before = !pg_is_null(lives, row, 7);
        store->all.episode[at].after = pg_date(lives, row, 8);
    }
    episodes_budget(store->all.episode, store->all.n, store->all.config->budget);
    for (size_t at = 0; at < store->all.n; at++) {
        Episode *episode = &store->all.episode[at];
        const Series *series = episode->peak->series;
        PG_AUTO made = NULL;
        if (episode->alarm_no) {
            if (!pg_query(store->all.db, &sql_analyze_alarm_life_update, PG_NO_ROWS, NULL, err, "iDDDbt", (int64_t) episode->alarm_no, episode->from, episode->last,
                          store->run->as_of, (int) episode->shown, series->title))
                return false;
            continue;
        }
        if (!pg_query(store->all.db, &sql_analyze_alarm_life_add, PG_ONE_ROW, &made, err, "iitttDDDbt", (int64_t) store->all.board, (int64_t) series->location_no, series->unit,
                      series->name, alarm_direction(episode), episode->from, episode->last, store->run->as_of, (int) episode->shown, series->title))
            return false;
        episode->alarm_no = (int) pg_int(made, 0, 0);
    }
    return true;
}

/* -- rows ---------------------------------------------------------------------------------------- */

static void number(Buf *to, const char *name, double value)
{
    if (isnan(value))
        buf_format(to, ", \"%s\": null", name);
    else
        buf_format(to, ", \"%s\": %.17g", name, value);
}

const char *alarm_kind_name(MethodKind kind)
{
    static const char *const names[] = {"farrington", "gamma-poisson", "cusum", "ears", "days-between", "xmr", "silence"};

    return names[kind];
}

const char *alarm_basis(Arena *out, const AlarmPoint *point)
{
    BUF_AUTO text = {0};
    const AlarmResult *r = &point->result;
    const Series *series = point->series;
    char first[11], last[11];

    date_format_iso(series->day[r->base_first], first);
    date_format_iso(series->day[r->base_last], last);
    buf_format(&text, "{\"first\": \"%s\", \"last\": \"%s\", \"n\": %zu, \"run\": %zu, \"trend\": %s", first, last, r->n_base, r->run, r->trend ? "true" : "false");
    if (r->used->kind == METHOD_FARRINGTON) {
        const FarringtonResult *f = &r->farrington;
        number(&text, "slope", f->slope);
        number(&text, "se", f->se_eta);
        buf_text(&text, ", \"rows\": [");
        for (size_t at = 0; at < f->n_base; at++) {
            char day[11];
            date_format_iso(series->day[f->base_row[at]], day);
            buf_format(&text, "%s[\"%s\", %d, %.17g]", at ? ", " : "", day, f->base_level[at], f->base_weight[at]);
        }
        buf_text(&text, "]");
    } else if (r->used->kind == METHOD_GAMMA_POISSON || r->used->kind == METHOD_CUSUM || r->used->kind == METHOD_SILENCE) {
        number(&text, "count", r->prior_count);
        number(&text, "exposure", r->prior_exposure);
        number(&text, "prior_mean", point->prior.mean);
        number(&text, "prior_shape", point->prior.shape);
        number(&text, "prior_phi", point->prior.phi);
    }
    number(&text, "parameter", r->parameter);
    buf_text(&text, "}");
    return arena_text(out, text.data);
}

static void point_put(PgRow *to, const Episode *episode, const AlarmPoint *point)
{
    ARENA_AUTO batch = arena_new();
    const Series *series = point->series;
    const AlarmResult *r = &point->result;

    pgrow_int4(to, episode->alarm_no);
    pgrow_int4(to, series->board_no);
    pgrow_int4(to, series->location_no);
    pgrow_text(to, series->unit);
    pgrow_text(to, series->name);
    pgrow_text(to, series_step_name(series->rule->step));
    pgrow_text(to, point->method->name);
    pgrow_text(to, r->used->name);
    pgrow_date(to, series->day[point->k]);
    pgrow_real(to, r->observed);
    pgrow_real(to, r->expected);
    pgrow_real(to, r->upper);
    pgrow_real(to, r->pvalue);
    pgrow_real(to, r->phi);
    pgrow_real(to, r->score);
    pgrow_text(to, alarm_basis(batch, point));
}

static const char *joined(Arena *out, const char **forms, size_t n)
{
    const char *text = "";

    for (size_t at = 0; at < n; at++)
        text = arena_format(out, "%s%s%s", text, at ? "," : "", forms[at]);
    return text;
}

static const Series *sibling(const AlarmBoard *all, const Series *own, const char *name, size_t *at)
{
    for (*at = 0; *at < all->list.n; (*at)++) {
        const Series *series = &all->list.series[*at];
        if (series->location_no == own->location_no && series->rule->step == STEP_MONTH && strcmp(series->unit, own->unit) == 0 &&
            (name ? strcmp(series->name, name) == 0 : series->rule->by == BY_NOTHING && !series->rule->forms))
            return series;
    }
    return NULL;
}

/* What else was registered in the months of the alarm: did everything rise? Nothing is said of an alarm on everything. */
static void others_add(Buf *text, const AlarmBoard *all, const Episode *episode)
{
    size_t all_at, own_at;
    const Series *whole = sibling(all, episode->peak->series, NULL, &all_at), *own = sibling(all, episode->peak->series, episode->peak->series->name, &own_at);
    double observed = 0, expected = 0;

    if (!whole || !own || whole == own)
        return;
    for (size_t row = 0; row < whole->n; row++) {
        size_t k = series_find(own, whole->day[row]);
        if (whole->day[row] > episode->last || series_period_end(whole, row) < episode->from || k == own->n || !alarm_usable(whole, row) || !alarm_usable(own, k) ||
            isnan(all->watch.expected[all_at][row]) || isnan(all->watch.expected[own_at][k]))
            continue;
        observed += whole->observed[row] - own->observed[k];
        expected += all->watch.expected[all_at][row] - all->watch.expected[own_at][k];
    }
    if (expected > 0)
        buf_format(text, ", \"other\": [%.0f, %.17g]", observed, expected);
}

static void breaks_add(Buf *text, const Episode *episode)
{
    const Series *series = episode->peak->series;
    char day[11];

    for (size_t at = series->n_breaks; at-- > 0;)
        if (series->breaks[at] <= episode->last && series->breaks[at] >= episode->from - BREAK_DAYS) {
            date_format_iso(series->breaks[at], day);
            buf_format(text, ", \"break\": \"%s\"", day);
            return;
        }
}

/* The break that nobody declared and behind which the peak was not compared. */
static void likely_add(Buf *text, const Episode *episode)
{
    const Series *series = episode->peak->series;
    char day[11];

    if (!series->likely || !episode->rise || series->likely[episode->peak->k].on == DATE_NONE)
        return;
    date_format_iso(series->likely[episode->peak->k].on, day);
    buf_format(text, ", \"likely\": [\"%s\", %.17g]", day, series->likely[episode->peak->k].ratio);
}

/* Titles come from config and labels of codes: no quotes to escape but those that JSON knows. */
static void parts_add(Buf *text, const AlarmBoard *all, size_t whole)
{
    bool any = false;

    for (size_t at = 0; at < all->n; at++)
        if (all->episode[at].part_of == (long) whole) {
            buf_format(text, "%s\"", any ? ", " : ", \"parts\": [");
            for (const char *c = all->episode[at].peak->series->title; *c; c++)
                buf_format(text, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
            buf_text(text, "\"");
            any = true;
        }
    if (any)
        buf_text(text, "]");
}

/* The schools together stood out in the same time. */
static bool board_too(const AlarmBoard *all, const Episode *episode)
{
    for (size_t at = 0; at < all->n; at++) {
        const Episode *other = &all->episode[at];
        if (strcmp(other->peak->series->unit, "bestuur") == 0 && other->rise == episode->rise && other->part_of < 0 && other->from <= episode->last && episode->from <= other->last)
            return true;
    }
    return false;
}

bool alarm_has_events(const Episode *episode)
{
    return strcmp(episode->peak->series->unit, "school") == 0 && episode->rise;
}

size_t alarm_point_days(Arena *out, const AlarmPoint *point, AlarmDays **days)
{
    const Series *series = point->series;
    size_t left = point->result.run ? point->result.run : 1, n = 0;

    if (series->rule->step == STEP_EVENT) {
        *days = arena_alloc(out, sizeof **days);
        **days = (AlarmDays){alarm_point_from(point), alarm_point_last(point)};
        return 1;
    }
    *days = arena_array(out, left, sizeof **days);
    for (size_t row = point->k + 1; row-- > 0 && n < left;)
        if (row == point->k || alarm_usable(series, row))
            (*days)[n++] = (AlarmDays){series->day[row], series_period_end(series, row)};
    return n;
}

/* As PostgreSQL writes a multirange; of no point: of no days. */
static const char *days_text(Arena *out, const AlarmPoint *point)
{
    BUF_AUTO text = {0};
    AlarmDays *days;
    size_t n = point ? alarm_point_days(out, point, &days) : 0;
    char first[11], last[11];

    buf_text(&text, "{");
    for (size_t at = 0; at < n; at++) {
        date_format_iso(days[at].first, first);
        date_format_iso(days[at].last, last);
        buf_format(&text, "%s[%s,%s]", at ? "," : "", first, last);
    }
    buf_text(&text, "}");
    return arena_text(out, text.data);
}

const AlarmPoint *alarm_went_on(const Episode *episode)
{
    return episode->after == DATE_NONE ? NULL : episode_peak(episode, episode->after);
}

static bool events_store(const Store *store, const Episode *episode, Err *err)
{
    static const char *const by[] = {"", "form", "place", "group"};
    const Series *series = episode->peak->series;

    return !alarm_has_events(episode) ||
           pg_query(store->all.db, &sql_analyze_alarm_event_add, PG_NO_ROWS, NULL, err, "iiitttti", (int64_t) episode->alarm_no, (int64_t) series->board_no, (int64_t) series->location_no,
                    days_text(store->arena, episode->peak), days_text(store->arena, alarm_went_on(episode)), joined(store->arena, series->rule->forms, series->rule->n_forms), by[series->rule->by],
                    (int64_t) series->code_no);
}

/* Where the incidents of a point concentrate: what is told beside a count is about the days of that count. */
static bool where_add(Buf *text, const AlarmBoard *all, const Episode *episode, const AlarmPoint *point, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO where = NULL;

    if (alarm_has_events(episode) && !pg_query(all->db, &sql_analyze_alarm_where, PG_ONE_ROW, &where, err, "it", (int64_t) episode->alarm_no, days_text(batch, point)))
        return false;
    buf_format(text, "\"where\": %s", where ? pg_text(where, 0, 0) : "{}");
    return true;
}

/* What is new of an alarm that went on after people had closed it: as much as is told of its peak. */
static bool went_on_add(Buf *text, const AlarmBoard *all, const Episode *episode, Err *err)
{
    const AlarmPoint *peak = alarm_went_on(episode);
    char day[11], first[11], last[11];

    if (!peak)
        return true;
    const AlarmResult *r = &peak->result;
    const Series *series = peak->series;
    date_format_iso(series->day[peak->k], day);
    date_format_iso(series->day[r->base_first], first);
    date_format_iso(series->day[r->base_last], last);
    buf_format(text, ", \"on\": {\"peak\": \"%s\", \"period\": \"%s\", \"method\": \"%s\", \"run\": %zu, \"certainty\": %d, \"trend\": %s, \"base\": [\"%s\", \"%s\", %zu]", day,
               series_step_name(series->rule->step), alarm_kind_name(r->used->kind), r->run, episode_certainty(episode, episode->after), r->trend ? "true" : "false", first, last, r->n_base);
    number(text, "observed", r->observed);
    number(text, "expected", r->expected);
    number(text, "upper", r->upper);
    number(text, "pvalue", r->pvalue);
    buf_text(text, ", ");
    if (!where_add(text, all, episode, peak, err))
        return false;
    buf_text(text, "}");
    return true;
}

bool alarm_facts(Arena *out, const AlarmBoard *all, size_t at, const char **facts, Err *err)
{
    const Episode *episode = &all->episode[at];
    const Series *series = episode->peak->series;
    BUF_AUTO text = {0};

    buf_text(&text, "{");
    if (!where_add(&text, all, episode, episode->peak, err))
        return false;
    buf_format(&text, ", \"counted\": \"%s\"", series->counted);
    others_add(&text, all, episode);
    breaks_add(&text, episode);
    likely_add(&text, episode);
    parts_add(&text, all, at);
    if (strcmp(series->unit, "school") == 0 && board_too(all, episode))
        buf_text(&text, ", \"board\": true");
    if (!went_on_add(&text, all, episode, err))
        return false;
    buf_text(&text, "}");
    *facts = arena_text(out, text.data);
    return true;
}

static void alarm_put(const Store *store, PgRow *to, const Episode *episode, const char *facts)
{
    const AlarmPoint *peak = episode->peak, *last = episode->point[episode->n - 1];
    const Series *series = peak->series;
    const AlarmResult *r = &peak->result;

    pgrow_int4(to, episode->alarm_no);
    pgrow_int4(to, series->board_no);
    pgrow_int4(to, series->location_no);
    pgrow_text(to, series->unit);
    pgrow_text(to, series->name);
    pgrow_text(to, series->title);
    pgrow_text(to, alarm_direction(episode));
    pgrow_date(to, episode->from);
    pgrow_date(to, episode->last);
    pgrow_date(to, series->day[peak->k]);
    pgrow_text(to, series_step_name(series->rule->step));
    pgrow_text(to, alarm_kind_name(r->used->kind));
    pgrow_real(to, r->observed);
    pgrow_real(to, r->expected);
    pgrow_real(to, r->upper);
    pgrow_real(to, r->pvalue);
    pgrow_int2(to, episode->certainty);
    pgrow_bool(to, r->trend);
    pgrow_int2(to, (int) r->run);
    pgrow_date(to, series->day[r->base_first]);
    pgrow_date(to, series->day[r->base_last]);
    pgrow_int4(to, (int32_t) r->n_base);
    pgrow_int4(to, (int32_t) episode->n);
    if (episode->part_of < 0)
        pgrow_null(to);
    else
        pgrow_int4(to, store->all.episode[episode->part_of].alarm_no);
    pgrow_bool(to, episode->shown);
    pgrow_bool(to, last->series->complete[last->k] < store->all.config->complete_share);
    pgrow_bool(to, episode->shown_before);
    pgrow_text(to, facts);
    if (episode->after == DATE_NONE)
        pgrow_null(to);
    else
        pgrow_date(to, episode->after);
}

static bool copy_rows(Pg *db, const char *table, const char *columns, PgRow *rows, const PgQuery *flush, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(db, table, columns, NULL, &copy, err))
        return false;
    pg_copy_rows(copy, rows->data, rows->used);
    return pg_copy_end(copy, NULL, err) && pg_query(db, flush, PG_NO_ROWS, NULL, err, "");
}

static bool series_store(const Store *store, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(store->all.db, "pg_temp.series_in", SERIES_COLUMNS, NULL, &copy, err))
        return false;
    for (size_t at = 0; at < store->all.list.n; at++)
        series_put(pg_copy_row(copy, SERIES_N_COLUMNS), &store->all.list.series[at], store->all.watch.expected[at], store->all.watch.upper[at]);
    return pg_copy_end(copy, NULL, err) && pg_query(store->all.db, &sql_analyze_series_flush, PG_NO_ROWS, NULL, err, "");
}

static bool alarms_store(Store *store, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PgRow points = {0}, alarms = {0};
    bool good = true;

    for (size_t at = 0; at < store->all.n && good; at++) {
        const Episode *episode = &store->all.episode[at];
        const char *facts;
        for (size_t point = 0; point < episode->n; point++) {
            pgrow_begin(&points, 16);
            point_put(&points, episode, episode->point[point]);
        }
        good = events_store(store, episode, err) && alarm_facts(batch, &store->all, at, &facts, err);
        if (!good)
            break;
        pgrow_begin(&alarms, 29);
        alarm_put(store, &alarms, episode, facts);
    }
    good = good &&
           copy_rows(store->all.db, "pg_temp.point_in", "alarm_no, board_no, location_no, unit, series, period, method, used, day, observed, expected, upper, pvalue, phi, score, basis",
                     &points, &sql_analyze_alarm_point_flush, err) &&
           copy_rows(store->all.db, "pg_temp.alarm_in", "alarm_no, board_no, location_no, unit, series, title, direction, from_on, last_on, peak_on, period, method, observed, expected, upper, pvalue, "
                     "certainty, trend, run, base_first, base_last, base_n, points, part_of, shown, incomplete, shown_before, facts, after_on", &alarms, &sql_analyze_alarm_flush, err);
    pgrow_free(&points);
    pgrow_free(&alarms);
    return good;
}

/* -- the stage ----------------------------------------------------------------------------------- */

static void count_totals(const Store *store)
{
    store->totals->series += store->all.list.n;
    store->totals->evaluated += store->all.watch.evaluated;
    for (size_t at = 0; at < store->all.n; at++) {
        const Episode *episode = &store->all.episode[at];
        store->totals->parts += episode->part_of >= 0;
        store->totals->alarms += episode->part_of < 0;
        store->totals->hidden += episode->part_of < 0 && !episode->shown;
    }
}

/* Watch the series of one board, and keep what is unusual. */
static bool board_store(Store *store, Err *err)
{
    Date end = date_school_year_end(store->run->last_year), last = store->run->as_of < end ? store->run->as_of : end;
    Date first = last - (Date) (store->all.config->evaluate_months * 365 / 12);

    if (!watch_run(store->arena, store->engine, store->all.config, &store->all.list, &store->all.watch, err))
        return err_frame(err, "board %d", store->all.board);
    episodes_make(store->arena, store->all.config, &store->all.watch, &store->all.episode, &store->all.n);
    if (!series_store(store, err) || !lives_match(store, err) || !alarms_store(store, err) ||
        !pg_query(store->all.db, &sql_analyze_alarm_setting_set, PG_NO_ROWS, NULL, err, "it", (int64_t) store->all.board, store->all.config->text) ||
        !pg_query(store->all.db, &sql_analyze_alarm_life_gone, PG_NO_ROWS, NULL, err, "iDDD", (int64_t) store->all.board, store->run->as_of, first, last))
        return false;
    count_totals(store);
    return true;
}

static int series_order(const void *left, const void *right)
{
    const Series *a = left, *b = right;
    int order;

    if (a->board_no != b->board_no)
        return a->board_no < b->board_no ? -1 : 1;
    if (a->location_no != b->location_no)
        return a->location_no < b->location_no ? -1 : 1;
    if ((order = strcmp(a->unit, b->unit)) != 0 || (order = strcmp(a->name, b->name)) != 0)
        return order;
    return (int) a->rule->step - (int) b->rule->step;
}

static bool country_store(Pg *db, AlarmEngine *engine, const AlarmConfig *config, const AlarmRun *run, AlarmTotals *totals, Err *err)
{
    ARENA_AUTO batch = arena_new();
    Store store = {.arena = batch, .engine = engine, .run = run, .totals = totals, .all = {.db = db, .config = config}};

    return pg_query(db, &sql_analyze_country_clear, PG_NO_ROWS, NULL, err, "") && series_country(batch, db, config, &store.all.list, err) && board_store(&store, err);
}

bool alarm_store(Pg *db, const Place *place, const SchoolCalendars *calendars, const AlarmRun *run, AlarmTotals *totals, Err *err)
{
    ARENA_AUTO arena = arena_new();
    AlarmEngine *engine = alarm_engine_new(arena);
    AlarmConfig config;
    SeriesList all;

    if (!alarm_config_load(arena, place, &config, err) || !pg_query(db, &sql_analyze_report_known_add, PG_NO_ROWS, NULL, err, "t", run->boards) ||
        !series_fetch(arena, db, &config, calendars, run->boards, run->first_year, run->last_year, run->as_of, &all, err))
        return false;
    if (all.n)
        qsort(all.series, all.n, sizeof *all.series, series_order);
    for (size_t first = 0, end; first < all.n; first = end) {
        ARENA_AUTO batch = arena_new();
        for (end = first + 1; end < all.n && all.series[end].board_no == all.series[first].board_no; end++)
            ;
        Store store = {.arena = batch, .engine = engine, .run = run, .totals = totals,
                       .all = {.db = db, .config = &config, .board = all.series[first].board_no, .list = {.series = all.series + first, .n = end - first}}};
        if (!complete_set(&store, err) || !board_store(&store, err))
            return false;
    }
    return country_store(db, engine, &config, run, totals, err);
}
