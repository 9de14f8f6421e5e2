#include "analyze/disclosure/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/base.h"
#include "analyze/disclosure/table.h"

/* WIDTH: as disclosure asks everywhere, four numbers. NARROWINGS: times through all relations; hardly ever more than ten change anything.
 * OTHERS: whole tables looked for before the cells that are left are asked for one by one. */
enum { WIDTH = 3, NARROWINGS = 100, OTHERS = 40 };
static const uint32_t NONE = UINT32_MAX; /* no cell: nothing was there */

/* A table at one moment. */
typedef struct Cut {
    size_t first, n; /* its groups */
    bool   fresh;    /* it was of that moment */
    bool   still;    /* and says what it said at the moment before */
} Cut;

typedef struct Series Series;
struct Series {
    const Indicator *indicator;
    const char      *breakdown;
    int              year, family;
    size_t           first, n;         /* rows in question->shown */
    size_t           own_first, own_n; /* rows in question->own */
    TableDimension  *labels;
    Cut             *cut;              /* per moment */
    Series           *total, *whole;    /* what it adds up to, and what it is a part of; NULL = not shown */
    bool             adds_up, schools;
    uint32_t       **cell, **rest;     /* per moment, per label: how many, and how many the whole has beside them */
};

typedef struct Told {
    const char  *name;
    const Series *table;
} Told;

/* One attacker, on the tables of one school year that have to do with each other. */
typedef struct History {
    const HistoryQuestion *question;
    Arena    *memory;
    Series   **table;
    size_t    n_tables;
    int       moments;
    int       threshold;
    int       school;  /* who attacks; 0 = a reader */
    bool      unknown; /* what he had of something is not known: he is not asked */
    bool      grows;
    int64_t  *events;  /* per row of shown: without his own */
    TableDimension *schools;
    uint8_t  *present; /* per moment and school */
    System    system;
    uint8_t  *known, *asked;
    double   *low, *high;
    size_t    room;
    Told     *of;      /* per cell that is asked after */
    Told     *told;
    size_t    n_told, told_room, n_asked, n_programs;
} History;

/* -- tables -------------------------------------------------------------------------------------- */

static int family_of(const int *leader, int indicator)
{
    while (leader[indicator] != indicator)
        indicator = leader[indicator];
    return indicator;
}

static int indicator_find(const HistoryQuestion *question, const char *name)
{
    for (size_t at = 0; name && at < question->n_indicators; at++)
        if (strcmp(question->indicators[at].name, name) == 0)
            return (int) at;
    return -1;
}

/* Indicators that count parts of the same records, by the number of one of them. */
static int *families(Arena *out, const HistoryQuestion *question)
{
    int *leader = arena_array(out, question->n_indicators + 1, sizeof *leader);

    for (size_t at = 0; at < question->n_indicators; at++)
        leader[at] = (int) at;
    for (size_t at = 0; at < question->n_indicators; at++) {
        int to[2] = {indicator_find(question, question->indicators[at].subset_of), indicator_find(question, question->indicators[at].adds_up_to)};
        for (int one = 0; one < 2; one++)
            if (to[one] >= 0)
                leader[family_of(leader, (int) at)] = family_of(leader, to[one]);
    }
    return leader;
}

static bool same_table(const HistoryShown *a, const HistoryShown *b)
{
    return a->school_year == b->school_year && strcmp(a->indicator, b->indicator) == 0 && strcmp(a->breakdown, b->breakdown) == 0;
}

static void own_find(const HistoryQuestion *question, Series *table)
{
    for (size_t at = 0; at < question->n_own; at++) {
        const HistoryOwn *own = &question->own[at];
        if (own->school_year != table->year || strcmp(own->indicator, table->indicator->name) != 0 || strcmp(own->breakdown, table->breakdown) != 0)
            continue;
        table->own_first = table->own_n ? table->own_first : at;
        table->own_n++;
    }
}

