#include "analyze/disclosure/history_growth.h"

#include <math.h>
#include <string.h>

/* Does what was printed say that there are fewer; of answers, that fewer answered, or that fewer said otherwise? That one number was corrected says nothing of the others. */
static bool fell(const History *history, uint32_t then, uint32_t now)
{
    const HistoryMark *of = &history->mark[then], *to = &history->mark[now];
    const Unknowns *unknowns = &history->unknowns;
    double answered = to->answered - of->answered;

    return of->printed && to->printed && (unknowns->high[now] < unknowns->low[then] || answered < 0 || unknowns->low[now] - unknowns->high[then] > answered);
}

/* How many answered in all these groups, where that is known of each. */
static double answered_in(const History *history, const uint32_t *cell, const HistoryTable *table, const HistoryShown *shown)
{
    double sum = 0;

    for (size_t at = 0; at < shown->n_members; at++)
        if (!history_is_own(history, table, shown->member[at]))
            sum += history->mark[cell[table_code_find(table->labels, shown->member[at])]].answered;
    return sum;
}

static bool same_members(const HistoryShown *a, const HistoryShown *b)
{
    bool same = a->n_members == b->n_members;

    for (size_t at = 0; at < a->n_members && same; at++)
        same = strcmp(a->member[at], b->member[at]) == 0;
    return same;
}

/* Of shares the very same print says nothing new (movement.h), but to who knows that others answered, and to a school of which it was others before. */
static bool nothing_new(const History *history, const HistoryShown *now, const HistoryShown *then)
{
    if (!now || !then || !same_members(now, then) || now->events != then->events || (now->value != then->value && !(isnan(now->value) && isnan(then->value))))
        return false;
    const HistoryPrint *one = &history->print[now - history->question->shown], *other = &history->print[then - history->question->shown];
    return !(one->n > other->n) && (!history->school || (one->own == other->own && one->own_yes == other->own_yes));
}

static const HistoryShown *row_of(const History *history, const HistoryCut *cut, const HistoryShown *wanted)
{
    for (size_t row = cut->first; row < cut->first + cut->n; row++)
        if (same_members(&history->question->shown[row], wanted))
            return &history->question->shown[row];
    return NULL;
}

/* Is it one number, as everybody can see? */
static bool same_known(const History *history, const HistoryTable *table, uint32_t then, uint32_t now)
{
    const Unknowns *unknowns = &history->unknowns;

    return then == now || (!table->share && then != HISTORY_NONE && now != HISTORY_NONE && unknowns->known[then] && unknowns->known[now] && unknowns->low[then] == unknowns->low[now]);
}

enum { GROWS = 1, STILL };

/* The numbers of one table, or what is beside them, at all moments. */
typedef struct Growth {
    const HistoryTable    *table;
    uint32_t *const *cell;
    size_t           labels;
    const char      *what;
    uint8_t         *holds; /* per label and two moments: between them it only grew (GROWS), or stood still (STILL), and the system says so */
} Growth;

static uint8_t *holds(const History *history, const Growth *growth, size_t label, int then, int now)
{
    return &growth->holds[(label * (size_t) history->moments + (size_t) then) * (size_t) history->moments + (size_t) now];
}

/* Is it the growth between two other moments, which is asked there? */
static bool asked_elsewhere(const History *history, const Growth *growth, size_t label, int then, int now)
{
    uint32_t *const *cell = growth->cell;

    return (now - 1 > then && same_known(history, growth->table, cell[now - 1][label], cell[now][label])) ||
           (then > 0 && same_known(history, growth->table, cell[then - 1][label], cell[then][label]));
}

/* Does it follow from growth to a moment between them and on from there? Of answers also by how much at most, where it is known how many answered. */
static bool follows(const History *history, const Growth *growth, size_t label, int then, int now, double answered)
{
    bool follows = false;

    for (int between = then + 1; between < now && !follows; between++)
        follows = *holds(history, growth, label, then, between) && *holds(history, growth, label, between, now) &&
                  (!isfinite(answered) || isfinite(history->mark[growth->cell[between][label]].answered));
    return follows;
}

/* A school that stood still: its numbers then and now are one, if no moment between them says so already. */
static bool label_still(History *history, const Growth *growth, size_t label, int then, int now)
{
    uint32_t from = growth->cell[then][label], to = growth->cell[now][label];
    const Unknowns *unknowns = &history->unknowns;
    bool follows = from == to || (unknowns->known[from] && unknowns->known[to]);

    if (!growth->table->schools || growth->cell == growth->table->beside || !history_stood_still(history->still, table_code_text(growth->table->labels, (uint32_t) label), then, now))
        return false;
    for (int between = then + 1; between < now && !follows; between++)
        follows = *holds(history, growth, label, then, between) == STILL && *holds(history, growth, label, between, now) == STILL;
    if (!follows)
        unknowns_line(&history->unknowns, (const SystemTerm[]){{to, -1}, {from, 1}}, 2);
    *holds(history, growth, label, then, now) = STILL;
    return true;
}

