/**
 * What is still free: the space of all tables that agree with every relation and with every cell published so far, as a
 * sparse integer basis. A cell is known to a solver of equations exactly when no basis vector moves it; publishing cell c makes
 * cell p known exactly when the two move together (their columns are proportional). So the greedy question of
 * Langsrud (Privacy in Statistical Databases 2020 and later), "would a primary enter the span of what is published?", is a comparison of
 * two columns here, and nothing is eliminated that is not published.
 *
 * Exact integers; vectors are kept free of common factors, and an overflow is an error, never a wrong answer.
 * Memory: 8 bytes per non-zero of the basis and 4 per column entry. Measured: 18 to 600 non-zeros a vector on tables of METHODS 1.
 */
#ifndef VB_DISCLOSURE_SPAN_H
#define VB_DISCLOSURE_SPAN_H

#include "analyze/disclosure/system.h"

typedef struct Span Span;

/** \param known one byte a cell: not 0 = its value is known from the start. All relations of the system are taken in. Owned by caller.
 *  \return NULL and ERR_STAT on overflow */
Span *span_new(const System *system, const uint8_t *known, Err *err);
void span_free(Span *span); /* NULL is allowed */
static inline void span_drop(Span **span) { span_free(*span); }
#define SPAN_AUTO __attribute__((cleanup(span_drop))) Span *

/** Is the cell known to who solves the equations? */
bool span_known(const Span *span, uint32_t cell);
/**
 * Would publishing a cell make known one of the cells marked in keep? Cells that are known already do not count.
 * \param keep one byte a cell
 * \param which filled with the first such cell, when there is one
 */
bool span_gives_away(const Span *span, uint32_t cell, const uint8_t *keep, uint32_t *which);
/** Take the value of a cell as known from now on. \return false and ERR_STAT on overflow */
bool span_publish(Span *span, uint32_t cell, Err *err);
size_t span_dimension(const Span *span);

#endif
