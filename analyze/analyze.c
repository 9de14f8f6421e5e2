#include "analyze/analyze.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/alarm.h"
#include "analyze/clock.h"
#include "analyze/exposure.h"
#include "analyze/indicator.h"
#include "analyze/pdca.h"
#include "common/buf.h"
#include "common/log.h"
#include "sql_embed.h"

typedef struct Run {
    Pg                   *db;
    const Place          *place;
    const AnalyzeOptions *options;
    AnalyzeTotals        *totals;
    const char           *boards; /* "{1,2}" of those to compute */
    int                   first_year;
} Run;

/* -- indicators ---------------------------------------------------------------------------------- */

typedef struct Cell {
    int             board_no, year, location_no, ord;
    const char     *breakdown, *category;
    bool            persons_known;
    int64_t         persons, schools;
    IndicatorCounts counts;
} Cell;

static int cell_order(const void *left, const void *right)
{
    const Cell *a = left, *b = right;
    int order;

    if (a->board_no != b->board_no)
        return a->board_no < b->board_no ? -1 : 1;
    if ((order = strcmp(a->breakdown, b->breakdown)) != 0)
        return order;
    if (a->location_no != b->location_no)
        return a->location_no < b->location_no ? -1 : 1;
    if ((order = strcmp(a->category, b->category)) != 0)
        return order;
    return a->year < b->year ? -1 : a->year > b->year;
}

static bool same_series(const Cell *a, const Cell *b)
{
    return a->board_no == b->board_no && a->location_no == b->location_no && a->year == b->year + 1 &&
           strcmp(a->breakdown, b->breakdown) == 0 && strcmp(a->category, b->category) == 0;
}

static void figure_put(PgCopy *copy, const Indicator *indicator, const Cell *cell, const Cell *before)
{
    Estimate estimate = {NAN, NAN, NAN}, ignored;
    const char *reason, *other;
    bool good = indicator_value(indicator, &cell->counts, &estimate, &reason);
    double p_change = good && before && indicator_value(indicator, &before->counts, &ignored, &other)
                          ? indicator_compare(indicator, &cell->counts, &before->counts)
                          : NAN;

    PgRow *to = pg_copy_row(copy, 20);
    pgrow_int4(to, cell->board_no);
    pgrow_int2(to, cell->year);
    pgrow_text(to, indicator->name);
    pgrow_text(to, cell->breakdown);
    pgrow_int4(to, cell->location_no);
    pgrow_text(to, cell->category);
    pgrow_int4(to, cell->ord);
    pgrow_int8(to, (int64_t) cell->counts.events);
    if (cell->persons_known)
        pgrow_int8(to, cell->persons);
    else
        pgrow_null(to);
    pgrow_int4(to, (int32_t) cell->schools);
    pgrow_real(to, cell->counts.numerator);
    pgrow_real(to, cell->counts.denominator);
    pgrow_real(to, cell->counts.sd);
    pgrow_real(to, cell->counts.extra);
    pgrow_text(to, indicator->subset_of ? indicator->subset_of : "");
    pgrow_real(to, good ? estimate.value : NAN);
    pgrow_real(to, good ? estimate.low : NAN);
    pgrow_real(to, good ? estimate.high : NAN);
    pgrow_real(to, p_change);
    pgrow_text(to, good ? "" : reason);
}

static bool breakdown_wanted(const Indicator *indicator, const char *breakdown)
{
    for (size_t at = 0; at < indicator->n_breakdowns; at++)
        if (strcmp(indicator->breakdowns[at], breakdown) == 0)
            return true;
    return false;
}

