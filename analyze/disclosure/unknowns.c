#include "analyze/disclosure/unknowns.h"

#include <math.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/base.h"

/* NARROWINGS: times through all relations; hardly ever more than ten change anything.
 * OTHERS: whole tables looked for before the cells that are left are asked for one by one. */
enum { NARROWINGS = 100, OTHERS = 40 };

void unknowns_begin(Unknowns *unknowns, Arena *memory, int threshold)
{
    Unknowns begun = {.memory = memory, .threshold = threshold, .n_asked = unknowns->n_asked, .n_programs = unknowns->n_programs};

    *unknowns = begun;
    system_begin(&unknowns->system, memory);
}

uint32_t unknowns_cell(Unknowns *unknowns, double low, double high)
{
    if (unknowns->system.n_cells == unknowns->room) {
        size_t used = unknowns->room, room[6] = {used, used, used, used, used, used};
        unknowns->known = arena_grow(unknowns->memory, unknowns->known, used, &room[0], sizeof *unknowns->known);
        unknowns->asked = arena_grow(unknowns->memory, unknowns->asked, used, &room[1], sizeof *unknowns->asked);
        unknowns->told = arena_grow(unknowns->memory, unknowns->told, used, &room[2], sizeof *unknowns->told);
        unknowns->low = arena_grow(unknowns->memory, unknowns->low, used, &room[3], sizeof *unknowns->low);
        unknowns->high = arena_grow(unknowns->memory, unknowns->high, used, &room[4], sizeof *unknowns->high);
        unknowns->need = arena_grow(unknowns->memory, unknowns->need, used, &room[5], sizeof *unknowns->need);
        unknowns->room = room[0];
    }
    uint32_t cell = system_cell(&unknowns->system, &(SystemCell){.value = (int64_t) low});
    unknowns->known[cell] = low == high;
    unknowns->asked[cell] = unknowns->told[cell] = 0;
    unknowns->low[cell] = low;
    unknowns->high[cell] = unknowns->known[cell] ? low : fmin(high, BASE_UNKNOWN);
    if (!unknowns->known[cell] && low > 0) /* that nothing is below 0 goes without saying */
        system_range(&unknowns->system, &(SystemTerm){cell, 1}, 1, low, INFINITY);
    if (!unknowns->known[cell] && isfinite(high))
        system_range(&unknowns->system, &(SystemTerm){cell, 1}, 1, -INFINITY, high);
    return cell;
}

void unknowns_line(Unknowns *unknowns, const SystemTerm *terms, size_t count)
{
    system_line(&unknowns->system, terms, count);
}

void unknowns_ask(Unknowns *unknowns, uint32_t cell, UnknownsAsk how, double most)
{
    unknowns->asked[cell] = how;
    unknowns->need[cell] = fmin(SYSTEM_WIDTH, most);
}

size_t unknowns_ask_sum(Unknowns *unknowns, const SystemTerm *terms, size_t count, UnknownsAsk how, double most)
{
    unknowns->sum = arena_grow(unknowns->memory, unknowns->sum, unknowns->n_sums, &unknowns->sum_room, sizeof *unknowns->sum);
    unknowns->sum[unknowns->n_sums] = (UnknownsSum){terms, count, how, fmin(SYSTEM_WIDTH, most), false};
    return unknowns->n_sums++;
}

/* -- without programs ------------------------------------------------------------------------------ */