static Series *tables_make(Arena *out, const HistoryQuestion *question, int moments, size_t *count)
{
    int *leader = families(out, question);
    Series *table = arena_array(out, question->n_shown + 1, sizeof *table);
    size_t n = 0;

    for (size_t first = 0, end; first < question->n_shown; first = end) {
        const HistoryShown *one = &question->shown[first];
        int indicator = indicator_find(question, one->indicator);
        for (end = first + 1; end < question->n_shown && same_table(one, &question->shown[end]);)
            end++;
        if (indicator < 0 || !indicator_exact(&question->indicators[indicator]))
            continue;
        Series *it = &table[n++];
        *it = (Series){.indicator = &question->indicators[indicator], .breakdown = one->breakdown, .year = one->school_year, .family = family_of(leader, indicator), .first = first, .n = end - first,
                      .labels = table_dimension_new(out, "labels"), .cut = arena_array(out, (size_t) moments, sizeof *it->cut), .schools = strcmp(one->breakdown, "school") == 0};
        for (size_t row = first; row < end; row++) {
            Cut *cut = &it->cut[question->shown[row].moment];
            cut->first = cut->n++ ? cut->first : row;
            cut->fresh = true;
            for (size_t at = 0; at < question->shown[row].n_members; at++)
                table_code(it->labels, question->shown[row].member[at]);
        }
        own_find(question, it);
    }
    *count = n;
    return table;
}

static Series *table_find(Series *const *table, size_t n, const char *indicator, const char *breakdown)
{
    for (size_t at = 0; at < n; at++)
        if (strcmp(table[at]->indicator->name, indicator) == 0 && strcmp(table[at]->breakdown, breakdown) == 0)
            return table[at];
    return NULL;
}

/* Do its groups add up to the total, whenever both were shown? Those of a questionnaire that some left open do not. */
static bool adds_up(const HistoryQuestion *question, const Series *table, int moments)
{
    if (!table->total || table->total == table)
        return false;
    for (int moment = 0; moment < moments; moment++) {
        const Cut *cut = &table->cut[moment], *of = &table->total->cut[moment];
        int64_t sum = 0;
        for (size_t at = cut->first; at < cut->first + cut->n; at++)
            sum += question->shown[at].edition == question->shown[cut->first].edition ? question->shown[at].events : 0;
        if (cut->fresh && of->fresh && sum != question->shown[of->first].events)
            return false;
    }
    return true;
}

/* -- what the attacker takes off ------------------------------------------------------------------- */

/* How many of a cell are his, by what he had when the table was released last; -1 = not known. */
static int64_t own_of(const History *history, const Series *table, int moment, const char *label)
{
    const HistoryOwn *own = history->question->own + table->own_first;
    int of = -1;
    int64_t sum = 0;

    for (size_t at = 0; at < table->own_n && own[at].moment <= moment; at++)
        of = own[at].moment;
    for (size_t at = 0; at < table->own_n; at++)
        if (own[at].moment == of && own[at].school == history->school && own[at].label && strcmp(own[at].label, label) == 0)
            sum += own[at].events;
    return of < 0 ? -1 : sum;
}

static void own_take_off(History *history, const Series *table)
{
    for (size_t row = table->first; row < table->first + table->n; row++) {
        const HistoryShown *shown = &history->question->shown[row];
        history->events[row] = shown->events;
        for (size_t at = 0; history->school && at < shown->n_members; at++) {
            int64_t own = own_of(history, table, shown->moment, shown->member[at]);
            history->unknown = history->unknown || own < 0;
            history->events[row] -= own;
        }
        history->unknown = history->unknown || history->events[row] < 0;
    }
}

static bool same_groups(const History *history, const Cut *a, const Cut *b)
{
    const HistoryShown *shown = history->question->shown;
    bool same = a->n == b->n;

    for (size_t at = 0; at < a->n && same; at++) {
        const HistoryShown *one = &shown[a->first + at], *other = &shown[b->first + at];
        same = history->events[a->first + at] == history->events[b->first + at] && one->edition == other->edition && one->n_members == other->n_members;
        for (size_t member = 0; member < one->n_members && same; member++)
            same = strcmp(one->member[member], other->member[member]) == 0;
    }
    return same;
}

