/** For unit tests of readers: a BytesMaker over memory in pieces of any size, and a reader's rows as text. */
#ifndef VB_TESTS_UNIT_INGEST_MAKER_H
#define VB_TESTS_UNIT_INGEST_MAKER_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "ingest/bytes.h"
#include "ingest/reader.h"
#include "tests/unit/scratch.h"

typedef bool MakerOpen(const BytesMaker *maker, Reader **out, Err *err);

typedef struct Maker {
    BytesMaker  base;
    const char *data;
    size_t      size, piece; /* bytes per read */
    bool        fails;       /* at the end, as a share that goes away */
    const char *later;       /* what the file holds after it was opened opens_before_later times */
    int         opens_before_later;
    int        *opens;
} Maker;

typedef struct MakerBytes {
    Bytes       base;
    const char *at;
    size_t      left, piece;
    bool        fails;
} MakerBytes;

static inline size_t maker_read(Bytes *bytes, void *to, size_t room)
{
    MakerBytes *from = (MakerBytes *) bytes;
    size_t got = from->left < from->piece ? from->left : from->piece;

    got = got < room ? got : room;
    memcpy(to, from->at, got);
    from->at += got;
    from->left -= got;
    bytes->failed = from->fails && got == 0;
    return got;
}

static inline void maker_bytes_free(Bytes *bytes)
{
    free(bytes);
}

static inline bool maker_open(const BytesMaker *base, Bytes **out, Err *err)
{
    const Maker *maker = (const Maker *) base;
    MakerBytes *bytes = calloc(1, sizeof *bytes);

    (void) err;
    *bytes = (MakerBytes) {.base = {.read = maker_read, .free = maker_bytes_free}, .at = maker->data, .left = maker->size, .piece = maker->piece, .fails = maker->fails};
    if (maker->later && maker->opens && (*maker->opens)++ >= maker->opens_before_later) {
        bytes->at = maker->later;
        bytes->left = strlen(maker->later);
    }
    *out = &bytes->base;
    return true;
}

static inline Maker maker_of(const char *data, size_t size, size_t piece)
{
    return (Maker) {.base = {maker_open}, .data = data, .size = size, .piece = piece};
}

/** The header, then the rows: cells parted by ';' and a newline each, or the name of the status; FAILED at the end if it did, or
 * REFUSED and why. Owned by arena. */
static inline const char *maker_rows(Arena *arena, MakerOpen *open, const Maker *maker)
{
    static const char *const name[] = {"", "BROKEN", "LONG", "NUL"};
    READER_AUTO reader = NULL;
    BUF_AUTO got = {0};
    const Cell *cells;
    size_t count;
    RowStatus status;
    Err err = {0};

    if (!open(&maker->base, &reader, &err)) {
        CHECK_INT(err.kind, ERR_INPUT);
        return arena_format(arena, "REFUSED: %s", err.text);
    }
    while ((status = reader_next(reader, &cells, &count)) != ROW_END) {
        if (status != ROW_GOOD)
            buf_text(&got, name[status]);
        for (size_t at = 0; at < count; at++) {
            buf_text(&got, at ? ";" : "");
            buf_add(&got, cells[at].text, cells[at].bytes);
        }
        buf_text(&got, "\n");
    }
    CHECK(reader_next(reader, &cells, &count) == ROW_END);
    if (reader->failed)
        buf_text(&got, "FAILED");
    return arena_text_n(arena, got.data, got.length);
}

/** The same text whole and in small pieces: where a buffer ends may not matter. */
static inline void maker_check(const char *file, int line, MakerOpen *open, const char *text, size_t bytes, const char *want)
{
    static const size_t pieces[] = {SIZE_MAX, 1, 7};

    for (size_t at = 0; at < sizeof pieces / sizeof *pieces; at++) {
        ARENA_AUTO arena = arena_new();
        Maker maker = maker_of(text, bytes, pieces[at]);
        test_check_text(file, line, maker_rows(arena, open, &maker), want);
    }
}

static inline char *maker_repeat(Arena *arena, const char *before, const char *piece, size_t times, const char *after)
{
    size_t bytes = strlen(piece), head = strlen(before);
    char *text = arena_alloc(arena, head + bytes * times + strlen(after) + 1);

    memcpy(text, before, head);
    for (size_t at = 0; at < times; at++)
        memcpy(text + head + at * bytes, piece, bytes);
    memcpy(text + head + bytes * times, after, strlen(after));
    return text;
}

#endif
