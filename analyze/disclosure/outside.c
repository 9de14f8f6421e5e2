#include "analyze/disclosure/outside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/audience.h"
#include "analyze/disclosure/base.h"
#include "analyze/disclosure/history_store.h"
#include "analyze/disclosure/table.h"
#include "analyze/indicator.h"
#include "common/buf.h"
#include "common/log.h"
#include "sql_embed.h"

/* How the counts of an indicator stand in release. */
typedef enum Shown { SHOWN_EXACT, SHOWN_APART, SHOWN_SHARE, SHOWN_FIVES } Shown;

typedef struct Figure {
    const Indicator *indicator;
    const char      *breakdown, **member; /* member: labels of what was added up, n_members long */
    size_t           n_members;
    const char      *audience, *since; /* since: its table stands as it was released before ("@"); "" = it is of the last release */
    int              year, decimals; /* decimals its value was printed with */
    int64_t          events;
    double           value;
} Figure;

typedef struct Outside {
    Arena          *memory;
    System          system;
    TableDimension *names;   /* "year|indicator|breakdown|label|what" -> cell: one number, whatever edition it stands in */
    uint8_t        *known;   /* per cell: printed */
    double         *low, *high; /* per cell that is not */
    double         *own;     /* per cell: what is the insider's in it */
    size_t          room;
    Figure         *figure;
    size_t          n_figures;
    OutsideReport  *report;
} Outside;

static Shown shown_as(const Indicator *indicator)
{
    if (indicator_exact(indicator))
        return SHOWN_EXACT;
    if (indicator->disclosure == INDICATOR_CLASS_SURVEY)
        return SHOWN_SHARE;
    return indicator->in_fives ? SHOWN_FIVES : SHOWN_APART;
}

/* -- cells by name ------------------------------------------------------------------------------- */

/* \param fresh filled: the name is new */
static uint32_t cell_named(Outside *outside, const char *name, bool *fresh)
{
    size_t before = table_codes(outside->names);
    uint32_t cell = table_code(outside->names, name);

    *fresh = cell == before;
    if (!*fresh)
        return cell;
    if (before == outside->room) {
        size_t room = outside->room;
        outside->known = arena_grow(outside->memory, outside->known, before, &room, sizeof *outside->known);
        room = outside->room;
        outside->low = arena_grow(outside->memory, outside->low, before, &room, sizeof *outside->low);
        room = outside->room;
        outside->high = arena_grow(outside->memory, outside->high, before, &room, sizeof *outside->high);
        room = outside->room;
        outside->own = arena_grow(outside->memory, outside->own, before, &outside->room, sizeof *outside->own);
        outside->room = room ? room * 2 : 16;
    }
    system_cell(&outside->system, &(SystemCell){0});
    outside->known[cell] = 0;
    outside->low[cell] = 0;
    outside->high[cell] = BASE_UNKNOWN;
    outside->own[cell] = 0;
    return cell;
}

/* What stands from an earlier release is a number of then: no relation binds it to one of now. Relations of then were attacked then. */
static const char *name_of(Outside *outside, const Figure *figure, const char *indicator, const char *breakdown, const char *label, const char *what)
{
    return arena_format(outside->memory, "%d%s|%s|%s|%s|%s", figure->year, figure->since, indicator, breakdown, label, what);
}

static const char *label_name(Outside *outside, const Figure *figure, const char *label, const char *what)
{
    return name_of(outside, figure, figure->indicator->name, figure->breakdown, label, what);
}

/* The number of a figure: a member's own, or the sum of its members, which hide in it. */
static uint32_t figure_cell(Outside *outside, const Figure *figure, const char *what)
{
    bool fresh;

    if (figure->n_members == 1)
        return cell_named(outside, label_name(outside, figure, figure->member[0], what), &fresh);
    BUF_AUTO all = {0};
    for (size_t at = 0; at < figure->n_members; at++)
        buf_format(&all, "%s+", figure->member[at]);
    uint32_t sum = cell_named(outside, label_name(outside, figure, all.data, what), &fresh);
    if (!fresh)
        return sum;
    SystemTerm *term = arena_array(outside->memory, figure->n_members + 1, sizeof *term);
    term[0] = (SystemTerm){sum, -1};
    for (size_t at = 0; at < figure->n_members; at++)
        term[at + 1] = (SystemTerm){cell_named(outside, label_name(outside, figure, figure->member[at], what), &fresh), 1};
    system_line(&outside->system, term, figure->n_members + 1);
    return sum;
}

