#include "analyze/disclosure/history_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* -- what the attacker takes off ------------------------------------------------------------------- */

/* How many of n who answered can have said so, by the printed percentage; of any n that was printed in fives, where n is not known. */
static HistoryPrint share_print(const History *history, const HistoryTable *table, const HistoryShown *row)
{
    double n = history_answered(history->question, table, row), percent = history->no ? 100 - row->value : row->value;
    double half = 0.5 * pow(10, -(row->decimals < 0 ? table->indicator->decimals : row->decimals));
    double least = isfinite(n) ? n : fmax(0, (double) row->events - HISTORY_FIVES), most = isfinite(n) ? n : (double) row->events + HISTORY_FIVES;
    HistoryPrint print = {isfinite(percent) ? ceil(fmax(0, percent - half) * least / 100 - 1e-9) : 0, isfinite(percent) ? floor(fmin(100, percent + half) * most / 100 + 1e-9) : most, n, 0, 0};

    return print.low <= print.high ? print : (HistoryPrint){0, most, n, 0, 0}; /* no number of those makes that print: it was of others */
}

void history_prints(History *history, const HistoryTable *table)
{
    for (size_t row = table->first; row < table->first + table->n; row++) {
        const HistoryShown *shown = &history->question->shown[row];
        HistoryPrint *print = &history->print[row];
        *print = table->share ? share_print(history, table, shown) : (HistoryPrint){(double) shown->events, (double) shown->events, NAN, 0, 0};
        if (!history->school)
            continue;
        HistoryHad own = history_row_had(history->question, table, shown, history->school);
        double off = !table->share ? own.events : history->no ? own.events - own.yes : own.yes;
        history->unknown = history->unknown || !own.known || print->high < off;
        *print = (HistoryPrint){fmax(0, print->low - off), print->high - off, print->n - own.events, own.events, own.yes};
    }
}

static bool same_print(const HistoryPrint *a, const HistoryPrint *b)
{
    return a->low == b->low && a->high == b->high && (a->n == b->n || (isnan(a->n) && isnan(b->n)));
}

bool history_same_groups(const History *history, const HistoryCut *a, const HistoryCut *b)
{
    const HistoryShown *shown = history->question->shown;
    bool same = a->n == b->n;

    for (size_t at = 0; at < a->n && same; at++) {
        const HistoryShown *one = &shown[a->first + at], *other = &shown[b->first + at];
        same = same_print(&history->print[a->first + at], &history->print[b->first + at]) && one->edition == other->edition && one->n_members == other->n_members;
        for (size_t member = 0; member < one->n_members && same; member++)
            same = strcmp(one->member[member], other->member[member]) == 0;
    }
    return same;
}

void history_present(History *history)
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
            const HistoryTable *table = history->table[at];
            const HistoryCut *cut = &table->cut[moment];
            told = told || (table->schools && cut->fresh);
            for (size_t row = cut->first; table->schools && row < cut->first + cut->n; row++)
                for (size_t member = 0; member < history->question->shown[row].n_members; member++)
                    present[table_code(history->schools, history->question->shown[row].member[member])] = 1;
        }
        for (size_t at = 0; at < history->n_tables && !told; at++) {
            const HistoryTable *table = history->table[at];
            const HistoryOwn *own = history->question->own + table->own_first;
            int of = -1;
            for (size_t one = 0; strcmp(table->breakdown, "totaal") == 0 && one < table->own_n && own[one].moment <= moment; one++)
                of = own[one].moment;
            for (size_t one = 0; of >= 0 && one < table->own_n; one++) {
                uint32_t code = own[one].moment == of && own[one].events > 0 ? table_code_find(history->schools, arena_format(history->memory, "%d", own[one].school)) : HISTORY_NONE;
                if (code != HISTORY_NONE)
                    present[code] = told = true;
            }
        }
        if (!told)
            memset(present, 1, n);
    }
}

/* -- cells ----------------------------------------------------------------------------------------- */

/* \param answered of a share: how many there are to say so; NAN = not known, or a count */
static uint32_t cell_new(History *history, double low, double high, double answered)
{
    uint32_t cell = unknowns_cell(&history->unknowns, low, isfinite(answered) ? fmin(high, answered) : high);

    history->mark = arena_grow(history->memory, history->mark, cell, &history->mark_room, sizeof *history->mark);
    history->mark[cell] = (HistoryMark){.answered = answered};
    return cell;
}

