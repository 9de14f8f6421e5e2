#include "analyze/disclosure/parts.h"

#include <stdlib.h>
#include <string.h>

uint32_t parts_root(uint32_t *parent, uint32_t cell)
{
    while (parent[cell] != cell)
        cell = parent[cell] = parent[parent[cell]];
    return cell;
}


static void join_terms(uint32_t *parent, const SystemTerm *term, size_t n, const uint8_t *hidden)
{
    uint32_t first = UINT32_MAX;

    for (size_t at = 0; at < n; at++) {
        if (!hidden[term[at].cell])
            continue;
        uint32_t root = parts_root(parent, term[at].cell);
        if (first == UINT32_MAX)
            first = root;
        else if (root != first) {
            uint32_t low = root < first ? root : first;
            parent[root] = parent[first] = low;
            first = low;
        }
    }
}

static Grouping grouping_make(const uint32_t *part_of, size_t n, size_t n_parts)
{
    Grouping group = {malloc((n + 1) * sizeof *group.item), calloc(n_parts + 3, sizeof *group.start)};

    if (!group.item || !group.start)
        arena_exhausted();
    /* Counted two places ahead and filled one place ahead, so that start ends where it belongs. */
    for (size_t at = 0; at < n; at++)
        if (part_of[at] != UINT32_MAX)
            group.start[part_of[at] + 2]++;
    for (size_t part = 0; part < n_parts; part++)
        group.start[part + 2] += group.start[part + 1];
    for (size_t at = 0; at < n; at++)
        if (part_of[at] != UINT32_MAX)
            group.item[group.start[part_of[at] + 1]++] = (uint32_t) at;
    return group;
}

static void grouping_free(Grouping *group)
{
    free(group->item);
    free(group->start);
}

static uint32_t part_of_terms(const SystemTerm *term, size_t n, const uint8_t *hidden, const uint32_t *part_of)
{
    for (size_t at = 0; at < n; at++)
        if (hidden[term[at].cell])
            return part_of[term[at].cell];
    return UINT32_MAX;
}

void parts_free(Parts *parts)
{
    free(parts->hidden);
    free(parts->own);
    free(parts->column);
    grouping_free(&parts->cells);
    grouping_free(&parts->lines);
    grouping_free(&parts->ranges);
}

void parts_own(const System *system, const SystemRules *rules, int32_t insider, uint8_t *own)
{
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        own[cell] = own[cell] || system_knows(system, insider, cell);
    for (bool moved = insider != 0; moved;) {
        moved = false;
        for (size_t line = 0; line < system->n_lines; line++) {
            uint32_t total = system->term[system->line_start[line]].cell;
            bool all = !own[total];
            size_t parts = 0;
            for (size_t at = system->line_start[line] + 1; at < system->line_start[line + 1] && all; at++) {
                parts += own[system->term[at].cell];
                all = own[system->term[at].cell] || system_known_zero(system, rules, system->term[at].cell);
            }
            if (all && parts)
                own[total] = moved = true;
        }
    }
}

void parts_find(const System *system, const SystemRules *rules, const uint8_t *hidden, int32_t insider, Parts *parts)
{
    size_t n = system->n_cells;
    uint32_t *parent = malloc((n + 1) * sizeof *parent), *part_of = malloc((n + 1) * sizeof *part_of), *line_part = calloc(system->n_lines + 1, sizeof *line_part),
             *range_part = calloc(system->n_ranges + 1, sizeof *range_part);
    uint8_t *own = parts->own = calloc(n + 1, 1), *near = calloc(n + 1, 1); /* near: roots of what the outsider's parts share with the insider's own cells */

    parts->hidden = malloc(n + 1);
    parts->column = calloc(n + 1, sizeof *parts->column);
    if (!parent || !part_of || !line_part || !range_part || !near || !own || !parts->hidden || !parts->column)
        arena_exhausted();
    memcpy(parts->hidden, hidden, n);
    parts_own(system, rules, insider, own);
    for (int round = insider ? 0 : 1; round < 2; round++) {
        for (uint32_t cell = 0; cell < n; cell++)
            parent[cell] = cell;
        for (size_t line = 0; line < system->n_lines; line++)
            join_terms(parent, system->term + system->line_start[line], system->line_start[line + 1] - system->line_start[line], parts->hidden);
        for (size_t range = 0; range < system->n_ranges; range++)
            join_terms(parent, system->range_term + system->range[range].first, system->range[range].count, parts->hidden);
        if (round == 1)
            break;
        /* What lies in no part with a cell of the insider's is to him what it is to an outsider. */
        for (uint32_t cell = 0; cell < n; cell++)
            if (hidden[cell] && own[cell])
                near[parts_root(parent, cell)] = 1;
        for (uint32_t cell = 0; cell < n; cell++)
            parts->hidden[cell] = hidden[cell] && !own[cell];
        for (uint32_t cell = 0; cell < n; cell++)
            part_of[cell] = near[parts_root(parent, cell)];
        for (uint32_t cell = 0; cell < n; cell++)
            near[cell] = (uint8_t) part_of[cell];
    }
    parts->n = 0;
    for (uint32_t cell = 0; cell < n; cell++) {
        uint32_t root = parts_root(parent, cell);
        if (!parts->hidden[cell] || (insider && !near[cell]))
            part_of[cell] = UINT32_MAX;
        else
            part_of[cell] = root == cell ? (uint32_t) parts->n++ : part_of[root]; /* the root is the lowest cell of its part */
    }
    for (size_t line = 0; line < system->n_lines; line++)
        line_part[line] = part_of_terms(system->term + system->line_start[line], system->line_start[line + 1] - system->line_start[line], parts->hidden, part_of);
    for (size_t range = 0; range < system->n_ranges; range++)
        range_part[range] = part_of_terms(system->range_term + system->range[range].first, system->range[range].count, parts->hidden, part_of);
    parts->cells = grouping_make(part_of, n, parts->n);
    parts->lines = grouping_make(line_part, system->n_lines, parts->n);
    parts->ranges = grouping_make(range_part, system->n_ranges, parts->n);
    for (size_t part = 0; part < parts->n; part++)
        for (uint32_t at = parts->cells.start[part]; at < parts->cells.start[part + 1]; at++)
            parts->column[parts->cells.item[at]] = at - parts->cells.start[part] + 1;
    free(parent);
    free(part_of);
    free(line_part);
    free(range_part);
    free(near);
}
