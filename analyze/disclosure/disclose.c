#include "analyze/disclosure/disclose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/audience.h"
#include "analyze/disclosure/history_store.h"
#include "analyze/disclosure/outside.h"
#include "analyze/disclosure/table.h"
#include "analyze/disclosure/wall.h"
#include "analyze/indicator.h"
#include "analyze/pdca.h"
#include "common/buf.h"
#include "common/config.h"
#include "common/log.h"
#include "sql_embed.h"

typedef struct Run {
    Pg        *db;
    Arena     *batch;
    Audiences  audiences;
    Indicator *indicators;
    size_t     n_indicators;
    Wall       wall;
    int        board_no, school_year;
    const char **told; /* tables of this board in which a school can narrow the others down: left out */
    size_t     n_told, told_room;
    const char **held[AUDIENCES_MAX]; /* per audience: tables that somebody who kept everything would see through: they stay as they were */
    size_t     n_held[AUDIENCES_MAX], held_room[AUDIENCES_MAX], all_held;
    DiscloseTotals *totals;
} Run;

/* -- fetching ------------------------------------------------------------------------------------ */

static const Indicator *indicator_find(const Run *run, const char *name)
{
    for (size_t at = 0; at < run->n_indicators; at++)
        if (strcmp(run->indicators[at].name, name) == 0)
            return &run->indicators[at];
    return NULL;
}

static bool has_base(const WallTable *table, double denominator)
{
    bool same = strcmp(table->breakdown, "school") != 0;

    for (size_t at = 0; at < table->n_cells && same; at++)
        same = table->cell[at].counts.denominator == denominator;
    return same;
}

static const char *cell_key(Arena *out, int year, const char *indicator, const char *breakdown, int location_no, const char *category)
{
    return arena_format(out, "%d|%s|%s|%d|%s", year, indicator, breakdown, location_no, category);
}

