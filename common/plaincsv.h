/**
 * A plain CSV file of our own making or of an expert's, whole in memory: for `stat` and `disclose --table`. Not a reader of deliveries
 * (ingest/csv.h streams those, recovers, and never says a value).
 *
 * Comma, semicolon or tab, whichever splits the first line into most cells; RFC 4180 quotes; an UTF-8 byte order mark is skipped; CR LF or LF;
 * blank lines are skipped, but between rows of a file of one column a blank line is an empty cell. Every row has as many cells as the header. Memory: about twice the file.
 */
#ifndef VB_COMMON_PLAINCSV_H
#define VB_COMMON_PLAINCSV_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/err.h"

typedef struct PlainCsv {
    const char  *path;
    const char **header;
    size_t       n_columns, n_rows;
    const char **cell; /* row-major, n_rows x n_columns; cells trimmed of spaces */
    size_t      *line; /* line in the file of each row, 1 = the header's */
    char         delimiter;
} PlainCsv;

/** \param path "-" = standard input
 *  \return false, ERR_INPUT: cannot be read, no header, a column twice, a row with another number of cells, an open quote (with the line) */
bool plaincsv_read(Arena *out, const char *path, PlainCsv *csv, Err *err);
/** \return the index of a column, -1 = not there */
int plaincsv_column(const PlainCsv *csv, const char *name);
/** The index of a column that must be there. \return false, ERR_INPUT naming the columns that are */
bool plaincsv_need(const PlainCsv *csv, const char *name, int *column, Err *err);
static inline const char *plaincsv_cell(const PlainCsv *csv, size_t row, int column) { return csv->cell[row * csv->n_columns + (size_t) column]; }
/** A finite number; "" is NaN where empty is allowed. \return false, ERR_INPUT with file, line and column, not the value */
bool plaincsv_number(const PlainCsv *csv, size_t row, int column, bool empty, double *value, Err *err);
/** A whole number within bounds. */
bool plaincsv_whole(const PlainCsv *csv, size_t row, int column, long long min, long long max, long long *value, Err *err);

#endif
