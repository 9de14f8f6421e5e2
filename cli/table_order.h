/**
 * The order in which the cells of a table are printed: the first dimension goes slowest; in each, totals first, every group before its parts, one breakdown (by
 * name) behind another with only what was not there yet, and codes of one level by their text (as bytes). Cells keep their numbers: what is hidden depends on them.
 */
#ifndef VB_CLI_TABLE_ORDER_H
#define VB_CLI_TABLE_ORDER_H

#include "analyze/disclosure/table.h"

typedef struct TableOrder {
    const Table *table; /* borrowed */
    uint32_t    *code[TABLE_DIMENSIONS_MAX]; /* at each place of a dimension its code; owned by the arena */
} TableOrder;

TableOrder table_order(Arena *out, const Table *table);
/** \param place 0 to table->n_cells - 1 \param codes filled: those of the cell \return its number */
size_t table_order_cell(const TableOrder *order, size_t place, uint32_t *codes);

#endif