/* Which schools had something at each moment: those in the tables by school of that moment; where there are none, those that the totals were the sum of, if that is known. */
static void present_find(History *history)
{
    history->schools = table_dimension_new(history->memory, "schools");
    for (size_t at = 0; at < history->n_tables; at++)
        for (uint32_t label = 0; history->table[at]->schools && label < table_codes(history->table[at]->labels); label++)
            table_code(history->schools, table_code_text(history->table[at]->labels, label));
    size_t n = table_codes(history->schools);
    history->present = arena_array(history->memory, (size_t) history->moments * n + 1, 1);
    for (int moment = 0; moment < history->moments; moment++) {
        uint8_t *present = history->present + (size_t) moment * n;
        bool told = false;
        for (size_t at = 0; at < history->n_tables; at++) {
            const Series *table = history->table[at];
            const Cut *cut = &table->cut[moment];
            told = told || (table->schools && cut->fresh);
            for (size_t row = cut->first; table->schools && row < cut->first + cut->n; row++)
                for (size_t member = 0; member < history->question->shown[row].n_members; member++)
                    present[table_code(history->schools, history->question->shown[row].member[member])] = 1;
        }
        for (size_t at = 0; at < history->n_tables && !told; at++) {
            const Series *table = history->table[at];
            const HistoryOwn *own = history->question->own + table->own_first;
            int of = -1;
            for (size_t one = 0; strcmp(table->breakdown, "totaal") == 0 && one < table->own_n && own[one].moment <= moment; one++)
                of = own[one].moment;
            for (size_t one = 0; of >= 0 && one < table->own_n; one++) {
                uint32_t code = own[one].moment == of && own[one].events > 0 ? table_code_find(history->schools, arena_format(history->memory, "%d", own[one].school)) : NONE;
                if (code != NONE)
                    present[code] = told = true;
            }
        }
        if (!told)
            memset(present, 1, n);
    }
}

/* -- cells ----------------------------------------------------------------------------------------- */

static uint32_t cell_new(History *history, bool known, int64_t value)
{
    if (history->system.n_cells == history->room) {
        size_t used = history->room, room[5] = {used, used, used, used, used};
        history->known = arena_grow(history->memory, history->known, used, &room[0], sizeof *history->known);
        history->asked = arena_grow(history->memory, history->asked, used, &room[1], sizeof *history->asked);
        history->low = arena_grow(history->memory, history->low, used, &room[2], sizeof *history->low);
        history->high = arena_grow(history->memory, history->high, used, &room[3], sizeof *history->high);
        history->of = arena_grow(history->memory, history->of, used, &room[4], sizeof *history->of);
        history->room = room[0];
    }
    uint32_t cell = system_cell(&history->system, &(SystemCell){.value = value});
    history->known[cell] = known;
    history->asked[cell] = 0;
    history->low[cell] = 0;
    history->high[cell] = BASE_UNKNOWN;
    return cell;
}

static void told_add(History *history, const Series *table, const char *name)
{
    history->told = arena_grow(history->memory, history->told, history->n_told, &history->told_room, sizeof *history->told);
    history->told[history->n_told++] = (Told){name, table};
}

/* Is this what nobody may find? Of what is known already, at once. \param until 0 for what there was, else the moment until which it grew */
static void ask(History *history, uint32_t cell, const Series *table, const char *label, const char *what, int moment, int until)
{
    int64_t value = history->system.cell[cell].value;
    const char *name = arena_format(history->memory, "%s|%d|%s|%s|%s|%d|%d", table->indicator->name, table->year, table->breakdown, label, what, moment, until);

    if (!history->known[cell]) {
        history->asked[cell] = 1;
        history->of[cell] = (Told){name, table};
    } else if (until && value > 0 && value < history->threshold) {
        told_add(history, table, name);
    }
}

static uint32_t *labels_none(History *history, const Series *table)
{
    uint32_t *cell = arena_array(history->memory, table_codes(table->labels) + 1, sizeof *cell);

    for (size_t at = 0; at <= table_codes(table->labels); at++)
        cell[at] = NONE;
    return cell;
}

