#include "analyze/disclosure/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/table.h"
#include "analyze/disclosure/unknowns.h"

enum { FIVES = 2 }; /* a number that was printed in fives is at most this far from the true one */
static const uint32_t NONE = UINT32_MAX; /* no cell: nothing was there */

/* A table at one moment. */
typedef struct Cut {
    size_t first, n; /* its groups */
    bool   fresh;    /* it was of that moment */
    bool   still;    /* and says what it said at the moment before: where numbers only grow, so does what hides in it */
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
    bool             share;            /* counted are those who said yes, or no */
    bool             adds_up, schools;
    bool             grows;            /* he takes it that its numbers do */
    uint32_t       **cell, **rest;     /* per moment, per label: how many, and how many the whole has beside them */
    uint32_t       **beside;           /* per moment, one: how many the total has beside all groups */
};

typedef struct Told {
    const char  *name;
    const Series *table;
} Told;

/* What a printed number says of those who are not the attacker's: of a count itself, of a share how many said so. */
typedef struct Print {
    double low, high;
    double n; /* who answered; NAN = not known, or a count */
    double own, own_yes; /* what is taken off */
} Print;

/* A cell, as long as the system is made. */
typedef struct Mark {
    Told   asked;    /* what it is, where it is asked after */
    double answered; /* of a share: how many there are to say so; NAN = not known, or a count */
    bool   printed;
    const HistoryShown *row; /* that it was printed in, by itself or with others; NULL = none */
} Mark;

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
    bool      no;      /* of shares: those who said no are asked after, not those who said yes */
    Print    *print;   /* per row of shown */
    TableDimension *schools;
    uint8_t  *present; /* per moment and school */
    Unknowns  unknowns;
    Mark     *mark;    /* per cell */
    size_t    mark_room;
    Told     *sum_asked; /* per sum that is asked */
    size_t    sum_room;
    Told     *told;
    size_t    n_told, told_room;
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
        if (indicator < 0 || !(is_share(&question->indicators[indicator]) ? question->own != NULL : indicator_exact(&question->indicators[indicator])))
            continue;
        Series *it = &table[n++];
        *it = (Series){.indicator = &question->indicators[indicator], .breakdown = one->breakdown, .year = one->school_year, .family = family_of(leader, indicator), .first = first, .n = end - first,
                      .labels = table_dimension_new(out, "labels"), .cut = arena_array(out, (size_t) moments, sizeof *it->cut), .share = is_share(&question->indicators[indicator]), .schools = strcmp(one->breakdown, "school") == 0};
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

/* -- what schools had ------------------------------------------------------------------------------ */

typedef struct Had {
    double events, yes;
    bool   known;
} Had;