static void cell_range(Outside *outside, uint32_t cell, double low, double high)
{
    outside->low[cell] = fmax(outside->low[cell], low);
    outside->high[cell] = fmin(outside->high[cell], high);
}

static void wrong(Outside *outside, size_t *count, const Figure *figure)
{
    ++*count;
    if (!outside->report->first)
        outside->report->first = arena_format(outside->memory, "%s %d, %s", figure->indicator->name, figure->year, figure->breakdown);
}

/* -- one figure ---------------------------------------------------------------------------------- */

static void figure_exact(Outside *outside, const Figure *figure)
{
    uint32_t cell = figure_cell(outside, figure, "n");

    /* The same group in two editions is one number; two that lie close together can be subtracted. */
    if (outside->known[cell]) {
        int64_t apart = outside->system.cell[cell].value - figure->events;
        if (apart && apart < outside->report->threshold && -apart < outside->report->threshold)
            wrong(outside, &outside->report->n_moved, figure);
        return;
    }
    outside->known[cell] = 1;
    outside->system.cell[cell].value = figure->events;
    if (figure->events > 0 && figure->events < outside->report->threshold)
        wrong(outside, &outside->report->n_small, figure);
}

/* Respondents n rounded to fives; n = yes + no; yes / n within the rounding of the printed percentage. */
static void figure_share(Outside *outside, const Figure *figure, bool share)
{
    uint32_t n = figure_cell(outside, figure, "n");
    double least = (double) figure->events - 2, most = (double) figure->events + 2, half = 0.5 * pow(10, -figure->decimals);

    cell_range(outside, n, least, most);
    if (most < outside->report->threshold)
        wrong(outside, &outside->report->n_small, figure);
    if (!share || isnan(figure->value))
        return;
    uint32_t yes = figure_cell(outside, figure, "yes"), no = figure_cell(outside, figure, "no");
    cell_range(outside, yes, 0, most); /* printed, as a percentage: no secret, where it also stands in a wider edition's remainder */
    cell_range(outside, no, 0, most);
    system_line(&outside->system, (const SystemTerm[]){{n, -1}, {yes, 1}, {no, 1}}, 3);
    /* In halves of the last printed decimal the bounds are whole numbers. */
    double halves = 2 * pow(10, figure->decimals);
    int32_t low = (int32_t) lround(figure->value * halves) - 1, high = low + 2, whole = (int32_t) lround(100 * halves);
    system_range(&outside->system, (const SystemTerm[]){{yes, whole}, {n, -low}}, 2, 0, INFINITY);
    system_range(&outside->system, (const SystemTerm[]){{yes, whole}, {n, -high}}, 2, -INFINITY, 0);
    if ((figure->value + half) / 100 * most < outside->report->threshold || (100 - figure->value + half) / 100 * most < outside->report->threshold)
        wrong(outside, &outside->report->n_small, figure);
}

/* Members of one figure of shares: what holds for the group holds for each, n = yes + no. */
static void members_share(Outside *outside, const Figure *figure)
{
    bool fresh;

    for (size_t at = 0; figure->n_members > 1 && at < figure->n_members; at++)
        system_line(&outside->system,
                    (const SystemTerm[]){{cell_named(outside, label_name(outside, figure, figure->member[at], "n"), &fresh), -1},
                                         {cell_named(outside, label_name(outside, figure, figure->member[at], "yes"), &fresh), 1},
                                         {cell_named(outside, label_name(outside, figure, figure->member[at], "no"), &fresh), 1}}, 3);
}

static void figure_take(Outside *outside, const Figure *figure)
{
    switch (shown_as(figure->indicator)) {
    case SHOWN_EXACT:
    case SHOWN_APART: figure_exact(outside, figure); break;
    case SHOWN_FIVES: figure_share(outside, figure, false); break;
    case SHOWN_SHARE:
        figure_share(outside, figure, true);
        if (!isnan(figure->value))
            members_share(outside, figure);
        break;
    default: break;
    }
}