static bool indicator_store(Run *run, const Indicator *indicator, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO rows = NULL;
    PgCopy *copy;
    size_t count = 0;

    if (!pg_query(run->db, pg_query_find(arena_format(batch, "analyze/%s", indicator->query)), PG_ANY_ROWS, &rows, err, "tiit", run->boards,
                  (int64_t) run->first_year, (int64_t) run->options->school_year, indicator->argument))
        return err_frame(err, "indicator %s", indicator->name);
    Cell *cell = arena_array(batch, pg_rows(rows) + 1, sizeof *cell);
    for (size_t row = 0; row < pg_rows(rows); row++) {
        if (!breakdown_wanted(indicator, pg_text(rows, row, 2)))
            continue;
        cell[count++] = (Cell){
            .board_no = (int) pg_int(rows, row, 0), .year = (int) pg_int(rows, row, 1), .breakdown = pg_text(rows, row, 2),
            .location_no = (int) pg_int(rows, row, 3), .category = pg_text(rows, row, 4), .ord = (int) pg_int(rows, row, 5),
            .persons_known = !pg_is_null(rows, row, 7), .persons = pg_int(rows, row, 7), .schools = pg_int(rows, row, 8),
            .counts = {.events = pg_real(rows, row, 6), .numerator = pg_real(rows, row, 9), .denominator = pg_real(rows, row, 10),
                       .sd = pg_real(rows, row, 11), .extra = pg_real(rows, row, 12)}};
    }
    qsort(cell, count, sizeof *cell, cell_order);
    if (!pg_copy_begin(run->db, "pg_temp.figure_in",
                       "board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, persons, schools, numerator, denominator, sd, extra, subset_of, value, low, high, p_change, reason",
                       NULL, &copy, err))
        return false;
    for (size_t at = 0; at < count; at++)
        figure_put(copy, indicator, &cell[at], at && same_series(&cell[at], &cell[at - 1]) ? &cell[at - 1] : NULL);
    run->totals->figures += count;
    return pg_copy_end(copy, NULL, err) && pg_query(run->db, &sql_analyze_figure_flush, PG_NO_ROWS, NULL, err, "");
}

/* -- series and alarms --------------------------------------------------------------------------- */

typedef struct SchoolSeries {
    int        board_no, location_no;
    size_t     first_row, n;
    AlarmInput input;
} SchoolSeries;

/* The baseline as JSON: rows as months, levels and weights, so that the alarm can be explained and computed again. */
static char *baseline_json(Arena *out, const PgResult *rows, const SchoolSeries *school, const AlarmConfig *config, const AlarmResult *result)
{
    BUF_AUTO text = {0};
    const FarringtonResult *f = &result->farrington;

    if (strcmp(result->method, "farrington") != 0)
        return arena_format(out, "{\"alpha\": %.17g, \"count\": %.0f, \"exposure\": %.17g}", config->fallback_alpha, result->prior_count,
                            result->prior_exposure);
    buf_format(&text, "{\"alpha\": %.17g, \"b\": %d, \"w\": %d, \"past\": %d, \"rows\": [", config->farrington.alpha, config->farrington.b,
               config->farrington.w, config->farrington.past);
    for (size_t at = 0; at < f->n_base; at++)
        buf_format(&text, "%s[\"%.7s\", %.0f, %.17g, %d, %.17g]", at ? ", " : "", pg_text(rows, school->first_row + f->base_row[at], 2),
                   school->input.observed[f->base_row[at]], school->input.exposure[f->base_row[at]], f->base_level[at], f->base_weight[at]);
    buf_text(&text, "]}");
    return arena_text(out, text.data);
}

static bool alarm_store(Run *run, const PgResult *rows, const SchoolSeries *school, const AlarmSeries *series, const AlarmConfig *config, size_t k,
                        const AlarmResult *result, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO where = NULL;
    const char *month = pg_text(rows, school->first_row + k, 2);

    if (!pg_query(run->db, &sql_analyze_alarm_where, PG_ONE_ROW, &where, err, "itt", (int64_t) school->location_no, month, series->forms))
        return false;
    run->totals->alarms++;
    return pg_query(run->db, &sql_analyze_alarm_add, PG_NO_ROWS, NULL, err, "iitttiddddbttttt", (int64_t) school->board_no, (int64_t) school->location_no,
                    series->name, month, result->method, (int64_t) result->observed, result->expected, result->upper, result->pvalue, result->phi,
                    (int) result->trend, baseline_json(batch, rows, school, config, result), pg_is_null(where, 0, 0) ? NULL : pg_text(where, 0, 0),
                    pg_is_null(where, 0, 1) ? NULL : pg_text(where, 0, 1), pg_is_null(where, 0, 2) ? NULL : pg_text(where, 0, 2),
                    pg_is_null(where, 0, 3) ? NULL : pg_text(where, 0, 3));
}

static void series_put(PgCopy *copy, const PgResult *rows, const SchoolSeries *school, const AlarmSeries *series, size_t k, const AlarmResult *result)
{
    PgRow *to = pg_copy_row(copy, 9);
    pgrow_int4(to, school->board_no);
    pgrow_int4(to, school->location_no);
    pgrow_text(to, series->name);
    pgrow_date(to, pg_date(rows, school->first_row + k, 2));
    if (isnan(school->input.observed[k]))
        pgrow_null(to);
    else
        pgrow_int4(to, (int32_t) school->input.observed[k]);
    pgrow_real(to, school->input.exposure[k]);
    pgrow_real(to, result ? result->expected : NAN);
    pgrow_real(to, result ? result->upper : NAN);
    pgrow_text(to, result ? result->status : "");
}