/* How many of a cell are one school's, by what it had when the table was released last. \param school 0: of all of them together */
static Had had_of(const HistoryQuestion *question, const Series *table, int moment, const char *label, int school)
{
    const HistoryOwn *own = question->own + table->own_first;
    int of = -1;
    Had sum = {0, 0, false};

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

static Had row_had(const HistoryQuestion *question, const Series *table, const HistoryShown *row, int school)
{
    Had sum = {0, 0, true};

    for (size_t at = 0; at < row->n_members; at++) {
        Had one = had_of(question, table, row->moment, row->member[at], school);
        sum = (Had){sum.events + one.events, sum.yes + one.yes, sum.known && one.known};
    }
    return sum;
}

/* How many answered, in whole numbers; NAN = what schools had is not known, or is not of this print. */
static double answered(const HistoryQuestion *question, const Series *table, const HistoryShown *row)
{
    Had all = row_had(question, table, row, 0);

    return all.known && fabs(all.events - (double) row->events) <= FIVES ? all.events : NAN;
}

/* Do its groups add up to the total, whenever both were shown? Those of a questionnaire that some left open do not; whether any did is told only by both. */
static bool adds_up(const HistoryQuestion *question, const Series *table, int moments)
{
    bool seen = !table->share;

    if (!table->total || table->total == table)
        return false;
    for (int moment = 0; moment < moments; moment++) {
        const Cut *cut = &table->cut[moment], *of = &table->total->cut[moment];
        double apart = 0;
        if (!cut->fresh || !of->fresh)
            continue;
        for (size_t at = cut->first; at < cut->first + cut->n; at++)
            if (question->shown[at].edition == question->shown[cut->first].edition)
                apart += table->share ? answered(question, table, &question->shown[at]) : (double) question->shown[at].events;
        apart -= table->share ? answered(question, table->total, &question->shown[of->first]) : (double) question->shown[of->first].events;
        if (apart != 0) /* or it is not known */
            return false;
        seen = true;
    }
    return seen;
}

/* -- what the attacker takes off ------------------------------------------------------------------- */

/* How many of n who answered can have said so, by the printed percentage; of any n that was printed in fives, where n is not known. */
static Print share_print(const History *history, const Series *table, const HistoryShown *row)
{
    double n = answered(history->question, table, row), percent = history->no ? 100 - row->value : row->value;
    double half = 0.5 * pow(10, -(row->decimals < 0 ? table->indicator->decimals : row->decimals));
    double least = isfinite(n) ? n : fmax(0, (double) row->events - FIVES), most = isfinite(n) ? n : (double) row->events + FIVES;
    Print print = {isfinite(percent) ? ceil(fmax(0, percent - half) * least / 100 - 1e-9) : 0, isfinite(percent) ? floor(fmin(100, percent + half) * most / 100 + 1e-9) : most, n, 0, 0};

    return print.low <= print.high ? print : (Print){0, most, n, 0, 0}; /* no number of those makes that print: it was of others */
}

static void print_take(History *history, const Series *table)
{
    for (size_t row = table->first; row < table->first + table->n; row++) {
        const HistoryShown *shown = &history->question->shown[row];
        Print *print = &history->print[row];
        *print = table->share ? share_print(history, table, shown) : (Print){(double) shown->events, (double) shown->events, NAN, 0, 0};
        if (!history->school)
            continue;
        Had own = row_had(history->question, table, shown, history->school);
        double off = !table->share ? own.events : history->no ? own.events - own.yes : own.yes;
        history->unknown = history->unknown || !own.known || print->high < off;
        *print = (Print){fmax(0, print->low - off), print->high - off, print->n - own.events, own.events, own.yes};
    }
}

static bool same_print(const Print *a, const Print *b)
{
    return a->low == b->low && a->high == b->high && (a->n == b->n || (isnan(a->n) && isnan(b->n)));
}

static bool same_groups(const History *history, const Cut *a, const Cut *b)
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

/* \param answered of a share: how many there are to say so; NAN = not known, or a count */
static uint32_t cell_new(History *history, double low, double high, double answered)
{
    uint32_t cell = unknowns_cell(&history->unknowns, low, isfinite(answered) ? fmin(high, answered) : high);

    history->mark = arena_grow(history->memory, history->mark, cell, &history->mark_room, sizeof *history->mark);
    history->mark[cell] = (Mark){.answered = answered};
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
    const Print *print = &history->print[row];
    uint32_t cell = cell_new(history, print->low, print->high, print->n);

    history->mark[cell].printed = true;
    history->mark[cell].row = &history->question->shown[row];
    return cell;
}

static void told_add(History *history, const Told *told)
{
    history->told = arena_grow(history->memory, history->told, history->n_told, &history->told_room, sizeof *history->told);
    history->told[history->n_told++] = *told;
}

static Told told_of(const History *history, const Series *table, const char *label, const char *what, int moment, int until)
{
    return (Told){arena_format(history->memory, "%s|%d|%s|%s|%s|%d|%d|%d", table->indicator->name, table->year, table->breakdown, label, what, moment, until, history->no), table};
}

/* Is how many there were, or by how much it grew, what nobody may find? Of what is known already, at once. \param until 0 for what there was, else the moment until which it grew */
static void ask(History *history, uint32_t cell, const Series *table, const char *label, const char *what, int moment, int until)
{
    const Unknowns *unknowns = &history->unknowns;

    history->mark[cell].asked = told_of(history, table, label, what, moment, until);
    if (!unknowns->known[cell])
        unknowns_ask(&history->unknowns, cell, table->share && !until ? UNKNOWNS_ZERO_TELLS : UNKNOWNS_ZERO_SAFE, history->mark[cell].answered);
    else if (until && unknowns->low[cell] > 0 && unknowns->low[cell] < history->threshold)
        told_add(history, &history->mark[cell].asked);
}

/* The same of a growth that is no cell. \param most it can be, by how many answered; NAN = any number */
static void ask_sum(History *history, const SystemTerm *term, size_t n, double most, const Series *table, const char *label, const char *what, int moment, int until)
{
    size_t sum = unknowns_ask_sum(&history->unknowns, term, n, UNKNOWNS_ZERO_SAFE, most);

    history->sum_asked = arena_grow(history->memory, history->sum_asked, sum, &history->sum_room, sizeof *history->sum_asked);
    history->sum_asked[sum] = told_of(history, table, label, what, moment, until);
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

/* How many answered that are not his, in a group that hides; who knows how many answered in all of them knows that too. */
static double hidden_answered(const History *history, const Series *table, size_t row, const char *label)
{
    int moment = history->question->shown[row].moment;

    if (!table->share || !isfinite(history->print[row].n))
        return NAN;
    return had_of(history->question, table, moment, label, 0).events - (history->school ? had_of(history->question, table, moment, label, history->school).events : 0);
}

/* A label for each of the groups that were shown, and what they add up to. */
static void shown_take(History *history, Series *table, int moment)
{
    const Cut *cut = &table->cut[moment];

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
                others += !is_own(history, table, shown->member[at]);
            if (alone != (others == 1))
                continue;
            for (size_t at = 0; at < shown->n_members; at++) {
                uint32_t *cell = &table->cell[moment][table_code(table->labels, shown->member[at])];
                if (is_own(history, table, shown->member[at]))
                    continue;
                if (*cell == NONE) {
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
static bool seen_whole(const History *history, const Series *table, int moment)
{
    bool seen = false;

    for (int later = moment + 1; later < history->moments && table->grows && !table->share; later++)
        seen = seen || table->cut[later].fresh;
    return seen;
}

/* Its total was shown and it was not: its groups were there all the same, and add up to it. Others than were ever seen may be among them, but for schools. */
static void hidden_take(History *history, Series *table, int moment)
{
    const Series *total = table->total;
    size_t labels = table_codes(table->labels), n = 1;

    if (!total || total == table || !total->cut[moment].fresh || (!table->adds_up && !table->share) || (history->school && !table->schools))
        return;
    SystemTerm *term = arena_array(history->memory, labels + 2, sizeof *term);
    term[0] = (SystemTerm){total->cell[moment][table_code_find(total->labels, "")], -1};
    for (uint32_t label = 0; label < labels; label++) {
        const char *text = table_code_text(table->labels, label);
        if (table->schools && (is_own(history, table, text) || !history->present[(size_t) moment * table_codes(history->schools) + table_code_find(history->schools, text)]))
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
static void beside_take(History *history, Series *table, int moment)
{
    Series *total = table->total;
    const Cut *cut = &table->cut[moment];
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
        if (table->cell[moment][label] != NONE)
            term[n++] = (SystemTerm){table->cell[moment][label], 1};
    if (!table->adds_up) {
        table->beside[moment][0] = cell_new(history, 0, INFINITY, left < 0 ? NAN : left);
        term[n++] = (SystemTerm){table->beside[moment][0], 1};
    } else
        table->beside[moment][0] = cell_known(history, 0); /* nor was there before */
    unknowns_line(&history->unknowns, term, n);
}

/* \return NONE: the part is more than the whole */
static uint32_t difference(History *history, uint32_t whole, uint32_t part)
{
    const Unknowns *unknowns = &history->unknowns;
    double apart = unknowns->low[whole] - unknowns->low[part], answered = history->mark[whole].answered - history->mark[part].answered;

    if (unknowns->known[whole] && unknowns->known[part])
        return apart < 0 ? NONE : cell_known(history, apart);
    if (answered < 0)
        return NONE;
    uint32_t rest = cell_new(history, 0, INFINITY, answered);
    unknowns_line(&history->unknowns, (const SystemTerm[]){{whole, -1}, {part, 1}, {rest, 1}}, 3);
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
    if (label != NONE && own != NONE && named->cell[moment][label] != NONE && !(history->unknowns.known[own] && history->unknowns.known[named->cell[moment][label]]))
        unknowns_line(&history->unknowns, (const SystemTerm[]){{named->cell[moment][label], -1}, {own, 1}}, 2);
}

/* -- growth ---------------------------------------------------------------------------------------- */

/* Does what was printed say that there are fewer? That one number was corrected says nothing of the others. */
static bool fell(const History *history, uint32_t then, uint32_t now)
{
    const Mark *of = &history->mark[then], *to = &history->mark[now];

    return of->printed && to->printed && (history->unknowns.high[now] < history->unknowns.low[then] || to->answered < of->answered);
}

/* How many answered in all these groups, where that is known of each. */
static double answered_in(const History *history, const uint32_t *cell, const Series *table, const HistoryShown *shown)
{
    double sum = 0;

    for (size_t at = 0; at < shown->n_members; at++)
        if (!is_own(history, table, shown->member[at]))
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
    const Print *one = &history->print[now - history->question->shown], *other = &history->print[then - history->question->shown];
    return !(one->n > other->n) && (!history->school || (one->own == other->own && one->own_yes == other->own_yes));
}

static const HistoryShown *row_of(const History *history, const Cut *cut, const HistoryShown *wanted)
{
    for (size_t row = cut->first; row < cut->first + cut->n; row++)
        if (same_members(&history->question->shown[row], wanted))
            return &history->question->shown[row];
    return NULL;
}

/* What is in no group is asked after where its table was shown; where it was not, groups that nobody ever saw may be in it too. */
static bool is_asked(const History *history, const Series *table, uint32_t *const *of, uint32_t cell)
{
    return of != table->beside || isfinite(history->mark[cell].answered);
}

/* Is it one number, as everybody can see? */
static bool same_known(const History *history, const Series *table, uint32_t then, uint32_t now)
{
    const Unknowns *unknowns = &history->unknowns;

    return then == now || (!table->share && then != NONE && now != NONE && unknowns->known[then] && unknowns->known[now] && unknowns->low[then] == unknowns->low[now]);
}

/* The numbers of one table, or what is beside them, at all moments. */
typedef struct Growth {
    const Series    *table;
    uint32_t *const *cell;
    size_t           labels;
    const char      *what;
    uint8_t         *holds; /* per label and two moments: between them it only grew, and the system says so */
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

static void label_grows(History *history, const Growth *growth, size_t label, int then, int now)
{
    const Series *table = growth->table;
    const Unknowns *unknowns = &history->unknowns;
    uint32_t from = growth->cell[then][label], to = growth->cell[now][label], grown = NONE;

    if (from == NONE || to == NONE || (from != to && fell(history, from, to)))
        return;
    double answered = history->mark[to].answered - history->mark[from].answered;
    bool known = unknowns->known[from] && unknowns->known[to];
    if (from != to && (known || !follows(history, growth, label, then, now, answered))) {
        grown = difference(history, to, from);
        if (grown == NONE)
            return;
    }
    *holds(history, growth, label, then, now) = true;
    if (from == to || (history->school && !table->schools) || !is_asked(history, table, growth->cell, to) || !is_asked(history, table, growth->cell, from) ||
        asked_elsewhere(history, growth, label, then, now) || (table->share && nothing_new(history, history->mark[to].row, history->mark[from].row)))
        return;
    const char *name = growth->labels == 1 ? "" : table_code_text(table->labels, (uint32_t) label);
    if (grown != NONE) {
        ask(history, grown, table, name, growth->what, then, now);
        return;
    }
    SystemTerm *term = arena_array(history->memory, 2, sizeof *term);
    term[0] = (SystemTerm){to, 1};
    term[1] = (SystemTerm){from, -1};
    ask_sum(history, term, 2, answered, table, name, growth->what, then, now);
}

/* Where schools came or went: by how much all grew that are there at both moments. */
static void others_grow(History *history, const Growth *growth, int then, int now)
{
    SystemTerm *term = arena_array(history->memory, 2 * growth->labels + 1, sizeof *term);
    bool apart = false, all = true, elsewhere_now = now - 1 > then, elsewhere_then = then > 0;
    size_t n = 0;

    for (size_t at = 0; at < growth->labels; at++) {
        uint32_t from = growth->cell[then][at], to = growth->cell[now][at];
        apart = apart || (from == NONE) != (to == NONE);
        elsewhere_now = elsewhere_now && same_known(history, growth->table, growth->cell[now - 1][at], to);
        elsewhere_then = elsewhere_then && same_known(history, growth->table, growth->cell[then - 1][at], from);
        if (from == NONE || to == NONE || from == to)
            continue;
        all = all && *holds(history, growth, at, then, now);
        term[n++] = (SystemTerm){to, 1};
        term[n++] = (SystemTerm){from, -1};
    }
    if (apart && all && n > 2 /* of one, it is asked already */ && !elsewhere_now && !elsewhere_then)
        ask_sum(history, term, n, NAN, growth->table, "", growth->what, then, now);
}

/* Shares of a union that was shown at one of two moments, of groups that are there at both: by how much all of it grew. */
static void unions_grow(History *history, const Growth *growth, int of, int then, int now)
{
    const Series *table = growth->table;
    const Cut *cut = &table->cut[of];

    for (size_t row = cut->first; row < cut->first + cut->n; row++) {
        const HistoryShown *shown = &history->question->shown[row], *other = row_of(history, &table->cut[of == now ? then : now], shown);
        SystemTerm *term = arena_array(history->memory, 2 * shown->n_members + 1, sizeof *term);
        size_t n = 0;
        bool all = shown->n_members > 1 && !(other && of == now); /* once is enough */
        for (size_t at = 0; at < shown->n_members && all; at++) {
            if (is_own(history, table, shown->member[at]))
                continue;
            uint32_t label = table_code_find(table->labels, shown->member[at]), here = table->cell[now][label], there = table->cell[then][label];
            all = here != NONE && there != NONE && here != there && *holds(history, growth, label, then, now);
            term[n++] = (SystemTerm){here, 1};
            term[n++] = (SystemTerm){there, -1};
        }
        if (!all || n <= 2) /* of one, it is asked already */
            continue;
        double count = other ? history->print[other - history->question->shown].n : answered_in(history, table->cell[of == now ? then : now], table, shown);
        double more = of == now ? history->print[row].n - count : count - history->print[row].n;
        if (!nothing_new(history, shown, other))
            ask_sum(history, term, n, more < 0 ? NAN : more, table, shown->member[0], of == then ? "growth of what was together" : "growth of what is together", then, now);
    }
}

/* From one moment to another nothing shrinks; by how much it grew is what is asked after, between every two: what is shown now may tell what grew between two earlier ones. */
static void growth_take(History *history, const Series *table, uint32_t *const *cell, size_t labels, const char *what)
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

static void levels_ask(History *history, const Series *table, uint32_t *const *cell, size_t labels, const char *what)
{
    for (int moment = 0; moment < history->moments; moment++)
        for (uint32_t label = 0; label < labels && (table->grows || !table->cut[moment].still); label++)
            if (cell[moment][label] != NONE && !history->unknowns.asked[cell[moment][label]] && !history->mark[cell[moment][label]].printed &&
                is_asked(history, table, cell, cell[moment][label]))
                ask(history, cell[moment][label], table, labels == 1 ? "" : table_code_text(table->labels, label), what, moment, 0);
}

/* -- one attacker ---------------------------------------------------------------------------------- */

static void system_make(History *history)
{
    unknowns_begin(&history->unknowns, history->memory, history->threshold);
    history->mark = NULL;
    history->sum_asked = NULL;
    history->mark_room = history->sum_room = 0;
    history->n_told = history->told_room = 0;
    for (size_t at = 0; at < history->n_tables; at++) {
        Series *table = history->table[at];
        table->cell = arena_array(history->memory, (size_t) history->moments, sizeof *table->cell);
        table->rest = arena_array(history->memory, (size_t) history->moments, sizeof *table->rest);
        table->beside = arena_array(history->memory, (size_t) history->moments, sizeof *table->beside);
        for (int moment = 0; moment < history->moments; moment++) {
            Cut *cut = &table->cut[moment];
            cut->still = moment > 0 && cut->fresh && table->cut[moment - 1].fresh && same_groups(history, cut, &table->cut[moment - 1]);
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
    for (size_t at = 0; at < history->n_tables; at++) {
        const Series *table = history->table[at];
        size_t labels = table_codes(table->labels);
        growth_take(history, table, table->cell, labels, "growth");
        growth_take(history, table, table->rest, labels, "growth beside it");
        growth_take(history, table, table->beside, 1, "growth of those in no group");
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
            told_add(history, &history->mark[cell].asked);
    for (size_t at = 0; at < unknowns->n_sums; at++)
        if (unknowns->sum[at].told)
            told_add(history, &history->sum_asked[at]);
    return true;
}

/* In which order he gives up that numbers grow: what he is surest of last. */
static int sureness(const Series *table)
{
    return table->schools ? 1 : strcmp(table->breakdown, "totaal") == 0 ? 2 : 0;
}

/* What was printed cannot be, if numbers only grow: of some table he knows better. Of as many as can be together he goes on to take it. */
static void growth_allow(History *history)
{
    for (size_t at = 0; at < history->n_tables; at++)
        history->table[at]->grows = false;
    for (int sure = 2; sure >= 0; sure--)
        for (size_t at = 0; at < history->n_tables; at++) {
            Series *table = history->table[at];
            if (sureness(table) != sure)
                continue;
            table->grows = true;
            system_make(history);
            table->grows = unknowns_agree(&history->unknowns);
        }
}

/* \return false: error; *found: there is a table that agrees */
static bool side_run(History *history, bool *found, Err *err)
{
    for (size_t at = 0; at < history->n_tables; at++) {
        print_take(history, history->table[at]);
        history->table[at]->grows = true;
    }
    if (history->unknown)
        return true;
    present_find(history);
    system_make(history);
    if (!system_attack(history, found, err))
        return false;
    if (*found)
        return true;
    growth_allow(history);
    system_make(history);
    return system_attack(history, found, err);
}

/* What he finds of everything until this many moments. */
static bool attacker_run(History *history, int moments, Err *err)
{
    Told *told = NULL;
    size_t n = 0, room = 0;

    history->moments = moments;
    for (size_t at = 0; at < history->n_tables; at++)
        history->table[at]->adds_up = adds_up(history->question, history->table[at], moments);
    for (int no = 0; no <= history->table[0]->share; no++) {
        bool found = true;
        history->no = no;
        history->told = NULL;
        history->n_told = history->told_room = 0;
        if (!side_run(history, &found, err))
            return false;
        for (size_t at = 0; at < history->n_told && found; at++) {
            told = arena_grow(history->memory, told, n, &room, sizeof *told);
            told[n++] = history->told[at];
        }
    }
    history->told = told;
    history->n_told = n;
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
static bool family_attack(Arena *out, const HistoryQuestion *question, Series **table, size_t n, int moments, int threshold, const int *schools, size_t n_schools, HistoryReport *report, Err *err)
{
    bool good = true, moved = false;

    for (size_t at = 0; at < n; at++) {
        table[at]->total = table_find(table, n, table[at]->indicator->adds_up_to, "totaal");
        table[at]->whole = table[at]->indicator->subset_of && !table[at]->share ? table_find(table, n, table[at]->indicator->subset_of, table[at]->breakdown) : NULL;
    }
    for (size_t who = 0; who <= n_schools && good; who++) {
        ARENA_AUTO batch = arena_new();
        History history = {.question = question, .memory = batch, .table = table, .n_tables = n, .threshold = threshold, .school = who ? schools[who - 1] : 0,
                           .print = arena_array(batch, question->n_shown + 1, sizeof *history.print)};
        for (size_t at = 0; who == 0 && at < n; at++) {
            const Cut *now = &table[at]->cut[moments - 1], *before = &table[at]->cut[moments - 2];
            print_take(&history, table[at]);
            moved = moved || (now->fresh && !(before->fresh && same_groups(&history, now, before)));
        }
        if (!moved)
            return true;
        good = attacker_ask(out, &history, moments, report, err);
    }
    return good;
}

/* Where numbers of these tables were shown that are below the threshold of now, it was another then, and numbers of that size are no secret of a release. */
static int threshold_judged(const HistoryQuestion *question, Series *const *table, size_t n, int moments)
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
        if (count && !family_attack(out, question, one, count, moments, threshold_judged(question, one, count, moments), schools, n_schools, report, err))
            return false;
    }
    return true;
}
