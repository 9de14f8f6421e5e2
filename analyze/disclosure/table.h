/**
 * A table with all its margins: dimensions whose codes form hierarchies (a code may have several alternative breakdowns), innermost counts, and
 * the system of cells and relations they make (system.h). Knows no schools and no files.
 *
 * Cell numbers are mixed radix over the dimensions' codes, the last dimension fastest: the cell of codes (a, b) is a * n_codes(b) + b.
 */
#ifndef VB_DISCLOSURE_TABLE_H
#define VB_DISCLOSURE_TABLE_H

#include "analyze/disclosure/system.h"

enum { TABLE_DIMENSIONS_MAX = 8, TABLE_CELLS_MAX = 20000000 };

typedef struct TableDimension TableDimension;

/** \param name borrowed */
TableDimension *table_dimension_new(Arena *out, const char *name);
/** Number of a code, added when new; text is copied. */
uint32_t table_code(TableDimension *dimension, const char *code);
/** \return UINT32_MAX when there is no such code */
uint32_t table_code_find(const TableDimension *dimension, const char *code);
/** child is part of parent, in the breakdown called set ("" = the only one). \return false, ERR_INPUT: said twice */
bool table_part(TableDimension *dimension, const char *parent, const char *child, const char *set, Err *err);
/** Without any part, the dimension has one total over all its codes. */
bool table_has_parts(const TableDimension *dimension);
void table_total(TableDimension *dimension, const char *total);
/** Check: no circles; every breakdown of a code covers the same innermost codes, each once. \return false, ERR_INPUT naming code and breakdown */
bool table_dimension_finish(TableDimension *dimension, Err *err);

const char *table_dimension_name(const TableDimension *dimension);
size_t table_codes(const TableDimension *dimension);
const char *table_code_text(const TableDimension *dimension, uint32_t code);
bool table_innermost(const TableDimension *dimension, uint32_t code); /* has no parts */

/** One breakdown of a code. */
typedef struct TableSet {
    const char     *name;
    uint32_t        parent;
    const uint32_t *child;
    size_t          n;
} TableSet;

size_t table_sets(const TableDimension *dimension);
TableSet table_set(const TableDimension *dimension, size_t at); /* borrowed */

typedef struct Table {
    TableDimension **dimension;
    size_t           n_dimensions, n_cells;
    int64_t         *value;   /* per cell; only innermost ones are given, table_system sums the rest */
    int32_t         *schools; /* the same; 0 = not told */
    bool            *given;   /* an innermost cell was given */
    int              contributors; /* dimension whose codes know their own records: the innermost ones, and groups everything below them but for those that hold all; -1 = none */
    const char      *contributors_set; /* where a code has several breakdowns, only groups of this one know anything; NULL = of all; borrowed */
} Table;

/** \return false, ERR_INPUT: more than TABLE_CELLS_MAX cells with all margins */
bool table_begin(Arena *out, TableDimension **dimensions, size_t n, Table *table, Err *err);
size_t table_cell(const Table *table, const uint32_t *codes);
void table_cell_codes(const Table *table, size_t cell, uint32_t *codes);
/** "school=a, form=pesten"; what does not fit is left off. */
void table_cell_name(const Table *table, size_t cell, char *out, size_t bytes);
/** Sum the margins and build the system: its cells are those of the table, in the same order. \return false as system_finish, or a sum out of range */
bool table_system(Arena *out, Table *table, System *system, Err *err);

#endif