static bool is_own(const History *history, const Series *table, const char *label)
{
    return table->schools && history->school && atoi(label) == history->school;
}

/* A label for each of the groups that were shown, and what they add up to. */
static void shown_take(History *history, Series *table, int moment)
{
    const Cut *cut = &table->cut[moment];

    if (cut->still && moment > 0) {
        table->cell[moment] = table->cell[moment - 1];
        return;
    }
    for (int alone = 1; alone >= 0; alone--) /* what is shown by itself is known in the others */
        for (size_t row = cut->first; row < cut->first + cut->n; row++) {
            const HistoryShown *shown = &history->question->shown[row];
            SystemTerm *term = arena_array(history->memory, shown->n_members + 1, sizeof *term);
            size_t n = 1, others = 0;
            for (size_t at = 0; at < shown->n_members; at++)
                others += !is_own(history, table, shown->member[at]);
            if (alone != (others == 1))
                continue;
            for (size_t at = 0; at < shown->n_members; at++) {
                uint32_t *cell = &table->cell[moment][table_code(table->labels, shown->member[at])];
                if (is_own(history, table, shown->member[at]))
                    continue;
                if (*cell == NONE)
                    *cell = cell_new(history, alone, alone ? history->events[row] : 0);
                term[n++] = (SystemTerm){*cell, 1};
            }
            if (alone || n == 1)
                continue;
            term[0] = (SystemTerm){cell_new(history, true, history->events[row]), -1};
            system_line(&history->system, term, n);
        }
}

/* Its total was shown and it was not: its groups were there all the same, and adds up to it. Others than were ever seen may be among them, but for schools. */
static void hidden_take(History *history, Series *table, int moment)
{
    const Series *total = table->total;
    size_t labels = table_codes(table->labels), n = 1;

    if (!table->adds_up || !total->cut[moment].fresh || (history->school && !table->schools))
        return;
    SystemTerm *term = arena_array(history->memory, labels + 2, sizeof *term);
    term[0] = (SystemTerm){total->cell[moment][table_code_find(total->labels, "")], -1};
    for (uint32_t label = 0; label < labels; label++) {
        const char *text = table_code_text(table->labels, label);
        if (table->schools && (is_own(history, table, text) || !history->present[(size_t) moment * table_codes(history->schools) + table_code_find(history->schools, text)]))
            continue;
        if (strcmp(table->breakdown, "maand") == 0 && strcmp(text, history->question->shown[total->cut[moment].first].month) > 0)
            continue;
        table->cell[moment][label] = cell_new(history, false, 0);
        term[n++] = (SystemTerm){table->cell[moment][label], 1};
    }
    if (!table->schools)
        term[n++] = (SystemTerm){cell_new(history, false, 0), 1};
    if (n > 1)
        system_line(&history->system, term, n);
}

static uint32_t difference(History *history, uint32_t whole, uint32_t part)
{
    int64_t apart = history->system.cell[whole].value - history->system.cell[part].value;

    if (history->known[whole] && history->known[part])
        return apart < 0 ? NONE : cell_new(history, true, apart);
    uint32_t rest = cell_new(history, false, 0);
    system_line(&history->system, (const SystemTerm[]){{whole, -1}, {part, 1}, {rest, 1}}, 3);
    return rest;
}