/* -- what binds figures -------------------------------------------------------------------------- */

static const Figure *total_find(const Outside *outside, const Figure *of)
{
    for (size_t at = 0; at < outside->n_figures; at++)
        if (outside->figure[at].year == of->year && strcmp(outside->figure[at].indicator->name, of->indicator->adds_up_to) == 0 &&
            strcmp(outside->figure[at].breakdown, "totaal") == 0 && strcmp(outside->figure[at].since, of->since) == 0)
            return &outside->figure[at];
    return NULL;
}

/* The groups of one breakdown in one edition add up to the total: when the printed numbers do. */
static void partition_bind(Outside *outside, size_t first, size_t end)
{
    const Figure *one = &outside->figure[first], *total = total_find(outside, one);
    int64_t sum = 0;

    if (!total || shown_as(one->indicator) != SHOWN_EXACT || strcmp(one->breakdown, "totaal") == 0)
        return;
    SystemTerm *term = arena_array(outside->memory, end - first + 1, sizeof *term);
    term[0] = (SystemTerm){figure_cell(outside, total, "n"), -1};
    for (size_t at = first; at < end; at++) {
        sum += outside->figure[at].events;
        term[at - first + 1] = (SystemTerm){figure_cell(outside, &outside->figure[at], "n"), 1};
    }
    if (sum == total->events)
        system_line(&outside->system, term, end - first + 1);
}

/* Part and whole, member by member; and one number under two names. */
static void subset_bind(Outside *outside, const Figure *figure)
{
    const Indicator *part = figure->indicator;
    bool fresh;

    if (!part->subset_of || shown_as(part) != SHOWN_EXACT)
        return;
    for (size_t at = 0; at < figure->n_members; at++) {
        uint32_t whole = table_code_find(outside->names, name_of(outside, figure, part->subset_of, figure->breakdown, figure->member[at], "n"));
        uint32_t own = cell_named(outside, label_name(outside, figure, figure->member[at], "n"), &fresh);
        if (whole != UINT32_MAX && !(outside->known[whole] && outside->known[own]))
            system_range(&outside->system, (const SystemTerm[]){{whole, 1}, {own, -1}}, 2, 0, INFINITY);
        else if (whole != UINT32_MAX) {
            int64_t rest = outside->system.cell[whole].value - outside->system.cell[own].value;
            if (rest > 0 && rest < outside->report->threshold)
                wrong(outside, &outside->report->n_small, figure);
        }
    }
    if (!part->twin_breakdown || strcmp(figure->breakdown, "totaal") != 0)
        return;
    uint32_t twin = table_code_find(outside->names, name_of(outside, figure, part->subset_of, part->twin_breakdown, part->twin_category, "n"));
    if (twin != UINT32_MAX)
        system_line(&outside->system, (const SystemTerm[]){{twin, -1}, {figure_cell(outside, figure, "n"), 1}}, 2);
}

/* -- what an insider knows ----------------------------------------------------------------------- */

static uint32_t own_cell(const Outside *outside, const OutsideOwn *own, const char *indicator, const char *what)
{
    return table_code_find(outside->names, arena_format(outside->memory, "%d|%s|%s|%s|%s", own->school_year, indicator, own->breakdown, own->label, what));
}

static void own_take(Outside *outside, const OutsideOwn *own, const char *what, int64_t count)
{
    uint32_t cell = own_cell(outside, own, own->indicator, what);

    if (cell == UINT32_MAX || count < 0 || outside->known[cell])
        return;
    outside->own[cell] = (double) count;
    cell_range(outside, cell, (double) count, own->all ? (double) count : INFINITY);
}

/* His own events that are no part are in the whole of all schools as well, and in nothing of the part. */
static void rest_take(Outside *outside, const OutsideOwn *own)
{
    uint32_t part = own_cell(outside, own, own->indicator, "n"), whole = own->whole ? own_cell(outside, own, own->whole, "n") : UINT32_MAX;

    if (part != UINT32_MAX && whole != UINT32_MAX && own->rest > 0 && !(outside->known[part] && outside->known[whole]))
        system_range(&outside->system, (const SystemTerm[]){{whole, 1}, {part, -1}}, 2, (double) own->rest, INFINITY);
}

