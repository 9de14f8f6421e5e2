#include "analyze/disclosure/earlier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sql_embed.h"

typedef struct Moment {
    int64_t      no;
    const char  *month; /* YYYY-MM in which it was */
    MovementView view;
} Moment;

/* What one table was at the moments it was shown, in their order. */
typedef struct Shown {
    Moment *moment;
    size_t  n;
} Shown;

/* What the schools had in the cells of one table, at one moment it was released. */
typedef struct Part {
    uint32_t label, school;
    double   events, yes;
} Part;

typedef struct Held {
    int64_t no;
    Part   *part;
    size_t  n;
} Held;

/* The same at all its moments, in their order. */
typedef struct Holdings {
    Held  *held;
    size_t n;
} Holdings;

struct Earlier {
    Arena           *memory;
    const Indicator *indicators;
    size_t           n_indicators;
    TableDimension  *labels, *tables; /* tables: "audience|year|indicator|breakdown" */
    Shown           *shown;           /* per table */
    TableDimension  *held_tables;     /* "year|indicator|breakdown" */
    Holdings        *holdings;        /* per held table */
};

/* -- loading ------------------------------------------------------------------------------------- */

uint32_t earlier_code(Earlier *earlier, const char *label)
{
    return table_code(earlier->labels, label);
}

MovementGroup earlier_group(Earlier *earlier, const char *members, double events)
{
    size_t n = 1;

    for (const char *at = members; *at; at++)
        n += *at == ',';
    uint32_t *code = arena_array(earlier->memory, n, sizeof *code);
    MovementGroup group = {.code = code, .events = events, .value = NAN, .exact = NAN};
    for (const char *at = members; at;) {
        const char *comma = strchr(at, ',');
        code[group.n_codes++] = earlier_code(earlier, comma ? arena_text_n(earlier->memory, at, (size_t) (comma - at)) : at);
        at = comma ? comma + 1 : NULL;
    }
    return group;
}

static const char *table_key(Arena *out, const char *audience, int year, const char *indicator, const char *breakdown)
{
    return arena_format(out, "%s|%d|%s|%s", audience, year, indicator, breakdown);
}

static const char *held_key(Arena *out, int year, const char *indicator, const char *breakdown)
{
    return arena_format(out, "%d|%s|%s", year, indicator, breakdown);
}

/* What schools had, table by table and moment by moment. */
static void holdings_make(Earlier *earlier, const EarlierOwn *own, size_t n)
{
    Arena *out = earlier->memory;
    size_t n_held = 0, n_parts = 0;
    Held *held = arena_array(out, n + 1, sizeof *held);
    Part *part = arena_array(out, n + 1, sizeof *part);
    uint32_t before = UINT32_MAX;

    earlier->holdings = arena_array(out, n + 1, sizeof *earlier->holdings);
    for (size_t row = 0; row < n; row++) {
        uint32_t table = table_code(earlier->held_tables, held_key(out, own[row].school_year, own[row].indicator, own[row].breakdown));
        if (table != before || own[row].moment != held[n_held - 1].no) {
            if (earlier->holdings[table].n++ == 0)
                earlier->holdings[table].held = &held[n_held];
            held[n_held++] = (Held){.no = own[row].moment, .part = &part[n_parts]};
        }
        before = table;
        if (!own[row].label) /* nobody had anything */
            continue;
        part[n_parts++] = (Part){earlier_code(earlier, own[row].label), own[row].school, own[row].events, own[row].yes};
        held[n_held - 1].n++;
    }
}

static int own_order(const void *a, const void *b)
{
    const MovementOwn *one = a, *other = b;

    return one->holder < other->holder ? -1 : one->holder > other->holder;
}

static bool is_share(const Earlier *earlier, const char *indicator)
{
    for (size_t at = 0; at < earlier->n_indicators; at++)
        if (strcmp(earlier->indicators[at].name, indicator) == 0)
            return earlier->indicators[at].disclosure == INDICATOR_CLASS_SURVEY;
    return false;
}

