#include "analyze/disclosure/weave.h"

#include <stdlib.h>
#include <string.h>

/* NEAR_FREE: an example among what is hidden already is looked for so near. NEAR_PAID, and then twice as far each time: where hiding costs a wider look finds
 * cheaper ways (dense seed 1 of METHODS 1: 400 cells hide 952, 700 905, 1,000 882; sparse ones gain nothing beyond 700); what needs more than NEAR_MOST is refused.
 * NEAR_WIDE: for a second opinion where several cells would have to be hidden (825; the whole table: 805, in a fifth more time).
 * NEAR_AGAIN, and then twice as far, NEAR_SHUT, RESTING_MAX: how far examples, and arguments that there are none, are looked for to publish a cell again, and
 * how many others may rest on it for that to be worth trying. Twice as far publishes 45 cells more of sparse seed 1, four times 60 in half as much time again.
 * TWICE_CELLS_MAX: in larger systems nothing is looked at twice: on 900 boards by forms and months that took a tenth more time and hid as many. */
enum { TWICE_CELLS_MAX = 50000, NEAR_FREE = 100, NEAR_PAID = 1000, NEAR_WIDE = 2500, NEAR_MOST = 8 * NEAR_PAID, NEAR_AGAIN = 500, NEAR_SHUT = 4, RESTING_MAX = 30 };

void weave_begin(Weave *weave, const System *system, const SystemRules *rules, uint8_t *hidden, const uint8_t *primary, AttackMemory *memory)
{
    *weave = (Weave){.system = system, .rules = rules, .hidden = hidden, .primary = primary, .memory = memory};
    moves_range_begin(&weave->range, system);
    moves_range_take_hidden(&weave->range, system, &memory->moves, hidden);
}

void weave_end(Weave *weave)
{
    moves_range_free(&weave->range);
    free(weave->aside);
}

bool weave_narrow(const Weave *weave, uint32_t cell)
{
    return weave->hidden[cell] && weave->range.high[cell] - weave->range.low[cell] < attack_need(weave->system, weave->rules, weave->primary, cell);
}

static size_t still_published(const Weave *weave, const PatternMove *move)
{
    size_t n = 0;

    for (size_t at = 0; at < move->n; at++)
        n += !weave->hidden[move->term[at].cell];
    return n;
}

/* A way for which several cells must be hidden is looked at once more from further away, and the one that hides least is taken. Not where most of what is near
 * is hidden already: on sparse tables that takes a third more time and hides no less. */
static bool paid_find(Weave *weave, PatternAsk *ask, PatternMove *move)
{
    bool found = pattern_find(weave->memory->pattern, ask, move);
    size_t more = found ? still_published(weave, move) : 0;

    if (more < 2 || weave->system->n_cells > TWICE_CELLS_MAX || move->everything || ask->near >= NEAR_WIDE || 2 * move->n_hidden > ask->near)
        return found;
    PatternMove wide;
    weave->aside = realloc(weave->aside, move->n * sizeof *weave->aside);
    if (!weave->aside)
        arena_exhausted();
    memcpy(weave->aside, move->term, move->n * sizeof *weave->aside); /* the next question takes the place of the first answer */
    ask->near = NEAR_WIDE;
    if (pattern_find(weave->memory->pattern, ask, &wide) && still_published(weave, &wide) < more)
        *move = wide;
    else
        move->term = weave->aside;
    return true;
}