static bool schools_load(Run *run, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(run->db, &sql_disclosure_schools, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    run->wall.schools = table_dimension_new(run->batch, "schools");
    for (size_t row = 0; row < pg_rows(rows); row++)
        table_code(run->wall.schools, pg_text(rows, row, 0));
    run->wall.n_schools = table_codes(run->wall.schools);
    return true;
}

/* The cells that what the larger group has beside a part is made of: those of the breakdown in which the part itself is one. NULL: there are none */
static const WallTable *beside_find(const Run *run, const WallTable *part, const char **twin)
{
    const Indicator *total = indicator_find(run, part->indicator->adds_up_to);

    for (size_t at = 0; at < run->wall.n_tables && total && total->twin_breakdown && *total->twin_category; at++) {
        const WallTable *table = &run->wall.table[at];
        *twin = total->twin_category;
        if (table->year == part->year && strcmp(table->indicator->name, total->subset_of) == 0 && strcmp(table->breakdown, total->twin_breakdown) == 0)
            return table;
    }
    return NULL;
}

static double persons_of(const WallCell *cell, long school)
{
    return school < 0 ? cell->persons : cell->own[school] > 0 ? cell->own_persons[school] : NAN;
}

/* Persons in what the larger group has beside a part: those who are in no part at all, and where it is the whole year those of each of its cells.
 * \param beside as beside_find gives it
 * \param school of it; -1 = of all */
static double rest_persons(const WallTable *table, const WallTable *beside, const char *twin, const WallCell *whole, const WallCell *part, long school)
{
    double all = persons_of(whole, school), in_part = persons_of(part, school), least = all - (isnan(in_part) ? 0 : in_part);
    bool named = !beside, whole_year = strcmp(table->breakdown, "totaal") == 0 || strcmp(table->breakdown, "school") == 0;

    if (table->indicator->disclosure != INDICATOR_CLASS_PERSONS || isnan(all))
        return NAN;
    for (size_t at = 0; beside && at < beside->n_cells; at++) {
        double persons = persons_of(&beside->cell[at], school);
        if (strcmp(beside->cell[at].category, twin) == 0 || isnan(persons))
            continue;
        named = true;
        if (whole_year)
            least = fmax(least, persons);
    }
    return named ? least : NAN; /* where nobody is named beside it the events decide */
}

/* Own events of every school in every cell, and in what the larger group has beside it. */
static bool own_load(Run *run, size_t n_cells, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    PG_AUTO rows = NULL;
    TableDimension *names = table_dimension_new(scratch, "cells");
    WallCell **cell = arena_array(scratch, n_cells + 1, sizeof *cell);

    if (!pg_query(run->db, &sql_disclosure_spread, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    for (size_t at = 0; at < run->wall.n_tables; at++)
        for (size_t one = 0; one < run->wall.table[at].n_cells; one++) {
            WallTable *table = &run->wall.table[at];
            cell[table_code(names, cell_key(scratch, table->year, table->indicator->name, table->breakdown, table->cell[one].location_no, table->cell[one].category))] = &table->cell[one];
        }
    size_t n = run->wall.n_schools;
    double *own = arena_array(run->batch, n * n_cells * 6 + 1, sizeof *own);
    for (size_t at = 0; at < run->wall.n_tables; at++)
        for (size_t one = 0; one < run->wall.table[at].n_cells; one++, own += 4 * n) {
            WallCell *its = &run->wall.table[at].cell[one];
            its->own = own;
            its->own_yes = own + n;
            its->own_persons = own + 2 * n;
            its->own_sd = own + 3 * n;
            if (!its->location_no)
                continue;
            uint32_t school = table_code_find(run->wall.schools, arena_format(scratch, "%d", its->location_no));
            own[school] = its->counts.events;
            own[n + school] = its->counts.numerator;
            own[2 * n + school] = its->persons;
            own[3 * n + school] = its->counts.sd;
        }
    for (size_t row = 0; row < pg_rows(rows); row++) {
        uint32_t at = table_code_find(names, cell_key(scratch, (int) pg_int(rows, row, 0), pg_text(rows, row, 1), pg_text(rows, row, 2), 0, pg_text(rows, row, 3)));
        uint32_t school = table_code_find(run->wall.schools, pg_text(rows, row, 4));
        if (at == UINT32_MAX)
            continue;
        ((double *) cell[at]->own)[school] = pg_real(rows, row, 5);
        ((double *) cell[at]->own_yes)[school] = pg_real(rows, row, 6);
        ((double *) cell[at]->own_persons)[school] = pg_real(rows, row, 7);
        ((double *) cell[at]->own_sd)[school] = pg_real(rows, row, 8);
    }
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        const WallTable *table = &run->wall.table[at];
        const char *twin = "";
        const WallTable *beside = beside_find(run, table, &twin);
        for (size_t one = 0; one < table->n_cells && table->indicator->subset_of; one++, own += 2 * n) {
            WallCell *its = &table->cell[one];
            uint32_t whole = table_code_find(names, cell_key(scratch, table->year, table->indicator->subset_of, table->breakdown, its->location_no, its->category));
            if (whole == UINT32_MAX)
                continue;
            long itself = its->location_no ? (long) table_code_find(run->wall.schools, arena_format(scratch, "%d", its->location_no)) : -1;
            its->rest_persons = rest_persons(table, beside, twin, cell[whole], its, itself);
            for (size_t school = 0; school < n; school++) {
                own[school] = cell[whole]->own[school] - its->own[school];
                own[n + school] = rest_persons(table, beside, twin, cell[whole], its, (long) school);
            }
            its->own_rest = own;
            its->own_rest_persons = own + n;
        }
    }
    return true;
}

static bool table_is(const WallTable *table, int year, const char *indicator, const char *breakdown)
{
    return table->year == year && strcmp(table->indicator->name, indicator) == 0 && strcmp(table->breakdown, breakdown) == 0;
}

/* Tables that were shown and are no longer in result: they are still what readers hold, of then. */
static bool gone_load(Run *run, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(run->db, &sql_disclosure_shown_tables, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    WallTable *table = arena_array(run->batch, run->wall.n_tables + pg_rows(rows) + 1, sizeof *table);
    memcpy(table, run->wall.table, run->wall.n_tables * sizeof *table);
    size_t n = run->wall.n_tables;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        int year = (int) pg_int(rows, row, 0);
        const char *name = pg_text(rows, row, 1), *breakdown = pg_text(rows, row, 2);
        bool there = false;
        for (size_t at = 0; at < run->wall.n_tables && !there; at++)
            there = table_is(&table[at], year, name, breakdown);
        if (there)
            continue;
        const Indicator *indicator = indicator_find(run, name);
        if (!indicator) { /* no longer in config/ */
            Indicator *gone = arena_alloc(run->batch, sizeof *gone);
            *gone = (Indicator){.name = arena_text(run->batch, name), .adds_up_to = arena_text(run->batch, name), .method = INDICATOR_COUNT};
            indicator = gone;
        }
        table[n++] = (WallTable){.indicator = indicator, .year = year, .breakdown = arena_text(run->batch, breakdown)};
    }
    run->wall.table = table;
    run->wall.n_tables = n;
    return true;
}

static bool tables_load(Run *run, Err *err)
{
    PG_AUTO rows = NULL;
    Arena *batch = run->batch;

    if (!pg_query(run->db, &sql_disclosure_figures, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    size_t count = pg_rows(rows);
    WallCell *cell = arena_array(batch, count + 1, sizeof *cell);
    run->wall.table = arena_array(batch, count + 1, sizeof *run->wall.table);
    run->wall.n_tables = 0;
    WallTable *table = NULL;
    for (size_t row = 0; row < count; row++) {
        const char *name = pg_text(rows, row, 1), *breakdown = pg_text(rows, row, 2);
        int year = (int) pg_int(rows, row, 0);
        const Indicator *indicator = indicator_find(run, name);
        if (!indicator)
            continue; /* an indicator that is no longer in config/ */
        if (!table || table->year != year || table->indicator != indicator || strcmp(table->breakdown, breakdown) != 0) {
            table = &run->wall.table[run->wall.n_tables++];
            *table = (WallTable){.indicator = indicator, .year = year, .breakdown = arena_text(batch, breakdown), .cell = &cell[row], .total_persons = NAN};
        }
        cell[row] = (WallCell){
            .location_no = (int) pg_int(rows, row, 3), .category = arena_text(batch, pg_text(rows, row, 4)), .ord = (int) pg_int(rows, row, 5),
            .persons = pg_real(rows, row, 7), .schools = pg_int(rows, row, 8), .p_change = pg_real(rows, row, 13), .parent_events = pg_real(rows, row, 14),
            .members = "", .n_members = 1, .rest_persons = NAN,
            .counts = {.events = pg_real(rows, row, 6), .numerator = pg_real(rows, row, 9), .denominator = pg_real(rows, row, 10),
                       .sd = pg_real(rows, row, 11), .extra = pg_real(rows, row, 12)}};
        table->n_cells++;
    }
    for (size_t at = 0; at < run->wall.n_tables; at++)
        for (size_t other = 0; other < run->wall.n_tables; other++)
            if (strcmp(run->wall.table[other].indicator->name, run->wall.table[at].indicator->adds_up_to) == 0 && run->wall.table[other].year == run->wall.table[at].year &&
                strcmp(run->wall.table[other].breakdown, "totaal") == 0 && run->wall.table[other].n_cells == 1) {
                run->wall.table[at].total_schools = (size_t) run->wall.table[other].cell[0].schools;
                run->wall.table[at].total_persons = run->wall.table[other].cell[0].persons;
                run->wall.table[at].one_base = has_base(&run->wall.table[at], run->wall.table[other].cell[0].counts.denominator);
            }
    return own_load(run, count, err) && gone_load(run, err);
}

/* -- storing ------------------------------------------------------------------------------------- */

/* What a reader could count with himself: the printed number, and of shares and means the printed value. Everything else that is said of a cell (its margin, how sure a change
 * is, a ratio with a share in it) follows from this, and so tells nothing that is not printed. */
static IndicatorCounts counts_printed(const Run *run, const WallTable *table, const WallCell *cell)
{
    const Indicator *indicator = table->indicator, *share = indicator->method == INDICATOR_RATIO ? indicator_find(run, indicator->share_of) : indicator;
    IndicatorCounts counts = cell->counts;

    if (indicator->method == INDICATOR_RATE || indicator->method == INDICATOR_COUNT || !(counts.denominator > 0))
        return counts;
    if (share->in_fives && indicator->disclosure != INDICATOR_CLASS_PROCESS) /* of a process it is the pupils or cases, and those are known */
        counts.denominator = 5 * round(counts.denominator / 5);
    if (indicator->method == INDICATOR_MEAN) {
        counts.numerator = indicator_rounded(indicator, counts.numerator);
        counts.sd = round(counts.sd * 10) / 10;
        return counts;
    }
    if (indicator->disclosure == INDICATOR_CLASS_PROCESS && indicator->in_fives) { /* pupils are public: the percentage would tell how many answered */
        counts.numerator = fmin(5 * round(counts.numerator / 5), counts.denominator);
        return counts;
    }
    double part = indicator_rounded(share, 100 * cell->counts.numerator / cell->counts.denominator) / 100 * counts.denominator;
    counts.numerator = indicator->method == INDICATOR_SHARE ? round(part) : part;
    return counts;
}

/* The value as printed and its margin. */
static Estimate estimate_printed(const Run *run, const WallTable *table, const WallCell *cell, const char **reason)
{
    IndicatorCounts counts = counts_printed(run, table, cell);
    Estimate estimate;

    if (!indicator_value(table->indicator, &counts, &estimate, reason))
        return (Estimate){NAN, NAN, NAN};
    if (table->indicator->method == INDICATOR_SHARE && !(table->indicator->disclosure == INDICATOR_CLASS_PROCESS && table->indicator->in_fives))
        estimate.value = 100 * cell->counts.numerator / cell->counts.denominator;
    return (Estimate){indicator_rounded(table->indicator, estimate.value), indicator_rounded(table->indicator, estimate.low), indicator_rounded(table->indicator, estimate.high)};
}

static double before_p(const Run *run, const WallTable *table, size_t audience, const WallCell *cell)
{
    if (cell->n_members > 1 || isnan(cell->p_change))
        return NAN;
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        const WallTable *other = &run->wall.table[at];
        if (other->indicator != table->indicator || other->year != table->year - 1 || strcmp(other->breakdown, table->breakdown) != 0)
            continue;
        for (size_t before = 0; before < other->n_out[audience]; before++) {
            const WallCell *then = &other->out[audience][before];
            if (then->location_no != cell->location_no || then->n_members != 1 || strcmp(then->category, cell->category) != 0)
                continue;
            IndicatorCounts counts = counts_printed(run, table, cell), past = counts_printed(run, other, then);
            return indicator_compare(table->indicator, &counts, &past);
        }
    }
    return NAN;
}

/* Only how sure a change is may be known, in the four classes that reports name. */
static double p_class(double p)
{
    return isnan(p) ? p : p < 0.01 ? 0.005 : p < 0.05 ? 0.03 : p < 0.2 ? 0.1 : 0.5;
}

static void figure_put(PgCopy *copy, const Run *run, const WallTable *table, size_t audience, const WallCell *cell)
{
    const char *reason;
    Estimate estimate = estimate_printed(run, table, cell, &reason);
    PgRow *to = pg_copy_row(copy, 21);
    pgrow_text(to, run->audiences.item[audience].name);
    pgrow_int4(to, run->board_no);
    pgrow_int2(to, table->year);
    pgrow_text(to, table->indicator->name);
    pgrow_text(to, table->breakdown);
    pgrow_int4(to, cell->location_no);
    pgrow_text(to, cell->category);
    pgrow_text(to, cell->members);
    pgrow_int4(to, cell->n_members);
    pgrow_int4(to, cell->ord);
    pgrow_int8(to, wall_events(table, cell));
    pgrow_int4(to, (int32_t) (cell->schools < 3 ? cell->schools : 3)); /* three or more: how many would tell what each can have */
    /* The denominators of rates are public (pupils on 1 October); those of shares are the events already. */
    pgrow_real(to, table->indicator->method == INDICATOR_RATE ? cell->counts.denominator : NAN);
    pgrow_real(to, estimate.value);
    pgrow_real(to, estimate.low);
    pgrow_real(to, estimate.high);
    pgrow_text(to, reason);
    pgrow_int2(to, run->audiences.item[audience].threshold);
    pgrow_real(to, table->indicator->disclosure == INDICATOR_CLASS_SURVEY ? 0.5 * pow(10, -table->indicator->decimals) : NAN);
    pgrow_bool(to, table->indicator->disclosure == INDICATOR_CLASS_OVERLAP);
    pgrow_int2(to, table->indicator->decimals);
}

/* The p-values are kept apart from figure_put's columns because they need the other year's decision. */
static bool changes_store(Run *run, size_t audience, Err *err)
{
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        const WallTable *table = &run->wall.table[at];
        for (size_t one = 0; one < table->n_out[audience]; one++) {
            const WallCell *cell = &table->out[audience][one];
            double p = before_p(run, table, audience, cell);
            if (isnan(p) || (strcmp(table->breakdown, "totaal") != 0 && strcmp(table->breakdown, "school") != 0))
                continue;
            if (!pg_query(run->db, &sql_disclosure_change_set, PG_NO_ROWS, NULL, err, "tiittitd", run->audiences.item[audience].name, (int64_t) run->board_no,
                          (int64_t) table->year, table->indicator->name, table->breakdown, (int64_t) cell->location_no, cell->category, p_class(p)))
                return false;
        }
    }
    return true;
}

static bool audience_stage(Run *run, size_t audience, Err *err)
{
    const Audience *who = &run->audiences.item[audience];
    PgCopy *copy;

    if (!pg_copy_begin(run->db, "pg_temp.figure_new",
                       "audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, ord, events, schools, denominator, value, low, high, reason, threshold, rounding, overlap, decimals",
                       NULL, &copy, err))
        return false;
    for (size_t at = 0; at < run->wall.n_tables; at++)
        for (size_t cell = 0; cell < run->wall.table[at].n_out[audience]; cell++)
            figure_put(copy, run, &run->wall.table[at], audience, &run->wall.table[at].out[audience][cell]);
    if (!pg_copy_end(copy, NULL, err) ||
        !pg_copy_begin(run->db, "pg_temp.decision_new", "audience, board_no, schooljaar, indicator, breakdown, decision, reason, stale, threshold", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        const WallTable *table = &run->wall.table[at];
        if (table->n_cells == 0 && !wall_known(&run->wall, table, audience))
            continue; /* gone, and never shown here */
        PgRow *to = pg_copy_row(copy, 9);
        pgrow_text(to, who->name);
        pgrow_int4(to, run->board_no);
        pgrow_int2(to, table->year);
        pgrow_text(to, table->indicator->name);
        pgrow_text(to, table->breakdown);
        pgrow_text(to, table->decision[audience]);
        pgrow_text(to, table->reason[audience]);
        pgrow_bool(to, table->stale[audience]);
        pgrow_int2(to, who->threshold);
    }
    return pg_copy_end(copy, NULL, err);
}

/* A goal is judged by the values that are printed: those behind them would tell more than they do. */
static bool goals_judge(Run *run, const char *audience, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(run->db, &sql_disclosure_goals_shown, PG_ANY_ROWS, &rows, err, "tii", audience, (int64_t) run->board_no, (int64_t) run->school_year))
        return false;
    for (size_t row = 0; row < pg_rows(rows); row++) {
        const Indicator *indicator = indicator_find(run, pg_text(rows, row, 2));
        const char *reason;
        PdcaGoal goal = {.baseline = pg_real(rows, row, 4), .target = pg_real(rows, row, 5), .current = pg_real(rows, row, 7), .low = pg_real(rows, row, 8), .high = pg_real(rows, row, 9),
                         .direction = indicator ? indicator->direction : 0, .started = date_school_year_end((int) pg_int(rows, row, 3)), .due = pg_date(rows, row, 6),
                         .measured = date_school_year_end(run->school_year)};
        PdcaStatus status = pdca_status(&goal, &reason);
        if (!pg_query(run->db, &sql_disclosure_goal_judge, PG_NO_ROWS, NULL, err, "tiiiitt", audience, (int64_t) run->board_no, (int64_t) run->school_year, pg_int(rows, row, 0),
                      pg_int(rows, row, 1), pdca_status_name(status), reason))
            return false;
    }
    return true;
}

static bool audience_publish(Run *run, size_t audience, const char *fingerprint, Err *err)
{
    const Audience *who = &run->audiences.item[audience];
    PG_AUTO certificate = NULL;

    return pg_query(run->db, &sql_disclosure_figure_replace, PG_NO_ROWS, NULL, err, "tii", who->name, (int64_t) run->board_no, (int64_t) run->school_year) &&
           changes_store(run, audience, err) &&
           pg_query(run->db, &sql_disclosure_ledger_add, PG_NO_ROWS, NULL, err, "ti", who->name, (int64_t) run->board_no) &&
           pg_query(run->db, &sql_disclosure_others_store, PG_NO_ROWS, NULL, err, "tii", who->name, (int64_t) run->board_no, (int64_t) run->school_year) &&
           goals_judge(run, who->name, err) &&
           pg_query(run->db, &sql_disclosure_certificate_store, PG_ONE_ROW, &certificate, err, "tiiit", who->name, (int64_t) run->board_no,
                    (int64_t) run->school_year, (int64_t) who->threshold, fingerprint);
}

/* A table in which a school can narrow the others down, once. */
static void told_add(Run *run, const char *table)
{
    for (size_t at = 0; at < run->n_told; at++)
        if (strcmp(run->told[at], table) == 0)
            return;
    run->told = arena_grow(run->batch, run->told, run->n_told, &run->told_room, sizeof *run->told);
    run->told[run->n_told++] = table;
}

static void told_mark(Run *run)
{
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        WallTable *table = &run->wall.table[at];
        const char *name = arena_format(run->batch, "%d|%s|%s", table->year, table->indicator->name, table->breakdown);
        for (size_t told = 0; told < run->n_told; told++)
            table->told = table->told || strcmp(run->told[told], name) == 0;
    }
}

/* What must stay as it was. Texts of the loop over one board: they outlive the try that found them. */
static void held_add(Run *run, size_t audience, const HistoryReport *report)
{
    for (size_t at = 0; at < report->n_held; at++) {
        bool there = false;
        for (size_t other = 0; other < run->n_held[audience]; other++)
            there = there || strcmp(run->held[audience][other], report->held[at]) == 0;
        if (there)
            continue;
        run->held[audience] = arena_grow(run->batch, run->held[audience], run->n_held[audience], &run->held_room[audience], sizeof *run->held[audience]);
        run->held[audience][run->n_held[audience]++] = report->held[at];
        run->all_held++;
    }
}

static void held_mark(Run *run, size_t audience)
{
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        WallTable *table = &run->wall.table[at];
        const char *name = arena_format(run->batch, "%d|%s|%s", table->year, table->indicator->name, table->breakdown);
        for (size_t held = 0; held < run->n_held[audience]; held++)
            if (strcmp(run->held[audience][held], name) == 0)
                wall_stale(table, audience);
    }
}