/* What each school had of a group at a moment: as the table was when it was released last before. \param share who said yes is asked too */
static void own_fill(const Earlier *earlier, const char *key, int64_t no, bool share, MovementGroup *group)
{
    uint32_t table = table_code_find(earlier->held_tables, key);
    const Held *held = NULL;
    size_t n = 0;

    for (size_t at = 0; table != UINT32_MAX && at < earlier->holdings[table].n && earlier->holdings[table].held[at].no <= no; at++)
        held = &earlier->holdings[table].held[at];
    if (!held)
        return;
    size_t room = 0;
    for (size_t at = 0; at < held->n; at++)
        for (size_t one = 0; one < group->n_codes; one++)
            room += group->code[one] == held->part[at].label;
    MovementOwn *own = arena_array(earlier->memory, room + 1, sizeof *own);
    for (size_t at = 0; at < held->n; at++)
        for (size_t one = 0; one < group->n_codes; one++)
            if (group->code[one] == held->part[at].label)
                own[n++] = (MovementOwn){held->part[at].school, held->part[at].events, share && isfinite(held->part[at].yes) ? held->part[at].yes : 0};
    qsort(own, n, sizeof *own, own_order);
    for (size_t at = 0; at < n; at++)
        if (group->n_own && own[group->n_own - 1].holder == own[at].holder) {
            own[group->n_own - 1].events += own[at].events;
            own[group->n_own - 1].yes += own[at].yes;
        } else {
            own[group->n_own++] = own[at];
        }
    group->own = own;
    group->own_known = true;
}

Earlier *earlier_new(Arena *out, const Indicator *indicators, size_t n, const EarlierShown *shown, size_t n_shown, const EarlierOwn *own, size_t n_own)
{
    Earlier *new = arena_alloc(out, sizeof *new);

    *new = (Earlier){.memory = out, .indicators = indicators, .n_indicators = n, .labels = table_dimension_new(out, "labels"), .tables = table_dimension_new(out, "tables"),
                     .held_tables = table_dimension_new(out, "held")};
    holdings_make(new, own, n_own);
    new->shown = arena_array(out, n_shown + 1, sizeof *new->shown);
    Moment *moment = arena_array(out, n_shown + 1, sizeof *moment);
    MovementGroup *group = arena_array(out, n_shown + 1, sizeof *group);
    size_t n_moments = 0;
    int64_t no = -1;
    uint32_t before = UINT32_MAX;
    for (size_t row = 0; row < n_shown; row++) {
        const EarlierShown *its = &shown[row];
        uint32_t table = table_code(new->tables, table_key(out, its->audience, its->school_year, its->indicator, its->breakdown));
        if (table != before || its->moment != no) {
            if (new->shown[table].n++ == 0)
                new->shown[table].moment = &moment[n_moments];
            moment[n_moments++] = (Moment){.no = its->moment, .month = arena_text(out, its->month), .view = {.group = &group[row]}};
        }
        before = table;
        no = its->moment;
        group[row] = earlier_group(new, its->members, its->events);
        group[row].value = its->value;
        group[row].half = its->decimals < 0 ? 0 : 0.5 * pow(10, -its->decimals);
        group[row].hides = group[row].n_codes > 1;
        own_fill(new, held_key(out, its->school_year, its->indicator, its->breakdown), no, is_share(new, its->indicator), &group[row]);
        moment[n_moments - 1].view.n++;
    }
    return new;
}

bool earlier_load(Arena *out, Pg *db, int board_no, const Indicator *indicators, size_t n, const TableDimension *schools, Earlier **earlier, Err *err)
{
    ARENA_AUTO batch = arena_new();
    PG_AUTO held = NULL;
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_disclosure_spread_then, PG_ANY_ROWS, &held, err, "i", (int64_t) board_no) || !pg_query(db, &sql_disclosure_ledger_shown, PG_ANY_ROWS, &rows, err, "i", (int64_t) board_no))
        return false;
    EarlierOwn *own = arena_array(batch, pg_rows(held) + 1, sizeof *own);
    EarlierShown *shown = arena_array(batch, pg_rows(rows) + 1, sizeof *shown);
    for (size_t row = 0; row < pg_rows(held); row++) {
        own[row] = (EarlierOwn){.school_year = (int) pg_int(held, row, 0), .indicator = pg_text(held, row, 1), .breakdown = pg_text(held, row, 2), .moment = pg_int(held, row, 3)};
        if (pg_is_null(held, row, 4))
            continue;
        own[row].label = pg_text(held, row, 4);
        own[row].school = table_code_find(schools, pg_text(held, row, 5));
        own[row].events = pg_real(held, row, 6);
        own[row].yes = pg_real(held, row, 7);
    }
    for (size_t row = 0; row < pg_rows(rows); row++)
        shown[row] = (EarlierShown){.audience = pg_text(rows, row, 0), .school_year = (int) pg_int(rows, row, 1), .indicator = pg_text(rows, row, 2), .breakdown = pg_text(rows, row, 3),
                                    .moment = pg_int(rows, row, 4), .month = pg_text(rows, row, 5), .members = pg_text(rows, row, 6), .events = pg_real(rows, row, 7),
                                    .value = pg_real(rows, row, 8), .decimals = (int) pg_int(rows, row, 9)};
    *earlier = earlier_new(out, indicators, n, shown, pg_rows(rows), own, pg_rows(held));
    return true;
}

