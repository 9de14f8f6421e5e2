/**
 * The attacker outside: what somebody can work out who holds everything that was released to his audience and to all wider ones, and nothing else.
 * Reads release only (role vb_report) and does not know a single true count: he looks for any whole table that agrees with what is printed,
 * and then how far every hidden number can be from it (attack.h).
 *
 * He knows: groups add up to their totals; a merged remainder adds up from the members it names; a part is at most its whole, and an
 * indicator under two names is one (config/indicators); a printed percentage is rounded, a number of respondents is rounded to fives.
 */
#ifndef VB_DISCLOSURE_OUTSIDE_H
#define VB_DISCLOSURE_OUTSIDE_H

#include "analyze/indicator.h"
#include "common/pg.h"
#include "common/place.h"

typedef struct OutsideReport {
    const char *audience, *holds; /* holds: the audiences whose editions he has, comma separated */
    int     board_no, threshold;
    size_t  n_figures, n_cells, n_lines, n_ranges; /* figures held; numbers, relations and inequalities they make */
    size_t  n_hidden, n_parts, n_programs, n_examples;
    size_t  n_pairs;     /* showings of one group that can be subtracted */
    int64_t narrowest;   /* fewest possibilities less one for a hidden group; -1: nothing is hidden */
    /* what is wrong; all 0 = the release stands */
    size_t  n_small;     /* published counts below the threshold, shares that say nobody or everybody */
    size_t  n_narrow;    /* hidden groups that may be below the threshold and can be narrowed down to fewer than 4 possibilities */
    size_t  n_moved;     /* showings that differ by fewer than the threshold */
    const char *first;   /* the first group that is narrow or small: indicator, school year, breakdown; never a count */
} OutsideReport;

/** Nothing is wrong: what is released stands. */
static inline bool outside_stands(const OutsideReport *report) { return !report->n_small && !report->n_narrow && !report->n_moved; }

/** One audience and board, as they stand in the transaction that db is in: disclose asks before it commits.
 *  \param report audience, holds, board_no and threshold given, the rest filled */
bool outside_board(Arena *out, Pg *db, const Indicator *indicators, size_t n_indicators, OutsideReport *report, Err *err);

/**
 * \param dsn      role vb_report
 * \param audience NULL = all; \param board 0 = all
 * \param reports  filled, one per audience and board, owned by arena
 * \return false: ERR_DB; ERR_CONFIG; ERR_DISCLOSURE when what is printed contradicts itself (then it proves nothing); ERR_STAT when the solver broke down
 */
bool outside_attack(Arena *out, const char *dsn, const Place *place, const char *audience, int board, OutsideReport **reports, size_t *n, Err *err);

#endif
