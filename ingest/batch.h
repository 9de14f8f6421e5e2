/**
 * Some hundred rows of a file, read together and made ready for the database together: in binary form, with their natural keys and
 * with what is to be told about them. Between batches nothing is shared, so several threads can make one each; batches are taken in
 * the order of the file, and what comes of a file is the same for any number of workers:
 * - duplicates, rejects and accounts belong to whoever takes the batches (load.c);
 * - what the first rows of a file decide (the format of its dates) is settled by one reader that sees them in order (RowReader.in_order).
 *   A batch that hung on something not settled yet says so (undecided), and is made once more, by that reader.
 *
 * Memory: BATCH_ROWS rows, READER_ROW_BYTES for a single very long one.
 */
#ifndef VB_INGEST_BATCH_H
#define VB_INGEST_BATCH_H

#include "common/pgrow.h"
#include "ingest/reader.h"
#include "ingest/row.h"

enum { BATCH_ROWS = 256, BATCH_TEXT = 128 * 1024 };

/* A row that was made ready. */
typedef struct BatchRow {
    int64_t  key;   /* natural key, or that of a register row; 0: the kind has none */
    uint32_t end;   /* its last byte + 1 in rows */
    bool     good;  /* else it is rejected, and has no bytes */
} BatchRow;

/* Something to tell about a row, in the order of rows. */
typedef struct BatchNote {
    uint32_t   row;      /* of the batch, from 0 */
    bool       finding;  /* the row is good all the same */
    bool       told;     /* false: a rejected row's, only to be remembered */
    RowFinding what;
} BatchNote;

typedef struct Batch {
    /* in: cells of the rows, copied, because a reader's own are gone with the next row */
    RowStatus  status[BATCH_ROWS];
    uint8_t    broken[BATCH_ROWS];    /* Reader.broken of a row that is */
    uint16_t   n_cells[BATCH_ROWS];
    Cell      *cell;                  /* of all rows, one after the other */
    size_t     cells, cell_room;
    char      *text;
    size_t     text_used, text_most, text_room; /* most: ever used, what there is to wipe */
    size_t     count;                 /* rows */
    uint32_t   skipped[BATCH_ROWS];   /* Reader.skipped when the row was read */
    /* out */
    PgRow      rows;
    BatchRow   row[BATCH_ROWS];
    BatchNote *note;
    size_t     n_notes, note_room;
    bool       undecided;
} Batch;

Batch *batch_new(void); /* owned by caller: batch_free */
void batch_free(Batch *batch); /* wipes; NULL is allowed */

/** Rows of a reader, as many as a batch holds. \return false: there are no more */
bool batch_fill(Batch *batch, Reader *reader);
/** Make ready what batch_fill brought. */
void batch_make(Batch *batch, RowReader *rows, size_t key_at);
/** Both in one, when nobody else works on it: no cell is copied. rows: in_order. \return as batch_fill */
bool batch_read(Batch *batch, Reader *reader, RowReader *rows, size_t key_at);

#endif
