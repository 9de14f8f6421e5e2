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
    free(batch->row);
    pgrow_free(&batch->rows);
    free(batch);
}

static void batch_begin(Batch *batch)
{
    batch->kept = batch->cells = batch->text_used = 0;
    batch->skipped_all = 0;
    batch->parted = batch->failed = batch->torn = false;
}

static void made_begin(Batch *batch)
{
    batch->rows.used = batch->n_notes = batch->count = 0;
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

static void rows_keep(Batch *batch, Reader *reader)
{
    size_t before = reader->skipped;
    const Cell *cell;
    size_t count;

    if (!batch->text) {
        batch->text_room = BATCH_TEXT + READER_ROW_BYTES;
        batch->text = made(malloc(batch->text_room));
    }
    while (batch->kept < BATCH_ROWS && batch->text_used < BATCH_TEXT) {
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
        batch->status[batch->kept] = status;
        batch->broken[batch->kept] = (uint8_t) reader->broken;
        batch->skipped[batch->kept] = (uint32_t) (reader->skipped - before);
        batch->n_cells[batch->kept++] = (uint16_t) count;
        row_keep(batch, cell, count);
    }
    batch->skipped_all = (uint32_t) (reader->skipped - before);
    batch->text_most = batch->text_used > batch->text_most ? batch->text_used : batch->text_most;
}

bool batch_fill(Batch *batch, Reader *reader)
{
    batch_begin(batch);
    if (reader->part)
        return batch->parted = reader->part(reader, &batch->part);
    rows_keep(batch, reader);
    return batch->kept > 0;
}

/* -- out ----------------------------------------------------------------------------------------- */

static void note_add(Batch *batch, size_t skipped, const RowFinding *what, bool finding, bool told)
{
    if (batch->n_notes == batch->note_room) {
        batch->note_room = batch->note_room ? 2 * batch->note_room : 64;
        batch->note = made(realloc(batch->note, batch->note_room * sizeof *batch->note));
    }
    batch->note[batch->n_notes++] = (BatchNote) {.row = (uint32_t) batch->count, .skipped = (uint32_t) skipped, .finding = finding, .told = told, .what = *what};
}

static void row_broken(Batch *batch, BatchRow *row, size_t skipped, RowStatus status, int broken)
{
    static const Rule rules[] = {[ROW_BROKEN] = RULE_CSV_QUOTE, [ROW_LONG] = RULE_CSV_LONG, [ROW_NUL] = RULE_CSV_NUL};
    const RowFinding fault = {.fault = {.rule = status == ROW_BROKEN && broken ? (Rule) broken : rules[status], .field = "rij"}};

    row->good = false;
    note_add(batch, skipped, &fault, false, true);
}

static void row_make(Batch *batch, BatchRow *row, size_t skipped, RowReader *rows, const Cell *cell, size_t count, size_t key_at)
{
    const Kind *kind = rows->binding->kind;

    row->good = row_read(rows, cell, count);
    for (size_t finding = 0; finding < rows->n_findings; finding++)
        if (row->good || rows->finding[finding].perhaps)
            note_add(batch, skipped, &rows->finding[finding], true, row->good);
    if (!row->good) {
        const RowFinding fault = {.fault = rows->fault};
        note_add(batch, skipped, &fault, false, true);
        return;
    }
    if (kind->collapse)
        row->key = pseudonym_key(rows->pseudonymizer, rows->value[key_at].text, strlen(rows->value[key_at].text));
    else if (kind->natural_key)
        row->key = row_key(rows, key_at);
    row_put(rows, &batch->rows);
}

/* One more row, whatever it is. skipped: blank rows before it, since the batch began */
static void row_add(Batch *batch, size_t skipped, RowStatus status, int broken, RowReader *rows, const Cell *cell, size_t count, size_t key_at)
{
    if (batch->count == batch->row_room) {
        batch->row_room = batch->row_room ? 2 * batch->row_room : BATCH_ROWS;
        batch->row = made(realloc(batch->row, batch->row_room * sizeof *batch->row));
    }
    BatchRow *row = &batch->row[batch->count];
    row->key = 0;
    if (status == ROW_GOOD)
        row_make(batch, row, skipped, rows, cell, count, key_at);
    else
        row_broken(batch, row, skipped, status, broken);
    row->end = (uint32_t) batch->rows.used;
    batch->count++;
}

bool batch_torn(const Batch *batch, Reader *parts)
{
    const Cell *cell;
    size_t count;

    if (!batch->parted)
        return false;
    parts->part_set(parts, batch->part);
    while (reader_next(parts, &cell, &count) != ROW_END && !parts->torn)
        continue;
    return parts->torn;
}

static void part_make(Batch *batch, Reader *parts, RowReader *rows, size_t key_at)
{
    const Cell *cell;
    size_t count;

    parts->part_set(parts, batch->part);
    for (RowStatus status; !rows->undecided && (status = reader_next(parts, &cell, &count)) != ROW_END && !parts->torn;)
        row_add(batch, parts->skipped, status, parts->broken, rows, cell, count, key_at);
    batch->skipped_all = (uint32_t) parts->skipped;
    batch->failed = parts->failed;
    batch->torn = parts->torn;
}

void batch_make(Batch *batch, Reader *parts, RowReader *rows, size_t key_at)
{
    const Cell *cell = batch->cell;

    made_begin(batch);
    rows->undecided = false;
    if (batch->parted)
        part_make(batch, parts, rows, key_at);
    for (size_t at = 0; at < batch->kept && !rows->undecided; cell += batch->n_cells[at++])
        row_add(batch, batch->skipped[at], batch->status[at], batch->broken[at], rows, cell, batch->n_cells[at], key_at);
    batch->undecided = rows->undecided;
}

bool batch_read(Batch *batch, Reader *reader, RowReader *rows, size_t key_at)
{
    size_t before = reader->skipped;
    const Cell *cell;
    size_t count;

    batch_begin(batch);
    made_begin(batch);
    while (batch->count < BATCH_ROWS && batch->rows.used < BATCH_TEXT) {
        RowStatus status = reader_next(reader, &cell, &count);
        if (status == ROW_END)
            break;
        row_add(batch, reader->skipped - before, status, reader->broken, rows, cell, count, key_at);
    }
    batch->skipped_all = (uint32_t) (reader->skipped - before);
    return batch->count > 0;
}
