/**
 * Primary and secondary suppression: which cells are hidden. Not the judge of it: attack.h is, and protect.h brings the two together.
 *
 * Greedy over the cells that are not primary, from must-publish to expendable (rank, then worth: the value, more for totals, less where hiding helps): each is published unless
 * that would make a primary known to who solves the equations (span.h), or leave something on a line that may not be left
 * over (system_residual_safe). Langsrud's Gaussian elimination idea (Privacy in Statistical Databases 2020 and later) with the residual and width
 * rules of METHODS taken into the loop, so that little is left to repair.
 *
 * Deterministic: ties go to the lower cell number. Time: about 50 ms for 5,500 cells, 1 s for 36,000.
 */
#ifndef VB_DISCLOSURE_SUPPRESS_H
#define VB_DISCLOSURE_SUPPRESS_H

#include "analyze/disclosure/system.h"

/** Demands that cannot be met together: publishing all of them gives a primary away. */
typedef struct SuppressConflict {
    uint32_t  primary;  /* what would become known, or stands on the line that is left with too little */
    uint32_t *demand;   /* the smallest set of forced and fixed cells that does it; owned by the system's arena */
    size_t    n_demands;
} SuppressConflict;

/**
 * \param status   n_cells long, filled. Fixed and forced cells are published even when primary: then *conflict says what they give away
 * \param conflict filled; n_demands 0 = none. The first conflict in cell order, with the demands reduced to a set of which none can be left out
 * \return false: ERR_STAT on overflow, ERR_DISCLOSURE when forced or fixed cells give a primary away
 */
bool suppress_greedy(const System *system, const SystemRules *rules, CellStatus *status, SuppressConflict *conflict, Err *err);

/** One byte a cell: hidden from the readers, that is neither published nor known (zeros) nor to be computed from what is. Owned by caller (free).
 *  NULL and ERR_STAT on overflow. */
uint8_t *suppress_hidden(const System *system, const SystemRules *rules, const CellStatus *status, Err *err);

#endif