static void insider_take(Outside *outside, const OutsideInsider *insider)
{
    for (size_t at = 0; at < insider->n; at++) {
        own_take(outside, &insider->own[at], "n", insider->own[at].n);
        own_take(outside, &insider->own[at], "yes", insider->own[at].yes);
        own_take(outside, &insider->own[at], "no", insider->own[at].no);
        rest_take(outside, &insider->own[at]);
    }
}

/* -- any table that agrees ----------------------------------------------------------------------- */

/* A cell that the insider finds too narrow for the others. */
static void told(Outside *outside, const char *name)
{
    OutsideReport *report = outside->report;
    const char *end = name;

    for (int bars = 0; bars < 3; end++)
        bars += *end == '|';
    const char *table = arena_text_n(outside->memory, name, (size_t) (end - 1 - name));
    for (size_t at = 0; at < report->n_told; at++)
        if (strcmp(report->told[at], table) == 0)
            return;
    size_t room = report->n_told;
    report->told = arena_grow(outside->memory, report->told, report->n_told, &room, sizeof *report->told);
    report->told[report->n_told++] = table;
}

static bool attack_base(Outside *outside, bool insider, Err *err)
{
    System *system = &outside->system;
    OutsideReport *report = outside->report;
    SystemRules rules = {.threshold = report->threshold, .width_min = SYSTEM_WIDTH};
    uint8_t *hidden = arena_array(outside->memory, system->n_cells + 1, 1), *asked = arena_array(outside->memory, system->n_cells + 1, 1);
    AttackMemory memory;
    Attack attack;
    bool found;

    if (!base_find(system, outside->known, outside->low, outside->high, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_DISCLOSURE, "no table agrees with what was released: audience %s, board %d", report->audience, report->board_no);
    if (!system_finish(system, err))
        return false;
    size_t n_asked = 0;
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        const char *name = table_code_text(outside->names, cell), *what = strrchr(name, '|') + 1;
        hidden[cell] = !outside->known[cell] && outside->low[cell] < outside->high[cell];
        /* What is asked after: members that hide in a sum. Groups that are printed with a rounding are no secret. */
        bool group = false;
        for (size_t of = system->of_start[cell]; of < system->of_start[cell + 1]; of++)
            group = group || (system->term[system->line_start[system->of_line[of]]].cell != cell && strchr(table_code_text(outside->names, system->term[system->line_start[system->of_line[of]]].cell), '+'));
        asked[cell] = hidden[cell] && group && outside->low[cell] == outside->own[cell] && outside->high[cell] >= BASE_UNKNOWN && !strchr(name, '+') && (*what == 'n' || *what == 'y');
        if (!asked[cell])
            system->cell[cell].flags |= SYSTEM_WITHHELD;
        if (hidden[cell] && (outside->high[cell] < BASE_UNKNOWN || outside->low[cell] > 0))
            system_range(system, &(SystemTerm){cell, 1}, 1, outside->low[cell], outside->high[cell] < BASE_UNKNOWN ? outside->high[cell] : INFINITY);
        n_asked += asked[cell];
    }
    attack_memory_begin(&memory, system, &rules);
    bool good = attack_run(system, &rules, hidden, asked, 0, &memory, &attack, err);
    if (!insider) {
        report->n_hidden = n_asked;
        report->n_cells = system->n_cells;
        report->n_lines = system->n_lines;
        report->n_ranges = system->n_ranges;
        report->n_parts = attack.n_parts;
        report->n_examples = attack.n_examples;
    }
    report->n_programs += attack.n_linear + attack.n_integer;
    for (uint32_t cell = 0; cell < system->n_cells && good; cell++) {
        const char *name = table_code_text(outside->names, cell);
        if (!asked[cell])
            continue;
        int64_t own = (int64_t) outside->own[cell], low = attack.range.low[cell], high = attack.range.high[cell];
        bool narrow = attack.fails[cell], settled = true;
        if (narrow) { /* examples show at least how wide it is, not at most; that it is surely nothing, or surely enough, has to be asked */
            settled = base_range(system, outside->known, outside->low, outside->high, cell, &low, &high);
            narrow = !settled || high - low < rules.width_min;
        }
        low -= own;
        high -= own;
        /* A month without any incident has none of bullying: that is no child. A school of which nobody answered yes is another matter. */
        bool nobody = high == 0 && strcmp(strrchr(name, '|'), "|n") == 0;
        /* What is known to be at least the threshold could have been printed. */
        if (settled && (nobody || low >= report->threshold))
            continue;
        report->narrowest = report->narrowest < 0 || high - low < report->narrowest ? high - low : report->narrowest;
        if (!narrow)
            continue;
        if (insider) {
            told(outside, name);
            continue;
        }
        report->n_narrow++;
        if (!report->first)
            report->first = arena_text(outside->memory, name);
    }
    attack_free(&attack);
    attack_memory_free(&memory);
    return good;
}

