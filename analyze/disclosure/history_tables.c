#include "analyze/disclosure/history_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static bool is_share(const Indicator *indicator)
{
    return indicator->disclosure == INDICATOR_CLASS_SURVEY;
}

/* Indicators that count parts of the same records, by the number of one of them; each share is by itself. */
static int *families(Arena *out, const HistoryQuestion *question)
{
    int *leader = arena_array(out, question->n_indicators + 1, sizeof *leader);

    for (size_t at = 0; at < question->n_indicators; at++)
        leader[at] = (int) at;
    for (size_t at = 0; at < question->n_indicators; at++) {
        int to[2] = {indicator_find(question, question->indicators[at].subset_of), indicator_find(question, question->indicators[at].adds_up_to)};
        for (int one = 0; one < 2; one++)
            if (to[one] >= 0 && !is_share(&question->indicators[at]) && !is_share(&question->indicators[to[one]]))
                leader[family_of(leader, (int) at)] = family_of(leader, to[one]);
    }
    return leader;
}

static bool same_table(const HistoryShown *a, const HistoryShown *b)
{
    return a->school_year == b->school_year && strcmp(a->indicator, b->indicator) == 0 && strcmp(a->breakdown, b->breakdown) == 0;
}

static void own_find(const HistoryQuestion *question, HistoryTable *table)
{
    for (size_t at = 0; at < question->n_own; at++) {
        const HistoryOwn *own = &question->own[at];
        if (own->school_year != table->year || strcmp(own->indicator, table->indicator->name) != 0 || strcmp(own->breakdown, table->breakdown) != 0)
            continue;
        table->own_first = table->own_n ? table->own_first : at;
        table->own_n++;
    }
}

