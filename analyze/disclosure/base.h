/**
 * Any whole table that agrees with what is known: what an attacker without a single true count starts from (attack.h goes on from there).
 */
#ifndef VB_DISCLOSURE_BASE_H
#define VB_DISCLOSURE_BASE_H

#include "analyze/disclosure/system.h"

/** More than any count that is asked after. */
enum { BASE_UNKNOWN = 100000 };

/** A sum of coef x cell that is asked after without being a cell. */
typedef struct BaseSum {
    const SystemTerm *term;
    size_t  n;
    bool    asked;
    int64_t least, most; /* in the tables found; base_others begins with the one of the system */
} BaseSum;

/**
 * Give every cell of a system that is not finished yet a value, so that all lines and ranges hold.
 * \param known one byte a cell: its value is given
 * \param low, high per cell that is not
 * \param found false: there is no such table (an integer program without cuts says so); true: it was checked in whole numbers
 * \return false: ERR_STAT when the solver broke down, or settled neither within the steps it is given (a number and no time: the same on every machine)
 */
bool base_find(System *system, const uint8_t *known, const double *low, const double *high, bool *found, Err *err);
/** What a sum is in the table that was found. \param value NULL; or one per cell of another table */
int64_t base_sum(const System *system, const SystemTerm *term, size_t n, const int64_t *value);
/**
 * Others that agree as well, as far apart as programs with chance objectives bring them: quick proof, for most cells and sums at once, that they cannot be known.
 * \param system  with the values of one such table
 * \param width   one is done when its values in two of them are so far apart
 * \param asked   one byte a cell; cleared for those that are done, as it is in sums
 * \return how many tables were found; each was checked in whole numbers
 */
size_t base_others(const System *system, const uint8_t *known, const double *low, const double *high, int64_t width, int rounds, uint8_t *asked, BaseSum *sum, size_t n_sums);
/** The smallest and the largest value of one cell in all tables that agree. \return false: not settled within its steps; least and most are as they were, and nothing is proven of the cell */
bool base_range(const System *system, const uint8_t *known, const double *low, const double *high, uint32_t cell, int64_t *least, int64_t *most);

#endif