/* Up, and where that is not enough down. */
static bool widen(Weave *weave, uint32_t cell, const uint8_t *still, bool may_hide, size_t near, bool *everything)
{
    int64_t value = weave->system->cell[cell].value, least = system_least(weave->rules), need = attack_need(weave->system, weave->rules, weave->primary, cell);

    *everything = true;
    for (int side = 0; side < 2 && weave_narrow(weave, cell); side++) {
        PatternAsk ask = {.target = cell, .hidden = weave->hidden, .still = still, .may_hide = may_hide, .near = near, .variant = weave->variant};
        PatternMove move;
        ask.delta = side == 0 ? weave->range.low[cell] + need - value : weave->range.high[cell] - need - value;
        if (!may_hide && value + ask.delta < least)
            ask.delta = least - value;
        bool found = may_hide ? paid_find(weave, &ask, &move) : pattern_find(weave->memory->pattern, &ask, &move);
        *everything = *everything && move.everything;
        for (size_t at = 0; found && at < move.n; at++)
            weave->hidden[move.term[at].cell] = 1;
        if (found)
            moves_note(&weave->memory->moves, &weave->range, weave->system, move.term, move.n);
    }
    return !weave_narrow(weave, cell);
}

bool weave_cell(Weave *weave, uint32_t cell, const uint8_t *still)
{
    bool everything;
    size_t near = NEAR_PAID;

    if (widen(weave, cell, still, false, NEAR_FREE, &everything))
        return true;
    do {
        if (widen(weave, cell, still, true, near, &everything))
            return true;
        near *= 2;
    } while (!everything && near <= NEAR_MOST);
    return false;
}

bool weave_move(Weave *weave, uint32_t cell, int64_t delta, const uint8_t *still)
{
    PatternAsk ask = {.target = cell, .delta = delta, .hidden = weave->hidden, .still = still, .may_hide = true, .variant = weave->variant};
    PatternMove move = {0};
    bool found = false;

    for (ask.near = NEAR_PAID; !found && !move.everything && ask.near <= NEAR_MOST; ask.near *= 2)
        found = pattern_find(weave->memory->pattern, &ask, &move);
    for (size_t at = 0; found && at < move.n; at++)
        weave->hidden[move.term[at].cell] = 1;
    if (found)
        moves_note(&weave->memory->moves, &weave->range, weave->system, move.term, move.n);
    return found;
}

typedef struct Order {
    int64_t  value;
    uint32_t cell;
} Order;

static int small_first(const void *a, const void *b)
{
    const Order *x = a, *y = b;

    return x->value != y->value ? (x->value < y->value ? -1 : 1) : x->cell < y->cell ? -1 : x->cell > y->cell;
}

static int large_first(const void *a, const void *b)
{
    const Order *x = a, *y = b;

    return x->value != y->value ? (x->value > y->value ? -1 : 1) : x->cell < y->cell ? -1 : x->cell > y->cell;
}

static Order *cells_ordered(const Weave *weave, bool primaries, int compare(const void *, const void *), size_t *n)
{
    Order *list = malloc((weave->system->n_cells + 1) * sizeof *list);

    if (!list)
        arena_exhausted();
    *n = 0;
    for (uint32_t cell = 0; cell < weave->system->n_cells; cell++)
        if (weave->hidden[cell] && (primaries || !weave->primary[cell]))
            list[(*n)++] = (Order){weave->system->cell[cell].value, cell};
    qsort(list, *n, sizeof *list, compare);
    return list;
}

void weave_all(Weave *weave)
{
    size_t n;
    Order *list = cells_ordered(weave, true, small_first, &n);

    for (size_t at = 0; at < n; at++)
        if (weave_narrow(weave, list[at].cell))
            weave_cell(weave, list[at].cell, NULL);
    free(list);
}

/* -- publishing again ---------------------------------------------------------------------------- */

typedef struct Resting {
    size_t   *move; /* moves with the cell in them */
    size_t    n_moves, room;
    uint32_t *cell; /* others in those moves */
    size_t    n;
    uint8_t  *mark;
} Resting;

static bool lines_safe(const Weave *weave, uint32_t cell)
{
    const System *system = weave->system;
    bool safe = true;

    for (size_t of = system->of_start[cell]; of < system->of_start[cell + 1] && safe; of++) {
        SystemResidual left = system_residual(system, weave->rules, system->of_line[of], weave->hidden, weave->primary);
        safe = system_residual_safe(&left, weave->rules);
    }
    return safe;
}

