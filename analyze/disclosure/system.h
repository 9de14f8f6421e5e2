/**
 * Everything an attacker holds, as one sparse system of equations: cells (a number of persons or events each) and the
 * relations between them (a total and its parts, over tables, years and earlier releases). Knows no schools: cells are
 * numbers, and a cell is the records it adds up, not a label; two names for the same records must be the same cell.
 *
 * Built once (system_cell, system_line, system_range), then read by suppress.h, attack.h, weave.h and protect.h.
 */
#ifndef VB_DISCLOSURE_SYSTEM_H
#define VB_DISCLOSURE_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"

enum { SYSTEM_VALUE_MAX = 1000000000, SYSTEM_HOLDERS = 2, SYSTEM_WIDTH = 3, SYSTEM_THRESHOLD_MAX = 500 };

/** What is given about a cell. */
typedef enum SystemFlag {
    SYSTEM_FORCED = 1,     /* must be published: a headline the reader was promised */
    SYSTEM_FIXED = 2,      /* stands in the ledger: published before, cannot be taken back */
    SYSTEM_STRUCTURAL = 4, /* zero by definition (a school without groups 7 and 8): known to everybody */
    SYSTEM_SENSITIVE = 8,  /* primary for a reason of the caller's own (dominance, persons below the threshold) */
    SYSTEM_WITHHELD = 16,  /* never published, not asked to be: the inner crossing of tables that are published as margins */
} SystemFlag;

typedef struct SystemCell {
    int64_t value;   /* 0..SYSTEM_VALUE_MAX */
    int32_t rank;    /* cells of a lower rank are published first (0 = headline); within a rank the larger value */
    int32_t schools; /* contributing schools; 0 = not told */
    int32_t holder[SYSTEM_HOLDERS]; /* who knows the cell because all its records are his: a school; the group it is the total of; 0 = nobody */
    uint32_t flags;
} SystemCell;

/** One relation: sum of coef x cell = 0. A line that adds up has its total first, with coefficient -1, and parts with +1. */
typedef struct SystemTerm {
    uint32_t cell;
    int32_t  coef;
} SystemTerm;

/** Knowledge that is no equation: low <= sum of coef x cell <= high, from a printed percentage, mean or rank. */
typedef struct SystemRange {
    size_t first, count; /* terms of the range in System.range_term */
    double low, high;    /* -INFINITY, INFINITY = open */
} SystemRange;

typedef struct System {
    Arena      *memory;
    SystemCell *cell;
    size_t      n_cells, cell_room;
    SystemTerm *term; /* lines behind each other; line i has terms line_start[i]..line_start[i+1]-1 */
    size_t     *line_start;
    size_t      n_lines, term_count, term_room, line_room;
    SystemTerm *range_term;
    SystemRange *range;
    size_t      n_ranges, range_term_count, range_term_room, range_room;
    /* Holders from 1, a row of knows_words each: bit h - 1 = he knows what holder h does (a board its schools); borrowed. NULL: each knows his own */
    const uint64_t *knows;
    size_t      n_holders, knows_words;
    /* filled by system_finish: the lines of each cell */
    size_t     *of_start;
    uint32_t   *of_line;
} System;

/** \param memory arena that everything of the system lives in, borrowed */
void system_begin(System *system, Arena *memory);
/** \return the number of the new cell */
uint32_t system_cell(System *system, const SystemCell *cell);
/** A relation; terms are copied. Lines with the same terms are kept once by system_finish. */
void system_line(System *system, const SystemTerm *terms, size_t count);
void system_range(System *system, const SystemTerm *terms, size_t count, double low, double high);
/**
 * Check and index: every relation must hold for the values given, or what follows would protect another table.
 * \return false, ERR_BUG-free: ERR_STAT with the number of the line that does not add up, or a value out of range
 */
bool system_finish(System *system, Err *err);