static size_t schools_split(Arena *out, const PgResult *rows, int column, SchoolSeries **schools)
{
    size_t count = 0;

    *schools = arena_array(out, pg_rows(rows) + 1, sizeof **schools);
    for (size_t row = 0; row < pg_rows(rows); row++) {
        int location_no = (int) pg_int(rows, row, 1), board_no = (int) pg_int(rows, row, 0);
        SchoolSeries *school = count ? &(*schools)[count - 1] : NULL;
        if (!school || school->location_no != location_no || school->board_no != board_no) {
            school = &(*schools)[count++];
            *school = (SchoolSeries){.board_no = board_no, .location_no = location_no, .first_row = row};
        }
        school->n++;
    }
    for (size_t at = 0; at < count; at++) {
        SchoolSeries *school = &(*schools)[at];
        AlarmInput *input = &school->input;
        input->n = school->n;
        input->observed = arena_array(out, school->n, sizeof(double));
        input->exposure = arena_array(out, school->n, sizeof(double));
        for (size_t k = 0; k < school->n; k++) {
            size_t row = school->first_row + k;
            input->observed[k] = pg_bool(rows, row, 4) ? pg_real(rows, row, column) : NAN;
            /* Without pupils or calendar every open month weighs the same; before a break no month weighs anything. */
            input->exposure[k] = !pg_bool(rows, row, 8) ? NAN : !pg_is_null(rows, row, 3) ? pg_real(rows, row, 3) : pg_is_null(rows, row, 7) || pg_int(rows, row, 7) > 0 ? 1 : 0;
        }
    }
    return count;
}

static GammaPrior board_prior(Arena *batch, const SchoolSeries *schools, size_t count, int board_no, const AlarmConfig *config)
{
    double *sum = arena_array(batch, count, sizeof *sum), *exposure = arena_array(batch, count, sizeof *exposure);
    size_t n = 0;

    for (size_t at = 0; at < count; at++) {
        if (schools[at].board_no != board_no)
            continue;
        const AlarmInput *input = &schools[at].input;
        size_t until = input->n > (size_t) config->evaluate_months ? input->n - (size_t) config->evaluate_months : input->n;
        for (size_t k = 0; k < until; k++)
            if (input->exposure[k] > 0 && !isnan(input->observed[k])) {
                sum[n] += input->observed[k];
                exposure[n] += input->exposure[k];
            }
        n++;
    }
    return alarm_prior(sum, exposure, n);
}

static bool series_store(Run *run, const AlarmSeries *series, const AlarmConfig *config, const PgResult *rows, int column, Err *err)
{
    ARENA_AUTO batch = arena_new();
    SchoolSeries *schools;
    size_t count = schools_split(batch, rows, column, &schools);
    PgCopy *copy;

    /* Alarms are few and need a query each; the series are many and need one COPY: keep the alarms until after it. */
    typedef struct Raised { const SchoolSeries *school; size_t k; AlarmResult result; } Raised;
    size_t n_raised = 0;
    Raised *raised = arena_array(batch, count * (size_t) config->evaluate_months + 1, sizeof *raised);
    if (!pg_copy_begin(run->db, "pg_temp.series_in", "board_no, location_no, series, month, observed, exposure, expected, upper, status", NULL, &copy, err))
        return false;
    bool good = true;
    GammaPrior prior = {0, 0};
    for (size_t at = 0; at < count && good; at++) {
        const SchoolSeries *school = &schools[at];
        if (at == 0 || schools[at - 1].board_no != school->board_no)
            prior = board_prior(batch, schools, count, school->board_no, config);
        for (size_t k = 0; k < school->n && good; k++) {
            bool evaluate = k + (size_t) config->evaluate_months >= school->n;
            AlarmResult result;
            good = !evaluate || alarm_evaluate(batch, &school->input, config, &prior, k, &result, err);
            if (!good)
                break;
            series_put(copy, rows, school, series, k, evaluate ? &result : NULL);
            if (evaluate && result.alarm)
                raised[n_raised++] = (Raised){school, k, result};
        }
    }
    if (!good) {
        pg_copy_abort(copy);
        return false;
    }
    good = pg_copy_end(copy, NULL, err) && pg_query(run->db, &sql_analyze_series_flush, PG_NO_ROWS, NULL, err, "");
    for (size_t at = 0; at < n_raised && good; at++)
        good = alarm_store(run, rows, raised[at].school, series, config, raised[at].k, &raised[at].result, err);
    return good;
}