HistoryTable *history_tables(Arena *out, const HistoryQuestion *question, int moments, size_t *count)
{
    int *leader = families(out, question);
    HistoryTable *table = arena_array(out, question->n_shown + 1, sizeof *table);
    size_t n = 0;

    for (size_t first = 0, end; first < question->n_shown; first = end) {
        const HistoryShown *one = &question->shown[first];
        int indicator = indicator_find(question, one->indicator);
        for (end = first + 1; end < question->n_shown && same_table(one, &question->shown[end]);)
            end++;
        if (indicator < 0 || !(is_share(&question->indicators[indicator]) ? question->own != NULL : indicator_exact(&question->indicators[indicator])))
            continue;
        HistoryTable *it = &table[n++];
        *it = (HistoryTable){.indicator = &question->indicators[indicator], .breakdown = one->breakdown, .year = one->school_year, .family = family_of(leader, indicator), .first = first, .n = end - first,
                      .labels = table_dimension_new(out, "labels"), .cut = arena_array(out, (size_t) moments, sizeof *it->cut), .share = is_share(&question->indicators[indicator]), .schools = strcmp(one->breakdown, "school") == 0};
        for (size_t row = first; row < end; row++) {
            HistoryCut *cut = &it->cut[question->shown[row].moment];
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

HistoryTable *history_table_find(HistoryTable *const *table, size_t n, const char *indicator, const char *breakdown)
{
    for (size_t at = 0; at < n; at++)
        if (strcmp(table[at]->indicator->name, indicator) == 0 && strcmp(table[at]->breakdown, breakdown) == 0)
            return table[at];
    return NULL;
}

/* -- what schools had ------------------------------------------------------------------------------ */

HistoryHad history_had(const HistoryQuestion *question, const HistoryTable *table, int moment, const char *label, int school)
{
    const HistoryOwn *own = question->own + table->own_first;
    int of = -1;
    HistoryHad sum = {0, 0, false};

    for (size_t at = 0; at < table->own_n && own[at].moment <= moment; at++)
        of = own[at].moment;
    for (size_t at = 0; at < table->own_n; at++)
        if (own[at].moment == of && (!school || own[at].school == school) && own[at].label && strcmp(own[at].label, label) == 0) {
            sum.events += (double) own[at].events;
            sum.yes += own[at].yes;
        }
    sum.known = of >= 0 && (!table->share || isfinite(sum.yes));
    return sum;
}

HistoryHad history_row_had(const HistoryQuestion *question, const HistoryTable *table, const HistoryShown *row, int school)
{
    HistoryHad sum = {0, 0, true};

    for (size_t at = 0; at < row->n_members; at++) {
        HistoryHad one = history_had(question, table, row->moment, row->member[at], school);
        sum = (HistoryHad){sum.events + one.events, sum.yes + one.yes, sum.known && one.known};
    }
    return sum;
}

double history_answered(const HistoryQuestion *question, const HistoryTable *table, const HistoryShown *row)
{
    HistoryHad all = history_row_had(question, table, row, 0);

    return all.known && fabs(all.events - (double) row->events) <= HISTORY_FIVES ? all.events : NAN;
}

bool history_adds_up(const HistoryQuestion *question, const HistoryTable *table, int moments)
{
    bool seen = !table->share;

    if (!table->total || table->total == table)
        return false;
    for (int moment = 0; moment < moments; moment++) {
        const HistoryCut *cut = &table->cut[moment], *of = &table->total->cut[moment];
        double apart = 0;
        if (!cut->fresh || !of->fresh)
            continue;
        for (size_t at = cut->first; at < cut->first + cut->n; at++)
            if (question->shown[at].edition == question->shown[cut->first].edition)
                apart += table->share ? history_answered(question, table, &question->shown[at]) : (double) question->shown[at].events;
        apart -= table->share ? history_answered(question, table->total, &question->shown[of->first]) : (double) question->shown[of->first].events;
        if (apart != 0) /* or it is not known */
            return false;
        seen = true;
    }
    return seen;
}


static bool is_counted(const HistoryTable *table)
{
    return !table->share && (table->schools || strcmp(table->breakdown, "totaal") == 0);
}

/* What a school had in each counted table at each moment at which it was shown; known: false elsewhere. */
static void all_had(const HistoryQuestion *question, HistoryTable *const *table, size_t n, const char *school, int moments, HistoryHad *had)
{
    for (size_t at = 0; at < n; at++)
        for (int moment = 0; moment < moments; moment++)
            had[at * (size_t) moments + (size_t) moment] = !is_counted(table[at]) || !table[at]->cut[moment].fresh
                ? (HistoryHad){0, 0, false} : history_had(question, table[at], moment, table[at]->schools ? school : "", atoi(school));
}

/* Is it the same in all tables that say so, and does one say so that is no part of another? */
static bool same_had(HistoryTable *const *table, size_t n, const HistoryHad *had, int moments, int then, int now)
{
    bool whole = false, same = true;

    for (size_t at = 0; at < n && same; at++) {
        const HistoryHad *one = &had[at * (size_t) moments + (size_t) then], *other = &had[at * (size_t) moments + (size_t) now];
        if (!one->known || !other->known)
            continue;
        same = one->events == other->events;
        whole = whole || !table[at]->indicator->subset_of;
    }
    return same && whole;
}

HistoryStill *history_still(Arena *out, const HistoryQuestion *question, HistoryTable *const *table, size_t n, int moments)
{
    HistoryStill *still = arena_alloc(out, sizeof *still);

    *still = (HistoryStill){table_dimension_new(out, "schools"), moments, NULL};
    for (size_t at = 0; at < n && question->own; at++)
        for (uint32_t label = 0; table[at]->schools && label < table_codes(table[at]->labels); label++)
            table_code(still->schools, table_code_text(table[at]->labels, label));
    size_t room = (size_t) moments * (size_t) moments;
    HistoryHad *had = arena_array(out, n * (size_t) moments + 1, sizeof *had);
    still->still = arena_array(out, table_codes(still->schools) * room + 1, 1);
    for (uint32_t school = 0; school < table_codes(still->schools); school++) {
        all_had(question, table, n, table_code_text(still->schools, school), moments, had);
        for (int then = 0; then < moments; then++)
            for (int now = then + 1; now < moments; now++)
                still->still[school * room + (size_t) (then * moments + now)] = same_had(table, n, had, moments, then, now);
    }
    return still;
}

bool history_stood_still(const HistoryStill *still, const char *school, int then, int now)
{
    uint32_t code = table_code_find(still->schools, school);

    return code != UINT32_MAX && still->still[(size_t) code * (size_t) still->moments * (size_t) still->moments + (size_t) (then * still->moments + now)];
}