/* Schools attack what the narrowest audience holds, and what a wider one does that asks for more: a coarser part of what was safe by the same threshold is safe. */
static bool schools_attack(const Audiences *audiences, size_t audience)
{
    bool more = true;

    for (size_t at = 0; at < audience; at++)
        more = more && audiences->item[audience].threshold > audiences->item[at].threshold;
    return more;
}

/* Who kept every report that this audience was shown, and each school that did. *told: so many groups he would find too much of */
static bool kept_attack(Run *run, size_t audience, size_t *told, const char **first, Err *err)
{
    int *schools = arena_array(run->batch, run->wall.n_schools + 1, sizeof *schools);
    HistoryReport report = {0};
    HistoryBoard kept = {.holds = audiences_held(run->batch, &run->audiences, run->audiences.item[audience].name), .board_no = run->board_no,
                         .threshold = run->audiences.item[audience].threshold, .own = true, .schools = schools, .n_schools = schools_attack(&run->audiences, audience) ? run->wall.n_schools : 0};

    for (size_t at = 0; at < run->wall.n_schools; at++)
        schools[at] = atoi(table_code_text(run->wall.schools, (uint32_t) at));
    if (!history_board(run->batch, run->db, &kept, run->indicators, run->n_indicators, &report, err))
        return false;
    *told = report.n_told;
    *first = report.first;
    held_add(run, audience, &report);
    return true;
}