/* What the whole has beside the part, label by label; and the part by its other name. */
static void rest_take(History *history, Series *table, int moment)
{
    const Series *whole = table->whole;
    const Indicator *part = table->indicator;

    for (uint32_t label = 0; whole && label < table_codes(table->labels); label++) {
        uint32_t of = table_code_find(whole->labels, table_code_text(table->labels, label)), own = table->cell[moment][label];
        of = of == NONE ? NONE : whole->cell[moment][of];
        if (of == NONE)
            continue;
        if (own == NONE) { /* nothing of it is of the part */
            table->rest[moment][label] = table->cut[moment].fresh ? of : NONE;
            continue;
        }
        uint32_t before = moment > 0 && table->cell[moment - 1][label] == own ? table_code_find(whole->labels, table_code_text(table->labels, label)) : NONE;
        if (before != NONE && whole->cell[moment - 1][before] == of)
            table->rest[moment][label] = table->rest[moment - 1][label];
        else
            table->rest[moment][label] = difference(history, of, own);
    }
    if (!part->twin_breakdown || strcmp(table->breakdown, "totaal") != 0 || table_codes(table->labels) == 0)
        return;
    const Series *named = table_find(history->table, history->n_tables, part->subset_of, part->twin_breakdown);
    uint32_t label = named ? table_code_find(named->labels, part->twin_category) : NONE, own = table->cell[moment][0];
    if (label != NONE && own != NONE && named->cell[moment][label] != NONE && !(history->known[own] && history->known[named->cell[moment][label]]))
        system_line(&history->system, (const SystemTerm[]){{named->cell[moment][label], -1}, {own, 1}}, 2);
}

/* -- growth ---------------------------------------------------------------------------------------- */

static bool went_down(const History *history, const uint32_t *then, const uint32_t *now, size_t labels)
{
    for (size_t at = 0; at < labels; at++)
        if (then[at] != NONE && now[at] != NONE && history->known[then[at]] && history->known[now[at]] && history->system.cell[now[at]].value < history->system.cell[then[at]].value)
            return true;
    return false;
}

static bool anything(const uint32_t *cell, size_t labels)
{
    for (size_t at = 0; at < labels; at++)
        if (cell[at] != NONE)
            return true;
    return false;
}

/* From one moment to the next nothing shrinks; until the last it grew by what is asked after. */
static void growth_take(History *history, const Series *table, uint32_t *const *cell, const char *what)
{
    size_t labels = table_codes(table->labels);
    int last = history->moments - 1, before = -1;

    for (int moment = 0; moment <= last && history->grows; moment++) {
        if (!anything(cell[moment], labels))
            continue;
        for (size_t at = 0; before >= 0 && !went_down(history, cell[before], cell[moment], labels) && at < labels; at++)
            if (cell[before][at] != NONE && cell[moment][at] != NONE && cell[before][at] != cell[moment][at] && moment < last)
                difference(history, cell[moment][at], cell[before][at]);
        before = moment;
    }
    for (int moment = 0; moment < last && history->grows && anything(cell[last], labels); moment++) {
        SystemTerm *term = arena_array(history->memory, labels + 1, sizeof *term);
        size_t n = 1;
        bool apart = false; /* other schools than now */
        int64_t sum = 0;
        if (!anything(cell[moment], labels) || went_down(history, cell[moment], cell[last], labels))
            continue;
        for (uint32_t at = 0; at < labels; at++) {
            uint32_t then = cell[moment][at], now = cell[last][at];
            apart = apart || (then == NONE) != (now == NONE);
            if (then == NONE || now == NONE || then == now)
                continue;
            uint32_t grown = difference(history, now, then);
            if (grown == NONE)
                continue;
            if (!history->school || table->schools)
                ask(history, grown, table, table_code_text(table->labels, at), what, moment, last);
            if (history->known[grown])
                sum += history->system.cell[grown].value;
            else
                term[n++] = (SystemTerm){grown, 1};
        }
        if (!apart || !table->schools || history->school)
            continue;
        uint32_t together = cell_new(history, n == 1, sum);
        if (n > 1) {
            term[0] = (SystemTerm){cell_new(history, false, 0), -1};
            system_line(&history->system, term, n);
            system_line(&history->system, (const SystemTerm[]){{together, -1}, {term[0].cell, 1}, {cell_new(history, true, sum), 1}}, 3);
        }
        ask(history, together, table, "", what, moment, last);
    }
}

static void levels_ask(History *history, const Series *table, uint32_t *const *cell, const char *what)
{
    for (int moment = 0; moment < history->moments; moment++)
        for (uint32_t label = 0; label < table_codes(table->labels); label++)
            if (cell[moment][label] != NONE && !history->asked[cell[moment][label]])
                ask(history, cell[moment][label], table, table_code_text(table->labels, label), what, moment, 0);
}

