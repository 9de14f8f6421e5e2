/**
 * Records of nested fields as rows of one table: what the readers of JSON and XML have in common. A field is named by its path
 * ("betrokkenen.naam"); the values of a list stand in one cell, parted by '|'. Knows no format.
 *
 * Records differ in their fields, so there are two passes: the first only collects the paths, in order of first appearance;
 * flat_seal makes them the columns; the second fills rows. Memory: the columns and one row, whatever the file.
 */
#ifndef VB_INGEST_FLAT_H
#define VB_INGEST_FLAT_H

#include <stdint.h>

#include "common/err.h"
#include "ingest/reader.h"

typedef struct Flat Flat;

enum { FLAT_DEPTH_MAX = 32 };
#define FLAT_NO_LIST SIZE_MAX

/** \param repeats several values for one place are joined by '/'; else they break the row. Owned by caller: flat_free. */
Flat *flat_new(bool repeats);
void flat_free(Flat *flat); /* wipes; NULL is allowed */

/** Forget the row at hand. */
void flat_begin(Flat *flat);
/** A copy that lives as long as the row; copies made one after the other lie one after the other.
 * \return NULL: the row is too long, and flat_row will say so */
char *flat_copy(Flat *flat, const char *text, size_t bytes);
/**
 * One value of the row.
 * \param path of the field                                                            borrowed for the call
 * \param list how many bytes of path name the list it is in, FLAT_NO_LIST: none
 * \param item its place in that list, not below that of the value before it
 * \param text NULL: empty; such a field is a column only if nothing has its path before a '.'   borrowed until flat_begin
 */
void flat_value(Flat *flat, const char *path, size_t path_bytes, size_t list, size_t item, const char *text, size_t bytes);
/** The list of this path has that many items in this row, so its cells hold as many values, empty ones for what is missing. */
void flat_list(Flat *flat, const char *path, size_t path_bytes, size_t items);
void flat_status(Flat *flat, RowStatus status); /* the row is not good; the first to say so counts */
/** First pass: this path is a list, and so is all below it, also in rows where it is there only once. */
void flat_is_list(Flat *flat, const char *path, size_t path_bytes);
void flat_too_many(Flat *flat);

/** End the first pass. ERR_INPUT: no field at all, more than READER_CELLS_MAX, or names longer than a row */
bool flat_seal(Flat *flat, Err *err);
void flat_header(Flat *flat, const Cell **cells, size_t *count);
/** The row as cells, valid until flat_begin. \return what became of it; no cells unless ROW_GOOD */
RowStatus flat_row(Flat *flat, const Cell **cells, size_t *count);
/** A field came that the first pass had not seen: somebody wrote to the file in between. */
bool flat_changed(const Flat *flat);

#endif
