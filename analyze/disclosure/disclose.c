#include "analyze/disclosure/disclose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/audience.h"
#include "analyze/disclosure/outside.h"
#include "analyze/disclosure/partition.h"
#include "analyze/indicator.h"
#include "common/buf.h"
#include "common/config.h"
#include "common/log.h"
#include "sql_embed.h"

enum { HOLDERS_MIN = 3 };
enum { CLASS_PERSONS, CLASS_SURVEY, CLASS_MEAN, CLASS_PROCESS, CLASS_OVERLAP }; /* order of INDICATOR_CLASSES */
/* One cell as analyzed, or a union of such cells. */
typedef struct Cell {
    int             location_no, ord;
    const char     *category;
    double          persons;
    int64_t         schools;
    IndicatorCounts counts;
    double          parent_events; /* of the indicator this one is a subset of; NaN = no parent */
    double          p_change;
    /* after the wall */
    const char     *members; /* "" unless a union */
    int             n_members;
} Cell;

typedef struct Table {
    const Indicator *indicator;
    int              year;
    const char      *breakdown;
    Cell            *cell;
    size_t           n_cells;
    double           total_persons;
    size_t           total_schools; /* that have something in it */
    bool             one_base; /* every group is counted over the same pupils as the total (forms, places; not schools, groups, months) */
    /* per audience, after the wall */
    Cell            *out[AUDIENCES_MAX];
    size_t           n_out[AUDIENCES_MAX];
    const char      *decision[AUDIENCES_MAX], *reason[AUDIENCES_MAX];
} Table;