/* -- one attacker ---------------------------------------------------------------------------------- */

static void system_make(History *history)
{
    system_begin(&history->system, history->memory);
    history->room = 0;
    history->known = history->asked = NULL;
    history->low = history->high = NULL;
    history->of = NULL;
    history->n_told = history->told_room = 0;
    for (size_t at = 0; at < history->n_tables; at++) {
        Series *table = history->table[at];
        table->cell = arena_array(history->memory, (size_t) history->moments, sizeof *table->cell);
        table->rest = arena_array(history->memory, (size_t) history->moments, sizeof *table->rest);
        for (int moment = 0; moment < history->moments; moment++) {
            Cut *cut = &table->cut[moment];
            cut->still = moment > 0 && cut->fresh && table->cut[moment - 1].fresh && same_groups(history, cut, &table->cut[moment - 1]);
            table->cell[moment] = labels_none(history, table);
            table->rest[moment] = labels_none(history, table);
            if (cut->fresh)
                shown_take(history, table, moment);
        }
    }
    for (int moment = 0; moment < history->moments; moment++) {
        for (size_t at = 0; at < history->n_tables; at++)
            if (!history->table[at]->cut[moment].fresh)
                hidden_take(history, history->table[at], moment);
        for (size_t at = 0; at < history->n_tables; at++)
            rest_take(history, history->table[at], moment);
    }
    for (size_t at = 0; at < history->n_tables; at++) {
        growth_take(history, history->table[at], history->table[at]->cell, "growth");
        growth_take(history, history->table[at], history->table[at]->rest, "growth beside it");
        levels_ask(history, history->table[at], history->table[at]->cell, "number");
        levels_ask(history, history->table[at], history->table[at]->rest, "number beside it");
    }
}

/* What one line says of each of its cells, by what is known of the others. *changed: something new. \return false: it cannot hold */
static bool line_narrow(History *history, const SystemTerm *term, size_t n, bool *changed)
{
    double least = 0, most = 0; /* of the sum, which is 0 */

    for (size_t at = 0; at < n; at++) {
        least += term[at].coef > 0 ? history->low[term[at].cell] : -history->high[term[at].cell];
        most += term[at].coef > 0 ? history->high[term[at].cell] : -history->low[term[at].cell];
    }
    if (least > 0 || most < 0)
        return false;
    for (size_t at = 0; at < n; at++) {
        double *low = &history->low[term[at].cell], *high = &history->high[term[at].cell], was_low = *low, was_high = *high;
        bool up = term[at].coef > 0;
        double others_least = least - (up ? was_low : -was_high), others_most = most - (up ? was_high : -was_low);
        *low = fmax(was_low, up ? -others_most : others_least);
        *high = fmin(was_high, up ? -others_least : others_most);
        if (*low > *high)
            return false;
        if (*low == was_low && *high == was_high)
            continue;
        *changed = true;
        least = others_least + (up ? *low : -*high);
        most = others_most + (up ? *high : -*low);
    }
    return true;
}

/* Most follows without any program: what stood still in a total stood still in its groups. What is so found is known; what is so found to be narrow is told at once, and the
 * programs are left with what neither shows. \return false: no table agrees */
static bool system_narrow(History *history)
{
    System *system = &history->system;
    bool changed = true, holds = true;

    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        if (history->known[cell])
            history->low[cell] = history->high[cell] = (double) system->cell[cell].value;
    for (int pass = 0; pass < NARROWINGS && changed && holds; pass++) {
        changed = false;
        for (size_t line = 0; line < system->n_lines && holds; line++) {
            size_t first = system->line_start[line], end = line + 1 < system->n_lines ? system->line_start[line + 1] : system->term_count;
            holds = line_narrow(history, system->term + first, end - first, &changed);
        }
    }
    for (uint32_t cell = 0; cell < system->n_cells && holds; cell++) {
        double low = history->low[cell], high = history->high[cell];
        if (!history->known[cell] && low == high) {
            history->known[cell] = 1;
            system->cell[cell].value = (int64_t) low;
        }
        if (!history->asked[cell] || (high - low >= WIDTH && low < history->threshold))
            continue;
        history->asked[cell] = 0;
        if (high > 0 && low < history->threshold)
            told_add(history, history->of[cell].table, history->of[cell].name);
    }
    return holds;
}