static void label_grows(History *history, const Growth *growth, size_t label, int then, int now)
{
    const HistoryTable *table = growth->table;
    const Unknowns *unknowns = &history->unknowns;
    uint32_t from = growth->cell[then][label], to = growth->cell[now][label], grown = HISTORY_NONE;

    if (from == HISTORY_NONE || to == HISTORY_NONE || (from != to && fell(history, from, to)))
        return;
    if (label_still(history, growth, label, then, now))
        return;
    double answered = history->mark[to].answered - history->mark[from].answered;
    bool known = unknowns->known[from] && unknowns->known[to];
    if (from != to && (known || !follows(history, growth, label, then, now, answered))) {
        grown = history_difference(history, to, from);
        if (grown == HISTORY_NONE)
            return;
    }
    *holds(history, growth, label, then, now) = GROWS;
    if (from == to || (history->school && !table->schools) || !history_is_asked(history, table, growth->cell, to) || !history_is_asked(history, table, growth->cell, from) ||
        asked_elsewhere(history, growth, label, then, now) || (table->share && nothing_new(history, history->mark[to].row, history->mark[from].row)))
        return;
    const char *name = growth->labels == 1 ? "" : table_code_text(table->labels, (uint32_t) label);
    if (grown != HISTORY_NONE) {
        history_ask(history, grown, table, name, growth->what, then, now);
        return;
    }
    SystemTerm *term = arena_array(history->memory, 2, sizeof *term);
    term[0] = (SystemTerm){to, 1};
    term[1] = (SystemTerm){from, -1};
    history_ask_sum(history, term, 2, answered, table, name, growth->what, then, now);
}

/* Where schools came or went: by how much all grew that are there at both moments. */
static void others_grow(History *history, const Growth *growth, int then, int now)
{
    SystemTerm *term = arena_array(history->memory, 2 * growth->labels + 1, sizeof *term);
    bool apart = false, all = true, elsewhere_now = now - 1 > then, elsewhere_then = then > 0;
    size_t n = 0;

    for (size_t at = 0; at < growth->labels; at++) {
        uint32_t from = growth->cell[then][at], to = growth->cell[now][at];
        apart = apart || (from == HISTORY_NONE) != (to == HISTORY_NONE);
        elsewhere_now = elsewhere_now && same_known(history, growth->table, growth->cell[now - 1][at], to);
        elsewhere_then = elsewhere_then && same_known(history, growth->table, growth->cell[then - 1][at], from);
        if (from == HISTORY_NONE || to == HISTORY_NONE || from == to)
            continue;
        all = all && *holds(history, growth, at, then, now);
        term[n++] = (SystemTerm){to, 1};
        term[n++] = (SystemTerm){from, -1};
    }
    if (apart && all && n > 2 /* of one, it is asked already */ && !elsewhere_now && !elsewhere_then)
        history_ask_sum(history, term, n, NAN, growth->table, "", growth->what, then, now);
}

/* Shares of a union that was shown at one of two moments, of groups that are there at both: by how much all of it grew. */
static void unions_grow(History *history, const Growth *growth, int of, int then, int now)
{
    const HistoryTable *table = growth->table;
    const HistoryCut *cut = &table->cut[of];

    for (size_t row = cut->first; row < cut->first + cut->n; row++) {
        const HistoryShown *shown = &history->question->shown[row], *other = row_of(history, &table->cut[of == now ? then : now], shown);
        SystemTerm *term = arena_array(history->memory, 2 * shown->n_members + 1, sizeof *term);
        size_t n = 0;
        bool all = shown->n_members > 1 && !(other && of == now); /* once is enough */
        for (size_t at = 0; at < shown->n_members && all; at++) {
            if (history_is_own(history, table, shown->member[at]))
                continue;
            uint32_t label = table_code_find(table->labels, shown->member[at]), here = table->cell[now][label], there = table->cell[then][label];
            all = here != HISTORY_NONE && there != HISTORY_NONE && here != there && *holds(history, growth, label, then, now);
            term[n++] = (SystemTerm){here, 1};
            term[n++] = (SystemTerm){there, -1};
        }
        if (!all || n <= 2) /* of one, it is asked already */
            continue;
        double count = other ? history->print[other - history->question->shown].n : answered_in(history, table->cell[of == now ? then : now], table, shown);
        double more = of == now ? history->print[row].n - count : count - history->print[row].n;
        if (!nothing_new(history, shown, other))
            history_ask_sum(history, term, n, more < 0 ? NAN : more, table, shown->member[0], of == then ? "growth of what was together" : "growth of what is together", then, now);
    }
}

void history_growth(History *history, const HistoryTable *table, uint32_t *const *cell, size_t labels, const char *what)
{
    Growth growth = {table, cell, labels, what, NULL};

    if (!table->grows)
        return;
    growth.holds = arena_array(history->memory, labels * (size_t) history->moments * (size_t) history->moments + 1, 1);
    for (int now = 1; now < history->moments; now++)
        for (int then = now - 1; then >= 0; then--) {
            for (size_t at = 0; at < labels; at++)
                label_grows(history, &growth, at, then, now);
            if (table->schools && !history->school)
                others_grow(history, &growth, then, now);
            if (table->share && cell == table->cell && (!history->school || table->schools)) {
                unions_grow(history, &growth, then, then, now);
                unions_grow(history, &growth, now, then, now);
            }
        }
}