static bool alarms_store(Run *run, Err *err)
{
    ARENA_AUTO batch = arena_new();
    AlarmConfig config;

    if (!alarm_config_load(batch, run->place, &config, err))
        return false;
    for (size_t at = 0; at < config.n_series; at++) {
        PG_AUTO rows = NULL;
        if (!pg_query(run->db, &sql_analyze_series_counts, PG_ANY_ROWS, &rows, err, "tt", run->boards, config.series[at].forms) ||
            !series_store(run, &config.series[at], &config, rows, *config.series[at].forms ? 5 : 6, err))
            return err_frame(err, "series %s", config.series[at].name);
    }
    return true;
}

/* -- goals, breaks ------------------------------------------------------------------------------- */

static bool goals_store(Run *run, const Indicator *indicators, Err *err)
{
    PG_AUTO rows = NULL;
    PgCopy *copy;
    int year = run->options->school_year;

    if (!pg_query(run->db, &sql_analyze_goals, PG_ANY_ROWS, &rows, err, "ti", run->boards, (int64_t) year) ||
        !pg_copy_begin(run->db, "result.goal", "board_no, schooljaar, location_no, goal_no, office, indicator, baseline_year, baseline, target, due_on, owner_role, current, low, high, status, reason", NULL, &copy, err))
        return false;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        int baseline_year = (int) pg_int(rows, row, 4);
        PdcaGoal goal = {.baseline = pg_real(rows, row, 8), .target = pg_real(rows, row, 5), .current = pg_real(rows, row, 9),
                         .low = pg_real(rows, row, 10), .high = pg_real(rows, row, 11), .started = date_school_year_end(baseline_year),
                         .due = pg_date(rows, row, 6), .measured = date_school_year_end(year)};
        for (size_t at = 0; at < run->totals->indicators; at++)
            if (strcmp(indicators[at].name, pg_text(rows, row, 3)) == 0)
                goal.direction = indicators[at].direction;
        const char *reason;
        PdcaStatus status = pdca_status(&goal, &reason);
        PgRow *to = pg_copy_row(copy, 16);
        pgrow_int4(to, (int32_t) pg_int(rows, row, 0));
        pgrow_int2(to, year);
        pgrow_int4(to, (int32_t) pg_int(rows, row, 1));
        pgrow_int2(to, (int) pg_int(rows, row, 2));
        pgrow_bool(to, pg_bool(rows, row, 12));
        pgrow_text(to, pg_text(rows, row, 3));
        pgrow_int2(to, baseline_year);
        pgrow_real(to, goal.baseline);
        pgrow_real(to, goal.target);
        pgrow_date(to, goal.due);
        if (pg_is_null(rows, row, 7))
            pgrow_null(to);
        else
            pgrow_int2(to, (int) pg_int(rows, row, 7));
        pgrow_real(to, goal.current);
        pgrow_real(to, goal.low);
        pgrow_real(to, goal.high);
        pgrow_text(to, pdca_status_name(status));
        pgrow_text(to, reason);
    }
    run->totals->goals += pg_rows(rows);
    return pg_copy_end(copy, NULL, err);
}

/* Breaks that a form declares (a change of scope or definition at the source). */
static bool declared_breaks_store(Run *run, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO used = NULL;
    ConfigNode *forms;
    size_t count;

    if (!config_load_all(batch, run->place, "forms", &forms, &count, err) ||
        !pg_query(run->db, &sql_analyze_break_forms, PG_ANY_ROWS, &used, err, "t", run->boards))
        return false;
    for (size_t row = 0; row < pg_rows(used); row++)
        for (size_t at = 0; at < count; at++) {
            const char *name = "";
            ConfigNode breaks = config_child(&forms[at], "breaks");
            if (!config_text(&forms[at], "form", &name, err))
                return false;
            if (strcmp(name, pg_text(used, row, 2)) != 0)
                continue;
            for (size_t one = 0; one < config_count(&breaks); one++) {
                ConfigNode item = config_item(&breaks, one);
                const char *on = "", *reason = "";
                if (!config_text(&item, "on", &on, err) || !config_text(&item, "reason", &reason, err) ||
                    !pg_query(run->db, &sql_analyze_break_add, PG_NO_ROWS, NULL, err, "ittt", pg_int(used, row, 0), pg_text(used, row, 1), on, reason))
                    return false;
            }
        }
    return true;
}

