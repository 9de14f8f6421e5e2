#include "ingest/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A part of a stream, as one of its own. */
typedef struct RangeBytes {
    Bytes        base;
    const Bytes *of;
    uint64_t     at, end;
} RangeBytes;

typedef struct Csv {
    Reader  base;
    Bytes  *bytes;
    RangeBytes range;       /* what a part is read from; of: the whole, NULL: it has no parts */
    uint64_t got;           /* place in the whole of the first byte that is not read yet */
    size_t  header_cells;   /* of the first row; 0: not read yet */
    bool    parted;         /* the part that was handed out last is all that is left */
    char    delimiter;
    bool    begun, at_end, slowly;
    char   *data;           /* READER_ROW_BYTES for the row at hand plus as much to read ahead */
    size_t  begin, end;     /* bytes not yet handed out */
    size_t  used;           /* most bytes ever held: what there is to wipe */
    Cell    cell[READER_CELLS_MAX];
} Csv;

/* PIECE: what is read at once as long as rows are short, so that it stays in the processor's near memory; NEAR: when to read on. AHEAD: a search may load this many
 * bytes behind the last one. WHOLE_ROW: so many bytes hold a whole row, or one that is too long. PART: what one thread reads, splits and makes rows of while all of it is near
 * its processor. */
enum { ROOM = 2 * READER_ROW_BYTES, PIECE = 256 * 1024, NEAR = 16 * 1024, AHEAD = 16, WHOLE_ROW = READER_ROW_BYTES + 1,
       PART = 64 * 1024 };

/* Read until that many bytes lie in memory, or the file has ended. Moves what is left, so no cell may be in use. */
static void fill(Csv *csv, size_t want)
{
    if (csv->at_end || csv->end - csv->begin >= want)
        return;
    size_t room = want > PIECE ? ROOM : PIECE;
    memmove(csv->data, csv->data + csv->begin, csv->end - csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
    size_t got = bytes_fill(csv->bytes, csv->data + csv->end, room - csv->end);
    csv->end += got;
    csv->got += got;
    csv->used = csv->end > csv->used ? csv->end : csv->used;
    if (csv->end < room) {
        csv->at_end = true;
        csv->base.failed = csv->bytes->failed;
    }
    if (!csv->begun && csv->end >= 3 && memcmp(csv->data, "\xEF\xBB\xBF", 3) == 0)
        csv->begin = 3;
    csv->begun = true;
}

/* Where an unquoted cell ends: at the delimiter, a line end, or end. Most of a file's bytes pass here, sixteen at a time. */
static char *cell_end(char *at, char *end, char delimiter)
{
#ifdef __SSE2__
    const __m128i marks[3] = {_mm_set1_epi8(delimiter), _mm_set1_epi8('\n'), _mm_set1_epi8('\r')};

    for (; at < end; at += 16) {
        __m128i text = _mm_loadu_si128((const __m128i *) (const void *) at);
        __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(text, marks[0]),
                                    _mm_or_si128(_mm_cmpeq_epi8(text, marks[1]), _mm_cmpeq_epi8(text, marks[2])));
        int mask = _mm_movemask_epi8(hits);
        if (mask) {
            at += __builtin_ctz((unsigned) mask);
            return at < end ? at : end;
        }
    }
    return end;
#else
    while (at < end && *at != delimiter && *at != '\n' && *at != '\r')
        at++;
    return at;
#endif
}

/* Behind a line end, which is one byte or two. Moves what is left, so no cell may be in use. */
static void line_leave(Csv *csv, const char *line_end)
{
    csv->begin = (size_t) (line_end - csv->data);
    fill(csv, NEAR); /* so both bytes are there, or there is one only */
    char first = csv->data[csv->begin++];
    if (first == '\r' && csv->begin < csv->end && csv->data[csv->begin] == '\n')
        csv->begin++;
}

/* Drop bytes up to and including the next line end, however far away. */
static void skip_line(Csv *csv)
{
    for (;;) {
        char *end = csv->data + csv->end, *line_end = cell_end(csv->data + csv->begin, end, '\n');
        if (line_end < end) {
            line_leave(csv, line_end);
            return;
        }
        csv->begin = csv->end;
        if (csv->at_end)
            return;
        fill(csv, WHOLE_ROW);
    }
}

