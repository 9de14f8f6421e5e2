#include "analyze/analyze.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/alarm_store.h"
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
    int64_t         schools;
    double          persons; /* NaN = nobody named */
    IndicatorCounts counts;
} Cell;

/* What one location has of a cell. A country has millions, so no more than is stored. */
typedef struct Part {
    int         board_no, location_no, year;
    const char *breakdown, *category;
    double      events, persons, numerator, denominator, sd;
} Part;

typedef struct Counted {
    Arena           *arena;
    const Indicator *indicator;
    Cell            *cell;
    Part            *part;
    const char     **category; /* each text once */
    size_t           n_cells, cell_room, n_parts, part_room, n_categories, category_room;
} Counted;

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

/* In the order of the cells they belong to, which have no location. */
static int part_of_cell(const Part *part, const Cell *cell)
{
    int order;

    if (part->board_no != cell->board_no)
        return part->board_no < cell->board_no ? -1 : 1;
    if ((order = strcmp(part->breakdown, cell->breakdown)) != 0 || (order = strcmp(part->category, cell->category)) != 0)
        return order;
    return part->year < cell->year ? -1 : part->year > cell->year;
}

static int part_order(const void *left, const void *right)
{
    const Part *a = left, *b = right;
    const Cell cell = {.board_no = b->board_no, .year = b->year, .breakdown = b->breakdown, .category = b->category};
    int order = part_of_cell(a, &cell);

    return order ? order : a->location_no < b->location_no ? -1 : a->location_no > b->location_no;
}

static bool same_series(const Cell *a, const Cell *b)
{
    return a->board_no == b->board_no && a->location_no == b->location_no && a->year == b->year + 1 &&
           strcmp(a->breakdown, b->breakdown) == 0 && strcmp(a->category, b->category) == 0;
}

