/**
 * When and with whom it concentrates: a profile over the months of the year, a table of hour and weekday, and the share of the most involved. Pure
 * functions; all of it describes and tests nothing but the table.
 */
#ifndef VB_ANALYZE_SEASON_H
#define VB_ANALYZE_SEASON_H

#include <stddef.h>

#include "common/err.h"

typedef struct SeasonSlot {
    double count, exposure;
    double rate;             /* count/exposure; NaN without exposure */
    double index, low, high; /* rate over the rate of the whole year, with the 95 % Garwood interval of the count; NaN without exposure */
} SeasonSlot;

/**
 * \param slot     0..slots-1 of each row: the month, or the week of the year    borrowed, n long
 * \param count    >= 0, whole; NaN = no report                                  borrowed
 * \param exposure > 0; 0 or NaN: the row is left out; NULL: 1 everywhere        borrowed
 * \param out      filled, slots long
 * \return false and ERR_STAT: a slot outside the range, a count that is not whole or is negative, a negative or infinite exposure, no event at all
 */
bool season_profile(const int *slot, const double *count, const double *exposure, size_t n, int slots, SeasonSlot *out, Err *err);

typedef struct SeasonTable {
    double total;
    double chi2, df, pvalue; /* rows and columns independent? NaN with fewer than two rows or columns in use */
} SeasonTable;

/**
 * A table of counts, e.g. 24 hours x 7 weekdays: what would be expected were the two independent, and the Pearson residual of each cell.
 * \param count row-major, whole, >= 0; \param expected, residual filled, as long (0 in rows and columns without any)
 * \return false and ERR_STAT: a count that is not whole or is negative, nothing at all. Reference: R chisq.test(m, correct = FALSE)
 */
bool season_table(const double *count, size_t rows, size_t columns, double *expected, double *residual, SeasonTable *out, Err *err);

typedef struct Concentration {
    size_t n;      /* persons */
    double total;  /* involvements */
    double most;   /* persons who are the most involved share: share * n, not rounded */
    double share;  /* their part of all involvements; the last person counts for the part that fits */
    double gini;   /* 0: all equal; (n - 1)/n: one has everything */
} Concentration;

/**
 * \param count involvements per person >= 0; those never involved belong in it if the share is of all pupils   borrowed, n long
 * \param top   share of persons looked at, 0..1; .05
 * \return false and ERR_STAT: nobody, a negative, infinite or missing count, no involvement at all, top out of range
 */
bool season_concentration(const double *count, size_t n, double top, Concentration *out, Err *err);

#endif
