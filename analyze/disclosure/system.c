#include "analyze/disclosure/system.h"

#include <stdlib.h>
#include <string.h>

void system_begin(System *system, Arena *memory)
{
    memset(system, 0, sizeof *system);
    system->memory = memory;
}

uint32_t system_cell(System *system, const SystemCell *cell)
{
    system->cell = arena_grow(system->memory, system->cell, system->n_cells, &system->cell_room, sizeof *system->cell);
    system->cell[system->n_cells] = *cell;
    return (uint32_t) system->n_cells++;
}

void system_line(System *system, const SystemTerm *terms, size_t count)
{
    while (system->term_count + count > system->term_room)
        system->term = arena_grow(system->memory, system->term, system->term_room, &system->term_room, sizeof *system->term);
    memcpy(system->term + system->term_count, terms, count * sizeof *terms);
    system->line_start = arena_grow(system->memory, system->line_start, system->n_lines, &system->line_room, sizeof *system->line_start);
    system->line_start[system->n_lines++] = system->term_count;
    system->term_count += count;
}

void system_range(System *system, const SystemTerm *terms, size_t count, double low, double high)
{
    while (system->range_term_count + count > system->range_term_room)
        system->range_term = arena_grow(system->memory, system->range_term, system->range_term_room, &system->range_term_room, sizeof *terms);
    memcpy(system->range_term + system->range_term_count, terms, count * sizeof *terms);
    system->range = arena_grow(system->memory, system->range, system->n_ranges, &system->range_room, sizeof *system->range);
    system->range[system->n_ranges++] = (SystemRange){system->range_term_count, count, low, high};
    system->range_term_count += count;
}

/* -- finishing ----------------------------------------------------------------------------------- */

typedef struct LineKey {
    uint64_t hash;
    size_t   line;
} LineKey;

static int by_hash(const void *a, const void *b)
{
    const LineKey *x = a, *y = b;

    return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : x->line < y->line ? -1 : x->line > y->line;
}

/* The same whatever the order of the parts. */
static uint64_t line_hash(const System *system, size_t line)
{
    uint64_t sum = 0;

    for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
        uint64_t mixed = ((uint64_t) system->term[at].cell << 20) ^ (uint64_t) (uint32_t) system->term[at].coef;
        mixed *= 0x9E3779B97F4A7C15u;
        mixed ^= mixed >> 29;
        mixed *= 0xBF58476D1CE4E5B9u;
        sum += mixed ^ (mixed >> 32);
    }
    return sum;
}

static int by_cell(const void *a, const void *b)
{
    const SystemTerm *x = a, *y = b;

    return x->cell != y->cell ? (x->cell < y->cell ? -1 : 1) : x->coef < y->coef ? -1 : x->coef > y->coef;
}

static bool same_terms(const System *system, size_t a, size_t b)
{
    size_t n = system->line_start[a + 1] - system->line_start[a];

    if (n != system->line_start[b + 1] - system->line_start[b])
        return false;
    SystemTerm *left = malloc((n + 1) * sizeof *left * 2), *right = left + n;
    if (!left)
        return false;
    memcpy(left, system->term + system->line_start[a], n * sizeof *left);
    memcpy(right, system->term + system->line_start[b], n * sizeof *left);
    qsort(left, n, sizeof *left, by_cell);
    qsort(right, n, sizeof *right, by_cell);
    bool same = memcmp(left, right, n * sizeof *left) == 0;
    free(left);
    return same;
}

/* A relation that is said twice is one relation: tables that share margins say many twice. */
static void lines_once(System *system)
{
    LineKey *key = arena_array(system->memory, system->n_lines + 1, sizeof *key);
    bool *twice = arena_array(system->memory, system->n_lines + 1, sizeof *twice);

    for (size_t line = 0; line < system->n_lines; line++)
        key[line] = (LineKey){line_hash(system, line), line};
    qsort(key, system->n_lines, sizeof *key, by_hash);
    for (size_t at = 1; at < system->n_lines; at++)
        twice[key[at].line] = key[at].hash == key[at - 1].hash && same_terms(system, key[at].line, key[at - 1].line);
    size_t kept = 0, terms = 0;
    for (size_t line = 0; line < system->n_lines; line++) {
        size_t first = system->line_start[line], n = system->line_start[line + 1] - first;
        if (twice[line])
            continue;
        memmove(system->term + terms, system->term + first, n * sizeof *system->term);
        system->line_start[kept++] = terms;
        terms += n;
    }
    system->n_lines = kept;
    system->term_count = terms;
    system->line_start[kept] = terms;
}