static void resting_find(const Weave *weave, uint32_t cell, Resting *resting)
{
    const Moves *moves = &weave->memory->moves;

    resting->n = resting->n_moves = 0;
    for (size_t of = moves->head[cell]; of; of = moves->term[of - 1].next) {
        size_t move = moves->term[of - 1].move;
        if (moves->dead[move])
            continue;
        if (resting->n_moves == resting->room) {
            resting->room = 2 * resting->room + 64;
            resting->move = realloc(resting->move, resting->room * sizeof *resting->move);
            if (!resting->move)
                arena_exhausted();
        }
        resting->move[resting->n_moves++] = move;
        for (size_t at = moves->start[move]; at < moves->start[move + 1]; at++) {
            uint32_t other = moves->term[at].cell;
            if (!resting->mark[other]) {
                resting->mark[other] = 1;
                resting->cell[resting->n++] = other;
            }
        }
    }
    for (size_t at = 0; at < resting->n; at++)
        resting->mark[resting->cell[at]] = 0;
}

static void resting_mark(Weave *weave, const Resting *resting, uint8_t dead)
{
    for (size_t at = 0; at < resting->n_moves; at++)
        weave->memory->moves.dead[resting->move[at]] = dead;
}

static void resting_renew(Weave *weave, const Resting *resting, uint8_t dead)
{
    resting_mark(weave, resting, dead);
    for (size_t at = 0; at < resting->n; at++)
        moves_range_renew(&weave->range, weave->system, &weave->memory->moves, resting->cell[at], weave->rules->width_min);
}

/* A few relations that leave it no room are found sooner than it is found that no move is there. */
static bool shut(const Weave *weave, uint32_t cell)
{
    return weave->system->n_cells <= TWICE_CELLS_MAX && weave_narrow(weave, cell) &&
           pattern_shut(weave->memory->pattern, cell, attack_need(weave->system, weave->rules, weave->primary, cell), weave->hidden, NEAR_SHUT);
}

static bool publish_again(Weave *weave, uint32_t cell, Resting *resting)
{
    size_t narrow = 0;
    bool good, everything;

    weave->hidden[cell] = 0;
    good = lines_safe(weave, cell);
    if (good) {
        resting_find(weave, cell, resting);
        resting_renew(weave, resting, MOVE_TRIED);
        for (size_t at = 0; at < resting->n; at++)
            narrow += weave_narrow(weave, resting->cell[at]);
        good = narrow <= RESTING_MAX;
        for (size_t at = 0; at < resting->n && good && narrow; at++)
            good = !shut(weave, resting->cell[at]);
        for (size_t at = 0; at < resting->n && good && narrow; at++)
            good = !weave_narrow(weave, resting->cell[at]) || widen(weave, resting->cell[at], NULL, false, NEAR_AGAIN, &everything) ||
                   (!everything && weave->system->n_cells <= TWICE_CELLS_MAX && widen(weave, resting->cell[at], NULL, false, 2 * NEAR_AGAIN, &everything));
        if (good)
            resting_mark(weave, resting, MOVE_GONE);
        else
            resting_renew(weave, resting, MOVE_LIVES);
    }
    if (!good)
        weave->hidden[cell] = 1;
    return good;
}

size_t weave_take_back(Weave *weave)
{
    const System *system = weave->system;
    size_t n, back = 0;
    Order *list = cells_ordered(weave, false, large_first, &n);
    Resting resting = {.cell = malloc((system->n_cells + 1) * sizeof *resting.cell), .mark = calloc(system->n_cells + 1, 1)};

    if (!resting.cell || !resting.mark)
        arena_exhausted();
    for (size_t at = 0; at < n; at++)
        if (!(system->cell[list[at].cell].flags & SYSTEM_WITHHELD))
            back += publish_again(weave, list[at].cell, &resting);
    free(list);
    free(resting.move);
    free(resting.cell);
    free(resting.mark);
    return back;
}
