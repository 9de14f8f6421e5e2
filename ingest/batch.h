/**
 * Some hundred rows of a file, made ready for the database together: in binary form, with their natural keys and
 * with what is to be told about them. Between batches nothing is shared, so several threads can make one each; batches are judged in
 * the order of the file (crew.h), and what comes of a file is the same for any number of threads:
 * - duplicates, rejects and accounts belong to whoever judges (load.c);
 * - what the first rows of a file decide (the format of its dates) is settled by one reader that sees them in order (RowReader.in_order).
 *   A batch that hung on something not settled yet says so (undecided), and is made once more, by that reader.
 *
 * What goes from who finds rows to who makes them ready is a part of the file, where a reader has such (Reader.part): who makes them reads it too, and no byte
 * of it goes from one processor to another. Else it is the cells of rows, copied.
 *
 * Memory: BATCH_ROWS rows or a part, READER_ROW_BYTES for a single very long one.
 */
#ifndef VB_INGEST_BATCH_H
#define VB_INGEST_BATCH_H

#include "common/pgrow.h"
#include "ingest/reader.h"
#include "ingest/row.h"

enum { BATCH_ROWS = 256, BATCH_TEXT = 64 * 1024 };

/* A row that was made ready. */
typedef struct BatchRow {
    int64_t  key;   /* natural key, or that of a register row; 0: the kind has none */
    uint32_t end;   /* its last byte + 1 in rows */
    bool     good;  /* else it is rejected, and has no bytes */
} BatchRow;

/* Something to tell about a row, in the order of rows. */
typedef struct BatchNote {
    uint32_t   row;      /* of the batch, from 0 */
    uint32_t   skipped;  /* blank rows before it: since the batch began, and when it is judged, of the file */
    bool       finding;  /* the row is good all the same */
    bool       told;     /* false: a rejected row's, only to be remembered */
    RowFinding what;
} BatchNote;

typedef struct Batch {
    /* in: where the rows are */
    bool       parted;
    ReaderPart part;
    /* or the cells of kept rows, copied, because a reader's own are gone with the next row */
    size_t     kept;
    RowStatus  status[BATCH_ROWS];
    uint8_t    broken[BATCH_ROWS];    /* Reader.broken of a row that is */
    uint16_t   n_cells[BATCH_ROWS];
    Cell      *cell;                  /* of all rows, one after the other */
    size_t     cells, cell_room;
    char      *text;
    size_t     text_used, text_most, text_room; /* most: ever used, what there is to wipe */
    uint32_t   skipped[BATCH_ROWS];   /* blank rows before it, since the batch began */
    /* out */
    size_t     count;                 /* rows */
    uint32_t   skipped_all;           /* blank rows in the whole batch */
    PgRow      rows;
    BatchRow  *row;
    size_t     row_room;
    BatchNote *note;
    size_t     n_notes, note_room;
    bool       undecided;
    bool       failed, torn;          /* as Reader says of the part */
} Batch;

Batch *batch_new(void); /* owned by caller: batch_free */
void batch_free(Batch *batch); /* wipes; NULL is allowed */

/** The next part of a file, or rows of it, as many as a batch holds. \return false: there are no more */
bool batch_fill(Batch *batch, Reader *reader);
/** Does the part of a batch end within a row? By reading it. */
bool batch_torn(const Batch *batch, Reader *parts);
/** Make ready what batch_fill brought. \param parts a reader of parts, if the one that filled it has such */
void batch_make(Batch *batch, Reader *parts, RowReader *rows, size_t key_at);
/** Both in one, when nobody else works on the file. rows: in_order. \return as batch_fill */
bool batch_read(Batch *batch, Reader *reader, RowReader *rows, size_t key_at);

#endif
