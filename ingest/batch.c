#include "ingest/batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

Batch *batch_new(void)
{
    return made(calloc(1, sizeof(Batch)));
}

void batch_free(Batch *batch)
{
    if (!batch)
        return;
    if (batch->text)
        explicit_bzero(batch->text, batch->text_most); /* rows hold names */
    free(batch->text);
    free(batch->cell);
    free(batch->note);
    pgrow_free(&batch->rows);
    free(batch);
}

static void batch_begin(Batch *batch)
{
    batch->count = batch->cells = batch->text_used = 0;
}

static void made_begin(Batch *batch)
{
    batch->rows.used = batch->n_notes = 0;
    batch->undecided = false;
}

/* -- in ------------------------------------------------------------------------------------------ */

/* Cells point into text, so it may not move once the first of them lies there. */
static void row_keep(Batch *batch, const Cell *cell, size_t count)
{
    if (batch->cells + count > batch->cell_room) {
        batch->cell_room = 2 * (batch->cells + count);
        batch->cell = made(realloc(batch->cell, batch->cell_room * sizeof *batch->cell));
    }
    for (size_t at = 0; at < count; at++) {
        char *to = batch->text + batch->text_used;
        memcpy(to, cell[at].text, cell[at].bytes);
        batch->cell[batch->cells++] = (Cell) {.text = to, .bytes = cell[at].bytes};
        batch->text_used += cell[at].bytes;
    }
}

bool batch_fill(Batch *batch, Reader *reader)
{
    const Cell *cell;
    size_t count;

    batch_begin(batch);
    if (!batch->text) {
        batch->text_room = BATCH_TEXT + READER_ROW_BYTES;
        batch->text = made(malloc(batch->text_room));
    }
    while (batch->count < BATCH_ROWS && batch->text_used < BATCH_TEXT) {
        RowStatus status = reader_next(reader, &cell, &count);
        if (status == ROW_END)
            break;
        size_t bytes = 0;
        for (size_t at = 0; at < count; at++)
            bytes += cell[at].bytes;
        if (status == ROW_GOOD && bytes > READER_ROW_BYTES) /* no reader gives one */
            status = ROW_LONG;
        if (status != ROW_GOOD)
            count = 0;
        batch->status[batch->count] = status;
        batch->broken[batch->count] = (uint8_t) reader->broken;
        batch->skipped[batch->count] = (uint32_t) reader->skipped;
        batch->n_cells[batch->count++] = (uint16_t) count;
        row_keep(batch, cell, count);
    }
    batch->text_most = batch->text_used > batch->text_most ? batch->text_used : batch->text_most;
    return batch->count > 0;
}

/* -- out ----------------------------------------------------------------------------------------- */

static void note_add(Batch *batch, size_t row, const RowFinding *what, bool finding, bool told)
{
    if (batch->n_notes == batch->note_room) {
        batch->note_room = batch->note_room ? 2 * batch->note_room : 64;
        batch->note = made(realloc(batch->note, batch->note_room * sizeof *batch->note));
    }
    batch->note[batch->n_notes++] = (BatchNote) {.row = (uint32_t) row, .finding = finding, .told = told, .what = *what};
}

static void row_broken(Batch *batch, size_t at, RowStatus status, int broken)
{
    static const Rule rules[] = {[ROW_BROKEN] = RULE_CSV_QUOTE, [ROW_LONG] = RULE_CSV_LONG, [ROW_NUL] = RULE_CSV_NUL};
    const RowFinding fault = {.fault = {.rule = status == ROW_BROKEN && broken ? (Rule) broken : rules[status], .field = "rij"}};

    batch->row[at] = (BatchRow) {.end = (uint32_t) batch->rows.used};
    note_add(batch, at, &fault, false, true);
}

static void row_make(Batch *batch, size_t at, RowReader *rows, const Cell *cell, size_t count, size_t key_at)
{
    const Kind *kind = rows->binding->kind;
    BatchRow *row = &batch->row[at];

    row->key = 0;
    row->good = row_read(rows, cell, count);
    for (size_t finding = 0; finding < rows->n_findings; finding++)
        if (row->good || rows->finding[finding].perhaps)
            note_add(batch, at, &rows->finding[finding], true, row->good);
    if (!row->good) {
        const RowFinding fault = {.fault = rows->fault};
        note_add(batch, at, &fault, false, true);
    } else {
        if (kind->collapse)
            row->key = pseudonym_key(rows->pseudonymizer, rows->value[key_at].text, strlen(rows->value[key_at].text));
        else if (kind->natural_key)
            row->key = row_key(rows, key_at);
        row_put(rows, &batch->rows);
    }
    row->end = (uint32_t) batch->rows.used;
}

void batch_make(Batch *batch, RowReader *rows, size_t key_at)
{
    const Cell *cell = batch->cell;

    made_begin(batch);
    rows->undecided = false;
    for (size_t at = 0; at < batch->count && !rows->undecided; cell += batch->n_cells[at++])
        if (batch->status[at] == ROW_GOOD)
            row_make(batch, at, rows, cell, batch->n_cells[at], key_at);
        else
            row_broken(batch, at, batch->status[at], batch->broken[at]);
    batch->undecided = rows->undecided;
}

bool batch_read(Batch *batch, Reader *reader, RowReader *rows, size_t key_at)
{
    const Cell *cell;
    size_t count;

    batch_begin(batch);
    made_begin(batch);
    for (; batch->count < BATCH_ROWS && batch->rows.used < BATCH_TEXT; batch->count++) {
        RowStatus status = reader_next(reader, &cell, &count);
        if (status == ROW_END)
            break;
        batch->skipped[batch->count] = (uint32_t) reader->skipped;
        if (status == ROW_GOOD)
            row_make(batch, batch->count, rows, cell, count, key_at);
        else
            row_broken(batch, batch->count, status, reader->broken);
    }
    return batch->count > 0;
}
