/**
 * The cheapest further cells to hide so that one cell can move: a linear program over the cells near it (the classical protection pattern:
 * a change of the whole table that keeps every relation, moves what is hidden for nothing, and pays for each published cell it moves).
 */
#ifndef VB_DISCLOSURE_REPAIR_H
#define VB_DISCLOSURE_REPAIR_H

#include "analyze/disclosure/system.h"

typedef struct Repair {
    uint32_t *cell; /* published cells to hide, ascending; owned by caller: free. NULL when none is needed */
    size_t    n;
    bool      possible; /* false: no table within reach moves the cell so far, whatever is hidden */
} Repair;

/**
 * \param hidden  one byte a cell: hidden already (moves for nothing)
 * \param target  the cell that must be able to move by
 * \param delta   so much (negative: down)
 * \param insider cells of this holder do not move; 0 = nobody
 * \param solved  counted up by the programs solved
 */
bool repair_find(const System *system, const SystemRules *rules, const uint8_t *hidden, uint32_t target, int64_t delta, int32_t insider, Repair *out,
                 size_t *solved, Err *err);

#endif
