/**
 * One whole table that nobody can tell from the true one and in which a given cell is different: the proof that the cell cannot be known; or what must be
 * hidden so that there is such a table (the protection pattern of the literature, but in whole numbers). It is given as a move: the differences with the true
 * table. Every relation is kept, every printed rounding too, and no cell goes below what everybody knows.
 *
 * How: a linear program over the cells near the target, which is to move as far as is asked for as little as possible: what is hidden moves for almost
 * nothing, what is published costs. Where the solution has fractions, a dive: one after the other is pushed up (or else down) to a whole number and the
 * program solved on from where it stands. To ask for a small move by the cheapest way is what makes this work: on the tables of METHODS 1
 * nineteen of twenty such solutions are whole at once and the dive finds the others, while hardly any of the furthest ones (the largest value a cell can have) is whole.
 * What is returned has been checked in whole numbers; the solver is not trusted.
 */
#ifndef VB_DISCLOSURE_PATTERN_H
#define VB_DISCLOSURE_PATTERN_H

#include "analyze/disclosure/system.h"

/** The system made ready for such questions, and room for them. One thread. */
typedef struct Pattern Pattern;

Pattern *pattern_new(const System *system, const SystemRules *rules); /* borrows both; owned by caller */
void pattern_free(Pattern *pattern); /* NULL is allowed */

typedef struct PatternAsk {
    uint32_t target;
    int64_t  delta;         /* how far it is to move; negative: down */
    const uint8_t *hidden;  /* one byte a cell: moves for nothing */
    const uint8_t *still;   /* NULL, or one byte a cell: known to this attacker, does not move */
    bool     may_hide;      /* published cells may move too, each at a cost */
    size_t   near;          /* so many cells around the target */
    uint32_t variant;       /* 0: costs as they are; others: each with noise of its own, for a second opinion */
} PatternAsk;

typedef struct PatternMove {
    const SystemTerm *term; /* cells that differ and by how much; of the pattern, good until the next question */
    size_t n;
    size_t n_hidden;        /* of the cells looked at */
    bool   everything;      /* a wider look would see no more */
} PatternMove;

/** \return a move was found. Without may_hide the target may move less far than asked (at least 1); with it, all the way */
bool pattern_find(Pattern *pattern, const PatternAsk *ask, PatternMove *out);
/**
 * Is there an argument near the target that it cannot have need + 1 different values? Of the relations only those of so many hidden cells near it are asked
 * to hold, and all that is hidden on them may move: what cannot be there cannot be at all. Quicker than to look for a move that is not there; false proves nothing.
 * Floating-point work: good for not looking any further, not for a verdict on what is published (attack.h).
 */
bool pattern_shut(Pattern *pattern, uint32_t target, int64_t need, const uint8_t *hidden, size_t near);
/** From 0 to 1, by cell and variant; the same on every machine. */
double pattern_noise(uint32_t cell, uint32_t variant);
size_t pattern_programs(const Pattern *pattern); /* solved so far */

#endif
