/**
 * The connected parts of what is hidden from one attacker: cells that share relations, through other hidden cells. What moves in one part says nothing about
 * another, so each is attacked by itself. An insider knows his own cells, and only the parts that hold one of them are another matter to him than to an outsider.
 */
#ifndef VB_DISCLOSURE_PARTS_H
#define VB_DISCLOSURE_PARTS_H

#include "analyze/disclosure/system.h"

/** What belongs to which part, listed part by part: items of part p are item[start[p]] .. item[start[p + 1] - 1]. */
typedef struct Grouping {
    uint32_t *item, *start;
} Grouping;

typedef struct Parts {
    uint8_t  *hidden; /* from this attacker; insiders: less than what the outsider does not see */
    uint8_t  *own;    /* what an insider knows because it is his */
    uint32_t *column; /* per cell: its place in its part, from 1 */
    size_t    n;
    Grouping  cells, lines, ranges;
} Parts;

/** \param insider holder whose own cells are known too; 0 = an outsider. Only parts that hold a cell of his are listed then */
void parts_find(const System *system, const SystemRules *rules, const uint8_t *hidden, int32_t insider, Parts *parts);
void parts_free(Parts *parts);

/** Own cells of a holder, and totals of which all other parts are known to be zero. \param own one byte a cell, marked */
void parts_own(const System *system, const SystemRules *rules, int32_t insider, uint8_t *own);

/** Union-find: the root of a cell, paths halved. */
uint32_t parts_root(uint32_t *parent, uint32_t cell);

#endif