static uint32_t cell_known(History *history, double value)
{
    uint32_t cell = cell_new(history, value, value, NAN);

    history->mark[cell].printed = true;
    return cell;
}

/* A cell of which nothing is known by itself. */
static uint32_t cell_any(History *history)
{
    return cell_new(history, 0, INFINITY, NAN);
}

static uint32_t cell_print(History *history, size_t row)
{
    const HistoryPrint *print = &history->print[row];
    uint32_t cell = cell_new(history, print->low, print->high, print->n);

    history->mark[cell].printed = true;
    history->mark[cell].row = &history->question->shown[row];
    return cell;
}

void history_told(History *history, const HistoryTold *told)
{
    history->told = arena_grow(history->memory, history->told, history->n_told, &history->told_room, sizeof *history->told);
    history->told[history->n_told++] = *told;
}

static HistoryTold told_of(const History *history, const HistoryTable *table, const char *label, const char *what, int moment, int until)
{
    return (HistoryTold){arena_format(history->memory, "%s|%d|%s|%s|%s|%d|%d|%d", table->indicator->name, table->year, table->breakdown, label, what, moment, until, history->no), table};
}

void history_ask(History *history, uint32_t cell, const HistoryTable *table, const char *label, const char *what, int moment, int until)
{
    const Unknowns *unknowns = &history->unknowns;

    history->mark[cell].asked = told_of(history, table, label, what, moment, until);
    if (!unknowns->known[cell])
        unknowns_ask(&history->unknowns, cell, table->share && !until ? UNKNOWNS_ZERO_TELLS : UNKNOWNS_ZERO_SAFE, history->mark[cell].answered);
    else if (until && unknowns->low[cell] > 0 && unknowns->low[cell] < history->threshold)
        history_told(history, &history->mark[cell].asked);
}

void history_ask_sum(History *history, const SystemTerm *term, size_t n, double most, const HistoryTable *table, const char *label, const char *what, int moment, int until)
{
    size_t sum = unknowns_ask_sum(&history->unknowns, term, n, UNKNOWNS_ZERO_SAFE, most);

    history->sum_asked = arena_grow(history->memory, history->sum_asked, sum, &history->sum_room, sizeof *history->sum_asked);
    history->sum_asked[sum] = told_of(history, table, label, what, moment, until);
}

static uint32_t *labels_none(History *history, const HistoryTable *table)
{
    uint32_t *cell = arena_array(history->memory, table_codes(table->labels) + 1, sizeof *cell);

    for (size_t at = 0; at <= table_codes(table->labels); at++)
        cell[at] = HISTORY_NONE;
    return cell;
}

bool history_is_own(const History *history, const HistoryTable *table, const char *label)
{
    return table->schools && history->school && atoi(label) == history->school;
}

/* How many answered that are not his, in a group that hides; who knows how many answered in all of them knows that too. */
static double hidden_answered(const History *history, const HistoryTable *table, size_t row, const char *label)
{
    int moment = history->question->shown[row].moment;

    if (!table->share || !isfinite(history->print[row].n))
        return NAN;
    return history_had(history->question, table, moment, label, 0).events - (history->school ? history_had(history->question, table, moment, label, history->school).events : 0);
}

/* A label for each of the groups that were shown, and what they add up to. */
static void shown_take(History *history, HistoryTable *table, int moment)
{
    const HistoryCut *cut = &table->cut[moment];

    if (cut->still && table->grows) {
        table->cell[moment] = table->cell[moment - 1];
        return;
    }
    for (int alone = 1; alone >= 0; alone--) /* what is shown by itself is known in the others */
        for (size_t row = cut->first; row < cut->first + cut->n; row++) {
            const HistoryShown *shown = &history->question->shown[row];
            SystemTerm *term = arena_array(history->memory, shown->n_members + 1, sizeof *term);
            size_t n = 1, others = 0;
            for (size_t at = 0; at < shown->n_members; at++)
                others += !history_is_own(history, table, shown->member[at]);
            if (alone != (others == 1))
                continue;
            for (size_t at = 0; at < shown->n_members; at++) {
                uint32_t *cell = &table->cell[moment][table_code(table->labels, shown->member[at])];
                if (history_is_own(history, table, shown->member[at]))
                    continue;
                if (*cell == HISTORY_NONE) {
                    *cell = alone ? cell_print(history, row) : cell_new(history, 0, INFINITY, hidden_answered(history, table, row, shown->member[at]));
                    history->mark[*cell].row = shown;
                }
                term[n++] = (SystemTerm){*cell, 1};
            }
            if (alone || n == 1)
                continue;
            term[0] = (SystemTerm){cell_print(history, row), -1};
            unknowns_line(&history->unknowns, term, n);
        }
}