/* A quoted cell: *at stands behind the opening quote. Doubled quotes are folded in place. */
static bool quoted_cell(const Csv *csv, char **at, char *end, Cell *cell)
{
    char *from = *at, *to = *at;

    for (;;) {
        char *quote = memchr(from, '"', (size_t) (end - from));
        if (!quote)
            return false;
        if (to != from)
            memmove(to, from, (size_t) (quote - from));
        to += quote - from;
        if (quote + 1 < end && quote[1] == '"') {
            *to++ = '"';
            from = quote + 2;
            continue;
        }
        from = quote + 1;
        break;
    }
    cell->text = *at;
    cell->bytes = (size_t) (to - *at);
    *at = from;
    return from == end || *from == csv->delimiter || *from == '\n' || *from == '\r';
}

#ifdef __SSE2__
/* Sixty-four bytes as bits: the delimiters among them, and what ends a plain row. */
typedef struct Marks {
    uint64_t cells, ends;
} Marks;

static inline Marks marks_of(const char *block, char delimiter)
{
    const __m128i cell = _mm_set1_epi8(delimiter), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), quote = _mm_set1_epi8('"'), zero = _mm_setzero_si128();
    Marks marks = {0};

    for (int at = 0; at < 64; at += 16) {
        __m128i text = _mm_loadu_si128((const __m128i *) (const void *) (block + at));
        __m128i ends = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(text, lf), _mm_cmpeq_epi8(text, cr)), _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, zero)));
        marks.cells |= (uint64_t) (unsigned) _mm_movemask_epi8(_mm_cmpeq_epi8(text, cell)) << at;
        marks.ends |= (uint64_t) (unsigned) _mm_movemask_epi8(ends) << at;
    }
    return marks;
}

/* A row without quotes, NULs and other surprises, which nearly all are: every delimiter and the line end found in one pass, sixty-four
 * bytes at a time. \return the end of the row; NULL: it needs the long way, and nothing has changed */
static char *plain_row(Csv *csv, char *row, const char *end, size_t *count)
{
    size_t n = 0;
    char *cell = row;

    for (char *block = row; block + 64 <= end; block += 64) {
        Marks marks = marks_of(block, csv->delimiter);
        uint64_t cells = marks.cells & (marks.ends ? (marks.ends & -marks.ends) - 1 : ~UINT64_C(0));
        for (; cells; cells &= cells - 1) {
            char *at = block + __builtin_ctzll(cells);
            if (n == READER_CELLS_MAX - 1)
                return NULL;
            csv->cell[n++] = (Cell) {.text = cell, .bytes = (size_t) (at - cell)};
            cell = at + 1;
        }
        if (marks.ends) {
            char *at = block + __builtin_ctzll(marks.ends);
            if (*at != '\n' && *at != '\r')
                return NULL;
            csv->cell[n++] = (Cell) {.text = cell, .bytes = (size_t) (at - cell)};
            *count = n;
            return at;
        }
    }
    return NULL;
}
#endif

