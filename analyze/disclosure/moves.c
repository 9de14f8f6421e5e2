#include "analyze/disclosure/moves.h"

#include <stdlib.h>
#include <string.h>

static void *grown(void *block, size_t bytes)
{
    void *made = realloc(block, bytes);

    if (!made)
        arena_exhausted();
    return made;
}

void moves_begin(Moves *moves, size_t n_cells)
{
    *moves = (Moves){.head = calloc(n_cells + 1, sizeof *moves->head), .start = calloc(1, sizeof *moves->start)};
    if (!moves->head || !moves->start)
        arena_exhausted();
}

void moves_free(Moves *moves)
{
    free(moves->term);
    free(moves->start);
    free(moves->dead);
    free(moves->head);
    *moves = (Moves){0};
}

size_t moves_add(Moves *moves, const SystemTerm *terms, size_t n)
{
    if (moves->n_terms + n > moves->term_room) {
        moves->term_room = 2 * (moves->n_terms + n);
        moves->term = grown(moves->term, moves->term_room * sizeof *moves->term);
    }
    if (moves->n == moves->room) {
        moves->room = 2 * moves->room + 64;
        moves->start = grown(moves->start, (moves->room + 1) * sizeof *moves->start);
        moves->dead = grown(moves->dead, moves->room);
    }
    for (size_t at = 0; at < n; at++) {
        MovesTerm *term = &moves->term[moves->n_terms++];
        *term = (MovesTerm){terms[at].cell, (uint32_t) moves->n, terms[at].coef, moves->head[terms[at].cell]};
        moves->head[terms[at].cell] = moves->n_terms;
    }
    moves->dead[moves->n] = 0;
    moves->start[moves->n + 1] = moves->n_terms;
    return moves->n++;
}

void moves_range_begin(MovesRange *range, const System *system)
{
    *range = (MovesRange){malloc((system->n_cells + 1) * sizeof *range->low), malloc((system->n_cells + 1) * sizeof *range->high)};
    if (!range->low || !range->high)
        arena_exhausted();
    for (size_t cell = 0; cell < system->n_cells; cell++)
        range->low[cell] = range->high[cell] = system->cell[cell].value;
}

void moves_range_free(MovesRange *range)
{
    free(range->low);
    free(range->high);
    *range = (MovesRange){0};
}

static void range_take(MovesRange *range, const System *system, uint32_t cell, int64_t change)
{
    int64_t value = system->cell[cell].value + change;

    range->low[cell] = value < range->low[cell] ? value : range->low[cell];
    range->high[cell] = value > range->high[cell] ? value : range->high[cell];
}

void moves_range_take(MovesRange *range, const System *system, const Moves *moves, size_t move)
{
    for (size_t at = moves->start[move]; at < moves->start[move + 1]; at++)
        range_take(range, system, moves->term[at].cell, moves->term[at].change);
}

bool moves_note(Moves *moves, MovesRange *range, const System *system, const SystemTerm *terms, size_t n)
{
    bool fresh = false;

    for (size_t at = 0; at < n && !fresh; at++) {
        int64_t value = system->cell[terms[at].cell].value + terms[at].coef;
        fresh = value < range->low[terms[at].cell] || value > range->high[terms[at].cell];
    }
    if (fresh)
        moves_range_take(range, system, moves, moves_add(moves, terms, n));
    return fresh;
}

size_t moves_range_take_hidden(MovesRange *range, const System *system, const Moves *moves, const uint8_t *hidden)
{
    size_t taken = 0;

    for (size_t move = 0; move < moves->n; move++) {
        bool good = !moves->dead[move];
        for (size_t at = moves->start[move]; at < moves->start[move + 1] && good; at++)
            good = hidden[moves->term[at].cell];
        if (good)
            moves_range_take(range, system, moves, move);
        taken += good;
    }
    return taken;
}

void moves_range_renew(MovesRange *range, const System *system, Moves *moves, uint32_t cell, int64_t enough)
{
    size_t *link = &moves->head[cell];

    range->low[cell] = range->high[cell] = system->cell[cell].value;
    while (*link && range->high[cell] - range->low[cell] < enough) {
        MovesTerm *term = &moves->term[*link - 1];
        if (moves->dead[term->move] == MOVE_GONE) {
            *link = term->next;
            continue;
        }
        if (moves->dead[term->move] == MOVE_LIVES)
            range_take(range, system, cell, term->change);
        link = &term->next;
    }
}
