/**
 * By how much numbers of a table grew, between every two moments (history.h): that they did goes into the system, by how much is asked.
 */
#ifndef VB_DISCLOSURE_HISTORY_GROWTH_H
#define VB_DISCLOSURE_HISTORY_GROWTH_H

#include "analyze/disclosure/history_cells.h"

/**
 * \param cell   per moment, per label: table->cell, rest or beside
 * \param labels how many of each moment
 * \param what   it is, in what is told
 */
void history_growth(History *history, const HistoryTable *table, uint32_t *const *cell, size_t labels, const char *what);

#endif