/* Was it shown later? What had nothing then had nothing before. Of answers that is told where the total was shown too (beside_take). */
static bool seen_whole(const History *history, const HistoryTable *table, int moment)
{
    bool seen = false;

    for (int later = moment + 1; later < history->moments && table->grows && !table->share; later++)
        seen = seen || table->cut[later].fresh;
    return seen;
}

/* Its total was shown and it was not: its groups were there all the same, and add up to it. Others than were ever seen may be among them, but for schools. */
static void hidden_take(History *history, HistoryTable *table, int moment)
{
    const HistoryTable *total = table->total;
    size_t labels = table_codes(table->labels), n = 1;

    if (!total || total == table || !total->cut[moment].fresh || (!table->adds_up && !table->share) || (history->school && !table->schools))
        return;
    SystemTerm *term = arena_array(history->memory, labels + 2, sizeof *term);
    term[0] = (SystemTerm){total->cell[moment][table_code_find(total->labels, "")], -1};
    for (uint32_t label = 0; label < labels; label++) {
        const char *text = table_code_text(table->labels, label);
        if (table->schools && (history_is_own(history, table, text) || !history->present[(size_t) moment * table_codes(history->schools) + table_code_find(history->schools, text)]))
            continue;
        if (strcmp(table->breakdown, "maand") == 0 && strcmp(text, history->question->shown[total->cut[moment].first].month) > 0)
            continue; /* a month that was still to come */
        table->cell[moment][label] = cell_any(history);
        term[n++] = (SystemTerm){table->cell[moment][label], 1};
    }
    if (!table->adds_up || !(table->schools || seen_whole(history, table, moment))) {
        table->beside[moment][0] = cell_any(history);
        term[n++] = (SystemTerm){table->beside[moment][0], 1};
    }
    if (n > 1)
        unknowns_line(&history->unknowns, term, n);
}

/* Answers: the total is what all groups said, and those who are in none of them. */
static void beside_take(History *history, HistoryTable *table, int moment)
{
    HistoryTable *total = table->total;
    const HistoryCut *cut = &table->cut[moment];
    size_t labels = table_codes(table->labels), n = 1;

    if (!table->share || !total || total == table || !cut->fresh || !total->cut[moment].fresh)
        return;
    if (cut->still && total->cut[moment].still && table->grows && total->grows) {
        table->beside[moment][0] = table->beside[moment - 1][0];
        return;
    }
    SystemTerm *term = arena_array(history->memory, labels + 2, sizeof *term);
    term[0] = (SystemTerm){total->cell[moment][table_code_find(total->labels, "")], -1};
    double left = history->mark[term[0].cell].answered;
    for (size_t row = cut->first; row < cut->first + cut->n; row++)
        left -= history->question->shown[row].edition == history->question->shown[cut->first].edition ? history->print[row].n : 0;
    for (uint32_t label = 0; label < labels; label++)
        if (table->cell[moment][label] != HISTORY_NONE)
            term[n++] = (SystemTerm){table->cell[moment][label], 1};
    if (!table->adds_up) {
        table->beside[moment][0] = cell_new(history, 0, INFINITY, left < 0 ? NAN : left);
        term[n++] = (SystemTerm){table->beside[moment][0], 1};
    } else
        table->beside[moment][0] = cell_known(history, 0); /* nor was there before */
    unknowns_line(&history->unknowns, term, n);
}