/* -- asking -------------------------------------------------------------------------------------- */

Arena *earlier_memory(Earlier *earlier, Arena *memory)
{
    Arena *before = earlier->memory;

    earlier->memory = memory;
    return before;
}

static const Shown *shown_find(const Earlier *earlier, const char *audience, int year, const char *indicator, const char *breakdown)
{
    uint32_t table = table_code_find(earlier->tables, table_key(earlier->memory, audience, year, indicator, breakdown));

    return table == UINT32_MAX ? NULL : &earlier->shown[table];
}

bool earlier_known(const Earlier *earlier, const EarlierTable *table)
{
    return shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown) != NULL;
}

/* A number by one of its names: an indicator's total is its breakdown "totaal", category "". */
typedef struct Name {
    const char *indicator, *breakdown, *category;
} Name;

static bool same_name(const Name *a, const Name *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->breakdown, b->breakdown) == 0 && strcmp(a->category, b->category) == 0;
}

/* All names of the number of `name`, itself first. \return how many */
static size_t names_find(const Earlier *earlier, Name first, Name *names)
{
    size_t n = 1;

    names[0] = first;
    for (size_t at = 0; at < n; at++)
        for (size_t one = 0; one < earlier->n_indicators; one++) {
            const Indicator *twin = &earlier->indicators[one];
            if (!twin->twin_breakdown)
                continue;
            Name pair[2] = {{twin->name, "totaal", ""}, {twin->subset_of, twin->twin_breakdown, twin->twin_category}};
            for (size_t side = 0; side < 2; side++) {
                bool there = false;
                for (size_t other = 0; other < n; other++)
                    there = there || same_name(&names[other], &pair[!side]);
                if (same_name(&names[at], &pair[side]) && !there)
                    names[n++] = pair[!side];
            }
        }
    return n;
}

static const MovementView *view_at(const Shown *shown, int64_t no)
{
    for (size_t at = 0; shown && at < shown->n; at++)
        if (shown->moment[at].no == no)
            return &shown->moment[at].view;
    return NULL;
}

enum { LATE = 3 }; /* in the month of its release, or one or two before, a total may end in any case */

/* YYYY-MM, so many months earlier. */
static const char *month_before(Arena *out, const char *month, int months)
{
    int no = atoi(month) * 12 + atoi(month + 5) - 1 - months;

    return arena_format(out, "%04d-%02d", no / 12, no % 12 + 1);
}

/* The months of a view until one, as one group: what the total was. */
static MovementGroup months_until(Earlier *earlier, const MovementView *months, const char *until, const MovementGroup *total)
{
    uint32_t *code = arena_array(earlier->memory, table_codes(earlier->labels) + 1, sizeof *code);
    MovementGroup group = *total;

    group.code = code;
    group.n_codes = 0;

    for (size_t at = 0; at < months->n; at++)
        for (size_t one = 0; one < months->group[at].n_codes; one++)
            if (strcmp(table_code_text(earlier->labels, months->group[at].code[one]), until) <= 0)
                code[group.n_codes++] = months->group[at].code[one];
    return group;
}

/* Months in which a total of then may end: those just before its release, and any month of now, for the pupils behind a rate may say how far the deliveries went. */
static const char **cutoffs(Earlier *earlier, const MovementView *months, const char *released, size_t *n)
{
    size_t room = LATE;

    for (size_t at = 0; at < months->n; at++)
        room += months->group[at].n_codes;
    const char **cutoff = arena_array(earlier->memory, room, sizeof *cutoff);
    for (*n = 0; *n < LATE; ++*n)
        cutoff[*n] = month_before(earlier->memory, released, (int) *n);
    for (size_t at = 0; at < months->n; at++)
        for (size_t one = 0; one < months->group[at].n_codes; one++)
            cutoff[(*n)++] = table_code_text(earlier->labels, months->group[at].code[one]);
    return cutoff;
}