/* Does something hide in this table, as it would be new for this audience? */
static bool has_unions(const WallTable *table, size_t audience)
{
    for (size_t at = 0; at < table->n_out[audience]; at++)
        if (table->out[audience][at].n_members > 1)
            return true;
    return false;
}

/* What one school knows of the groups that hide in tables of this audience. \return false: nothing */
static bool insider_make(const Run *run, size_t audience, size_t school, OutsideInsider *insider)
{
    size_t room = 0;
    OutsideOwn *own = NULL;

    insider->n = 0;
    for (size_t at = 0; at < run->wall.n_tables; at++) {
        const WallTable *table = &run->wall.table[at];
        bool share = table->indicator->disclosure == INDICATOR_CLASS_SURVEY;
        for (size_t one = 0; one < table->n_cells && has_unions(table, audience); one++) {
            const WallCell *cell = &table->cell[one];
            double rest = cell->own_rest ? cell->own_rest[school] : 0;
            if (!(cell->own[school] > 0) && !(rest > 0))
                continue;
            int64_t n = (int64_t) cell->own[school], yes = share && isfinite(cell->own_yes[school]) ? (int64_t) cell->own_yes[school] : -1;
            own = arena_grow(run->batch, own, insider->n, &room, sizeof *own);
            own[insider->n++] = (OutsideOwn){.school_year = table->year, .indicator = table->indicator->name, .breakdown = table->breakdown,
                                             .label = cell->location_no ? arena_format(run->batch, "%d", cell->location_no) : cell->category, .all = cell->location_no != 0,
                                             .n = n, .yes = yes, .no = yes < 0 ? -1 : n - yes,
                                             .whole = table->indicator->subset_of, .rest = (int64_t) rest};
        }
    }
    insider->own = own;
    return insider->n > 0;
}

