/** Any bytes through a reader that opens its file twice: it ends, every row has the columns of the header, nothing is out of bounds. */
#ifndef VB_TESTS_FUZZ_READER_TRY_H
#define VB_TESTS_FUZZ_READER_TRY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/bytes.h"
#include "ingest/reader.h"

typedef struct Maker {
    BytesMaker     base;
    const uint8_t *data;
    size_t         size;
} Maker;

static bool make(const BytesMaker *base, Bytes **out, Err *err)
{
    const Maker *maker = (const Maker *) base;

    (void) err;
    *out = bytes_of(maker->data, maker->size);
    return true;
}

/* 0, for the fuzzer's sake. broken_allowed: a record may be ROW_BROKEN, with its rule. */
static inline int reader_try(bool (*opener)(const BytesMaker *, Reader **, Err *), bool broken_allowed, const uint8_t *data, size_t size)
{
    Maker maker = {.base = {make}, .data = data, .size = size};
    Reader *reader;
    Err err = {0};
    const Cell *cell;
    size_t count, columns = 0, rows = 0;

    if (!opener(&maker.base, &reader, &err)) {
        if (err.kind != ERR_INPUT)
            abort();
        return 0;
    }
    for (RowStatus status; (status = reader_next(reader, &cell, &count)) != ROW_END; rows++) {
        size_t total = 0;
        if (rows == 0)
            columns = count;
        if (count != (status == ROW_GOOD ? columns : 0) || columns == 0 || columns > READER_CELLS_MAX)
            abort();
        volatile char touched = 0;
        for (size_t at = 0; at < count; at++) {
            for (size_t byte = 0; byte < cell[at].bytes; byte++)
                touched ^= cell[at].text[byte];
            total += cell[at].bytes;
        }
        if (total > READER_ROW_BYTES || rows > size + 1 || (status == ROW_BROKEN && (!broken_allowed || !reader->broken)))
            abort();
    }
    if (reader_next(reader, &cell, &count) != ROW_END)
        abort();
    reader_free(reader);
    return 0;
}

#endif