/* -- the run ------------------------------------------------------------------------------------- */

static bool compute(Run *run, Err *err)
{
    ARENA_AUTO batch = arena_new();
    SchoolCalendars *calendars;
    Indicator *indicators;
    int year = run->options->school_year;

    if (!indicator_load_all(batch, run->place, &indicators, &run->totals->indicators, err) || !pg_script(run->db, &sql_analyze_stage_begin, err) ||
        !pg_query(run->db, &sql_analyze_board_clear, PG_NO_ROWS, NULL, err, "ti", run->boards, (int64_t) year) ||
        !exposure_calendars_load(batch, run->db, run->boards, &calendars, err) ||
        !exposure_store(run->db, calendars, run->boards, run->first_year, year, run->options->as_of, err) ||
        !clock_store_all(run->db, run->place, calendars, run->boards, run->options->as_of, err))
        return false;
    progress_begin("analyze", (double) run->totals->indicators + 2);
    for (size_t at = 0; at < run->totals->indicators; at++) {
        progress_update((double) at);
        if (!indicator_store(run, &indicators[at], err))
            return false;
    }
    /* Declared breaks first: they end the history that alarms look back on. */
    bool good = declared_breaks_store(run, err) && alarms_store(run, err) && goals_store(run, indicators, err) &&
                pg_query(run->db, &sql_analyze_delivery_status, PG_NO_ROWS, NULL, err, "tiD", run->boards, (int64_t) year, run->options->as_of) &&
                pg_query(run->db, &sql_analyze_series_breaks, PG_NO_ROWS, NULL, err, "t", run->boards);
    progress_end();
    return good;
}

bool analyze_run(const char *dsn, const Place *place, const AnalyzeOptions *options, AnalyzeTotals *totals, Err *err)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO boards = NULL;
    BUF_AUTO list = {0};
    char config[65], source[128], as_of[11];
    bool got;

    memset(totals, 0, sizeof *totals);
    if (!pg_open(&db, dsn, err) || !pg_lock_try(db, "analyze", &got, err))
        return false;
    if (!got)
        return err_set(err, ERR_DB, "another run is analyzing this database; wait for it to end");
    if (!config_hash(place, config, err))
        return false;
    snprintf(source, sizeof source, "%s %s", VB_VERSION, config);
    date_format_iso(options->as_of, as_of);
    if (!pg_query(db, &sql_analyze_boards, PG_ANY_ROWS, &boards, err, "itti", (int64_t) options->school_year, source, as_of, (int64_t) options->board))
        return false;
    totals->boards = pg_rows(boards);
    for (size_t row = 0; row < pg_rows(boards); row++)
        if (strcmp(pg_text(boards, row, 1), pg_text(boards, row, 2)) != 0) {
            buf_format(&list, "%s%s", totals->computed++ ? "," : "{", pg_text(boards, row, 0));
        }
    if (totals->computed == 0)
        return true;
    buf_text(&list, "}");
    Run run = {.db = db, .place = place, .options = options, .totals = totals, .boards = list.data,
               .first_year = options->school_year - (ANALYZE_YEARS - 1)};
    /* Only now, not after every ingest: the planner needs to know what is there before the large joins below. */
    PG_AUTO fact_statistics = NULL;
    bool good = pg_begin(db, err) && pg_query(db, &sql_ops_statistics, PG_ONE_ROW, &fact_statistics, err, "t", "fact") && compute(&run, err);
    for (size_t row = 0; row < pg_rows(boards) && good; row++)
        if (strcmp(pg_text(boards, row, 1), pg_text(boards, row, 2)) != 0)
            good = pg_query(db, &sql_analyze_board_state_set, PG_NO_ROWS, NULL, err, "iit", pg_int(boards, row, 0), (int64_t) options->school_year,
                            pg_text(boards, row, 2));
    PG_AUTO statistics = NULL;
    good = good && pg_query(db, &sql_ops_statistics, PG_ONE_ROW, &statistics, err, "t", "result");
    if (good && !options->dry_run)
        good = pg_commit(db, err);
    pg_rollback(db);
    return good;
}
