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
/**
 * Others that agree as well, as far apart as programs with chance objectives bring them: quick proof, for most cells at once, that they cannot be known.
 * \param system  with the values of one such table
 * \param width   a cell is done when its values in two of them are so far apart
 * \param asked   one byte a cell; cleared for those that are done
 * \return how many tables were found; each was checked in whole numbers
 */
size_t base_others(const System *system, const uint8_t *known, const double *low, const double *high, int64_t width, int rounds, uint8_t *asked);
/** The smallest and the largest value of one cell in all tables that agree. \return false: an integer program was not solved */
bool base_range(const System *system, const uint8_t *known, const double *low, const double *high, uint32_t cell, int64_t *least, int64_t *most);

#endif
