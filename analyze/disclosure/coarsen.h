/**
 * Coarser tables beside the one that was asked for: merge codes into what the hierarchy has above them (school -> board, month -> school year, or leave
 * the dimension out) before hiding cells, and see which of the tables loses least.
 *
 * A level of a dimension is a set of codes that hold everything, each once: they become the innermost ones, and what lies below them is not published. Levels go
 * down from the total by whole steps of the hierarchy; where a code has several breakdowns, one level follows each. Of the codes above a level those stay that can
 * be added up from it. An alternative is a level for each dimension; its cells are cells of the table as given, with the same counts.
 *
 * Each alternative is protected by protect_run with all its proofs. Is that enough although cells below the level are not in the system? To who knows no record: yes.
 * Any counts of the innermost cells of an alternative can be split over what lies below them, so what lies below says nothing about them. To insiders: no, a
 * school knows its own part of its board. So the dimension of the contributors keeps all its codes in the system, hidden below the level: small ones as primary
 * cells, the others as never to be published, and the rule of three schools holds for boards as it does for schools.
 *
 * One alternative may be published, never two: two tables that were protected apart can be subtracted (METHODS pitfalls 4 and 5). Who publishes another one later
 * gives the first as published before (SYSTEM_FIXED); alternatives that lack a cell which must be or was published are not offered.
 *
 * What is lost (loss): in how many bits a reader cannot place an event among the innermost cells of the table as given, on average over the events, as a share of what it takes
 * when only the total is known: 0 = everything stands there, 1 = nothing. The smallest group of such cells of which the reader knows the sum is a published cell, or what is
 * left of a published total beside its published parts; a group of g cells leaves log2 g bits, and he spreads its events evenly, because he knows no better. So merging
 * twelve forms and hiding the twelve under their total cost the same. This is the entropy measure for recoding and suppression of De Waal and Willenborg
 * (Information loss through global recoding and local suppression, Netherlands Official Statistics 14, 1999), with the even spread in place of the true
 * one: so it follows from what is published, and can stand in a certificate without telling more. Innermost cells in no group whose sum is known count as 1.
 */
#ifndef VB_DISCLOSURE_COARSEN_H
#define VB_DISCLOSURE_COARSEN_H

#include "analyze/disclosure/protect.h"
#include "analyze/disclosure/table.h"

enum { COARSEN_MAX = 60, COARSEN_LEVELS_MAX = 12 }; /* alternatives tried, those nearest to the table as given first; levels of a dimension */

typedef struct CoarsenLevel {
    const char *name;    /* "as given", "1", "1/bestuur" (so many steps up, along the breakdown named), "total" */
    uint32_t   *code;    /* the codes that become the innermost ones; NULL = as given */
    size_t      n;
    unsigned    up;      /* steps up */
} CoarsenLevel;

typedef struct CoarsenAlternative {
    const char *name;    /* "as given", "school:1", "school:1/bestuur form:total" */
    size_t      level[TABLE_DIMENSIONS_MAX];
    unsigned    up;      /* steps over all dimensions */
} CoarsenAlternative;

typedef struct Coarsen {
    const Table        *table;
    CoarsenLevel       *level[TABLE_DIMENSIONS_MAX]; /* the first as given */
    size_t              n_levels[TABLE_DIMENSIONS_MAX];
    CoarsenAlternative *alternative; /* the first as given */
    size_t              n, n_left_out; /* left out: beyond COARSEN_MAX */
} Coarsen;

/** \param table after table_system: its margins are used. Borrowed, and so is everything of it */
void coarsen_list(Arena *out, const Table *table, Coarsen *coarsen);

typedef enum CoarsenOutcome {
    COARSEN_PROTECTED,
    COARSEN_REFUSED, /* err, refusal: cells of result->table */
    COARSEN_LACKS    /* it lacks a cell that must be or was published: not tried */
} CoarsenOutcome;

typedef struct CoarsenResult {
    CoarsenOutcome outcome;
    Table          table;
    System         system;
    CellStatus    *status;
    uint8_t       *below;  /* one byte a cell: in the system, and no cell of this alternative (contributors) */
    Certificate    certificate; /* of the system, with the cells below */
    Refusal        refusal;
    Err            err;
    size_t         n_cells, n_primary, n_secondary; /* of the alternative */
    double         cells, events; /* shares: of its cells that are shown; of all events, those in shown innermost cells of its own (NAN: there are none) */
    double         loss;
} CoarsenResult;

/**
 * Protect one alternative and measure it. Everything of the result lives in the arena: use one each.
 * \param marks  the system of the table as given, for what must be and was published
 * \return false: memory of the system was refused (ERR_INPUT: too many cells); a refusal is a result
 */
bool coarsen_try(Arena *out, const Coarsen *coarsen, size_t which, const System *marks, const SystemRules *rules, CoarsenResult *result, Err *err);

/** Does a lose less than b, or as much with more cells shown? What is not protected is never better. */
bool coarsen_better(const CoarsenResult *a, const CoarsenResult *b);

#endif