/* \param found there is a table that agrees */
static bool system_attack(History *history, bool *found, Err *err)
{
    System *system = &history->system;
    SystemRules rules = {.threshold = history->threshold, .width_min = WIDTH};
    uint8_t *hidden = arena_array(history->memory, system->n_cells + 1, 1);
    AttackMemory memory;
    Attack attack;
    size_t n = 0;

    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        history->n_asked += history->asked[cell];
    *found = system_narrow(history);
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        hidden[cell] = !history->known[cell];
        n += history->asked[cell];
    }
    if (n == 0 || !*found)
        return true;
    *found = base_find(system, history->known, history->low, history->high);
    if (!*found)
        return true;
    history->n_programs += base_others(system, history->known, history->low, history->high, WIDTH, OTHERS, history->asked);
    n = 0;
    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        n += history->asked[cell];
        if (!history->asked[cell])
            system->cell[cell].flags |= SYSTEM_WITHHELD;
    }
    if (n == 0)
        return true;
    if (!system_finish(system, err))
        return false;
    attack_memory_begin(&memory, system, &rules);
    bool good = attack_run(system, &rules, hidden, history->asked, 0, &memory, &attack, err);
    for (uint32_t cell = 0; cell < system->n_cells && good; cell++) {
        int64_t least, most;
        if (!history->asked[cell] || !attack.fails[cell])
            continue;
        /* Examples show at least how wide it is, not at most; that it is surely nothing, or surely enough, has to be asked. */
        history->n_programs += 2;
        if (!base_range(system, history->known, history->low, history->high, cell, &least, &most) || (most > 0 && least < rules.threshold && most - least < WIDTH))
            told_add(history, history->of[cell].table, history->of[cell].name);
    }
    history->n_programs += attack.n_linear + attack.n_integer;
    attack_free(&attack);
    attack_memory_free(&memory);
    return good;
}

/* What he finds of everything until this many moments. */
static bool attacker_run(History *history, int moments, Err *err)
{
    bool found = true;

    history->moments = moments;
    for (size_t at = 0; at < history->n_tables; at++)
        own_take_off(history, history->table[at]);
    history->n_told = 0;
    if (history->unknown)
        return true;
    present_find(history);
    history->grows = true;
    system_make(history);
    if (!system_attack(history, &found, err))
        return false;
    if (found)
        return true;
    history->grows = false; /* what was printed cannot be, if numbers only grow: he knows better */
    system_make(history);
    if (!system_attack(history, &found, err))
        return false;
    history->n_told = found ? history->n_told : 0;
    return true;
}

static bool moved_last(const Series *table, int moments)
{
    return table->cut[moments - 1].fresh && !table->cut[moments - 1].still;
}

static void held_add(Arena *out, HistoryReport *report, const Series *table)
{
    const char *name = arena_format(out, "%d|%s|%s", table->year, table->indicator->name, table->breakdown);

    for (size_t at = 0; at < report->n_held; at++)
        if (strcmp(report->held[at], name) == 0)
            return;
    report->held = arena_grow(out, report->held, report->n_held, &report->held_room, sizeof *report->held);
    report->held[report->n_held++] = name;
}

/* Hold the table itself; where nothing in that is new, what is divided in the same way; where that is not new either, all that is. */
static void hold(Arena *out, const History *history, const Told *told, int moments, HistoryReport *report)
{
    bool held = false;

    for (int wide = 0; wide < 3 && !held; wide++)
        for (size_t at = 0; at < history->n_tables; at++) {
            const Series *table = history->table[at];
            if (!moved_last(table, moments) || (wide == 0 && table != told->table) || (wide == 1 && strcmp(table->breakdown, told->table->breakdown) != 0))
                continue;
            held_add(out, report, table);
            held = true;
        }
    report->n_told++;
    if (!report->first)
        report->first = arena_format(out, "%s %d, %s", told->table->indicator->name, told->table->year, told->table->breakdown);
}

