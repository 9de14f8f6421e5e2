/**
 * The attacker: everything that can be said of hidden cells by who holds all published ones, knows the relations, the rules (hidden cells are
 * at least 1 where zeros are published) and the printed roundings, and solves linear and integer programs. An insider also knows his own records.
 *
 * What is reported is proven by example: low and high of a cell are its smallest and largest value over whole tables (integers, every relation
 * checked in exact arithmetic) that the attacker cannot tell from the true one. So an interval here is never wider than the truth, however the
 * floating-point solver erred. Examples are looked for near each cell first, then further away (pattern.h); they are kept as moves (moves.h) and
 * serve the next attack too, where all their cells are hidden. What has no example gets a verdict: programs near the cell that ask for fewer relations
 * than there are, solved again in rational arithmetic, then programs over the whole connected part, then integer programs.
 */
#ifndef VB_DISCLOSURE_ATTACK_H
#define VB_DISCLOSURE_ATTACK_H

#include "analyze/disclosure/moves.h"
#include "analyze/disclosure/pattern.h"

/** What attacks on one system remember: examples found, and the system made ready to find more. */
typedef struct AttackMemory {
    Moves    moves;
    Pattern *pattern;
} AttackMemory;

void attack_memory_begin(AttackMemory *memory, const System *system, const SystemRules *rules); /* borrows both */
void attack_memory_free(AttackMemory *memory);

typedef struct Attack {
    MovesRange range;    /* per cell: proven; both ends the value itself for cells that are not hidden. Owned by caller: attack_free */
    uint8_t *fails;      /* per cell: hidden, and narrower than asked (a primary rules.width_min, another hidden cell 1) */
    size_t   n_fails, n_hidden, n_parts; /* hidden cells under attack, and their connected parts */
    size_t   n_linear, n_integer, n_examples; /* programs solved, and whole tables found */
    size_t   n_unsettled; /* of the failing cells: the integer program was given up, the interval may be wider */
    int64_t  narrowest;   /* of the primaries' ranges; -1 = no primaries */
    AttackMemory *memory; /* borrowed */
} Attack;

/**
 * \param hidden, primary one byte a cell; what is not hidden is known to the attacker
 * \param insider holder whose own cells are known too; 0 = an outsider. Only parts that hold a cell of his are attacked then
 * \param memory  of this system; gets the new examples
 * \return false: ERR_STAT when the solver broke down; failing cells are a result, not an error
 */
bool attack_run(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, int32_t insider, AttackMemory *memory, Attack *out, Err *err);
void attack_free(Attack *attack);

/** How wide the interval of a hidden cell has to be. */
int64_t attack_need(const System *system, const SystemRules *rules, const uint8_t *primary, uint32_t cell);

/** Primaries of which the attacker may be able to say that they are below the threshold: no whole table was found in which they are not. Proven by a linear program's bound, but for
 *  parts too large for one over all of it: there it is at most so many. Reported beside a release, not a failure. Solves more programs.
 *  \param attack as attack_run filled it; its ranges are widened on the way */
bool attack_count_below(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, Attack *attack, size_t *below, Err *err);

#endif
