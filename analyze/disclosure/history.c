#include "analyze/disclosure/history.h"

#include <string.h>

#include "analyze/disclosure/history_growth.h"

static void levels_ask(History *history, const HistoryTable *table, uint32_t *const *cell, size_t labels, const char *what)
{
    for (int moment = 0; moment < history->moments; moment++)
        for (uint32_t label = 0; label < labels && (table->grows || !table->cut[moment].still); label++)
            if (cell[moment][label] != HISTORY_NONE && !history->unknowns.asked[cell[moment][label]] && !history->mark[cell[moment][label]].printed &&
                history_is_asked(history, table, cell, cell[moment][label]))
                history_ask(history, cell[moment][label], table, labels == 1 ? "" : table_code_text(table->labels, label), what, moment, 0);
}

/* -- one attacker ---------------------------------------------------------------------------------- */

static void system_make(History *history)
{
    history_numbers(history);
    for (size_t at = 0; at < history->n_tables; at++) {
        const HistoryTable *table = history->table[at];
        size_t labels = table_codes(table->labels);
        history_growth(history, table, table->cell, labels, "growth");
        history_growth(history, table, table->rest, labels, "growth beside it");
        history_growth(history, table, table->beside, 1, "growth of those in no group");
        levels_ask(history, table, table->cell, labels, "number");
        levels_ask(history, table, table->rest, labels, "number beside it");
        levels_ask(history, table, table->beside, 1, "number of those in no group");
    }
}

static bool system_attack(History *history, bool *found, Err *err)
{
    const Unknowns *unknowns = &history->unknowns;
    size_t n_cells = unknowns->system.n_cells; /* sums get theirs behind them */

    if (!unknowns_attack(&history->unknowns, found, err))
        return false;
    for (size_t cell = 0; cell < n_cells; cell++)
        if (unknowns->told[cell])
            history_told(history, &history->mark[cell].asked);
    for (size_t at = 0; at < unknowns->n_sums; at++)
        if (unknowns->sum[at].told)
            history_told(history, &history->sum_asked[at]);
    return true;
}

/* In which order he gives up that numbers grow: what he is surest of last. */
static int sureness(const HistoryTable *table)
{
    return table->schools ? 1 : strcmp(table->breakdown, "totaal") == 0 ? 2 : 0;
}

/* What was printed cannot be, if numbers only grow: of some table he knows better. Of as many as can be together he goes on to take it. */
static bool growth_allow(History *history, Err *err)
{
    for (size_t at = 0; at < history->n_tables; at++)
        history->table[at]->grows = false;
    for (int sure = 2; sure >= 0; sure--)
        for (size_t at = 0; at < history->n_tables; at++) {
            HistoryTable *table = history->table[at];
            if (sureness(table) != sure)
                continue;
            table->grows = true;
            system_make(history);
            if (!unknowns_agree(&history->unknowns, &table->grows, err))
                return false;
        }
    return true;
}

/* \return false: error */
static bool side_run(History *history, Err *err)
{
    bool found;

    for (size_t at = 0; at < history->n_tables; at++) {
        history_prints(history, history->table[at]);
        history->table[at]->grows = true;
    }
    if (history->unknown)
        return true;
    history_present(history);
    system_make(history);
    if (!system_attack(history, &found, err))
        return false;
    if (found)
        return true;
    if (!growth_allow(history, err))
        return false;
    system_make(history);
    if (!system_attack(history, &found, err))
        return false;
    /* Of shares how many answered is known from elsewhere, and that is not what was printed then. */
    return found || history->table[0]->share || err_set(err, ERR_DISCLOSURE, "no table agrees with what was shown so far: indicator %s, school year %d", history->table[0]->indicator->name, history->table[0]->year);
}

/* What he finds of everything until this many moments. */
static bool attacker_run(History *history, int moments, Err *err)
{
    HistoryTold *told = NULL;
    size_t n = 0, room = 0;

    history->moments = moments;
    for (size_t at = 0; at < history->n_tables; at++)
        history->table[at]->adds_up = history_adds_up(history->question, history->table[at], moments);
    for (int no = 0; no <= history->table[0]->share; no++) {
        history->no = no;
        history->told = NULL;
        history->n_told = history->told_room = 0;
        if (!side_run(history, err))
            return false;
        for (size_t at = 0; at < history->n_told; at++) {
            told = arena_grow(history->memory, told, n, &room, sizeof *told);
            told[n++] = history->told[at];
        }
    }
    history->told = told;
    history->n_told = n;
    return true;
}