static inline RowStatus row_next(Reader *reader, const Cell **cells, size_t *count)
{
    Csv *csv = (Csv *) reader;

    *cells = csv->cell;
    *count = 0;
    for (;;) {
        fill(csv, NEAR); /* so both bytes of a line end are there, or there is one only */
        if (csv->begin == csv->end)
            return ROW_END;
        char first = csv->data[csv->begin];
        if (first != '\n' && first != '\r')
            break;
        csv->begin++; /* a blank line: line ends of rows are gone by now */
        if (first == '\r' && csv->begin < csv->end && csv->data[csv->begin] == '\n')
            csv->begin++;
        csv->base.skipped++;
    }
#ifdef __SSE2__
    char *last = csv->data + (csv->end - csv->begin > READER_ROW_BYTES ? csv->begin + READER_ROW_BYTES : csv->end);
    char *plain = csv->slowly ? NULL : plain_row(csv, csv->data + csv->begin, last, count);
    if (plain && (plain + 1 < csv->data + csv->end || csv->at_end)) { /* else the line end may go on in what is not read yet */
        csv->begin = (size_t) (plain - csv->data) + 1;
        if (*plain == '\r' && csv->begin < csv->end && csv->data[csv->begin] == '\n')
            csv->begin++;
        return ROW_GOOD;
    }
#endif
    *count = 0;
    fill(csv, WHOLE_ROW);
    char *row = csv->data + csv->begin, *at = row;
    char *end = csv->data + (csv->end - csv->begin > READER_ROW_BYTES ? csv->begin + READER_ROW_BYTES : csv->end);
    bool cut = end != csv->data + csv->end; /* the row may go on behind end */
    char delimiter = csv->delimiter;
    size_t n = 0;
    bool too_many = false, folded = false;

    for (;;) {
        /* Too many cells are still read to the end of the row, which need not be the next line end. */
        too_many = too_many || n == READER_CELLS_MAX;
        Cell *cell = &csv->cell[too_many ? 0 : n++];
        if (at < end && *at == '"') {
            char *start = ++at;
            /* Folding doubled quotes changes the buffer, so a broken row must be found out before: look first. */
            char *probe = start;
            bool closed = false;
            while ((probe = memchr(probe, '"', (size_t) (end - probe)))) {
                if (probe + 1 < end && probe[1] == '"') {
                    probe += 2;
                    continue;
                }
                closed = probe + 1 == end || probe[1] == delimiter || probe[1] == '\n' || probe[1] == '\r';
                break;
            }
            if (!closed) {
                /* Reading resumes at the line after the one the row began on, unless cells before this one held line ends
                 * and were folded in place already: then after the line of the open quote. */
                csv->base.torn = !probe && !cut && csv->bytes == &csv->range.base && csv->range.end != UINT64_MAX;
                char *line_end = cell_end(folded ? start : row, end, '\n');
                bool here = line_end < end;
                if (here)
                    line_leave(csv, line_end);
                else
                    skip_line(csv);
                return cut && !here ? ROW_LONG : ROW_BROKEN;
            }
            folded = true;
            quoted_cell(csv, &at, end, cell);
        } else {
            cell->text = at;
            at = cell_end(at, end, delimiter);
            cell->bytes = (size_t) (at - cell->text);
        }
        if (at == end) {
            if (cut) {
                skip_line(csv);
                return ROW_LONG;
            }
            break;
        }
        if (*at != delimiter)
            break;
        at++;
    }
    size_t row_bytes = (size_t) (at - row);
    csv->begin += row_bytes;
    if (csv->begin < csv->end && csv->data[csv->begin] == '\r')
        csv->begin++;
    if (csv->begin < csv->end && csv->data[csv->begin] == '\n')
        csv->begin++;
    *count = n;
    if (too_many)
        return ROW_LONG;
    return memchr(row, '\0', row_bytes) ? ROW_NUL : ROW_GOOD;
}

static RowStatus csv_next(Reader *reader, const Cell **cells, size_t *count)
{
    RowStatus status = row_next(reader, cells, count);
    Csv *csv = (Csv *) reader;

    if (csv->header_cells == 0)
        csv->header_cells = *count;
    return status;
}

/* -- parts --------------------------------------------------------------------------------------- */

static size_t range_read(Bytes *bytes, void *to, size_t room)
{
    RangeBytes *range = (RangeBytes *) bytes;
    uint64_t left = range->end - range->at;
    size_t got = range->of->read_at(range->of, range->at, to, left < room ? (size_t) left : room, &bytes->failed);

    range->at += got;
    return got;
}

/* The first byte from here on that surely is the last of a line end: the one of a carriage return that stands alone cannot be told at the end of what was read. */
static const char *line_last(const char *at, const char *end)
{
    for (; at < end; at++)
        if (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] != '\n'))
            return at;
    return NULL;
}

/* Is there a line from here on that has as many cells as the header? */
static bool line_is_row(const Csv *csv, const char *at, const char *end)
{
    size_t cells = 1;

    for (; at < end && *at != '\n' && *at != '\r'; at++)
        cells += *at == csv->delimiter;
    return at < end && cells >= csv->header_cells;
}