/* What one line says of each of its cells, by what is known of the others. *changed: something new. \return false: it cannot hold */
static bool line_narrow(Unknowns *unknowns, const SystemTerm *term, size_t n, bool *changed)
{
    double least = 0, most = 0; /* of the sum, which is 0 */

    for (size_t at = 0; at < n; at++) {
        least += term[at].coef > 0 ? unknowns->low[term[at].cell] : -unknowns->high[term[at].cell];
        most += term[at].coef > 0 ? unknowns->high[term[at].cell] : -unknowns->low[term[at].cell];
    }
    if (least > 0 || most < 0)
        return false;
    for (size_t at = 0; at < n; at++) {
        double *low = &unknowns->low[term[at].cell], *high = &unknowns->high[term[at].cell], was_low = *low, was_high = *high;
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

/* Is this too much to know? */
static bool too_much(const Unknowns *unknowns, UnknownsAsk how, double need, double least, double most)
{
    return most - least < need && least < unknowns->threshold && (most > 0 || how == UNKNOWNS_ZERO_TELLS);
}

/* What bounds that may be wider than what is true say of a question. *told: surely too much. \return is it still open? */
static bool open_by(const Unknowns *unknowns, UnknownsAsk how, double need, double low, double high, bool *told)
{
    *told = too_much(unknowns, how, need, low, high) && high < unknowns->threshold && (low > 0 || how == UNKNOWNS_ZERO_TELLS);
    return !*told && low < high && low < unknowns->threshold;
}

static void sum_bounds(const Unknowns *unknowns, const UnknownsSum *sum, double *low, double *high)
{
    *low = *high = 0;
    for (size_t at = 0; at < sum->n; at++) {
        uint32_t cell = sum->term[at].cell;
        int coef = sum->term[at].coef;
        *low += coef * (coef > 0 ? unknowns->low : unknowns->high)[cell];
        *high += coef * (coef > 0 ? unknowns->high : unknowns->low)[cell];
    }
}

/* Most follows without any program: what stood still in a total stood still in its groups. What is so found is known; what is so found to be narrow is told at once, and the
 * programs are left with what neither shows. \return false: no table agrees */
static bool narrow(Unknowns *unknowns)
{
    System *system = &unknowns->system;
    bool changed = true, holds = true;

    for (int pass = 0; pass < NARROWINGS && changed && holds; pass++) {
        changed = false;
        for (size_t line = 0; line < system->n_lines && holds; line++) {
            size_t first = system->line_start[line], end = line + 1 < system->n_lines ? system->line_start[line + 1] : system->term_count;
            holds = line_narrow(unknowns, system->term + first, end - first, &changed);
        }
    }
    for (uint32_t cell = 0; cell < system->n_cells && holds; cell++) {
        double low = unknowns->low[cell], high = unknowns->high[cell];
        bool told = false;
        if (!unknowns->known[cell] && low == high) {
            unknowns->known[cell] = 1;
            system->cell[cell].value = (int64_t) low;
        }
        if (!unknowns->asked[cell] || open_by(unknowns, unknowns->asked[cell], unknowns->need[cell], low, high, &told))
            continue;
        unknowns->told[cell] = told;
        unknowns->asked[cell] = UNKNOWNS_NOT_ASKED;
    }
    for (size_t at = 0; at < unknowns->n_sums && holds; at++) {
        UnknownsSum *sum = &unknowns->sum[at];
        double low, high;
        sum_bounds(unknowns, sum, &low, &high);
        if (!open_by(unknowns, sum->how, sum->need, low, high, &sum->told))
            sum->how = UNKNOWNS_NOT_ASKED;
    }
    return holds;
}

/* -- with programs --------------------------------------------------------------------------------- */

static size_t still_asked(const Unknowns *unknowns)
{
    size_t n = 0;

    for (uint32_t cell = 0; cell < unknowns->system.n_cells; cell++)
        n += unknowns->asked[cell] != UNKNOWNS_NOT_ASKED;
    for (size_t at = 0; at < unknowns->n_sums; at++)
        n += unknowns->sum[at].how != UNKNOWNS_NOT_ASKED;
    return n;
}

/* From one whole table: how far each cell that is asked can be from it. */
static bool from_base(Unknowns *unknowns, Err *err)
{
    System *system = &unknowns->system;
    SystemRules rules = {.threshold = unknowns->threshold, .width_min = SYSTEM_WIDTH};
    uint8_t *hidden = arena_array(unknowns->memory, system->n_cells + 1, 1), *asked = arena_array(unknowns->memory, system->n_cells + 1, 1);
    AttackMemory memory;
    Attack attack;

    for (uint32_t cell = 0; cell < system->n_cells; cell++) {
        hidden[cell] = !unknowns->known[cell];
        asked[cell] = unknowns->asked[cell] != UNKNOWNS_NOT_ASKED;
        if (!asked[cell])
            system->cell[cell].flags |= SYSTEM_WITHHELD;
    }
    if (!system_finish(system, err))
        return false;
    attack_memory_begin(&memory, system, &rules);
    bool good = attack_run(system, &rules, hidden, asked, 0, &memory, &attack, err);
    for (uint32_t cell = 0; cell < system->n_cells && good; cell++) {
        int64_t least, most;
        if (!asked[cell] || !attack.fails[cell])
            continue;
        /* Examples show at least how wide it is, not at most; that it is surely nothing, or surely enough, has to be asked. */
        unknowns->n_programs += 2;
        unknowns->told[cell] = !base_range(system, unknowns->known, unknowns->low, unknowns->high, cell, &least, &most) ||
                               too_much(unknowns, unknowns->asked[cell], unknowns->need[cell], (double) least, (double) most);
    }
    unknowns->n_programs += attack.n_linear + attack.n_integer;
    attack_free(&attack);
    attack_memory_free(&memory);
    return good;
}

/* What whole tables by chance show to be open is done. */
static void from_others(Unknowns *unknowns)
{
    BaseSum *sum = arena_array(unknowns->memory, unknowns->n_sums + 1, sizeof *sum);

    for (size_t at = 0; at < unknowns->n_sums; at++)
        sum[at] = (BaseSum){.term = unknowns->sum[at].term, .n = unknowns->sum[at].n, .asked = unknowns->sum[at].how != UNKNOWNS_NOT_ASKED};
    unknowns->n_programs += base_others(&unknowns->system, unknowns->known, unknowns->low, unknowns->high, SYSTEM_WIDTH, OTHERS, unknowns->asked, sum, unknowns->n_sums);
    for (size_t at = 0; at < unknowns->n_sums; at++)
        if (!sum[at].asked)
            unknowns->sum[at].how = UNKNOWNS_NOT_ASKED;
}

/* Sums that are left become cells. \return per sum; of those that are not asked nothing */
static uint32_t *cells_of_sums(Unknowns *unknowns)
{
    uint32_t *cell = arena_array(unknowns->memory, unknowns->n_sums + 1, sizeof *cell);

    for (size_t at = 0; at < unknowns->n_sums; at++) {
        const UnknownsSum *sum = &unknowns->sum[at];
        if (sum->how == UNKNOWNS_NOT_ASKED)
            continue;
        SystemTerm *term = arena_array(unknowns->memory, sum->n + 1, sizeof *term);
        memcpy(term, sum->term, sum->n * sizeof *term);
        cell[at] = unknowns_cell(unknowns, 0, INFINITY);
        term[sum->n] = (SystemTerm){cell[at], -1};
        unknowns_line(unknowns, term, sum->n + 1);
        unknowns->system.cell[cell[at]].value = base_sum(&unknowns->system, sum->term, sum->n, NULL);
        unknowns->asked[cell[at]] = sum->how;
        unknowns->need[cell[at]] = sum->need;
    }
    return cell;
}

bool unknowns_agree(Unknowns *unknowns, bool *found, Err *err)
{
    *found = narrow(unknowns);
    return !*found || base_find(&unknowns->system, unknowns->known, unknowns->low, unknowns->high, found, err);
}

bool unknowns_attack(Unknowns *unknowns, bool *found, Err *err)
{
    System *system = &unknowns->system;

    unknowns->n_asked += still_asked(unknowns);
    *found = narrow(unknowns);
    if (*found && still_asked(unknowns) && !base_find(system, unknowns->known, unknowns->low, unknowns->high, found, err))
        return false;
    if (!*found) {
        memset(unknowns->told, 0, system->n_cells);
        for (size_t at = 0; at < unknowns->n_sums; at++)
            unknowns->sum[at].told = false;
    }
    if (!*found || !still_asked(unknowns))
        return true;
    from_others(unknowns);
    if (!still_asked(unknowns))
        return true;
    const uint32_t *cell = cells_of_sums(unknowns);
    bool good = from_base(unknowns, err);
    for (size_t at = 0; at < unknowns->n_sums && good; at++)
        if (unknowns->sum[at].how != UNKNOWNS_NOT_ASKED)
            unknowns->sum[at].told = unknowns->told[cell[at]];
    return good;
}
