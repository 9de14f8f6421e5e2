/**
 * Split CSV into rows and cells: RFC 4180 with any delimiter, bounded memory, and recovery. Not a converter:
 * a cell is bytes, encoding and meaning are the caller's.
 *
 * Why not libcsv: it reads byte by byte through two callbacks, cannot say in which line a quote was left open,
 * and then swallows the rest of the file into one cell. Here an open quote costs one line: when a quoted cell does not
 * end within CSV_ROW_BYTES (or before the end of the file), the row is reported as broken and reading resumes at
 * the line after the one it began on (behind the line of the open quote, when cells before it held line ends).
 */
#ifndef VB_INGEST_CSV_H
#define VB_INGEST_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "common/err.h"

enum { CSV_CELLS_MAX = 512, CSV_ROW_BYTES = 1024 * 1024 };

typedef enum CsvStatus {
    CSV_ROW,     /* a row */
    CSV_BROKEN,  /* an open quote, or text behind a closing quote: the row has no cells */
    CSV_LONG,    /* row longer than CSV_ROW_BYTES or more than CSV_CELLS_MAX cells: skipped to its line end */
    CSV_NUL,     /* a NUL byte in the row */
    CSV_END
} CsvStatus;

typedef struct CsvCell {
    const char *text; /* quotes removed, not terminated; valid until the next csv_next */
    size_t      bytes;
} CsvCell;

typedef struct Csv Csv;

/** \param file borrowed, at the position of the first byte (BOM skipped by the caller). Owned by caller: csv_free. */
Csv *csv_new(FILE *file, char delimiter);
void csv_free(Csv *csv);
/** Next row; blank lines are skipped. \param cells filled, *count of them, borrowed */
CsvStatus csv_next(Csv *csv, const CsvCell **cells, size_t *count);
bool csv_failed(const Csv *csv); /* the file could not be read to its end */

/** The delimiter of ; , TAB | that splits the first line into most cells, quotes respected. */
char csv_delimiter_guess(const char *head, size_t bytes);

#endif
