#include "analyze/disclosure/span.h"

#include <stdlib.h>
#include <string.h>

/* One basis vector: columns ascending, no zeros. slot: where the vector stands in the list of that column. */
typedef struct Vector {
    uint32_t  n, room;
    uint32_t *column, *slot;
    int32_t  *value;
} Vector;

/* The vectors that have a cell; unordered. */
typedef struct Column {
    uint32_t  n, room;
    uint32_t *vector;
} Column;

struct Span {
    size_t   n_cells, n_vectors, dimension;
    Vector  *vector;
    Column  *column;
    uint32_t *merged_column, *merged_slot; /* room for one vector in the making */
    int64_t  *merged_value;
    uint32_t *list;          /* room for one column */
};

static void *must(void *memory)
{
    if (!memory)
        arena_exhausted();
    return memory;
}

/* \return the slot */
static uint32_t column_add(Column *column, uint32_t vector)
{
    if (column->n == column->room) {
        column->room = column->room ? column->room * 2 : 4;
        column->vector = must(realloc(column->vector, column->room * sizeof *column->vector));
    }
    column->vector[column->n] = vector;
    return column->n++;
}

static uint32_t vector_find(const Vector *vector, uint32_t column)
{
    uint32_t low = 0, high = vector->n;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (vector->column[middle] < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int32_t vector_get(const Vector *vector, uint32_t column)
{
    uint32_t at = vector_find(vector, column);

    return at < vector->n && vector->column[at] == column ? vector->value[at] : 0;
}

/* The last of the list takes the place of the one that goes: columns of totals are as long as the table, and must not be searched. */
static void column_remove(Span *span, uint32_t column, uint32_t slot)
{
    Column *it = &span->column[column];
    uint32_t moved = it->vector[--it->n];

    if (slot == it->n)
        return;
    it->vector[slot] = moved;
    span->vector[moved].slot[vector_find(&span->vector[moved], column)] = slot;
}

static void vector_room(Vector *vector, uint32_t n)
{
    if (n <= vector->room)
        return;
    vector->room = n + n / 2;
    vector->column = must(realloc(vector->column, vector->room * sizeof *vector->column));
    vector->slot = must(realloc(vector->slot, vector->room * sizeof *vector->slot));
    vector->value = must(realloc(vector->value, vector->room * sizeof *vector->value));
}

static int64_t divisor(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* vector[into] x a - vector[pivot] x b, so that a linear form which has the values by and of on the two becomes 0 on into. */
static bool eliminate(Span *span, uint32_t pivot, uint32_t into, int64_t of_pivot, int64_t of_into, Err *err)
{
    Vector *p = &span->vector[pivot], *v = &span->vector[into];
    int64_t common = divisor(of_pivot, of_into), times_v = of_pivot / common, times_p = of_into / common, shared = 0;
    uint32_t i = 0, j = 0, n = 0;

    if (times_v < 0) {
        times_v = -times_v;
        times_p = -times_p;
    }
    while (i < p->n || j < v->n) {
        uint32_t left = i < p->n ? p->column[i] : UINT32_MAX, right = j < v->n ? v->column[j] : UINT32_MAX;
        uint32_t slot;
        int64_t value;
        if (left < right) {
            value = -times_p * p->value[i++];
            slot = column_add(&span->column[left], into);
        } else if (right < left) {
            slot = v->slot[j];
            value = times_v * v->value[j++];
            left = right;
        } else {
            slot = v->slot[j];
            value = times_v * v->value[j++] - times_p * p->value[i++];
            if (!value) {
                column_remove(span, left, slot);
                continue;
            }
        }
        /* The factors fit 32 bits (checked below), so a product fits 64. */
        shared = shared == 1 ? 1 : divisor(shared, value);
        span->merged_column[n] = left;
        span->merged_slot[n] = slot;
        span->merged_value[n++] = value;
    }
    vector_room(v, n);
    v->n = n;
    for (uint32_t at = 0; at < n; at++) {
        int64_t value = span->merged_value[at] / shared;
        if (value > INT32_MAX || value < -INT32_MAX)
            return err_set(err, ERR_STAT, "the relations between the cells lead to numbers beyond 32 bits");
        v->column[at] = span->merged_column[at];
        v->slot[at] = span->merged_slot[at];
        v->value[at] = (int32_t) value;
    }
    return true;
}

static void vector_remove(Span *span, uint32_t which)
{
    Vector *vector = &span->vector[which];

    for (uint32_t at = 0; at < vector->n; at++)
        column_remove(span, vector->column[at], vector->slot[at]);
    vector->n = 0;
    span->dimension--;
}

bool span_publish(Span *span, uint32_t cell, Err *err)
{
    Column *column = &span->column[cell];
    uint32_t n = column->n, pivot = 0;

    if (!n)
        return true;
    memcpy(span->list, column->vector, n * sizeof *span->list);
    pivot = span->list[0];
    for (uint32_t at = 1; at < n; at++) {
        uint32_t other = span->list[at];
        if (span->vector[other].n < span->vector[pivot].n || (span->vector[other].n == span->vector[pivot].n && other < pivot))
            pivot = other;
    }
    int64_t of_pivot = vector_get(&span->vector[pivot], cell);
    for (uint32_t at = 0; at < n; at++)
        if (span->list[at] != pivot &&
            !eliminate(span, pivot, span->list[at], of_pivot, vector_get(&span->vector[span->list[at]], cell), err))
            return false;
    vector_remove(span, pivot);
    return true;
}

/* -- taking in the relations --------------------------------------------------------------------- */

typedef struct Order {
    uint32_t depth, line;
} Order;

static int by_depth(const void *a, const void *b)
{
    const Order *x = a, *y = b;

    return x->depth != y->depth ? (x->depth < y->depth ? -1 : 1) : x->line < y->line ? -1 : x->line > y->line;
}

/* Lines from the leaves up, so that a total is expressed in what lies below it and vectors stay short. */
static Order *lines_ordered(const System *system)
{
    uint32_t *depth = must(calloc(system->n_cells + 1, sizeof *depth));
    Order *order = must(calloc(system->n_lines + 1, sizeof *order));

    /* Longest path by relaxation; relations that go in circles stop after as many rounds as a hierarchy can be deep. */
    bool moved = true;
    for (int round = 0; moved && round < 64; round++) {
        moved = false;
        for (size_t line = 0; line < system->n_lines; line++) {
            uint32_t total = system->term[system->line_start[line]].cell, deepest = 0;
            for (size_t at = system->line_start[line] + 1; at < system->line_start[line + 1]; at++)
                if (depth[system->term[at].cell] > deepest)
                    deepest = depth[system->term[at].cell];
            if (depth[total] < deepest + 1) {
                depth[total] = deepest + 1;
                moved = true;
            }
        }
    }
    for (size_t line = 0; line < system->n_lines; line++)
        order[line] = (Order){depth[system->term[system->line_start[line]].cell], (uint32_t) line};
    qsort(order, system->n_lines, sizeof *order, by_depth);
    free(depth);
    return order;
}

/* A relation is a number that is known to be 0: take it in as if it were published. */
static bool line_take(Span *span, const System *system, size_t line, int64_t *form, uint32_t *touched, uint32_t *stamp, Err *err)
{
    uint32_t n = 0, pivot = UINT32_MAX, total = system->term[system->line_start[line]].cell;

    for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++) {
        const Column *column = &span->column[system->term[at].cell];
        for (uint32_t k = 0; k < column->n; k++) {
            uint32_t vector = column->vector[k];
            int64_t add = (int64_t) system->term[at].coef * vector_get(&span->vector[vector], system->term[at].cell);
            if (stamp[vector] != line + 1) {
                stamp[vector] = (uint32_t) line + 1;
                touched[n++] = vector;
            }
            form[vector] += add;
        }
    }
    for (uint32_t at = 0; at < n; at++) {
        uint32_t vector = touched[at];
        if (!form[vector])
            continue;
        /* The total's own vector when it still has one; else the shortest. */
        if (pivot == UINT32_MAX || (vector == total && span->vector[vector].n == 1) ||
            (!(pivot == total && span->vector[pivot].n == 1) &&
             (span->vector[vector].n < span->vector[pivot].n || (span->vector[vector].n == span->vector[pivot].n && vector < pivot))))
            pivot = vector;
    }
    bool good = true;
    if (pivot != UINT32_MAX) {
        for (uint32_t at = 0; at < n && good; at++)
            if (touched[at] != pivot && form[touched[at]])
                good = eliminate(span, pivot, touched[at], form[pivot], form[touched[at]], err);
        if (good)
            vector_remove(span, pivot);
    }
    for (uint32_t at = 0; at < n; at++)
        form[touched[at]] = 0;
    return good;
}

Span *span_new(const System *system, const uint8_t *known, Err *err)
{
    Span *span = must(calloc(1, sizeof *span));
    size_t n = system->n_cells;

    span->n_cells = span->n_vectors = n;
    span->vector = must(calloc(n + 1, sizeof *span->vector));
    span->column = must(calloc(n + 1, sizeof *span->column));
    span->merged_column = must(malloc((n + 1) * sizeof *span->merged_column));
    span->merged_slot = must(malloc((n + 1) * sizeof *span->merged_slot));
    span->merged_value = must(malloc((n + 1) * sizeof *span->merged_value));
    span->list = must(malloc((n + 1) * sizeof *span->list));
    for (uint32_t cell = 0; cell < n; cell++) {
        if (known[cell])
            continue;
        vector_room(&span->vector[cell], 1);
        span->vector[cell].n = 1;
        span->vector[cell].column[0] = cell;
        span->vector[cell].value[0] = 1;
        span->vector[cell].slot[0] = column_add(&span->column[cell], cell);
        span->dimension++;
    }
    Order *order = lines_ordered(system);
    int64_t *form = must(calloc(n + 1, sizeof *form));
    uint32_t *touched = must(malloc((n + 1) * sizeof *touched)), *stamp = must(calloc(n + 1, sizeof *stamp));
    bool good = true;
    for (size_t at = 0; at < system->n_lines && good; at++)
        good = line_take(span, system, order[at].line, form, touched, stamp, err);
    free(order);
    free(form);
    free(touched);
    free(stamp);
    if (!good) {
        span_free(span);
        return NULL;
    }
    return span;
}

void span_free(Span *span)
{
    if (!span)
        return;
    for (size_t at = 0; at < span->n_vectors; at++) {
        free(span->vector[at].column);
        free(span->vector[at].slot);
        free(span->vector[at].value);
        free(span->column[at].vector);
    }
    free(span->vector);
    free(span->column);
    free(span->merged_column);
    free(span->merged_slot);
    free(span->merged_value);
    free(span->list);
    free(span);
}

/* -- questions ----------------------------------------------------------------------------------- */

bool span_known(const Span *span, uint32_t cell)
{
    return span->column[cell].n == 0;
}

size_t span_dimension(const Span *span)
{
    return span->dimension;
}

static bool proportional(const Span *span, uint32_t a, uint32_t b)
{
    const Column *column = &span->column[a];
    int64_t first_a = 0, first_b = 0;

    for (uint32_t at = 0; at < column->n; at++) {
        const Vector *vector = &span->vector[column->vector[at]];
        int64_t of_a = vector_get(vector, a), of_b = vector_get(vector, b);
        if (!of_b)
            return false;
        if (at == 0) {
            first_a = of_a;
            first_b = of_b;
        } else if (of_a * first_b != of_b * first_a) {
            return false;
        }
    }
    return true;
}

bool span_gives_away(const Span *span, uint32_t cell, const uint8_t *keep, uint32_t *which)
{
    const Column *column = &span->column[cell];

    if (!column->n)
        return false;
    /* A column proportional to this one has an entry in every vector of it: look along the shortest. */
    uint32_t shortest = column->vector[0];
    for (uint32_t at = 1; at < column->n; at++)
        if (span->vector[column->vector[at]].n < span->vector[shortest].n)
            shortest = column->vector[at];
    const Vector *vector = &span->vector[shortest];
    for (uint32_t at = 0; at < vector->n; at++) {
        uint32_t other = vector->column[at];
        if (keep[other] && other != cell && span->column[other].n == column->n && proportional(span, cell, other)) {
            *which = other;
            return true;
        }
    }
    return false;
}