/* -- fetching ------------------------------------------------------------------------------------ */

static int by_label(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* What indicators have to do with each other, comma separated: "part=whole"; "indicator=whole/breakdown/category", one number with two names. */
typedef struct Relations {
    const char *parts, *twins;
} Relations;

static Relations relations_of(Arena *out, const Indicator *indicators, size_t n)
{
    BUF_AUTO parts = {0};
    BUF_AUTO twins = {0};

    for (size_t at = 0; at < n; at++) {
        const Indicator *one = &indicators[at];
        if (one->subset_of)
            buf_format(&parts, "%s%s=%s", parts.length ? "," : "", one->name, one->subset_of);
        if (one->twin_breakdown)
            buf_format(&twins, "%s%s=%s/%s/%s", twins.length ? "," : "", one->name, one->subset_of, one->twin_breakdown, one->twin_category);
    }
    return (Relations){arena_text(out, parts.data ? parts.data : ""), arena_text(out, twins.data ? twins.data : "")};
}

/* What is printed, taken together: the system of one attack. */
static void system_build(Outside *outside, const PgResult *rows, const Indicator *indicators, size_t n_indicators)
{
    Arena *batch = outside->memory;

    system_begin(&outside->system, batch);
    outside->figure = arena_array(batch, pg_rows(rows) + 1, sizeof *outside->figure);
    for (size_t row = 0; row < pg_rows(rows); row++) {
        const Indicator *indicator = NULL;
        for (size_t at = 0; at < n_indicators && !indicator; at++)
            if (strcmp(indicators[at].name, pg_text(rows, row, 2)) == 0)
                indicator = &indicators[at];
        if (!indicator)
            continue;
        Figure *figure = &outside->figure[outside->n_figures++];
        int64_t location = pg_int(rows, row, 4);
        *figure = (Figure){.indicator = indicator, .audience = arena_text(batch, pg_text(rows, row, 0)), .breakdown = arena_text(batch, pg_text(rows, row, 3)), .year = (int) pg_int(rows, row, 1),
                           .events = pg_int(rows, row, 7), .value = pg_real(rows, row, 8), .since = arena_text(batch, pg_text(rows, row, 9)),
                           .decimals = pg_int(rows, row, 10) < 0 ? indicator->decimals : (int) pg_int(rows, row, 10)};
        const char *members = pg_text(rows, row, 6);
        if (!*members)
            members = location ? arena_format(batch, "%lld", (long long) location) : pg_text(rows, row, 5);
        figure->member = arena_split(batch, members, ',', &figure->n_members);
        qsort(figure->member, figure->n_members, sizeof *figure->member, by_label);
        figure_take(outside, figure);
    }
    /* Figures of one edition and breakdown follow each other, as they were asked for. */
    for (size_t at = 0, first = 0; at < pg_rows(rows) && first < outside->n_figures; at++) {
        size_t end = first + 1;
        const Figure *one = &outside->figure[first];
        while (end < outside->n_figures && outside->figure[end].year == one->year && outside->figure[end].indicator == one->indicator &&
               strcmp(outside->figure[end].breakdown, one->breakdown) == 0 && strcmp(outside->figure[end].audience, one->audience) == 0)
            end++;
        partition_bind(outside, first, end);
        first = end;
    }
    for (size_t at = 0; at < outside->n_figures; at++)
        subset_bind(outside, &outside->figure[at]);
}

/* \param insider NULL = the outsider */
static bool attack_once(Arena *out, const PgResult *rows, const Indicator *indicators, size_t n_indicators, const OutsideInsider *insider, OutsideReport *report, Err *err)
{
    ARENA_AUTO batch = arena_new();
    OutsideReport own = *report;
    Outside outside = {.memory = batch, .names = table_dimension_new(batch, "figures"), .report = insider ? &own : report};

    system_build(&outside, rows, indicators, n_indicators);
    if (insider)
        insider_take(&outside, insider);
    else
        report->n_figures = outside.n_figures;
    bool good = attack_base(&outside, insider != NULL, err);
    if (insider) { /* what is printed too small, the outsider found already */
        report->n_insiders++;
        report->n_programs = own.n_programs;
        report->narrowest = own.narrowest;
        if (own.n_told > report->n_told) {
            report->n_told = own.n_told;
            report->told = arena_array(out, own.n_told, sizeof *report->told);
            for (size_t at = 0; at < own.n_told; at++)
                report->told[at] = arena_text(out, own.told[at]);
        }
    } else if (report->first) {
        report->first = arena_text(out, report->first);
    }
    return good;
}

bool outside_board(Arena *out, Pg *db, const Indicator *indicators, size_t n_indicators, const OutsideInsider *insiders, size_t n_insiders, OutsideReport *report, Err *err)
{
    PG_AUTO rows = NULL;
    PG_AUTO moved = NULL;
    Relations relations = relations_of(out, indicators, n_indicators);

    if (!pg_query(db, &sql_disclosure_outside_figures, PG_ANY_ROWS, &rows, err, "ti", report->holds, (int64_t) report->board_no) ||
        !pg_query(db, &sql_disclosure_outside_moved, PG_ONE_ROW, &moved, err, "tiittt", report->holds, (int64_t) report->board_no, (int64_t) report->threshold,
                  relations.parts, relations.twins, indicator_names_in_fives(out, indicators, n_indicators)))
        return false;
    report->n_pairs = (size_t) pg_int(moved, 0, 0);
    report->n_moved = (size_t) pg_int(moved, 0, 1);
    bool good = attack_once(out, rows, indicators, n_indicators, NULL, report, err);
    if (!good && err->kind == ERR_DISCLOSURE && !outside_stands(report)) { /* found wrong already: that it contradicts itself too adds nothing */
        *err = (Err){0};
        return true;
    }
    for (size_t at = 0; at < n_insiders && good; at++)
        good = attack_once(out, rows, indicators, n_indicators, &insiders[at], report, err);
    return good;
}

bool outside_attack(Arena *out, const char *dsn, const Place *place, const char *audience, int board, OutsideReport **reports, size_t *n, Err *err)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO boards = NULL;
    Audiences audiences;
    Indicator *indicators;
    size_t n_indicators;

    *n = 0;
    if (!audiences_load(out, place, &audiences, err) || !indicator_load_all(out, place, &indicators, &n_indicators, err) || !pg_open(&db, dsn, err) ||
        !pg_query(db, &sql_disclosure_outside_boards, PG_ANY_ROWS, &boards, err, "ti", audience ? audience : "", (int64_t) board))
        return false;
    *reports = arena_array(out, pg_rows(boards) + 1, sizeof **reports);
    progress_begin("attack", (double) pg_rows(boards));
    bool good = true;
    for (size_t row = 0; row < pg_rows(boards) && good; row++) {
        OutsideReport *report = &(*reports)[*n];
        *report = (OutsideReport){.audience = arena_text(out, pg_text(boards, row, 0)), .board_no = (int) pg_int(boards, row, 1),
                                  .threshold = (int) pg_int(boards, row, 2), .narrowest = -1};
        report->holds = audiences_held(out, &audiences, report->audience);
        progress_update((double) row);
        HistoryBoard kept = {.holds = report->holds, .board_no = report->board_no, .threshold = report->threshold};
        good = outside_board(out, db, indicators, n_indicators, NULL, 0, report, err) && history_board(out, db, &kept, indicators, n_indicators, &report->history, err);
        report->n_programs += report->history.n_programs;
        if (!report->first)
            report->first = report->history.first;
        ++*n;
    }
    progress_end();
    return good;
}
