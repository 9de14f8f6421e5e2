/**
 * Numbers that nobody was told, in one system with those that were: which of them can be worked out, by an attacker without a single true count. Cells have bounds and
 * stand in relations (a total and its parts, what there was and by how much it grew); of some is asked how far they are known.
 */
#ifndef VB_DISCLOSURE_UNKNOWNS_H
#define VB_DISCLOSURE_UNKNOWNS_H

#include "analyze/disclosure/system.h"

/** What nobody may find of a cell: that it is one of fewer than four numbers, at least one of them below the threshold. */
typedef enum UnknownsAsk {
    UNKNOWNS_NOT_ASKED,
    UNKNOWNS_ZERO_SAFE,  /* but that it is surely nothing may be known */
    UNKNOWNS_ZERO_TELLS, /* nor may that: "nobody said yes" is an answer about each */
} UnknownsAsk;

/** A sum of coef x cell that is asked after. */
typedef struct UnknownsSum {
    const SystemTerm *term;
    size_t     n;
    UnknownsAsk how;
    double     need;
    bool       told;
} UnknownsSum;

typedef struct Unknowns {
    Arena   *memory;
    System   system;
    uint8_t *known, *asked, *told; /* per cell; asked: an UnknownsAsk; told: too much of it was found */
    double  *low, *high, *need;    /* per cell: whole numbers; need: so wide it must be */
    size_t   room;
    UnknownsSum *sum;
    size_t   n_sums, sum_room;
    int      threshold;
    size_t   n_asked, n_programs;  /* added to */
} Unknowns;

/** Begin, or begin again; counters stay. \param memory arena that everything lives in, borrowed */
void unknowns_begin(Unknowns *unknowns, Arena *memory, int threshold);
/** \param low, high whole numbers, low <= high; equal: it is known. high INFINITY: as many as can be */
uint32_t unknowns_cell(Unknowns *unknowns, double low, double high);
/** sum of coef x cell = 0 */
void unknowns_line(Unknowns *unknowns, const SystemTerm *terms, size_t count);
/** \param most how many there can be in the cell, as everybody knows: that it is any of them tells nothing. INFINITY, NAN: any number */
void unknowns_ask(Unknowns *unknowns, uint32_t cell, UnknownsAsk how, double most);
/**
 * Ask of a sum of cells: by how much one is more than another. It gets a cell of its own only when nothing shorter shows that it is safe, so that
 * many can be asked (of every two moments).
 * \param terms borrowed until the attack; the sum is nothing or more in every table that agrees
 * \return its number
 */
size_t unknowns_ask_sum(Unknowns *unknowns, const SystemTerm *terms, size_t count, UnknownsAsk how, double most);
/** Is there a table that agrees with all of it? Begin again after it. \return false: ERR_STAT when the solver broke down */
bool unknowns_agree(Unknowns *unknowns, bool *found, Err *err);
/**
 * Narrow all bounds by all relations; then whole tables, and programs for what is left. Once.
 * \param found false: no table agrees with all of it; nothing is told then
 * \return false: ERR_STAT when the solver broke down
 */
bool unknowns_attack(Unknowns *unknowns, bool *found, Err *err);

#endif