/* What schools can subtract that kept earlier releases. \return false: error; *told: how many groups tell one of them too much of the others */
static bool insiders_moved(Run *run, const Audience *audience, size_t *told, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(run->db, &sql_disclosure_insiders_moved, PG_ONE_ROW, &rows, err, "tiit", audience->name, (int64_t) run->board_no, (int64_t) audience->threshold,
                  indicator_names_in_fives(run->batch, run->indicators, run->n_indicators)))
        return err_frame(err, "board %d, audience %s", run->board_no, audience->name);
    *told = (size_t) pg_int(rows, 0, 1);
    return true;
}

/* What an attacker cannot make sense of is no error of the run: this board keeps what it had. \return false: it is another error */
static bool refused(const Run *run, const Audience *audience, bool *safe, Err *err)
{
    if (err->kind != ERR_DISCLOSURE)
        return err_frame(err, "board %d, audience %s", run->board_no, audience->name);
    log_error("board %d, audience %s: not released: %s", run->board_no, audience->name, err->text);
    *err = (Err){0};
    *safe = false;
    return true;
}

/* The attacker outside, on what stands in this transaction, and every school that knows its own records. *safe false: one of them found something. */
static bool board_attack(Run *run, bool *safe, Err *err)
{
    OutsideInsider *insider = arena_array(run->batch, run->wall.n_schools + 1, sizeof *insider);

    *safe = true;
    for (size_t at = 0; at < run->audiences.n; at++) {
        size_t n_insiders = 0;
        for (size_t school = 0; school < run->wall.n_schools && schools_attack(&run->audiences, at); school++)
            n_insiders += insider_make(run, at, school, &insider[n_insiders]);
        const Audience *audience = &run->audiences.item[at];
        OutsideReport report = {.audience = audience->name, .holds = audiences_held(run->batch, &run->audiences, audience->name), .board_no = run->board_no,
                                .threshold = audience->threshold, .narrowest = -1};
        if (!outside_board(run->batch, run->db, run->indicators, run->n_indicators, insider, n_insiders, &report, err)) {
            if (!refused(run, audience, safe, err))
                return false;
            continue;
        }
        if (!pg_query(run->db, &sql_disclosure_certificate_attack, PG_NO_ROWS, NULL, err, "tiiiiiiii", audience->name, (int64_t) run->board_no,
                      (int64_t) run->school_year, (int64_t) report.n_cells, (int64_t) (report.n_lines + report.n_ranges), (int64_t) report.n_hidden,
                      (int64_t) report.n_programs, report.narrowest, (int64_t) report.n_insiders))
            return err_frame(err, "board %d, audience %s", run->board_no, audience->name);
        size_t moved = 0, kept = 0, held = run->all_held;
        const char *first = NULL;
        if (!insiders_moved(run, audience, &moved, err))
            return false;
        if (!kept_attack(run, at, &kept, &first, err)) {
            if (!refused(run, audience, safe, err))
                return false;
            continue;
        }
        for (size_t table = 0; table < report.n_told; table++)
            told_add(run, report.told[table]);
        if (outside_stands(&report) && !moved && !kept)
            continue;
        *safe = false;
        if (moved)
            log_error("board %d, audience %s: not released: %zu groups moved so that a school that takes off its own finds too few of the others", run->board_no, audience->name, moved);
        if (kept && run->all_held > held)
            log_debug("board %d, audience %s: who kept all reports would find %zu groups; first: %s; trying without what is new of them", run->board_no, audience->name, kept, first);
        else if (kept)
            log_error("board %d, audience %s: not released: who kept all reports would find %zu groups; look first at %s", run->board_no, audience->name, kept, first);
        if (report.n_small || report.n_narrow || report.n_moved)
            log_error("board %d, audience %s: not released: %zu counts too small, %zu hidden groups narrowed down, %zu corrections too small to hide; look first at %s",
                      run->board_no, audience->name, report.n_small, report.n_narrow, report.n_moved, report.first ? report.first : err_word("the corrections"));
    }
    return true;
}

