/**
 * Whole tables that nobody can tell from the true one, kept as moves: which cells differ and by how much. A move is an example for whoever does not
 * know any of its cells, so it serves every attacker and every pattern in which all of them are hidden.
 *
 * Knows the moves of each cell, so that one cell can be published and only what rested on it looked at again (weave.h).
 */
#ifndef VB_DISCLOSURE_MOVES_H
#define VB_DISCLOSURE_MOVES_H

#include "analyze/disclosure/system.h"

enum { MOVE_LIVES, MOVE_TRIED, MOVE_GONE };

typedef struct MovesTerm {
    uint32_t cell, move;
    int64_t  change;
    size_t   next; /* of the same cell: index + 1; 0 = the last */
} MovesTerm;

typedef struct Moves {
    MovesTerm *term;  /* moves behind each other: move m has terms start[m] .. start[m + 1] - 1 */
    size_t    *start;
    uint8_t   *dead;  /* per move: does it live, or is a cell of it published, on trial or for good (then it is taken from the lists of its cells as they are read) */
    size_t    *head;  /* per cell: index + 1 of its newest term */
    size_t     n, n_terms, term_room, room;
} Moves;

/** What the moves prove of each cell: its smallest and largest value over the examples; at the start the value itself. */
typedef struct MovesRange {
    int64_t *low, *high; /* n_cells long; owned: moves_range_free */
} MovesRange;

void moves_begin(Moves *moves, size_t n_cells);
void moves_free(Moves *moves); /* one that was never begun too */
/** \param terms whole changes, coef the amount; copied. \return the number of the move */
size_t moves_add(Moves *moves, const SystemTerm *terms, size_t n);

void moves_range_begin(MovesRange *range, const System *system);
void moves_range_free(MovesRange *range);
/** Take one move into the ranges. */
void moves_range_take(MovesRange *range, const System *system, const Moves *moves, size_t move);
/** Keep a move if it proves something new, and take it into the ranges. \return it did */
bool moves_note(Moves *moves, MovesRange *range, const System *system, const SystemTerm *terms, size_t n);
/** Take in all moves that live and of which every cell is hidden. \param hidden one byte a cell \return how many that are */
size_t moves_range_take_hidden(MovesRange *range, const System *system, const Moves *moves, const uint8_t *hidden);
/** A cell's range from the moves that live, newest first, until it is wide enough: a total of the country is in thousands. */
void moves_range_renew(MovesRange *range, const System *system, Moves *moves, uint32_t cell, int64_t enough);

#endif