static void persons_put(PgRow *to, double persons)
{
    if (isnan(persons))
        pgrow_null(to);
    else
        pgrow_int8(to, (int64_t) persons);
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
    persons_put(to, cell->persons);
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

static const char *category_kept(Counted *counted, const char *text)
{
    for (size_t at = 0; at < counted->n_categories; at++)
        if (strcmp(counted->category[at], text) == 0)
            return counted->category[at];
    counted->category = arena_grow(counted->arena, counted->category, counted->n_categories, &counted->category_room, sizeof *counted->category);
    return counted->category[counted->n_categories++] = arena_text(counted->arena, text);
}

static void row_take(void *context, const PgResult *row)
{
    Counted *counted = context;
    const Indicator *indicator = counted->indicator;
    size_t at = 0;

    while (at < indicator->n_breakdowns && strcmp(indicator->breakdowns[at], pg_text(row, 0, 2)) != 0)
        at++;
    if (at == indicator->n_breakdowns)
        return;
    Cell cell = {.board_no = (int) pg_int(row, 0, 0), .year = (int) pg_int(row, 0, 1), .breakdown = indicator->breakdowns[at],
                 .location_no = (int) pg_int(row, 0, 3), .category = category_kept(counted, pg_text(row, 0, 4)), .ord = (int) pg_int(row, 0, 5),
                 .persons = pg_real(row, 0, 7), .schools = pg_int(row, 0, 8),
                 .counts = {.events = pg_real(row, 0, 6), .numerator = pg_real(row, 0, 9), .denominator = pg_real(row, 0, 10),
                            .sd = pg_real(row, 0, 11), .extra = pg_real(row, 0, 12)}};
    if (cell.location_no == 0 || strcmp(cell.breakdown, "school") == 0) {
        counted->cell = arena_grow(counted->arena, counted->cell, counted->n_cells, &counted->cell_room, sizeof cell);
        counted->cell[counted->n_cells++] = cell;
        return;
    }
    counted->part = arena_grow(counted->arena, counted->part, counted->n_parts, &counted->part_room, sizeof *counted->part);
    counted->part[counted->n_parts++] = (Part){.board_no = cell.board_no, .location_no = cell.location_no, .year = cell.year, .breakdown = cell.breakdown, .category = cell.category,
                                               .events = cell.counts.events, .numerator = cell.counts.numerator, .denominator = cell.counts.denominator,
                                               .sd = cell.counts.sd, .persons = cell.persons};
}

/* Both are in order; parts of no cell are left over. */
static bool parts_check(const Counted *counted, Err *err)
{
    size_t next = 0;

    for (size_t at = 0; at < counted->n_cells; at++) {
        const Cell *cell = &counted->cell[at];
        IndicatorSum sum = {0};
        if (strcmp(cell->breakdown, "school") == 0)
            continue;
        for (; next < counted->n_parts && part_of_cell(&counted->part[next], cell) == 0; next++)
            indicator_sum_add(&sum, &(IndicatorCounts){.events = counted->part[next].events, .numerator = counted->part[next].numerator, .denominator = counted->part[next].denominator});
        if (!indicator_adds_up(counted->indicator, &cell->counts, cell->schools, &sum))
            return err_set(err, ERR_CONFIG, "sql/query/analyze/%s.sql: the rows of schools do not add up to a cell of breakdown \"%s\" (board %d, %d); mend the query",
                           counted->indicator->query, cell->breakdown, cell->board_no, cell->year);
    }
    if (next < counted->n_parts)
        return err_set(err, ERR_CONFIG, "sql/query/analyze/%s.sql: a row of a school has no cell of breakdown \"%s\" (board %d, %d); mend the query", counted->indicator->query,
                       counted->part[next].breakdown, counted->part[next].board_no, counted->part[next].year);
    return true;
}

static bool parts_store(Run *run, const Counted *counted, Err *err)
{
    PgCopy *copy;

    if (counted->n_parts == 0)
        return true;
    if (!pg_copy_begin(run->db, "result.spread", "board_no, schooljaar, indicator, breakdown, category, location_no, events, numerator, denominator, persons, sd", NULL, &copy, err))
        return false;
    for (const Part *part = counted->part; part < counted->part + counted->n_parts; part++) {
        PgRow *to = pg_copy_row(copy, 11);
        pgrow_int4(to, part->board_no);
        pgrow_int2(to, part->year);
        pgrow_text(to, counted->indicator->name);
        pgrow_text(to, part->breakdown);
        pgrow_text(to, part->category);
        pgrow_int4(to, part->location_no);
        pgrow_int8(to, (int64_t) part->events);
        pgrow_real(to, part->numerator);
        pgrow_real(to, part->denominator);
        persons_put(to, part->persons);
        pgrow_real(to, part->sd);
    }
    return pg_copy_end(copy, NULL, err);
}

static bool indicator_store(Run *run, const Indicator *indicator, Err *err)
{
    ARENA_AUTO batch = arena_new();
    Counted counted = {.arena = batch, .indicator = indicator};
    PgCopy *copy;

    if (!pg_each(run->db, pg_query_find(arena_format(batch, "analyze/%s", indicator->query)), row_take, &counted, err, "tiit", run->boards,
                 (int64_t) run->first_year, (int64_t) run->options->school_year, indicator->argument))
        return err_frame(err, "indicator %s", indicator->name);
    Cell *cell = counted.cell;
    size_t count = counted.n_cells;
    if (count > 0)
        qsort(cell, count, sizeof *cell, cell_order);
    if (counted.n_parts > 0)
        qsort(counted.part, counted.n_parts, sizeof *counted.part, part_order);
    if (!parts_check(&counted, err))
        return err_frame(err, "indicator %s", indicator->name);
    if (!pg_copy_begin(run->db, "pg_temp.figure_in",
                       "board_no, schooljaar, indicator, breakdown, location_no, category, ord, events, persons, schools, numerator, denominator, sd, extra, subset_of, value, low, high, p_change, reason",
                       NULL, &copy, err))
        return false;
    for (size_t at = 0; at < count; at++)
        figure_put(copy, indicator, &cell[at], at && same_series(&cell[at], &cell[at - 1]) ? &cell[at - 1] : NULL);
    run->totals->figures += count;
    return pg_copy_end(copy, NULL, err) && pg_query(run->db, &sql_analyze_figure_flush, PG_NO_ROWS, NULL, err, "") && parts_store(run, &counted, err);
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
    AlarmRun alarms = {.boards = run->boards, .first_year = run->first_year, .last_year = year, .as_of = run->options->as_of};
    bool good = declared_breaks_store(run, err) && alarm_store(run->db, run->place, calendars, &alarms, &run->totals->alarms, err) && goals_store(run, indicators, err) &&
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