/* Is it surely not more than those months have now? Of what is not one of the last months only that is looked at. */
static bool cutoff_possible(const Earlier *earlier, const MovementView *months, const char *until, const MovementGroup *total, size_t cutoff)
{
    double sum = 0;

    for (size_t at = 0; at < months->n; at++)
        for (size_t one = 0; one < months->group[at].n_codes; one++)
            if (strcmp(table_code_text(earlier->labels, months->group[at].code[one]), until) <= 0) {
                sum += months->group[at].events; /* a quarter that begins by then: at most all of it */
                break;
            }
    return cutoff < LATE || sum >= total->events;
}

static const Shown *total_of(const Earlier *earlier, const EarlierTable *table, const Indicator *indicator)
{
    return shown_find(earlier, table->audience, table->school_year, indicator->adds_up_to, "totaal");
}

/* A total that was shown without its months is the number of all months until then: until the month it was released in, one or two before, or any month that cutoffs allows. */
static bool months_safe(Earlier *earlier, const EarlierTable *table, const MovementView *now, const MovementRules *rules, bool *conflict)
{
    const Shown *own = shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown), *total = total_of(earlier, table, table->indicator);
    bool safe = true;

    for (size_t at = 0; total && at < total->n; at++) {
        size_t n;
        const char **month = cutoffs(earlier, now, total->moment[at].month, &n);
        for (size_t cutoff = 0; cutoff < n && !view_at(own, total->moment[at].no); cutoff++) {
            MovementGroup until = months_until(earlier, now, month[cutoff], &total->moment[at].view.group[0]);
            if (until.n_codes && cutoff_possible(earlier, now, month[cutoff], &until, cutoff))
                safe = movement_safe(now, &(MovementView){&until, 1}, rules, conflict) && safe;
        }
    }
    return safe;
}

/* The same for what the months of a whole leave beside those of a part, where both totals were shown, and not both with their months. */
static bool months_rest_safe(Earlier *earlier, const EarlierTable *part, const Indicator *whole, const MovementView *part_now, const MovementView *whole_now, const MovementRules *rules, bool *conflict)
{
    const Shown *own = shown_find(earlier, part->audience, part->school_year, part->indicator->name, part->breakdown), *total = total_of(earlier, part, part->indicator);
    const Shown *whole_months = shown_find(earlier, part->audience, part->school_year, whole->name, part->breakdown), *whole_total = total_of(earlier, part, whole);
    bool safe = true;

    for (size_t at = 0; total && at < total->n; at++) {
        int64_t no = total->moment[at].no;
        const MovementView *of_whole = view_at(whole_total, no);
        size_t n;
        const char **month = cutoffs(earlier, part_now, total->moment[at].month, &n);
        for (size_t cutoff = 0; cutoff < n && of_whole && !(view_at(own, no) && view_at(whole_months, no)); cutoff++) {
            const char *until = month[cutoff];
            MovementGroup a = months_until(earlier, part_now, until, &total->moment[at].view.group[0]), b = months_until(earlier, whole_now, until, &of_whole->group[0]);
            if (a.n_codes && b.n_codes && cutoff_possible(earlier, part_now, until, &a, cutoff) && cutoff_possible(earlier, whole_now, until, &b, cutoff))
                safe = movement_rest_safe(part_now, whole_now, &(MovementView){&a, 1}, &(MovementView){&b, 1}, rules, conflict) && safe;
        }
    }
    return safe;
}

/* The share of all is also the sum of the shares of its groups, where those were shown beside it. */
static bool sums_safe(const Earlier *earlier, const EarlierTable *table, const MovementView *now, const MovementRules *rules, bool *conflict)
{
    static const char *const parts[] = {"school", "groep"};
    const Shown *own = shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown);
    bool safe = true;

    for (size_t part = 0; part < sizeof parts / sizeof *parts && now->n == 1; part++) {
        const Shown *shown = shown_find(earlier, table->audience, table->school_year, table->indicator->name, parts[part]);
        for (size_t at = 0; own && at < own->n; at++) {
            const MovementView *then = view_at(shown, own->moment[at].no);
            const MovementGroup *total = &own->moment[at].view.group[0];
            double apart = -total->events;
            for (size_t group = 0; then && group < then->n; group++)
                apart += then->group[group].events;
            /* Some are in no group: then it is not the sum. The very same print says nothing new. */
            if (!then || fabs(apart) > 2 * (double) (then->n + 1) || (total->events == now->group[0].events && total->value == now->group[0].value) ||
                movement_sum_safe(&now->group[0], total->events, then, rules))
                continue;
            conflict[0] = true;
            safe = false;
        }
    }
    return safe;
}