/** Does this insider know the cell? \param insider holder; 0 = an outsider, who does not */
static inline bool system_knows(const System *system, int32_t insider, uint32_t cell)
{
    bool knows = false;

    for (int at = 0; at < SYSTEM_HOLDERS && insider; at++) {
        int32_t holder = system->cell[cell].holder[at];
        if (holder && system->knows)
            knows = knows || (system->knows[(size_t) (insider - 1) * system->knows_words + (size_t) (holder - 1) / 64] >> ((holder - 1) % 64) & 1);
        else
            knows = knows || (holder && holder == insider);
    }
    return knows;
}

/** What became of a cell. */
typedef enum CellStatus {
    CELL_PUBLISHED, /* flag p */
    CELL_PRIMARY,   /* flag u: too small by itself */
    CELL_SECONDARY  /* flag x: would give a primary away */
} CellStatus;

/** What is asked of a release; docs/onthulling.md. */
typedef struct SystemRules {
    int64_t threshold;       /* a count of 1..threshold-1 is primary; 5, or 10 for wide audiences */
    int64_t width_min;       /* a primary's interval is at least so wide; system_width says what a threshold needs */
    int32_t contributors_min; /* schools behind what is suppressed on one line; 3; 0 = do not ask */
    bool    zeros_published; /* then a suppressed cell is known to be at least 1 */
    bool    insiders;        /* repeat the attack for each holder, who knows his own records */
} SystemRules;

/** How wide a primary must be under a threshold: SYSTEM_WIDTH, so that [1,4] will do; or more, so that no sum of hidden cells that can be worked out
 *  from any number of relations is below the threshold. Such a sum s of k cells, each at least the least, leaves each of them s - k * least to vary,
 *  and with zeros published k is 2 or more, or the cell would be exact: who is threshold - 2 wide there (threshold, with zeros suppressed) is in no
 *  sum below the threshold. \param threshold 2..SYSTEM_THRESHOLD_MAX */
static inline int64_t system_width(int64_t threshold, bool zeros_published)
{
    int64_t usual = threshold - 1 < SYSTEM_WIDTH ? threshold - 1 : SYSTEM_WIDTH;

    if (!zeros_published)
        return threshold;
    return threshold - 2 > usual ? threshold - 2 : usual;
}

/** The least a suppressed cell can be, as everybody knows. */
static inline int64_t system_least(const SystemRules *rules)
{
    return rules->zeros_published ? 1 : 0;
}

/** Known without looking: structural zeros, and zeros where zeros are published. */
static inline bool system_known_zero(const System *system, const SystemRules *rules, uint32_t cell)
{
    return system->cell[cell].value == 0 && (rules->zeros_published || (system->cell[cell].flags & SYSTEM_STRUCTURAL));
}

/** Primary by the rules: too small by itself, or sensitive for a reason of the caller's. Withheld cells are not asked after. */
bool system_primary(const System *system, const SystemRules *rules, uint32_t cell);

/** What is hidden on one line, in the status given. */
typedef struct SystemResidual {
    int64_t  sum;         /* of the hidden parts */
    uint32_t hidden;      /* hidden parts */
    uint32_t primaries;   /* of them */
    int64_t  schools;     /* at most so many schools stand behind them (a school that is in two cells counts twice) */
    uint32_t holders;     /* distinct first holders among them, 3 = three or more, holders unknown count as many */
    bool     open;        /* the total is hidden too, or coefficients differ in sign: nothing is left over to read */
    bool     of_one;      /* the line lies within one school (or within too few): contributors cannot be asked for on it */
} SystemResidual;

/** \param hidden one byte a cell: not 0 where the reader does not know it */
SystemResidual system_residual(const System *system, const SystemRules *rules, size_t line, const uint8_t *hidden, const uint8_t *primary);
/** May this be left over on a line? The residual of a line is a figure too (METHODS pitfalls 3, 7 and 8). */
bool system_residual_safe(const SystemResidual *residual, const SystemRules *rules);

#endif