static bool attacker_ask(Arena *out, History *history, int moments, HistoryReport *report, Err *err)
{
    bool good = attacker_run(history, moments, err);
    size_t n = history->n_told;
    const Told *told = history->told;

    report->n_attackers += !history->unknown;
    if (good && n) { /* what was to be found before is not to be found because of this */
        history->told = NULL;
        good = attacker_run(history, moments - 1, err);
        history->moments = moments;
        for (size_t at = 0; at < n && good; at++) {
            bool before = false;
            for (size_t other = 0; other < history->n_told; other++)
                before = before || strcmp(told[at].name, history->told[other].name) == 0;
            if (!before)
                hold(out, history, &told[at], moments, report);
        }
    }
    report->n_asked += history->n_asked;
    report->n_programs += history->n_programs;
    return good;
}

/* Tables of one school year and family. */
static bool family_attack(Arena *out, const HistoryQuestion *question, Series **table, size_t n, int moments, int threshold, const int *schools, size_t n_schools, HistoryReport *report, Err *err)
{
    bool good = true, moved = false;

    for (size_t at = 0; at < n; at++) {
        table[at]->total = table_find(table, n, table[at]->indicator->adds_up_to, "totaal");
        table[at]->whole = table[at]->indicator->subset_of ? table_find(table, n, table[at]->indicator->subset_of, table[at]->breakdown) : NULL;
    }
    for (size_t at = 0; at < n; at++)
        table[at]->adds_up = adds_up(question, table[at], moments);
    for (size_t who = 0; who <= n_schools && good; who++) {
        ARENA_AUTO batch = arena_new();
        History history = {.question = question, .memory = batch, .table = table, .n_tables = n, .threshold = threshold, .school = who ? schools[who - 1] : 0,
                           .events = arena_array(batch, question->n_shown + 1, sizeof *history.events)};
        for (size_t at = 0; who == 0 && at < n; at++) {
            const Cut *now = &table[at]->cut[moments - 1], *before = &table[at]->cut[moments - 2];
            own_take_off(&history, table[at]);
            moved = moved || (now->fresh && !(before->fresh && same_groups(&history, now, before)));
        }
        if (!moved)
            return true;
        good = attacker_ask(out, &history, moments, report, err);
    }
    return good;
}

/* Where numbers were shown that are below the threshold of now, it was another then, and numbers of that size are no secret of a release. */
static int threshold_judged(const HistoryQuestion *question, int moments)
{
    int64_t least = question->threshold;

    for (size_t at = 0; at < question->n_shown; at++) {
        const HistoryShown *shown = &question->shown[at];
        int indicator = indicator_find(question, shown->indicator);
        if (shown->moment < moments - 1 && shown->events > 0 && shown->events < least && indicator >= 0 && indicator_exact(&question->indicators[indicator]))
            least = shown->events;
    }
    return (int) least;
}

bool history_attack(Arena *out, const HistoryQuestion *question, const int *schools, size_t n_schools, HistoryReport *report, Err *err)
{
    ARENA_AUTO batch = arena_new();
    int moments = 0;
    size_t n;

    for (size_t at = 0; at < question->n_shown; at++)
        moments = question->shown[at].moment >= moments ? question->shown[at].moment + 1 : moments;
    if (moments < 2)
        return true;
    Series *table = tables_make(batch, question, moments, &n);
    Series **one = arena_array(batch, n + 1, sizeof *one);
    bool *done = arena_array(batch, n + 1, sizeof *done);
    for (size_t first = 0; first < n; first++) {
        size_t count = 0;
        for (size_t at = first; at < n && !done[first]; at++)
            if (table[at].year == table[first].year && table[at].family == table[first].family)
                one[count++] = &table[at];
        for (size_t at = 0; at < count; at++)
            done[one[at] - table] = true;
        if (count && !family_attack(out, question, one, count, moments, threshold_judged(question, moments), schools, n_schools, report, err))
            return false;
    }
    return true;
}
