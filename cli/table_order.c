#include "cli/table_order.h"

#include <stdlib.h>
#include <string.h>

/* One code below another, and how the codes below it follow each other. */
typedef struct Below {
    uint32_t    parent, code; /* parent UINT32_MAX: below none */
    const char *set, *text;
} Below;

static int by_place(const void *a, const void *b)
{
    const Below *x = a, *y = b;

    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    int order = strcmp(x->set, y->set);
    return order ? order : strcmp(x->text, y->text);
}

/* The codes of a dimension as they are printed: a group before its parts, one breakdown behind another, each code where it comes first. */
static uint32_t *codes_order(Arena *out, const TableDimension *dimension)
{
    size_t n = table_codes(dimension), n_below = 0, made = 0, room = n, waiting = 0;

    for (size_t at = 0; at < table_sets(dimension); at++)
        room += table_set(dimension, at).n;
    Below *below = arena_array(out, room + 1, sizeof *below);
    uint32_t *order = arena_array(out, n + 1, sizeof *order), *stack = arena_array(out, room + 1, sizeof *stack);
    size_t *start = arena_array(out, n + 2, sizeof *start);
    bool *done = arena_array(out, n + 1, sizeof *done), *part = arena_array(out, n + 1, sizeof *part);
    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        for (size_t of = 0; of < set.n; of++) {
            below[n_below++] = (Below){set.parent, set.child[of], set.name, table_code_text(dimension, set.child[of])};
            part[set.child[of]] = true;
        }
        start[set.parent + 1] += set.n;
    }
    for (size_t code = 0; code < n; code++)
        start[code + 1] += start[code];
    for (uint32_t code = 0; code < n; code++)
        if (!part[code])
            below[n_below++] = (Below){UINT32_MAX, code, "", table_code_text(dimension, code)};
    qsort(below, n_below, sizeof *below, by_place);
    for (size_t at = n_below; at-- > start[n];)
        stack[waiting++] = below[at].code;
    while (waiting) {
        uint32_t code = stack[--waiting];
        if (done[code])
            continue;
        done[code] = true;
        order[made++] = code;
        for (size_t at = start[code + 1]; at-- > start[code];)
            stack[waiting++] = below[at].code;
    }
    return order;
}

TableOrder table_order(Arena *out, const Table *table)
{
    TableOrder order = {.table = table};

    for (size_t at = 0; at < table->n_dimensions; at++)
        order.code[at] = codes_order(out, table->dimension[at]);
    return order;
}

size_t table_order_cell(const TableOrder *order, size_t place, uint32_t *codes)
{
    table_cell_codes(order->table, place, codes);
    for (size_t at = 0; at < order->table->n_dimensions; at++)
        codes[at] = order->code[at][codes[at]];
    return table_cell(order->table, codes);
}