uint32_t history_difference(History *history, uint32_t whole, uint32_t part)
{
    const Unknowns *unknowns = &history->unknowns;
    double apart = unknowns->low[whole] - unknowns->low[part], answered = history->mark[whole].answered - history->mark[part].answered;

    if (unknowns->known[whole] && unknowns->known[part])
        return apart < 0 ? HISTORY_NONE : cell_known(history, apart);
    if (answered < 0)
        return HISTORY_NONE;
    uint32_t rest = cell_new(history, 0, INFINITY, answered);
    unknowns_line(&history->unknowns, (const SystemTerm[]){{whole, -1}, {part, 1}, {rest, 1}}, 3);
    return rest;
}

/* What the whole has beside the part, label by label; and the part by its other name. */
static void rest_take(History *history, HistoryTable *table, int moment)
{
    const HistoryTable *whole = table->whole;
    const Indicator *part = table->indicator;

    for (uint32_t label = 0; whole && label < table_codes(table->labels); label++) {
        uint32_t of = table_code_find(whole->labels, table_code_text(table->labels, label)), own = table->cell[moment][label];
        of = of == HISTORY_NONE ? HISTORY_NONE : whole->cell[moment][of];
        if (of == HISTORY_NONE)
            continue;
        if (own == HISTORY_NONE) { /* nothing of it is of the part */
            table->rest[moment][label] = table->cut[moment].fresh ? of : HISTORY_NONE;
            continue;
        }
        uint32_t before = moment > 0 && table->cell[moment - 1][label] == own ? table_code_find(whole->labels, table_code_text(table->labels, label)) : HISTORY_NONE;
        if (before != HISTORY_NONE && whole->cell[moment - 1][before] == of)
            table->rest[moment][label] = table->rest[moment - 1][label];
        else
            table->rest[moment][label] = history_difference(history, of, own);
    }
    if (!part->twin_breakdown || strcmp(table->breakdown, "totaal") != 0 || table_codes(table->labels) == 0)
        return;
    const HistoryTable *named = history_table_find(history->table, history->n_tables, part->subset_of, part->twin_breakdown);
    uint32_t label = named ? table_code_find(named->labels, part->twin_category) : HISTORY_NONE, own = table->cell[moment][0];
    if (label != HISTORY_NONE && own != HISTORY_NONE && named->cell[moment][label] != HISTORY_NONE && !(history->unknowns.known[own] && history->unknowns.known[named->cell[moment][label]]))
        unknowns_line(&history->unknowns, (const SystemTerm[]){{named->cell[moment][label], -1}, {own, 1}}, 2);
}

bool history_is_asked(const History *history, const HistoryTable *table, uint32_t *const *of, uint32_t cell)
{
    return of != table->beside || isfinite(history->mark[cell].answered);
}

void history_numbers(History *history)
{
    unknowns_begin(&history->unknowns, history->memory, history->threshold);
    history->mark = NULL;
    history->sum_asked = NULL;
    history->mark_room = history->sum_room = 0;
    history->n_told = history->told_room = 0;
    for (size_t at = 0; at < history->n_tables; at++) {
        HistoryTable *table = history->table[at];
        table->cell = arena_array(history->memory, (size_t) history->moments, sizeof *table->cell);
        table->rest = arena_array(history->memory, (size_t) history->moments, sizeof *table->rest);
        table->beside = arena_array(history->memory, (size_t) history->moments, sizeof *table->beside);
        for (int moment = 0; moment < history->moments; moment++) {
            HistoryCut *cut = &table->cut[moment];
            cut->still = moment > 0 && cut->fresh && table->cut[moment - 1].fresh && history_same_groups(history, cut, &table->cut[moment - 1]);
            table->cell[moment] = labels_none(history, table);
            table->rest[moment] = labels_none(history, table);
            table->beside[moment] = labels_none(history, table);
            if (cut->fresh)
                shown_take(history, table, moment);
        }
    }
    for (int moment = 0; moment < history->moments; moment++) {
        for (size_t at = 0; at < history->n_tables; at++)
            if (!history->table[at]->cut[moment].fresh)
                hidden_take(history, history->table[at], moment);
        for (size_t at = 0; at < history->n_tables; at++) {
            rest_take(history, history->table[at], moment);
            beside_take(history, history->table[at], moment);
        }
    }
}
