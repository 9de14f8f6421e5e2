/** For unit tests of readers: a BytesMaker over memory in pieces of any size, and a reader's rows as text. */
#ifndef VB_TESTS_UNIT_INGEST_MAKER_H
#define VB_TESTS_UNIT_INGEST_MAKER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

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

static inline const char *maker_read_rows(Arena *arena, Reader *reader)
{
    static const char *const name[] = {"", "BROKEN", "LONG", "NUL"};
    BUF_AUTO got = {0};
    const Cell *cells;
    size_t count;
    RowStatus status;

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

/** The header, then the rows: cells parted by ';' and a newline each, or the name of the status; FAILED at the end if it did, or
 * REFUSED and why. A reader that can begin again gives the same then, unless the file has changed. Owned by arena. */
static inline const char *maker_rows(Arena *arena, MakerOpen *open, const Maker *maker)
{
    READER_AUTO reader = NULL;
    const Cell *cells;
    size_t count;
    Err err = {0};

    if (!open(&maker->base, &reader, &err)) {
        CHECK_INT(err.kind, ERR_INPUT);
        return arena_format(arena, "REFUSED: %s", err.text);
    }
    const char *rows = maker_read_rows(arena, reader);
    if (reader->again && !maker->later) {
        CHECK(reader->again(reader, &err));
        for (int row = 0; row < 3; row++) /* left in the middle, too */
            reader_next(reader, &cells, &count);
        CHECK(reader->again(reader, &err));
        CHECK_TEXT(maker_read_rows(arena, reader), rows);
    }
    return rows;
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

/** How often the heap of this process holds a word, given with every letter one too high, so that the question is no answer. */
static inline size_t maker_heap_holds(const char *shifted)
{
    static char part[1 << 16];
    size_t found = 0, bytes = strlen(shifted);
    FILE *maps = fopen("/proc/self/maps", "r"), *memory = fopen("/proc/self/mem", "r");
    char line[512], rights[8];
    unsigned long from, to;

    CHECK(maps && memory);
    while (maps && memory && fgets(line, sizeof line, maps)) {
        /* the heap, and the blocks that malloc maps by themselves: no name */
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[0] != 'r' || rights[1] != 'w' || (!strstr(line, "[heap]") && strchr(line, '/')) || strstr(line, "[stack"))
            continue;
        for (unsigned long at = from; at < to; at += sizeof part - bytes) {
            ssize_t got = at + sizeof part > (unsigned long) (uintptr_t) part && at < (unsigned long) (uintptr_t) part + sizeof part
                              ? 0 : pread(fileno(memory), part, to - at < sizeof part ? to - at : sizeof part, (off_t) at);
            for (size_t byte = 0; got > 0 && byte + bytes <= (size_t) got; byte++) {
                size_t same = 0;
                while (same < bytes && part[byte + same] == shifted[same] - 1)
                    same++;
                found += same == bytes;
            }
        }
    }
    fclose(maps);
    fclose(memory);
    memset(part, 0, sizeof part);
    return found;
}

/** Read a text in which '?' stands for the word NAAMVERZONNEN: it is in memory while its row is read, and nowhere afterwards. */
static inline void maker_check_wiped(const char *file, int line, MakerOpen *open, const char *text)
{
    static const char shifted[] = "OBBNWFS[POOFO";
    size_t bytes = strlen(text) + sizeof shifted - 2, held;
    char *whole = malloc(bytes);
    const Cell *cells;
    size_t count, mark = (size_t) (strchr(text, '?') - text);
    Reader *reader = NULL;
    Err err;

    memcpy(whole, text, mark);
    for (size_t at = 0; at < sizeof shifted - 1; at++)
        whole[mark + at] = (char) (shifted[at] - 1);
    memcpy(whole + mark + sizeof shifted - 1, text + mark + 1, strlen(text) - mark - 1);
    Maker maker = maker_of(whole, bytes, SIZE_MAX);
    if (!open(&maker.base, &reader, &err))
        test_fail(file, line, "%s", err.text);
    for (int row = 0; reader && row < 2; row++)
        if (reader_next(reader, &cells, &count) != ROW_GOOD)
            test_fail(file, line, "row %d is not good", row);
    explicit_bzero(whole, bytes);
    free(whole);
    held = maker_heap_holds(shifted);
    if (held == 0)
        test_fail(file, line, "the name is not found while its row is read");
    reader_free(reader);
    held = maker_heap_holds(shifted);
    if (held != 0)
        test_fail(file, line, "the name is still in memory %zu times", held);
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

/* -- a file of any number of records, never held whole ------------------------------------------- */

typedef struct FloodMaker {
    BytesMaker  base;
    const char *prefix, *record; /* prefix: at most what one read has room for */
    size_t      records;
} FloodMaker;

typedef struct FloodBytes {
    Bytes             base;
    const FloodMaker *maker;
    size_t            left, at; /* records, and bytes of the one at hand */
    bool              begun;
} FloodBytes;

static inline size_t flood_read(Bytes *bytes, void *to, size_t room)
{
    FloodBytes *flood = (FloodBytes *) bytes;
    size_t got = 0, whole = strlen(flood->maker->record), prefix = strlen(flood->maker->prefix);

    if (!flood->begun && room >= prefix) {
        memcpy(to, flood->maker->prefix, got = prefix);
        flood->begun = true;
    }
    while (got < room && flood->left) {
        size_t part = whole - flood->at < room - got ? whole - flood->at : room - got;
        memcpy((char *) to + got, flood->maker->record + flood->at, part);
        got += part;
        flood->at = (flood->at + part) % whole;
        flood->left -= flood->at == 0;
    }
    return got;
}

static inline bool flood_open(const BytesMaker *base, Bytes **out, Err *err)
{
    FloodBytes *flood = calloc(1, sizeof *flood);
    const FloodMaker *maker = (const FloodMaker *) base;

    (void) err;
    *flood = (FloodBytes) {.base = {.read = flood_read, .free = maker_bytes_free}, .maker = maker, .left = maker->records};
    *out = &flood->base;
    return true;
}

/* Read that many records. \return the most memory this process ever had, in KiB */
static inline long flood_kilobytes(MakerOpen *opener, const char *prefix, const char *record, size_t records, bool ends_badly)
{
    FloodMaker maker = {.base = {flood_open}, .prefix = prefix, .record = record, .records = records};
    READER_AUTO reader = NULL;
    const Cell *cells;
    size_t count, got = 0;
    struct rusage use;
    Err err;

    CHECK(opener(&maker.base, &reader, &err));
    while (reader_next(reader, &cells, &count) == ROW_GOOD)
        got++;
    CHECK_INT(got, records + 1);
    CHECK(reader->failed == ends_badly);
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

#endif
