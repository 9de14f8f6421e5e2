/**
 * The attacker outside: what somebody can work out who holds everything that was released to his audience and to all wider ones, and nothing else.
 * Reads release only (role vb_report) and does not know a single true count: he looks for any whole table that agrees with what is printed,
 * and then how far every hidden number can be from it (attack.h).
 *
 * He knows: groups add up to their totals; a merged remainder adds up from the members it names; a part is at most its whole, and an
 * indicator under two names is one (config/indicators); a printed percentage is rounded, a number of respondents is rounded to fives.
 *
 * An insider is a school that holds all that too, and knows its own records. He alone is told more than release holds: what is his in each group.
 */
#ifndef VB_DISCLOSURE_OUTSIDE_H
#define VB_DISCLOSURE_OUTSIDE_H

#include "analyze/disclosure/history.h"
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
    HistoryReport history; /* by who kept everything; filled by outside_attack only */
    size_t  n_insiders;  /* schools that attacked too */
    const char **told;   /* tables in which one of them can narrow a hidden group of the others down so far: "year|indicator|breakdown" */
    size_t  n_told;
    const char *first;   /* the first group that is narrow or small: indicator, school year, breakdown; never a count */
} OutsideReport;

/** Nothing is wrong: what is released stands. */
static inline bool outside_stands(const OutsideReport *report) { return !report->n_small && !report->n_narrow && !report->n_moved && !report->n_told && !report->history.n_told; }

/** What one school knows of one group: its own events there, or of a share those who said yes and no. */
typedef struct OutsideOwn {
    int         school_year;
    const char *indicator, *breakdown, *label;
    bool        all;        /* the group is the school itself: nobody else is in it */
    int64_t     n, yes, no; /* -1 = not known to it */
    const char *whole;      /* indicator that this one is a part of; NULL = none */
    int64_t     rest;       /* own events of the whole that are not of the part */
} OutsideOwn;

typedef struct OutsideInsider {
    const OutsideOwn *own;
    size_t            n;
} OutsideInsider;

/** One audience and board, as they stand in the transaction that db is in: disclose asks before it commits.
 *  \param insiders who attack after the outsider; each stands for one school
 *  \param report audience, holds, board_no and threshold given, the rest filled */
bool outside_board(Arena *out, Pg *db, const Indicator *indicators, size_t n_indicators, const OutsideInsider *insiders, size_t n_insiders, OutsideReport *report, Err *err);

/**
 * \param dsn      role vb_report
 * \param audience NULL = all; \param board 0 = all
 * \param reports  filled, one per audience and board, owned by arena
 * \return false: ERR_DB; ERR_CONFIG; ERR_DISCLOSURE when what is printed contradicts itself (then it proves nothing); ERR_STAT when the solver broke down
 */
bool outside_attack(Arena *out, const char *dsn, const Place *place, const char *audience, int board, OutsideReport **reports, size_t *n, Err *err);

#endif