/* A line end from this byte on, and of the first ones the one that a whole row seems to come behind: others mostly lie in quoted cells. UINT64_MAX: the end of the file; or it
 * cannot be read, as whoever reads the part will find. */
static uint64_t line_end_from(const Csv *csv, uint64_t at)
{
    const Bytes *bytes = csv->range.of;
    char near[4096];
    bool failed = false;
    uint64_t place = UINT64_MAX;

    for (size_t got; place == UINT64_MAX && (got = bytes->read_at(bytes, at, near, sizeof near, &failed)) > 0; at += got) {
        const char *end = near + got, *first = line_last(near, end), *line_end = first;
        while (line_end && !line_is_row(csv, line_end + 1, end))
            line_end = line_last(line_end + 1, end);
        if (first)
            place = at + (uint64_t) ((line_end ? line_end : first) - near) + 1;
    }
    explicit_bzero(near, sizeof near); /* names */
    return place;
}

static bool csv_part(Reader *reader, ReaderPart *part)
{
    Csv *csv = (Csv *) reader;

    part->begin = csv->got - (csv->end - csv->begin);
    if (csv->parted || part->begin == UINT64_MAX)
        return false;
    part->end = line_end_from(csv, part->begin + PART - 1);
    csv->parted = part->end == UINT64_MAX;
    csv->got = part->end;
    csv->begin = csv->end = 0;
    csv->at_end = true; /* for next */
    return true;
}

static void csv_part_set(Reader *reader, ReaderPart part)
{
    Csv *csv = (Csv *) reader;

    csv->range = (RangeBytes) {.base = {.read = range_read}, .of = csv->range.of, .at = part.begin, .end = part.end};
    csv->bytes = &csv->range.base;
    csv->got = part.begin;
    csv->begin = csv->end = 0;
    csv->at_end = csv->parted = reader->failed = reader->torn = false;
    csv->begun = part.begin > 0;
    reader->skipped = 0;
}

static Reader *csv_part_reader(const Reader *of)
{
    const Csv *whole = (const Csv *) of;
    Csv *csv = (Csv *) csv_reader(NULL, whole->delimiter);

    csv->slowly = whole->slowly;
    csv->range.of = whole->range.of;
    csv->base.part_set = csv_part_set;
    return &csv->base;
}

static void csv_free(Reader *reader)
{
    Csv *csv = (Csv *) reader;

    /* The rows held names. explicit_bzero: a plain memset before free may be optimised away. */
    explicit_bzero(csv->data, csv->used);
    free(csv->data);
    explicit_bzero(csv, sizeof *csv);
    free(csv);
}

Reader *csv_reader(Bytes *bytes, char delimiter)
{
    Csv *csv = calloc(1, sizeof *csv);
    char *data = calloc(1, ROOM + AHEAD); /* pages that no row reaches are never touched */

    if (!csv || !data)
        _exit(70);
    csv->base = (Reader) {.next = csv_next, .free = csv_free};
    if (bytes && bytes->read_at) {
        csv->base.part = csv_part;
        csv->base.part_reader = csv_part_reader;
        csv->base.part_set = csv_part_set;
        csv->range.of = bytes;
    }
    csv->bytes = bytes;
    csv->delimiter = delimiter;
    csv->data = data;
    return &csv->base;
}

Reader *csv_reader_slowly(Bytes *bytes, char delimiter)
{
    Reader *reader = csv_reader(bytes, delimiter);

    ((Csv *) reader)->slowly = true;
    return reader;
}

char csv_delimiter_guess(const char *head, size_t bytes)
{
    static const char candidates[] = {';', ',', '\t', '|'};
    size_t best = 0;
    char guess = ';';

    for (size_t candidate = 0; candidate < sizeof candidates; candidate++) {
        size_t cells = 1;
        bool quoted = false;
        for (size_t at = 0; at < bytes && (quoted || head[at] != '\n'); at++) {
            if (head[at] == '"')
                quoted = !quoted;
            else if (!quoted && head[at] == candidates[candidate])
                cells++;
        }
        if (cells > best) {
            best = cells;
            guess = candidates[candidate];
        }
    }
    return guess;
}