/* What counts alone do not tell: values that moved while counts did not, and what wholes leave beside their parts. *more: something became stale. */
static bool stale_find(Run *run, bool *more, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(run->db, &sql_disclosure_ledger_unsafe, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    *more = pg_rows(rows) > 0;
    for (size_t row = 0; row < pg_rows(rows); row++)
        for (size_t audience = 0; audience < run->audiences.n; audience++)
            for (size_t at = 0; at < run->wall.n_tables && strcmp(run->audiences.item[audience].name, pg_text(rows, row, 0)) == 0; at++) {
                WallTable *table = &run->wall.table[at];
                if (table_is(table, (int) pg_int(rows, row, 1), pg_text(rows, row, 2), pg_text(rows, row, 3)))
                    wall_stale(table, audience);
            }
    return true;
}

/* Until all that would be new can stand beside everything that was shown. */
static bool stage(Run *run, Err *err)
{
    for (bool more = true; more;) {
        wall_stale_spread(&run->wall);
        if (!pg_script(run->db, &sql_disclosure_stage_clear, err))
            return false;
        for (size_t audience = 0; audience < run->audiences.n; audience++)
            if (!audience_stage(run, audience, err))
                return err_frame(err, "board %d, audience %s", run->board_no, run->audiences.item[audience].name);
        if (!stale_find(run, &more, err))
            return false;
    }
    return pg_query(run->db, &sql_disclosure_ledger_keep, PG_NO_ROWS, NULL, err, "i", (int64_t) run->board_no);
}

/* *safe false: nothing may be committed */
static bool board_run(Run *run, const char *fingerprint, bool dry_run, bool *safe, Err *err)
{
    run->wall = (Wall){.memory = run->batch, .audiences = &run->audiences};
    if (!pg_begin(run->db, err) || !pg_script(run->db, &sql_disclosure_stage_begin, err) || !schools_load(run, err) || !tables_load(run, err) ||
        !earlier_load(run->batch, run->db, run->board_no, run->indicators, run->n_indicators, run->wall.schools, &run->wall.earlier, err))
        return false;
    told_mark(run);
    for (size_t audience = 0; audience < run->audiences.n; audience++) {
        wall_build(&run->wall, audience);
        held_mark(run, audience);
    }
    if (!stage(run, err))
        return false;
    for (size_t audience = 0; audience < run->audiences.n; audience++)
        for (size_t at = 0; at < run->wall.n_tables; at++) {
            const char *decision = run->wall.table[at].decision[audience];
            run->totals->tables++;
            run->totals->cells += run->wall.table[at].n_out[audience];
            run->totals->released += decision[0] == 'r';
            run->totals->coarsened += decision[0] == 'c';
            run->totals->withheld += decision[0] == 'w';
        }
    for (size_t audience = 0; audience < run->audiences.n; audience++)
        if (!audience_publish(run, audience, fingerprint, err))
            return err_frame(err, "board %d, audience %s", run->board_no, run->audiences.item[audience].name);
    if (!pg_query(run->db, &sql_disclosure_ledger_moment_add, PG_NO_ROWS, NULL, err, "i", (int64_t) run->board_no) ||
        !pg_query(run->db, &sql_disclosure_ledger_kept_add, PG_NO_ROWS, NULL, err, "i", (int64_t) run->board_no) ||
        !pg_query(run->db, &sql_disclosure_spread_shown_add, PG_NO_ROWS, NULL, err, "i", (int64_t) run->board_no) || !board_attack(run, safe, err))
        return false;
    PG_AUTO statistics = NULL;
    return pg_query(run->db, &sql_ops_statistics, PG_ONE_ROW, &statistics, err, "t", "release") && (dry_run || !*safe || pg_commit(run->db, err));
}

bool disclose_run(const char *dsn, const Place *place, const DiscloseOptions *options, DiscloseTotals *totals, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;
    PG_AUTO boards = NULL;
    Run run = {.school_year = options->school_year, .totals = totals};
    bool got;

    memset(totals, 0, sizeof *totals);
    if (!audiences_load(arena, place, &run.audiences, err) || !indicator_load_all(arena, place, &run.indicators, &run.n_indicators, err) ||
        !pg_open(&db, dsn, err) || !pg_lock_try(db, "disclose", &got, err))
        return false;
    if (!got)
        return err_set(err, ERR_DB, "another run is disclosing from this database; wait for it to end");
    run.db = db;
    BUF_AUTO asked = {0};
    for (size_t at = 0; at < run.audiences.n; at++)
        buf_format(&asked, "%s%s:%d", at ? "," : "", run.audiences.item[at].name, run.audiences.item[at].threshold);
    if (!pg_query(db, &sql_disclosure_boards, PG_ANY_ROWS, &boards, err, "iit", (int64_t) options->school_year, (int64_t) options->board, asked.data))
        return false;
    totals->boards = pg_rows(boards);
    progress_begin("disclose", (double) totals->boards);
    for (size_t row = 0; row < pg_rows(boards); row++) {
        ARENA_AUTO batch = arena_new();
        progress_update((double) row);
        if (pg_bool(boards, row, 2))
            continue; /* certified from these very results already */
        totals->computed++;
        run.batch = batch;
        run.board_no = (int) pg_int(boards, row, 0);
        run.told = NULL;
        run.n_told = run.told_room = run.all_held = 0;
        memset(run.held, 0, sizeof run.held);
        memset(run.n_held, 0, sizeof run.n_held);
        memset(run.held_room, 0, sizeof run.held_room);
        bool safe;
        size_t told, held;
        DiscloseTotals before = *totals;
        do { /* once more without what a school, or who kept everything, would see through, until nothing is left */
            told = run.n_told;
            held = run.all_held;
            *totals = before;
            bool good = board_run(&run, pg_text(boards, row, 1), options->dry_run, &safe, err);
            pg_rollback(db);
            if (!good)
                return false;
        } while (!safe && (run.n_told > told || run.all_held > held));
        totals->refused += !safe;
    }
    progress_end();
    PG_AUTO kept = NULL;
    if (!pg_query(db, &sql_disclosure_kept_count, PG_ONE_ROW, &kept, err, "i", (int64_t) options->school_year))
        return false;
    totals->kept = (size_t) pg_int(kept, 0, 0);
    return true;
}

bool disclose_verify(const char *dsn, size_t *n_certificates, size_t *n_bad, Err *err)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO rows = NULL;

    if (!pg_open(&db, dsn, err) || !pg_query(db, &sql_disclosure_verify, PG_ANY_ROWS, &rows, err, ""))
        return false;
    *n_certificates = pg_rows(rows);
    *n_bad = 0;
    for (size_t row = 0; row < pg_rows(rows); row++)
        *n_bad += !pg_bool(rows, row, 3);
    return true;
}