static bool moved_last(const HistoryTable *table, int moments)
{
    return table->cut[moments - 1].fresh && !table->cut[moments - 1].still;
}

static void held_add(Arena *out, HistoryReport *report, const HistoryTable *table)
{
    const char *name = arena_format(out, "%d|%s|%s", table->year, table->indicator->name, table->breakdown);

    for (size_t at = 0; at < report->n_held; at++)
        if (strcmp(report->held[at], name) == 0)
            return;
    report->held = arena_grow(out, report->held, report->n_held, &report->held_room, sizeof *report->held);
    report->held[report->n_held++] = name;
}

/* Hold the table itself; where nothing in that is new, what is divided in the same way; where that is not new either, all that is. */
static void hold(Arena *out, const History *history, const HistoryTold *told, int moments, HistoryReport *report)
{
    bool held = false;

    for (int wide = 0; wide < 3 && !held; wide++)
        for (size_t at = 0; at < history->n_tables; at++) {
            const HistoryTable *table = history->table[at];
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
    const HistoryTold *told = history->told;

    report->n_attackers += !history->unknown;
    if (good && n) { /* what was to be found before is not to be found because of this */
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
    report->n_asked += history->unknowns.n_asked;
    report->n_programs += history->unknowns.n_programs;
    return good;
}

/* Tables of one school year and family. */
static bool family_attack(Arena *out, const HistoryQuestion *question, HistoryTable **table, size_t n, int moments, int threshold, const int *schools, size_t n_schools, HistoryReport *report, Err *err)
{
    bool good = true, moved = false;

    for (size_t at = 0; at < n; at++) {
        table[at]->total = history_table_find(table, n, table[at]->indicator->adds_up_to, "totaal");
        table[at]->whole = table[at]->indicator->subset_of && !table[at]->share ? history_table_find(table, n, table[at]->indicator->subset_of, table[at]->breakdown) : NULL;
    }
    ARENA_AUTO family = arena_new();
    const HistoryStill *still = history_still(family, question, table, n, moments);
    for (size_t who = 0; who <= n_schools && good; who++) {
        ARENA_AUTO batch = arena_new();
        History history = {.question = question, .memory = batch, .table = table, .n_tables = n, .threshold = threshold, .still = still, .school = who ? schools[who - 1] : 0,
                           .print = arena_array(batch, question->n_shown + 1, sizeof *history.print)};
        for (size_t at = 0; who == 0 && at < n; at++) {
            const HistoryCut *now = &table[at]->cut[moments - 1], *before = &table[at]->cut[moments - 2];
            history_prints(&history, table[at]);
            moved = moved || (now->fresh && !(before->fresh && history_same_groups(&history, now, before)));
        }
        if (!moved)
            return true;
        good = attacker_ask(out, &history, moments, report, err);
    }
    return good;
}

/* Where numbers of these tables were shown that are below the threshold of now, it was another then, and numbers of that size are no secret of a release. */
static int threshold_judged(const HistoryQuestion *question, HistoryTable *const *table, size_t n, int moments)
{
    int64_t least = question->threshold;

    for (size_t at = 0; at < n; at++)
        for (size_t row = table[at]->first; row < table[at]->first + table[at]->n; row++) {
            const HistoryShown *shown = &question->shown[row];
            if (shown->moment < moments - 1 && shown->events > 0 && shown->events < least)
                least = shown->events;
        }
    return (int) least;
}

bool history_attack(Arena *out, const HistoryQuestion *question, const int *schools, size_t n_schools, HistoryReport *report, Err *err)
{
    ARENA_AUTO batch = arena_new();
    int moments = question->moments;
    size_t n;

    for (size_t at = 0; at < question->n_shown && !question->moments; at++)
        moments = question->shown[at].moment >= moments ? question->shown[at].moment + 1 : moments;
    if (moments < 2)
        return true;
    HistoryTable *table = history_tables(batch, question, moments, &n);
    HistoryTable **one = arena_array(batch, n + 1, sizeof *one);
    bool *done = arena_array(batch, n + 1, sizeof *done);
    for (size_t first = 0; first < n; first++) {
        size_t count = 0;
        for (size_t at = first; at < n && !done[first]; at++)
            if (table[at].year == table[first].year && table[at].family == table[first].family)
                one[count++] = &table[at];
        for (size_t at = 0; at < count; at++)
            done[one[at] - table] = true;
        if (count && !family_attack(out, question, one, count, moments, threshold_judged(question, one, count, moments), schools, n_schools, report, err))
            return false;
    }
    return true;
}
