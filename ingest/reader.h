/**
 * What every reader of a file format gives: a table of text. The first row is the header; then come the rows. Mapping,
 * checks and pseudonyms work on this and know no format.
 *
 * Bounds, the same for every format: a row has at most READER_CELLS_MAX cells and READER_ROW_BYTES bytes.
 */
#ifndef VB_INGEST_READER_H
#define VB_INGEST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

enum { READER_CELLS_MAX = 512, READER_ROW_BYTES = 1024 * 1024 };

typedef enum RowStatus {
    ROW_GOOD,
    ROW_BROKEN,  /* cannot be split into cells: an open quote, JSON that is none; the row has no cells */
    ROW_LONG,    /* beyond the bounds: skipped to where the next one begins */
    ROW_NUL,     /* a NUL byte in the row */
    ROW_END
} RowStatus;

typedef struct Cell {
    const char *text; /* not terminated; valid until the next row */
    size_t      bytes;
} Cell;

/* Rows of a file, as bytes of it. end UINT64_MAX: all that are left */
typedef struct ReaderPart {
    uint64_t begin, end;
} ReaderPart;

typedef struct Reader Reader;
struct Reader {
    RowStatus (*next)(Reader *reader, const Cell **cells, size_t *count);
    void (*free)(Reader *reader); /* wipes what it held: rows hold names */
    /* Set where rows can be found without a reading of all that stands before them, so that several threads can each read rows of their own: the next part of the file,
     * instead of the rows that next would give. Where it ends is a guess: whoever reads it finds out (torn). \return false: there are no more */
    bool (*part)(Reader *reader, ReaderPart *part);
    Reader *(*part_reader)(const Reader *of); /* that reads parts. Owned by caller; of: borrowed, and the bytes it reads */
    void (*part_set)(Reader *reader, ReaderPart part); /* what next gives from now on, of the one or the other: the rows of that part. skipped, failed and torn begin anew */
    bool torn;                    /* the part ends within a row: the rows so far are good, but neither is the one that next said last, nor are the parts behind it */
    /* From the beginning again, the header first, where opening it read the whole file and need not be done twice: else NULL. \return false: ERR_INPUT, and it can only be freed */
    bool (*again)(Reader *reader, Err *err);
    bool failed;                  /* the file could not be read to its end */
    size_t skipped;               /* blank rows passed over so far: with them rows below the header have the numbers of a spreadsheet */
    int  broken;                  /* Rule that a ROW_BROKEN stands for; 0: an open quote */
};

static inline RowStatus reader_next(Reader *reader, const Cell **cells, size_t *count) { return reader->next(reader, cells, count); }
static inline void reader_free(Reader *reader) { if (reader) reader->free(reader); }
static inline void reader_drop(Reader **reader) { reader_free(*reader); }
#define READER_AUTO __attribute__((cleanup(reader_drop))) Reader *

#endif
