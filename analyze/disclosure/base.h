/**
 * Any whole table that agrees with what is known: what an attacker without a single true count starts from (attack.h goes on from there).
 */
#ifndef VB_DISCLOSURE_BASE_H
#define VB_DISCLOSURE_BASE_H

#include "analyze/disclosure/system.h"

/** More than any count that is asked after. */
enum { BASE_UNKNOWN = 100000 };

/**
 * Give every cell of a system that is not finished yet a value, so that all lines and ranges hold.
 * \param known one byte a cell: its value is given
 * \param low, high per cell that is not
 * \return false: there is no such table (an integer program says so)
 */
bool base_find(System *system, const uint8_t *known, const double *low, const double *high);

#endif