bool system_finish(System *system, Err *err)
{
    for (size_t cell = 0; cell < system->n_cells; cell++)
        if (system->cell[cell].value < 0 || system->cell[cell].value > SYSTEM_VALUE_MAX)
            return err_set(err, ERR_STAT, "cell %zu is not a count from 0 to %d", cell, SYSTEM_VALUE_MAX);
    for (size_t cell = 0; cell < system->n_cells; cell++)
        if ((system->cell[cell].flags & SYSTEM_WITHHELD) && (system->cell[cell].flags & (SYSTEM_FIXED | SYSTEM_FORCED)))
            return err_set(err, ERR_STAT, "cell %zu is to be published and never to be published", cell);
    system->line_start = arena_grow(system->memory, system->line_start, system->n_lines, &system->line_room, sizeof *system->line_start);
    system->line_start[system->n_lines] = system->term_count;
    lines_once(system);
    system->of_start = arena_array(system->memory, system->n_cells + 2, sizeof *system->of_start);
    system->of_line = arena_array(system->memory, system->term_count + 1, sizeof *system->of_line);
    size_t *last = arena_array(system->memory, system->n_cells + 1, sizeof *last); /* per cell: the line it was seen on, from 1 */
    for (size_t line = 0; line < system->n_lines; line++) {
        int64_t sum = 0;
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
            if (system->term[at].cell >= system->n_cells)
                return err_set(err, ERR_STAT, "relation %zu names a cell that does not exist", line);
            if (last[system->term[at].cell] == line + 1)
                return err_set(err, ERR_STAT, "relation %zu names a cell twice", line);
            last[system->term[at].cell] = line + 1;
            sum += system->term[at].coef * system->cell[system->term[at].cell].value;
            system->of_start[system->term[at].cell + 2]++;
        }
        if (sum != 0)
            return err_set(err, ERR_STAT, "relation %zu does not add up", line);
    }
    for (size_t cell = 0; cell < system->n_cells; cell++)
        system->of_start[cell + 2] += system->of_start[cell + 1];
    for (size_t line = 0; line < system->n_lines; line++)
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++)
            system->of_line[system->of_start[system->term[at].cell + 1]++] = (uint32_t) line;
    return true;
}

/* -- rules --------------------------------------------------------------------------------------- */

bool system_primary(const System *system, const SystemRules *rules, uint32_t cell)
{
    const SystemCell *it = &system->cell[cell];

    if ((it->flags & SYSTEM_WITHHELD) || system_known_zero(system, rules, cell))
        return false;
    return (it->flags & SYSTEM_SENSITIVE) || it->value < rules->threshold;
}

SystemResidual system_residual(const System *system, const SystemRules *rules, size_t line, const uint8_t *hidden, const uint8_t *primary)
{
    SystemResidual left = {0};
    const SystemCell *total = &system->cell[system->term[system->line_start[line]].cell];
    int32_t sign = 0, first = 0, second = 0;

    left.of_one = total->holder[0] != 0 || (total->schools > 0 && total->schools < rules->contributors_min);

    for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
        const SystemTerm *term = &system->term[at];
        if (!hidden[term->cell])
            continue;
        const SystemCell *cell = &system->cell[term->cell];
        if (sign && (sign > 0) != (term->coef > 0))
            left.open = true;
        sign = term->coef;
        left.hidden++;
        left.primaries += primary[term->cell];
        left.sum += (term->coef < 0 ? -term->coef : term->coef) * cell->value;
        left.schools += cell->schools;
        if (left.holders >= 3)
            continue;
        if (!cell->holder[0])
            left.holders = 3;
        else if (left.holders == 0 || (cell->holder[0] != first && left.holders == 1) || (left.holders == 2 && cell->holder[0] != first && cell->holder[0] != second)) {
            *(left.holders == 0 ? &first : &second) = cell->holder[0];
            left.holders++;
        }
    }
    return left;
}

bool system_residual_safe(const SystemResidual *left, const SystemRules *rules)
{
    if (left->hidden == 0 || left->open)
        return true;
    if (left->sum < rules->threshold)
        return false;
    /* Each hidden part is at least the least: what is left to vary is the room of every one of them. */
    if (left->primaries && left->hidden < 2)
        return false;
    if (left->primaries && left->sum - system_least(rules) * left->hidden < rules->width_min)
        return false;
    if (left->of_one)
        return true;
    if (rules->insiders && left->holders < 3)
        return false;
    return !rules->contributors_min || left->schools == 0 || left->schools >= rules->contributors_min;
}
