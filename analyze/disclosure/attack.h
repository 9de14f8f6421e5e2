/**
 * The attacker: everything that can be said of hidden cells by who holds all published ones, knows the relations, the rules (hidden cells are
 * at least 1 where zeros are published) and the printed roundings, and solves linear and integer programs. An insider also knows his own records.
 *
 * What is reported is proven by example: low and high of a cell are its smallest and largest value over whole tables (integers, every relation
 * checked in exact arithmetic) that the attacker cannot tell from the true one. So an interval here is never wider than the truth, however the
 * floating-point solver erred. GLPK proposes those tables: linear programs first (one problem object per connected part, only the objective
 * changes; each solution serves all cells it moves), integer programs where a linear one gave fractions.
 *
 * An example is kept as moves: the differences with the true table, cut into pieces that share no relation. A piece is an example by itself, so the whole
 * pieces of a solution serve although another piece has fractions; and it still is one in the next attack, when all its cells are hidden there too.
 * That is why repeated attacks (after mending, by insiders) cost little.
 */
#ifndef VB_DISCLOSURE_ATTACK_H
#define VB_DISCLOSURE_ATTACK_H

#include "analyze/disclosure/system.h"

/** Moves found so far: each a set of cells and how much they differ from the true table. Shared between attacks on one system. */
typedef SystemSums AttackMoves;

typedef struct Attack {
    int64_t *low, *high; /* per cell: proven range; both the value itself for cells that are not hidden. Owned by caller: attack_free */
    uint8_t *fails;      /* per cell: hidden, and narrower than asked (a primary rules.width_min, another hidden cell 1) */
    size_t   n_fails, n_hidden, n_parts; /* hidden cells under attack, and their connected parts */
    size_t   n_linear, n_integer, n_examples; /* programs solved, and whole tables found */
    size_t   n_unsettled; /* of the failing cells: the integer program was given up, the interval may be wider */
    int64_t  narrowest;   /* of the primaries' ranges; -1 = no primaries */
    AttackMoves *moves;   /* borrowed */
    SystemSums *sums;     /* when not NULL: gets, per failing cell, the sum of hidden cells whose value keeps it low (the linear program's dual) */
} Attack;

/**
 * \param hidden, primary one byte a cell; what is not hidden is known to the attacker
 * \param sums   NULL, or gets the arguments that bring cells down; borrowed
 * \param moves  examples of earlier attacks on this system, and gets the new ones; borrowed
 * \param insider holder whose own cells are known too; 0 = an outsider. Only parts that hold a cell of his are attacked then
 * \return false: ERR_STAT when the solver broke down; failing cells are a result, not an error
 */
bool attack_run(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, int32_t insider, AttackMoves *moves, SystemSums *sums, Attack *out, Err *err);
void attack_free(Attack *attack);

/** Primaries of which the attacker can say that they are below the threshold (his linear program's bound): reported beside a release, not a failure. Solves more programs.
 *  \param attack as attack_run filled it; its ranges are widened on the way */
bool attack_count_below(const System *system, const SystemRules *rules, const uint8_t *hidden, const uint8_t *primary, Attack *attack, size_t *below, Err *err);

#endif