/* The total of then less a school of then is the number of the others: of now, where that school is gone from the year. */
static bool left_safe(const Earlier *earlier, const EarlierTable *table, const MovementView *now, const MovementRules *rules, bool *conflict)
{
    const Shown *own = shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown);
    const Shown *schools = shown_find(earlier, table->audience, table->school_year, table->indicator->name, "school");
    bool safe = true;

    for (size_t at = 0; own && at < own->n && now->n == 1; at++) {
        const MovementView *then = view_at(schools, own->moment[at].no);
        for (size_t group = 0; then && group < then->n; group++) {
            double apart = now->group[0].events - own->moment[at].view.group[0].events + then->group[group].events;
            if (then->group[group].events == 0 || apart == 0 || fabs(apart) >= rules->threshold)
                continue;
            conflict[0] = true;
            safe = false;
        }
    }
    return safe;
}

bool earlier_safe(Earlier *earlier, const EarlierTable *table, const MovementView *now, MovementRules rules, bool *conflict)
{
    const Shown *own = shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown);
    Name *names = arena_array(earlier->memory, 2 * earlier->n_indicators + 1, sizeof *names);
    bool safe = true;

    rules.n_codes = table_codes(earlier->labels);
    for (size_t at = 0; own && at < own->n; at++)
        safe = movement_safe(now, &own->moment[at].view, &rules, conflict) && safe;
    if (strcmp(table->breakdown, "maand") == 0)
        safe = months_safe(earlier, table, now, &rules, conflict) && safe;
    if (rules.slack == 0 && strcmp(table->breakdown, "totaal") == 0)
        safe = left_safe(earlier, table, now, &rules, conflict) && safe;
    if (rules.half > 0 && strcmp(table->breakdown, "totaal") == 0)
        safe = sums_safe(earlier, table, now, &rules, conflict) && safe;
    for (size_t at = 0; at < now->n; at++) {
        if (now->group[at].n_codes != 1)
            continue;
        Name name = {table->indicator->name, table->breakdown, table_code_text(earlier->labels, now->group[at].code[0])};
        size_t n = names_find(earlier, name, names);
        for (size_t other = 1; other < n; other++) {
            const Shown *shown = shown_find(earlier, table->audience, table->school_year, names[other].indicator, names[other].breakdown);
            MovementGroup wanted = earlier_group(earlier, names[other].category, 0);
            for (size_t moment = 0; shown && moment < shown->n; moment++)
                for (size_t group = 0; group < shown->moment[moment].view.n; group++) {
                    MovementGroup then = shown->moment[moment].view.group[group];
                    if (then.n_codes != 1 || then.code[0] != wanted.code[0])
                        continue;
                    then.code = now->group[at].code; /* the same number by this table's name */
                    safe = movement_alone_safe(now, &then, &rules, conflict) && safe;
                }
        }
    }
    return safe;
}

bool earlier_rest_safe(Earlier *earlier, const EarlierTable *part, const Indicator *of, const MovementView *part_now, const MovementView *whole_now, MovementRules rules, bool *conflict)
{
    const Shown *own = shown_find(earlier, part->audience, part->school_year, part->indicator->name, part->breakdown);
    const Shown *whole = shown_find(earlier, part->audience, part->school_year, part->indicator->subset_of, part->breakdown);
    bool safe = true;

    rules.n_codes = table_codes(earlier->labels);
    for (size_t at = 0; own && at < own->n; at++) {
        const MovementView *then = view_at(whole, own->moment[at].no);
        if (then)
            safe = movement_rest_safe(part_now, whole_now, &own->moment[at].view, then, &rules, conflict) && safe;
    }
    if (strcmp(part->breakdown, "maand") == 0)
        safe = months_rest_safe(earlier, part, of, part_now, whole_now, &rules, conflict) && safe;
    return safe;
}

size_t earlier_groups(const Earlier *earlier, const EarlierTable *table)
{
    const Shown *own = shown_find(earlier, table->audience, table->school_year, table->indicator->name, table->breakdown);

    return own ? own->moment[own->n - 1].view.n : 0;
}