typedef struct Run {
    Pg        *db;
    Arena     *batch;
    Audiences  audiences;
    Indicator *indicators;
    size_t     n_indicators;
    Table     *table;
    size_t     n_tables;
    int        board_no, school_year;
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

static bool has_base(const Table *table, double denominator)
{
    bool same = strcmp(table->breakdown, "school") != 0;

    for (size_t at = 0; at < table->n_cells && same; at++)
        same = table->cell[at].counts.denominator == denominator;
    return same;
}

static bool tables_load(Run *run, Err *err)
{
    PG_AUTO rows = NULL;
    Arena *batch = run->batch;

    if (!pg_query(run->db, &sql_disclosure_figures, PG_ANY_ROWS, &rows, err, "i", (int64_t) run->board_no))
        return false;
    size_t count = pg_rows(rows);
    Cell *cell = arena_array(batch, count + 1, sizeof *cell);
    run->table = arena_array(batch, count + 1, sizeof *run->table);
    run->n_tables = 0;
    Table *table = NULL;
    for (size_t row = 0; row < count; row++) {
        const char *name = pg_text(rows, row, 1), *breakdown = pg_text(rows, row, 2);
        int year = (int) pg_int(rows, row, 0);
        const Indicator *indicator = indicator_find(run, name);
        if (!indicator)
            continue; /* an indicator that is no longer in config/ */
        if (!table || table->year != year || table->indicator != indicator || strcmp(table->breakdown, breakdown) != 0) {
            table = &run->table[run->n_tables++];
            *table = (Table){.indicator = indicator, .year = year, .breakdown = arena_text(batch, breakdown), .cell = &cell[row], .total_persons = NAN};
        }
        cell[row] = (Cell){
            .location_no = (int) pg_int(rows, row, 3), .category = arena_text(batch, pg_text(rows, row, 4)), .ord = (int) pg_int(rows, row, 5),
            .persons = pg_real(rows, row, 7), .schools = pg_int(rows, row, 8), .p_change = pg_real(rows, row, 13), .parent_events = pg_real(rows, row, 14),
            .members = "", .n_members = 1,
            .counts = {.events = pg_real(rows, row, 6), .numerator = pg_real(rows, row, 9), .denominator = pg_real(rows, row, 10),
                       .sd = pg_real(rows, row, 11), .extra = pg_real(rows, row, 12)}};
        table->n_cells++;
    }
    for (size_t at = 0; at < run->n_tables; at++)
        for (size_t other = 0; other < run->n_tables; other++)
            if (strcmp(run->table[other].indicator->name, run->table[at].indicator->adds_up_to) == 0 && run->table[other].year == run->table[at].year &&
                strcmp(run->table[other].breakdown, "totaal") == 0 && run->table[other].n_cells == 1) {
                run->table[at].total_schools = (size_t) run->table[other].cell[0].schools;
                run->table[at].total_persons = run->table[other].cell[0].persons;
                run->table[at].one_base = has_base(&run->table[at], run->table[other].cell[0].counts.denominator);
            }
    return true;
}

/* -- unions of cells ----------------------------------------------------------------------------- */

static double add(double a, double b)
{
    return isnan(a) ? b : isnan(b) ? a : a + b;
}

static const char *cell_label(Arena *out, const Cell *cell)
{
    return cell->n_members > 1 ? cell->members : cell->location_no ? arena_format(out, "%d", cell->location_no) : cell->category;
}

/* Pooled mean and standard deviation need the sums, so a mean's counts are merged by their own formula. What is counted over the same pupils is over the
 * same pupils together too. */
static void cell_join(Arena *out, const Table *table, Cell *into, const Cell *more)
{
    if (table->indicator->method == INDICATOR_MEAN) {
        double n1 = into->counts.denominator, n2 = more->counts.denominator, m1 = into->counts.numerator, m2 = more->counts.numerator;
        double s1 = isnan(into->counts.sd) ? 0 : into->counts.sd, s2 = isnan(more->counts.sd) ? 0 : more->counts.sd;
        double n = n1 + n2, m = (n1 * m1 + n2 * m2) / n;
        double squares = (n1 - 1) * s1 * s1 + (n2 - 1) * s2 * s2 + n1 * (m1 - m) * (m1 - m) + n2 * (m2 - m) * (m2 - m);
        into->counts.numerator = m;
        into->counts.denominator = n;
        into->counts.sd = n > 1 ? sqrt(squares / (n - 1)) : 0;
    } else {
        into->counts.numerator = add(into->counts.numerator, more->counts.numerator);
        if (!table->one_base)
            into->counts.denominator = add(into->counts.denominator, more->counts.denominator);
        into->counts.extra = add(into->counts.extra, more->counts.extra);
    }
    into->members = arena_format(out, "%s,%s", cell_label(out, into), cell_label(out, more));
    into->counts.events = add(into->counts.events, more->counts.events);
    into->parent_events = add(into->parent_events, more->parent_events);
    into->persons = isnan(into->persons) ? more->persons : isnan(more->persons) ? into->persons : fmax(into->persons, more->persons);
    /* of anything but schools the same ones may be in both: at least so many */
    into->schools = strcmp(table->breakdown, "school") == 0 ? into->schools + more->schools : into->schools > more->schools ? into->schools : more->schools;
    into->n_members += more->n_members;
    into->ord = more->ord < into->ord ? more->ord : into->ord;
    into->p_change = NAN;
}

/* What must be 0 or at least the threshold, by the indicator's class. */
static PartitionCell cell_measures(const Table *table, const Cell *cell)
{
    PartitionCell part = {.persons = NAN, .measure = {NAN, NAN, NAN, NAN}, .holders = (size_t) cell->schools};

    switch (table->indicator->disclosure) {
    case CLASS_PERSONS:
    case CLASS_OVERLAP:
        part.measure[0] = cell->counts.events;
        part.persons = cell->persons;
        if (!isnan(cell->parent_events)) /* the rest of the larger group is published by subtraction */
            part.measure[1] = cell->parent_events - cell->counts.events;
        if (table->indicator->method == INDICATOR_RATIO) { /* events over pupils estimated from a share: the share can be worked out again */
            part.measure[2] = cell->counts.numerator;
            part.measure[3] = cell->counts.denominator - cell->counts.numerator;
            part.strict[2] = part.strict[3] = true;
        }
        break;
    case CLASS_SURVEY: /* yes and no, and nobody and everybody are answers too */
        part.measure[0] = cell->counts.denominator;
        part.measure[1] = cell->counts.numerator;
        part.measure[2] = cell->counts.denominator - cell->counts.numerator;
        part.strict[0] = part.strict[1] = part.strict[2] = true;
        break;
    case CLASS_MEAN:
        part.measure[0] = cell->counts.denominator;
        part.strict[0] = true;
        /* All pupils gave one answer: then the mean tells what each of them said. */
        if (!isnan(cell->counts.sd))
            part.measure[1] = cell->counts.sd > 0 ? cell->counts.denominator : 0;
        part.strict[1] = !isnan(cell->counts.sd);
        break;
    case CLASS_PROCESS:
        part.measure[0] = cell->counts.denominator;
        if (!isnan(cell->parent_events))
            part.measure[1] = cell->parent_events - cell->counts.denominator;
        break;
    default: break;
    }
    return part;
}

/* -- the wall, per table and audience ------------------------------------------------------------ */

static void decide(Table *table, size_t audience, const char *decision, const char *reason)
{
    table->decision[audience] = decision;
    table->reason[audience] = reason;
}

static void cells_whole(Table *table, size_t audience, const Cell *cells, size_t n, const char *decision)
{
    table->out[audience] = (Cell *) cells;
    table->n_out[audience] = n;
    decide(table, audience, decision, "");
}

/* Of what is hidden in a remainder by two schools, each finds the other's. Where there are no three, the board's figures are theirs anyway. */
static size_t holders_asked(const Table *table)
{
    return table->total_schools < HOLDERS_MIN ? table->total_schools : HOLDERS_MIN;
}

/* School-year quarters and halves: August to October is the first. ord of a month is 0 for August. */
static int period_group(int ord, int months)
{
    return ord / months;
}

static void wall_months(Run *run, Table *table, size_t audience, const Cell *cells, size_t n, PartitionCell *parts, const char *base)
{
    static const struct { int months; const char *name, *reason; } level[] = {
        {1, "", ""}, {3, "kwartaal", "per kwartaal in plaats van per maand"}, {6, "halfjaar", "per halfjaar in plaats van per maand"}};
    int *group = arena_array(run->batch, n + 1, sizeof *group);
    PartitionRules rules = {.threshold = run->audiences.item[audience].threshold, .holders_min = holders_asked(table)};

    for (size_t at = 0; at < sizeof level / sizeof *level; at++) {
        for (size_t cell = 0; cell < n; cell++)
            group[cell] = period_group(cells[cell].ord, level[at].months);
        if (!partition_groups_safe(parts, group, n, 12, &rules))
            continue;
        if (level[at].months == 1) {
            cells_whole(table, audience, cells, n, base);
            return;
        }
        Cell *out = arena_array(run->batch, n + 1, sizeof *out);
        size_t made = 0;
        for (int wanted = 0; wanted < 12; wanted++) {
            bool first = true;
            for (size_t cell = 0; cell < n; cell++) {
                if (group[cell] != wanted)
                    continue;
                if (first) {
                    out[made] = cells[cell];
                    first = false;
                } else {
                    cell_join(run->batch, table, &out[made], &cells[cell]);
                }
            }
            if (!first) {
                out[made].category = arena_format(run->batch, "%s %d", level[at].name, wanted + 1);
                out[made].ord = wanted * level[at].months;
                made++;
            }
        }
        table->out[audience] = out;
        table->n_out[audience] = made;
        decide(table, audience, "coarsened", level[at].reason);
        return;
    }
    decide(table, audience, "withheld", "ook per halfjaar te weinig waarnemingen of scholen");
}

static void wall_merge(Run *run, Table *table, size_t audience, const Cell *cells, size_t n, PartitionCell *parts, const char *base)
{
    bool schools = strcmp(table->breakdown, "school") == 0;
    PartitionRules rules = {.threshold = run->audiences.item[audience].threshold, .total_persons = table->total_persons, .members_min = schools ? HOLDERS_MIN : 2,
                            .holders_min = schools ? 0 : holders_asked(table)};
    PartitionResult result = partition_solve(parts, n, &rules);

    if (result == PARTITION_WHOLE) {
        cells_whole(table, audience, cells, n, base);
        return;
    }
    if (result == PARTITION_WITHHELD) {
        decide(table, audience, "withheld", "te weinig waarnemingen of scholen om uit te splitsen");
        return;
    }
    /* There is one remainder: what the narrower audience merged goes into it, or two groups would carry one name. */
    for (size_t at = 0; at < n; at++)
        parts[at].merged = parts[at].merged || strcmp(cells[at].category, "*") == 0;
    Cell *out = arena_array(run->batch, n + 1, sizeof *out);
    size_t made = 0;
    Cell rest = {0};
    for (size_t at = 0; at < n; at++) {
        if (!parts[at].merged)
            out[made++] = cells[at];
        else if (rest.n_members == 0)
            rest = cells[at];
        else
            cell_join(run->batch, table, &rest, &cells[at]);
    }
    /* The surer of the two lower bounds for the persons of the union, so that a wider audience does not merge it again for nothing. */
    double outside = 0;
    for (size_t at = 0; at < n; at++)
        if (!parts[at].merged && cells[at].counts.events > 0)
            outside += cells[at].persons; /* NaN where unknown: then there is no such bound */
    if (!isnan(rest.persons) && !isnan(outside) && !isnan(table->total_persons))
        rest.persons = fmax(rest.persons, table->total_persons - outside);
    rest.category = "*";
    rest.location_no = 0;
    rest.ord = 1000;
    out[made++] = rest;
    /* What the narrower audience merged may have been all that was left beside it: then the remainder is the total under another name. */
    bool other = false;
    for (size_t at = 0; at + 1 < made; at++)
        other = other || out[at].counts.events != 0;
    if (!other) {
        decide(table, audience, "withheld", "te weinig waarnemingen of scholen om uit te splitsen");
        return;
    }
    table->out[audience] = out;
    table->n_out[audience] = made;
    decide(table, audience, "coarsened", schools ? "kleine aantallen samengenomen als overige scholen" : "kleine aantallen samengenomen als overig");
}

/* Cells that stand alone (a total, one per questionnaire): each is safe or it is not there. */
static void wall_single(Run *run, Table *table, size_t audience, const Cell *cells, size_t n, const PartitionCell *parts, const char *base)
{
    Cell *out = arena_array(run->batch, n + 1, sizeof *out);
    size_t made = 0;

    for (size_t at = 0; at < n; at++)
        if (partition_cell_safe(&parts[at], run->audiences.item[audience].threshold))
            out[made++] = cells[at];
    table->out[audience] = out;
    table->n_out[audience] = made;
    if (made == n)
        decide(table, audience, base, "");
    else
        decide(table, audience, made ? "coarsened" : "withheld", "te weinig waarnemingen");
}

/* One group counted in several ways (involvements, persons): their differences are figures too. */
static void wall_overlap(Run *run, Table *table, size_t audience, const Cell *cells, size_t n, const PartitionCell *parts, const char *base)
{
    int threshold = run->audiences.item[audience].threshold;

    wall_single(run, table, audience, cells, n, parts, base);
    size_t kept = 0;
    Cell *out = table->out[audience];
    for (size_t at = 0; at < table->n_out[audience]; at++) {
        bool safe = true;
        for (size_t before = 0; before < kept && safe; before++) {
            double difference = fabs(out[at].counts.numerator - out[before].counts.numerator);
            safe = difference == 0 || difference >= threshold;
        }
        if (safe)
            out[kept++] = out[at];
    }
    if (kept < table->n_out[audience])
        decide(table, audience, "coarsened", "het verschil tussen de tellingen gaat over te weinig leerlingen");
    table->n_out[audience] = kept;
}

static void wall(Run *run, Table *table, size_t audience)
{
    const Cell *cells = audience ? table->out[audience - 1] : table->cell;
    size_t n = audience ? table->n_out[audience - 1] : table->n_cells;
    const char *base = audience && strcmp(table->decision[audience - 1], "coarsened") == 0 ? "coarsened" : "released";

    if (audience && strcmp(table->decision[audience - 1], "withheld") == 0) {
        decide(table, audience, "withheld", table->reason[audience - 1]);
        return;
    }
    PartitionCell *parts = arena_array(run->batch, n + 1, sizeof *parts);
    for (size_t at = 0; at < n; at++)
        parts[at] = cell_measures(table, &cells[at]);
    if (strcmp(table->breakdown, "totaal") == 0 || strcmp(table->breakdown, "instrument") == 0)
        wall_single(run, table, audience, cells, n, parts, base);
    else if (table->indicator->disclosure == CLASS_OVERLAP)
        wall_overlap(run, table, audience, cells, n, parts, base);
    else if (strcmp(table->breakdown, "maand") == 0)
        wall_months(run, table, audience, cells, n, parts, base);
    else
        wall_merge(run, table, audience, cells, n, parts, base);
    if (audience && strcmp(table->decision[audience], "coarsened") == 0 && !*table->reason[audience])
        table->reason[audience] = table->reason[audience - 1];
}

/* A breakdown without its total would let the reader add it up: a withheld total takes its breakdowns with it. */
static void totals_bind(Run *run, size_t audience)
{
    for (size_t at = 0; at < run->n_tables; at++) {
        const Table *total = &run->table[at];
        if (strcmp(total->breakdown, "totaal") != 0 || strcmp(total->decision[audience], "withheld") != 0)
            continue;
        for (size_t other = 0; other < run->n_tables; other++) {
            Table *table = &run->table[other];
            if (table->indicator == total->indicator && table->year == total->year && table != total) {
                table->n_out[audience] = 0;
                decide(table, audience, "withheld", "het totaal zelf is beschermd");
            }
        }
    }
}

/* The total of a twin indicator is one cell of its parent's breakdown. Where that cell was merged, the twin's total would
 * lift it out of the remainder again: the breakdown goes. */
static void twins_bind(Run *run, size_t audience)
{
    for (size_t at = 0; at < run->n_tables; at++) {
        const Table *twin = &run->table[at];
        if (!twin->indicator->twin_breakdown || strcmp(twin->breakdown, "totaal") != 0 || twin->n_out[audience] == 0)
            continue;
        for (size_t other = 0; other < run->n_tables; other++) {
            Table *table = &run->table[other];
            bool stands = false;
            if (table->year != twin->year || strcmp(table->indicator->name, twin->indicator->subset_of) != 0 ||
                strcmp(table->breakdown, twin->indicator->twin_breakdown) != 0 || table->n_out[audience] == 0)
                continue;
            for (size_t cell = 0; cell < table->n_out[audience]; cell++)
                stands = stands || strcmp(table->out[audience][cell].category, twin->indicator->twin_category) == 0;
            if (!stands) {
                table->n_out[audience] = 0;
                decide(table, audience, "withheld", "een samengenomen groep is elders apart te zien");
            }
        }
    }
}

/* -- storing ------------------------------------------------------------------------------------- */

static double before_p(const Run *run, const Table *table, size_t audience, const Cell *cell)
{
    if (cell->n_members > 1)
        return NAN;
    for (size_t at = 0; at < run->n_tables; at++) {
        const Table *other = &run->table[at];
        if (other->indicator != table->indicator || other->year != table->year - 1 || strcmp(other->breakdown, table->breakdown) != 0)
            continue;
        for (size_t before = 0; before < other->n_out[audience]; before++)
            if (other->out[audience][before].location_no == cell->location_no && other->out[audience][before].n_members == 1 &&
                strcmp(other->out[audience][before].category, cell->category) == 0)
                return cell->p_change;
    }
    return NAN;
}

/* Numbers leave this room as they will be printed: what a reader cannot see cannot be solved for. */
static double rounded(const Indicator *indicator, double value)
{
    double scale = pow(10, indicator->decimals);

    return isfinite(value) ? round(value * scale) / scale : value;
}

/* The number of respondents to a question differs from question to question by the few who skipped it: to fives. */
static bool printed_in_fives(const Table *table)
{
    return table->indicator->disclosure == CLASS_SURVEY || table->indicator->disclosure == CLASS_MEAN || strcmp(table->indicator->name, "respons") == 0;
}

static int64_t events_shown(const Table *table, const Cell *cell)
{
    return printed_in_fives(table) ? (int64_t) (5 * round(cell->counts.events / 5)) : (int64_t) cell->counts.events;
}

/* Only how sure a change is may be known, in the four classes that reports name. */
static double p_class(double p)
{
    return isnan(p) ? p : p < 0.01 ? 0.005 : p < 0.05 ? 0.03 : p < 0.2 ? 0.1 : 0.5;
}

static void figure_put(PgCopy *copy, const Run *run, const Table *table, size_t audience, const Cell *cell)
{
    Estimate estimate = {NAN, NAN, NAN};
    const char *reason;

    if (!indicator_value(table->indicator, &cell->counts, &estimate, &reason))
        estimate = (Estimate){NAN, NAN, NAN};
    PgRow *to = pg_copy_row(copy, 22);
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
    pgrow_int8(to, events_shown(table, cell));
    pgrow_int4(to, (int32_t) cell->schools);
    /* The denominators of rates are public (pupils on 1 October); those of shares are the events already. */
    pgrow_real(to, table->indicator->method == INDICATOR_RATE ? cell->counts.denominator : NAN);
    pgrow_real(to, rounded(table->indicator, estimate.value));
    pgrow_real(to, rounded(table->indicator, estimate.low));
    pgrow_real(to, rounded(table->indicator, estimate.high));
    pgrow_text(to, reason);
    pgrow_text(to, table->indicator->subset_of ? table->indicator->subset_of : "");
    pgrow_int2(to, run->audiences.item[audience].threshold);
    pgrow_bool(to, printed_in_fives(table));
    pgrow_real(to, table->indicator->disclosure == CLASS_SURVEY ? 0.5 * pow(10, -table->indicator->decimals) : NAN);
    pgrow_bool(to, table->indicator->disclosure == CLASS_OVERLAP);
}

/* The p-values are kept apart from figure_put's columns because they need the other year's decision. */
static bool changes_store(Run *run, size_t audience, Err *err)
{
    for (size_t at = 0; at < run->n_tables; at++) {
        const Table *table = &run->table[at];
        for (size_t one = 0; one < table->n_out[audience]; one++) {
            const Cell *cell = &table->out[audience][one];
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
                       "audience, board_no, schooljaar, indicator, breakdown, location_no, category, members, n_members, ord, events, schools, denominator, value, low, high, reason, subset_of, threshold, in_fives, rounding, overlap",
                       NULL, &copy, err))
        return false;
    for (size_t at = 0; at < run->n_tables; at++)
        for (size_t cell = 0; cell < run->table[at].n_out[audience]; cell++)
            figure_put(copy, run, &run->table[at], audience, &run->table[at].out[audience][cell]);
    if (!pg_copy_end(copy, NULL, err) ||
        !pg_copy_begin(run->db, "pg_temp.decision_new", "audience, board_no, schooljaar, indicator, breakdown, decision, reason, family", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < run->n_tables; at++) {
        const Table *table = &run->table[at];
        PgRow *to = pg_copy_row(copy, 8);
        pgrow_text(to, who->name);
        pgrow_int4(to, run->board_no);
        pgrow_int2(to, table->year);
        pgrow_text(to, table->indicator->name);
        pgrow_text(to, table->breakdown);
        pgrow_text(to, table->decision[audience]);
        pgrow_text(to, table->reason[audience]);
        pgrow_text(to, table->indicator->family);
    }
    return pg_copy_end(copy, NULL, err);
}

static bool audience_publish(Run *run, size_t audience, const char *fingerprint, Err *err)
{
    const Audience *who = &run->audiences.item[audience];
    PG_AUTO certificate = NULL;

    return pg_query(run->db, &sql_disclosure_figure_replace, PG_NO_ROWS, NULL, err, "tii", who->name, (int64_t) run->board_no, (int64_t) run->school_year) &&
           changes_store(run, audience, err) &&
           pg_query(run->db, &sql_disclosure_ledger_add, PG_NO_ROWS, NULL, err, "ti", who->name, (int64_t) run->board_no) &&
           pg_query(run->db, &sql_disclosure_others_store, PG_NO_ROWS, NULL, err, "tii", who->name, (int64_t) run->board_no, (int64_t) run->school_year) &&
           pg_query(run->db, &sql_disclosure_certificate_store, PG_ONE_ROW, &certificate, err, "tiiit", who->name, (int64_t) run->board_no,
                    (int64_t) run->school_year, (int64_t) who->threshold, fingerprint);
}

/* The attacker outside, on what stands in this transaction. *safe false: he found something. */
static bool board_attack(Run *run, bool *safe, Err *err)
{
    *safe = true;
    for (size_t at = 0; at < run->audiences.n; at++) {
        const Audience *audience = &run->audiences.item[at];
        OutsideReport report = {.audience = audience->name, .holds = audiences_held(run->batch, &run->audiences, audience->name), .board_no = run->board_no,
                                .threshold = audience->threshold, .narrowest = -1};
        if (!outside_board(run->batch, run->db, run->indicators, run->n_indicators, &report, err)) {
            if (err->kind != ERR_DISCLOSURE)
                return err_frame(err, "board %d, audience %s", run->board_no, audience->name);
            log_error("board %d, audience %s: not released: %s", run->board_no, audience->name, err->text);
            *err = (Err){0};
            *safe = false;
            continue;
        }
        if (!pg_query(run->db, &sql_disclosure_certificate_attack, PG_NO_ROWS, NULL, err, "tiiiiiii", audience->name, (int64_t) run->board_no,
                      (int64_t) run->school_year, (int64_t) report.n_cells, (int64_t) (report.n_lines + report.n_ranges), (int64_t) report.n_hidden,
                      (int64_t) report.n_programs, report.narrowest))
            return err_frame(err, "board %d, audience %s", run->board_no, audience->name);
        if (outside_stands(&report))
            continue;
        *safe = false;
        log_error("board %d, audience %s: not released: %zu counts too small, %zu hidden groups narrowed down, %zu corrections too small to hide; look first at %s",
                  run->board_no, audience->name, report.n_small, report.n_narrow, report.n_moved, report.first ? report.first : "the corrections");
    }
    return true;
}

/* *safe false: nothing may be committed */
static bool board_run(Run *run, const char *fingerprint, bool dry_run, bool *safe, Err *err)
{
    if (!pg_begin(run->db, err) || !pg_script(run->db, &sql_disclosure_stage_begin, err) || !tables_load(run, err))
        return false;
    for (size_t audience = 0; audience < run->audiences.n; audience++) {
        for (size_t at = 0; at < run->n_tables; at++)
            wall(run, &run->table[at], audience);
        totals_bind(run, audience);
        twins_bind(run, audience);
        for (size_t at = 0; at < run->n_tables; at++) {
            const char *decision = run->table[at].decision[audience];
            run->totals->tables++;
            run->totals->cells += run->table[at].n_out[audience];
            run->totals->released += decision[0] == 'r';
            run->totals->coarsened += decision[0] == 'c';
            run->totals->withheld += decision[0] == 'w';
        }
        if (!audience_stage(run, audience, err))
            return err_frame(err, "board %d, audience %s", run->board_no, run->audiences.item[audience].name);
    }
    /* Only now, with what every audience would see side by side: a year of a family in which anything moved too little stays for all. */
    if (!pg_query(run->db, &sql_disclosure_ledger_hold, PG_NO_ROWS, NULL, err, "i", (int64_t) run->board_no))
        return false;
    for (size_t audience = 0; audience < run->audiences.n; audience++)
        if (!audience_publish(run, audience, fingerprint, err))
            return err_frame(err, "board %d, audience %s", run->board_no, run->audiences.item[audience].name);
    if (!board_attack(run, safe, err))
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
    if (!pg_query(db, &sql_disclosure_boards, PG_ANY_ROWS, &boards, err, "iii", (int64_t) options->school_year, (int64_t) options->board,
                  (int64_t) run.audiences.n))
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
        bool safe = true, good = board_run(&run, pg_text(boards, row, 1), options->dry_run, &safe, err);
        pg_rollback(db);
        if (!good)
            return false;
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
