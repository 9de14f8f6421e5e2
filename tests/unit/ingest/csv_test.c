#include "ingest/csv.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "tests/unit/scratch.h"

/* What a text splits into: "a|b" and a newline per row, or the name of the status. Owned by arena. */
static const char *split_n(Arena *arena, const char *text, size_t bytes, char delimiter)
{
    static const char *const name[] = {"", "BROKEN", "LONG", "NUL"};
    BYTES_AUTO bytes_in = bytes_of(text, bytes);
    BUF_AUTO got = {0};
    const Cell *cells;
    size_t count;
    RowStatus status;

    READER_AUTO csv = csv_reader(bytes_in, delimiter);
    buf_text(&got, "");
    while ((status = reader_next(csv, &cells, &count)) != ROW_END) {
        if (status != ROW_GOOD)
            buf_text(&got, name[status]);
        for (size_t at = 0; status == ROW_GOOD && at < count; at++) {
            buf_text(&got, at ? "|" : "");
            buf_add(&got, cells[at].text, cells[at].bytes);
        }
        buf_text(&got, "\n");
    }
    CHECK(reader_next(csv, &cells, &count) == ROW_END);
    CHECK(!csv->failed);
    return arena_text_n(arena, got.data, got.length);
}

/* Bytes in small pieces, and perhaps a failure at their end, as a share that goes away gives. */
typedef struct Dribble {
    Bytes       base;
    const char *at;
    size_t      left, piece;
    bool        fails;
} Dribble;

static size_t dribble_read(Bytes *bytes, void *to, size_t room)
{
    Dribble *dribble = (Dribble *) bytes;
    size_t got = dribble->left < dribble->piece ? dribble->left : dribble->piece;

    got = got < room ? got : room;
    memcpy(to, dribble->at, got);
    dribble->at += got;
    dribble->left -= got;
    bytes->failed = dribble->fails && dribble->left == 0;
    return got;
}

static void dribble_free(Bytes *bytes)
{
    (void) bytes;
}

static void check_split(int line, const char *text, size_t bytes, const char *want)
{
    ARENA_AUTO arena = arena_new();

    test_check_text(__FILE__, line, split_n(arena, text, bytes, ';'), want);
}
#define SPLIT(text, want) check_split(__LINE__, text, sizeof(text) - 1, want)

TEST("rows and cells are split at delimiters and line ends")
{
    SPLIT("", "");
    SPLIT("a;b;c\n1;2;3\n", "a|b|c\n1|2|3\n");
    SPLIT("a;b\r\n1;2\r\n", "a|b\n1|2\n");
    SPLIT("a;b\r1;2\r", "a|b\n1|2\n");
    SPLIT("a", "a\n");
    SPLIT(";\n", "|\n");
    SPLIT("a;\n;b\n;;\n", "a|\n|b\n||\n");
    SPLIT(" a ; b \n", " a | b \n");
    SPLIT("caf\xE9;\x80\n", "caf\xE9|\x80\n");
}

TEST("the last row needs no line end")
{
    SPLIT("a;b\n1;2", "a|b\n1|2\n");
    SPLIT("a;b\n1;", "a|b\n1|\n");
    SPLIT("a;b\n\"1\";\"2\"", "a|b\n1|2\n");
    SPLIT("a;b\r\n1;2\r", "a|b\n1|2\n");
}

TEST("blank lines are skipped")
{
    SPLIT("\n\r\n\r\na;b\n\n\n1;2\r\n\r\n\n", "a|b\n1|2\n");
    SPLIT("\n", "");
    SPLIT("\r\n\r\n", "");
    SPLIT("a\n \nb\n", "a\n \nb\n"); /* a blank is a cell */
    SPLIT("\"\"\n", "\n");           /* a quoted empty cell is a row */
}

TEST("quoted cells hold delimiters, line ends and doubled quotes")
{
    SPLIT("\"a;b\";c\n", "a;b|c\n");
    SPLIT("\"two\nlines\";c\n", "two\nlines|c\n");
    SPLIT("\"two\r\nlines\";c\r\n", "two\r\nlines|c\n");
    SPLIT("\"say \"\"no\"\"\";b\n", "say \"no\"|b\n");
    SPLIT("\"\"\"\";\"\"\"\"\"\"\n", "\"|\"\"\n");
    SPLIT("\"\";\"\"\n", "|\n");
    SPLIT("\"a\"\"\";b\n\"\"\"c\";d\n", "a\"|b\n\"c|d\n");
    SPLIT("a\"b;c\"\n", "a\"b|c\"\n"); /* a quote inside an unquoted cell is a character */
    SPLIT("a; \"b\"\n", "a| \"b\"\n");
    SPLIT("\"a\"\n\"b\"\n", "a\nb\n");
}

TEST("an open quote costs one line, and the next rows survive")
{
    SPLIT("1;a\n2;\"open\n3;c\n4;d\n", "1|a\nBROKEN\n3|c\n4|d\n");
    SPLIT("\"open\n2;b\n", "BROKEN\n2|b\n");
    SPLIT("1;\"open", "BROKEN\n");
    SPLIT("1;\"", "BROKEN\n");
    SPLIT("1;a\r\n2;\"open\r\n3;c\r\n", "1|a\nBROKEN\n3|c\n");
    SPLIT("1;\"say \"\"no\n2;b\n", "BROKEN\n2|b\n");
    /* two of them: each its own line */
    SPLIT("1;\"a\n2;b\n3;\"c\n4;d\n", "BROKEN\n2|b\nBROKEN\n4|d\n");
    /* lines may end in a carriage return alone, as those of Excel for the Mac do */
    SPLIT("1;a\r2;\"open\r3;c\r4;d\r", "1|a\nBROKEN\n3|c\n4|d\n");
    SPLIT("1;\"a\"b;c\r2;d;e\r", "BROKEN\n2|d|e\n");
    SPLIT("\"a\rb\";\"open\rnext;1\r", "BROKEN\nnext|1\n");
    SPLIT("1;\"open\r", "BROKEN\n");
}

TEST("text behind a closing quote breaks its line only")
{
    SPLIT("1;\"a\"b;c\n2;d;e\n", "BROKEN\n2|d|e\n");
    SPLIT("1;\"a\" ;c\n2;d;e\n", "BROKEN\n2|d|e\n");
    SPLIT("1;\"a \"quoted\" word\";c\n2;d;e\n", "BROKEN\n2|d|e\n");
}

TEST("a quote left open behind a quoted cell of more lines invents no row")
{
    /* reading resumes behind the line of the open quote: b";"open is no row of its own */
    SPLIT("\"a\nb\";\"open\nnext;1\n", "BROKEN\nnext|1\n");
    SPLIT("\"a \"\"q\"\"\nb\";\"open\nnext;1\n", "BROKEN\nnext|1\n");
}

TEST("a NUL byte is reported with its row and the next row is read")
{
    SPLIT("1;a\n2;b\0c\n3;d\n", "1|a\nNUL\n3|d\n");
    SPLIT("\0\n1;a\n", "NUL\n1|a\n");
    SPLIT("\"x\0\"\"y\";b\n1;a\n", "NUL\n1|a\n");
    SPLIT("1;a\n\0", "1|a\nNUL\n");
}

static char *repeat(Arena *arena, const char *piece, size_t times, const char *tail)
{
    size_t bytes = strlen(piece);
    char *text = arena_alloc(arena, bytes * times + strlen(tail) + 1);

    for (size_t at = 0; at < times; at++)
        memcpy(text + at * bytes, piece, bytes);
    memcpy(text + bytes * times, tail, strlen(tail));
    return text;
}

TEST("512 cells are a row, 513 are too many")
{
    ARENA_AUTO arena = arena_new();
    const char *most = repeat(arena, ";", READER_CELLS_MAX - 1, "\nb\n"), *more = repeat(arena, ";", READER_CELLS_MAX, "\nb\n");
    const char *wide = repeat(arena, "x;", 100000, "\nb\n");

    CHECK_TEXT(split_n(arena, most, strlen(most), ';'), repeat(arena, "|", READER_CELLS_MAX - 1, "\nb\n"));
    CHECK_TEXT(split_n(arena, more, strlen(more), ';'), "LONG\nb\n");
    CHECK_TEXT(split_n(arena, wide, strlen(wide), ';'), "LONG\nb\n");
}

TEST("a row of too many cells is skipped to its own line end, not to one inside a quoted cell")
{
    ARENA_AUTO arena = arena_new();
    const char *text = arena_format(arena, "%s\"two\nlines\";%s", repeat(arena, "x;", 300, ""), repeat(arena, "y;", 300, "\nb\n"));

    CHECK(strcmp(split_n(arena, text, strlen(text), ';'), "LONG\nb\n") == 0);
}

TEST("a row of nearly a mebibyte is read, a longer one is skipped")
{
    ARENA_AUTO arena = arena_new();

    for (size_t bytes = READER_ROW_BYTES - 2; bytes <= READER_ROW_BYTES + 2; bytes++) {
        if (bytes == READER_ROW_BYTES) /* whether the line end counts is not said */
            continue;
        arena_reset(arena);
        const char *text = repeat(arena, "x", bytes, "\nb;c\n");
        const char *got = split_n(arena, text, strlen(text), ';');
        CHECK_TEXT(bytes < READER_ROW_BYTES ? got + bytes + 1 : got, bytes < READER_ROW_BYTES ? "b|c\n" : "LONG\nb|c\n");
        CHECK(bytes > READER_ROW_BYTES || strspn(got, "x") == bytes);
    }
}

TEST("a line of ten megabytes costs one row, wherever it stands")
{
    ARENA_AUTO arena = arena_new();
    const char *row = repeat(arena, "0123456789", 1024 * 1024, "\n");
    const char *text = arena_format(arena, "a;b\n%sc;d\n%se;f", row, row);

    CHECK_TEXT(split_n(arena, text, strlen(text), ';'), "a|b\nLONG\nc|d\nLONG\ne|f\n");
    const char *mac = repeat(arena, "0123456789", 1024 * 1024, "\r");
    const char *macs = arena_format(arena, "a;b\r%sc;d\r%se;f", mac, mac);
    CHECK_TEXT(split_n(arena, macs, strlen(macs), ';'), "a|b\nLONG\nc|d\nLONG\ne|f\n");
    const char *last = arena_format(arena, "a;b\n%.*s", 10 * 1024 * 1024, row);
    CHECK_TEXT(split_n(arena, last, strlen(last), ';'), "a|b\nLONG\n");
}

TEST("a quote left open in front of megabytes of rows costs its own line")
{
    ARENA_AUTO arena = arena_new();
    const char *rows = repeat(arena, "1;abcdefghijklmnopqrstuvwxyz\n", 100000, "");
    const char *text = arena_format(arena, "a;b\n0;\"open\n%s", rows), *got = split_n(arena, text, strlen(text), ';');
    size_t count = 0;

    CHECK(strncmp(got, "a|b\nBROKEN\n1|abc", 16) == 0);
    for (const char *at = got; *at; at++)
        count += *at == '\n';
    CHECK_INT(count, 100002);
    const char *in_long = arena_format(arena, "a;\"%s\nc;d\n", repeat(arena, "0123456789", 300000, ""));
    CHECK_TEXT(split_n(arena, in_long, strlen(in_long), ';'), "LONG\nc|d\n");
}

TEST("random tables are read back as they were written")
{
    ARENA_AUTO arena = arena_new();
    unsigned long long seed = 4180;
    static const char delimiters[] = {';', ',', '\t', '|'};
    static const char letters[] = "ab \";,\t|\n\r\xC3\xA9'0";
    static const size_t buffers[] = {1, 2, 7, 64, 4096, 100000};

    for (int round = 0; round < 1500; round++) {
        char delimiter = delimiters[scratch_random(&seed, 4)];
        const char *line_end = scratch_random(&seed, 2) ? "\n" : "\r\n";
        size_t rows = 1 + scratch_random(&seed, 12), columns = 1 + scratch_random(&seed, 8);
        bool last_end = scratch_random(&seed, 2);
        BUF_AUTO text = {0};
        arena_reset(arena);
        char **cell = arena_array(arena, rows * columns, sizeof *cell);
        for (size_t at = 0; at < rows * columns; at++) {
            size_t bytes = scratch_random(&seed, 20) == 0 ? scratch_random(&seed, 3000) : scratch_random(&seed, 9);
            bool quote = scratch_random(&seed, 3) == 0 || (columns == 1 && bytes == 0);
            cell[at] = arena_alloc(arena, bytes + 1);
            for (size_t byte = 0; byte < bytes; byte++) {
                cell[at][byte] = letters[scratch_random(&seed, sizeof letters - 1)];
                quote = quote || strchr("\"\n\r", cell[at][byte]) || cell[at][byte] == delimiter;
            }
            if (quote)
                buf_text(&text, "\"");
            for (size_t byte = 0; byte < bytes; byte++) {
                buf_add(&text, &cell[at][byte], 1);
                if (quote && cell[at][byte] == '"')
                    buf_text(&text, "\"");
            }
            if (quote)
                buf_text(&text, "\"");
            if ((at + 1) % columns)
                buf_add(&text, &delimiter, 1);
            else if (at + 1 < rows * columns || last_end)
                buf_text(&text, line_end);
        }
        if (text.length == 0)
            continue;
        Dribble dribble = {.base = {.read = dribble_read, .free = dribble_free}, .at = text.data, .left = text.length, .piece = buffers[scratch_random(&seed, 6)]};
        Reader *csv = csv_reader(&dribble.base, delimiter);
        const Cell *got;
        size_t count, row = 0;
        RowStatus status = ROW_END;
        bool good = true;
        for (; (status = reader_next(csv, &got, &count)) == ROW_GOOD && row < rows && good; row++) {
            good = count == columns;
            for (size_t column = 0; good && column < columns; column++) {
                const char *want = cell[row * columns + column];
                good = got[column].bytes == strlen(want) && memcmp(got[column].text, want, got[column].bytes) == 0;
            }
        }
        if (!good || status != ROW_END || row != rows)
            test_fail(__FILE__, __LINE__, "round %d, row %zu of %zu (%zu columns), status %d", round, row, rows, columns, status);
        reader_free(csv);
    }
}

TEST("any bytes at all end, and every row lies inside the text")
{
    unsigned long long seed = 99;
    static const char letters[] = "a;\"\n\r\0\"\"\n";
    char text[400];

    for (int round = 0; round < 20000; round++) {
        size_t bytes = 1 + scratch_random(&seed, sizeof text - 1), lines = 1, rows = 0, total = 0, count;
        for (size_t at = 0; at < bytes; at++) {
            text[at] = letters[scratch_random(&seed, sizeof letters - 1)];
            lines += text[at] == '\n' || text[at] == '\r';
        }
        BYTES_AUTO in = bytes_of(text, bytes);
        Reader *csv = csv_reader(in, ';');
        const Cell *cells;
        for (RowStatus status; (status = reader_next(csv, &cells, &count)) != ROW_END && rows <= lines; rows++)
            for (size_t at = 0; at < count; at++)
                total += cells[at].bytes;
        if (rows > lines || total > bytes)
            test_fail(__FILE__, __LINE__, "round %d: %zu rows of %zu lines, %zu bytes of %zu", round, rows, lines, total, bytes);
        reader_free(csv);
    }
}

TEST("a file that cannot be read to its end says so")
{
    Dribble broken = {.base = {.read = dribble_read, .free = dribble_free}, .at = "a;b\n1;2\n", .left = 8, .piece = 8, .fails = true};
    Reader *csv = csv_reader(&broken.base, ';');
    const Cell *cells;
    size_t count, rows = 0;

    while (reader_next(csv, &cells, &count) != ROW_END && rows < 10)
        rows++;
    CHECK_INT(rows, 2);
    CHECK(csv->failed);
    reader_free(csv);
}

TEST("a byte order mark is no part of the first cell")
{
    SPLIT("\xEF\xBB\xBF" "a;b\n", "a|b\n");
    SPLIT("\xEF\xBB\xBF", "");
    SPLIT("a\xEF\xBB\xBF;b\n", "a\xEF\xBB\xBF|b\n");
}
#define GUESS(text) csv_delimiter_guess(text, sizeof(text) - 1)

TEST("the delimiter is the one that splits the first line into most cells")
{
    CHECK_INT(GUESS("a;b;c\n"), ';');
    CHECK_INT(GUESS("a,b,c\n"), ',');
    CHECK_INT(GUESS("a\tb\tc\n"), '\t');
    CHECK_INT(GUESS("a|b|c\n"), '|');
    CHECK_INT(GUESS("a;b,c;d\n1,2,3,4,5\n"), ';');
    CHECK_INT(GUESS("\"a;b;c;d\",e,f\n"), ',');
    CHECK_INT(GUESS("\"first\nline;;;;\",b,c\n"), ',');
    CHECK_INT(GUESS("one"), ';');
    CHECK_INT(GUESS(""), ';');
    CHECK_INT(GUESS("a;b,c"), ';'); /* a tie: Dutch */
}


TEST("the short way that most rows take gives what the definition gives")
{
    unsigned long long seed = 9;
    char text[400];

    for (int round = 0; round < 60000; round++) {
        size_t bytes = scratch_random(&seed, sizeof text);
        for (size_t at = 0; at < bytes; at++) /* mostly letters, so that rows reach over several blocks */
            text[at] = scratch_random(&seed, 6) ? "abcdefg\xC3\xA9 "[scratch_random(&seed, 10)] : ";;;\n\r\"\0,"[scratch_random(&seed, 8)];
        BYTES_AUTO one = bytes_of(text, bytes);
        BYTES_AUTO two = bytes_of(text, bytes);
        READER_AUTO fast = csv_reader(one, ';');
        READER_AUTO slow = csv_reader_slowly(two, ';');
        const Cell *got, *want;
        size_t count, wanted;
        RowStatus status;
        do {
            status = reader_next(slow, &want, &wanted);
            bool same = reader_next(fast, &got, &count) == status && count == wanted;
            for (size_t at = 0; same && at < count; at++)
                same = got[at].bytes == want[at].bytes && memcmp(got[at].text, want[at].text, want[at].bytes) == 0;
            if (!same) {
                test_fail(__FILE__, __LINE__, "round %d: another row", round);
                return;
            }
        } while (status != ROW_END);
    }
}


TEST("rows where one piece of a file meets the next are what they are elsewhere")
{
    enum { BYTES = 700000 }; /* some pieces of a quarter of a MiB */
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n"};
    unsigned long long seed = 12;
    char *text = malloc(BYTES + 40000);

    for (int round = 0; text && round < 60; round++) {
        size_t bytes = 0;
        while (bytes < BYTES) {
            size_t length = scratch_random(&seed, 3000) == 0 ? scratch_random(&seed, 39000) : scratch_random(&seed, 30);
            const char *line_end = ends[scratch_random(&seed, 5)];
            for (size_t at = 0; at < length; at++)
                text[bytes++] = "abcdefghij;"[scratch_random(&seed, 11)];
            if (round % 2 && length > 2 && scratch_random(&seed, 50) == 0)
                text[bytes - length] = text[bytes - 1] = '"';
            memcpy(text + bytes, line_end, strlen(line_end));
            bytes += strlen(line_end);
        }
        BYTES_AUTO one = bytes_of(text, bytes);
        BYTES_AUTO two = bytes_of(text, bytes);
        READER_AUTO fast = csv_reader(one, ';');
        READER_AUTO slow = csv_reader_slowly(two, ';');
        const Cell *got, *want;
        size_t count, wanted, row = 0;
        for (RowStatus status = ROW_GOOD; status != ROW_END; row++) {
            status = reader_next(slow, &want, &wanted);
            bool same = reader_next(fast, &got, &count) == status && count == wanted && fast->skipped == slow->skipped;
            for (size_t at = 0; same && at < count; at++)
                same = got[at].bytes == want[at].bytes && memcmp(got[at].text, want[at].text, want[at].bytes) == 0;
            if (!same) {
                test_fail(__FILE__, __LINE__, "round %d: another row %zu", round, row);
                free(text);
                return;
            }
        }
    }
    free(text);
}

/* A first line of so many bytes and its CR LF, around where the memory of a reader ends, and one row more: no blank line lies between them. */
static void check_cut(size_t around, RowStatus first)
{
    char *text = malloc(around + 100);

    for (size_t at = around - 70; text && at < around + 70; at++) {
        memset(text, 'a', at);
        memcpy(text + at, "\r\n1;2\n", 6);
        BYTES_AUTO in = bytes_of(text, at + 6);
        READER_AUTO csv = csv_reader(in, ';');
        const Cell *cell;
        size_t count;
        CHECK_INT(reader_next(csv, &cell, &count), first);
        CHECK(first != ROW_GOOD || cell[0].bytes == at);
        CHECK_INT(reader_next(csv, &cell, &count), ROW_GOOD);
        CHECK_INT(count, 2);
        CHECK_INT(csv->skipped, 0);
    }
    free(text);
}

TEST("a line end that the end of a piece cuts in two is one")
{
    check_cut(256 * 1024, ROW_GOOD);
    check_cut(2 * READER_ROW_BYTES, ROW_LONG); /* behind a line that is skipped too */
}

TEST("a plain row may be as long as any other, and no longer")
{
    char *text = malloc(READER_ROW_BYTES + 1000);
    static const int over[] = {-200, -64, -1, 0, 1, 64};

    for (size_t at = 0; text && at < sizeof over / sizeof *over; at++) {
        size_t bytes = (size_t) (READER_ROW_BYTES + over[at]);
        memcpy(text, "\"b\"\n", 4); /* after a quoted row more lies in memory */
        memset(text + 4, 'a', bytes);
        memcpy(text + 4 + bytes, "\n1;2\n", 5);
        memset(text + 9 + bytes, 'c', 500);
        for (int slowly = 0; slowly < 4; slowly++) {
            size_t before = slowly / 2 ? 0 : 4;
            BYTES_AUTO in = bytes_of(text + 4 - before, before + bytes + 505);
            READER_AUTO csv = slowly % 2 ? csv_reader_slowly(in, ';') : csv_reader(in, ';');
            const Cell *cell;
            size_t count;
            if (before)
                CHECK_INT(reader_next(csv, &cell, &count), ROW_GOOD);
            CHECK_INT(reader_next(csv, &cell, &count), over[at] < 0 ? ROW_GOOD : ROW_LONG);
            CHECK_INT(reader_next(csv, &cell, &count), ROW_GOOD);
            CHECK_INT(count, 2);
            CHECK_INT(reader_next(csv, &cell, &count), ROW_GOOD);
            CHECK_INT(reader_next(csv, &cell, &count), ROW_END);
        }
    }
    free(text);
}

TEST("blank lines are counted, as a spreadsheet counts them")
{
    static const char text[] = "\n\r\na;b\r\n\r\n1;2\n\n\n3;4\r\r5;6";
    static const size_t skipped[] = {2, 3, 5, 6};
    BYTES_AUTO bytes = bytes_of(text, sizeof text - 1);
    READER_AUTO reader = csv_reader(bytes, ';');
    const Cell *cell;
    size_t count, row = 0;

    for (; reader_next(reader, &cell, &count) != ROW_END && row < 4; row++)
        CHECK_INT(reader->skipped, skipped[row]);
    CHECK_INT(row, 4);
}

/* Rows from wherever the reader is, up to most of them; their number and cells are told. Stops at a torn part. */
static size_t rows_tell(Buf *out, Reader *reader, size_t before, size_t most)
{
    const Cell *cells;
    size_t count, rows = 0;

    for (RowStatus status; rows < most && (status = reader_next(reader, &cells, &count)) != ROW_END && !reader->torn; rows++) {
        buf_format(out, "%zu:%d", before + reader->skipped, status);
        for (size_t at = 0; at < count; at++) {
            buf_text(out, "|");
            buf_add(out, cells[at].text, cells[at].bytes);
        }
        buf_text(out, "\n");
    }
    return rows;
}

/* As several threads read a file, and what they do where a part is torn (crew.c). \return how many parts were */
static size_t parts_tell(Buf *out, Reader *reader, size_t *n_parts)
{
    READER_AUTO parts = reader->part_reader(reader);
    size_t torn = 0, skipped = reader->skipped;
    ReaderPart part;

    for (*n_parts = 0; reader->part(reader, &part); ++*n_parts) {
        size_t begin = out->length;
        parts->part_set(parts, part);
        rows_tell(out, parts, skipped, SIZE_MAX);
        if (!parts->torn) {
            skipped += parts->skipped;
            continue;
        }
        torn++;
        out->length = begin;
        reader->part_set(reader, (ReaderPart) {.begin = part.begin, .end = UINT64_MAX});
        rows_tell(out, reader, skipped, 40);
        skipped += reader->skipped;
    }
    return torn;
}

TEST("parts of a file hold its rows, and a part that ends within one says so")
{
    unsigned long long seed = 77;
    size_t torn = 0, whole = 0;

    for (int round = 0; round < 24; round++) {
        BUF_AUTO text = {0};
        BUF_AUTO want = {0};
        BUF_AUTO got = {0};
        size_t bytes = round == 0 ? 0 : scratch_random(&seed, 600000), parts, marks = 1 + scratch_random(&seed, 5000);
        static const char *const odd[] = {"\"", "\"\"", ";\"", "\";", "\r\n", "\n\n", "\n\r", "\r", "\";\"\n", "\n;\"a\n\"\"b\n", "\"\n"};
        while (text.length < bytes)
            if (scratch_random(&seed, (unsigned) marks) < 2)
                buf_text(&text, odd[scratch_random(&seed, 11)]);
            else if (scratch_random(&seed, 9) == 0)
                buf_text(&text, round % 6 == 5 ? "\r" : scratch_random(&seed, 8) ? "\n" : round % 3 ? "\r\n" : "\n");
            else
                buf_text(&text, scratch_random(&seed, 3) ? "twaalf tekens" : ";");
        if (text.length && round % 4 == 1)
            buf_add(&text, "n\0l\n", 4);
        BYTES_AUTO one = bytes_of(text.data, text.length);
        BYTES_AUTO two = bytes_of(text.data, text.length);
        READER_AUTO straight = csv_reader(one, ';');
        READER_AUTO parted = csv_reader(two, ';');
        const Cell *cells;
        size_t count;
        reader_next(straight, &cells, &count); /* a header */
        reader_next(parted, &cells, &count);
        rows_tell(&want, straight, 0, SIZE_MAX);
        torn += parts_tell(&got, parted, &parts);
        whole += parts;
        CHECK(reader_next(parted, &cells, &count) == ROW_END);
        if (want.length != got.length || (want.length && memcmp(want.data, got.data, want.length) != 0))
            test_fail(__FILE__, __LINE__, "round %d: other rows, %zu bytes and %zu", round, want.length, got.length);
    }
    CHECK(torn > 20 && whole - torn > 60);
}

TEST("a part hardly ever ends within a cell that holds line ends")
{
    unsigned long long seed = 31;
    BUF_AUTO text = {0};
    BUF_AUTO got = {0};
    size_t parts;

    buf_text(&text, "a;b;c;d\n");
    for (size_t row = 0; row < 20000; row++) {
        buf_format(&text, "%zu;een;\"", row);
        for (unsigned line = 1 + scratch_random(&seed, 5); line; line--)
            buf_text(&text, "een regel; van vele\r\n");
        buf_text(&text, "\";nog een\n");
    }
    BYTES_AUTO bytes = bytes_of(text.data, text.length);
    READER_AUTO reader = csv_reader(bytes, ';');
    const Cell *cells;
    size_t count;
    reader_next(reader, &cells, &count);
    CHECK_INT(parts_tell(&got, reader, &parts), 0);
    CHECK(parts > 15);
}

TEST("the parts of a file whose lines end in a carriage return alone are no larger than those of others, nor torn more often")
{
    static const char *const ends[] = {"\n", "\r\n", "\r"}, *const cells[] = {"twee", "\"twee\nregels\""};

    for (size_t round = 0; round < 6; round++) {
        ARENA_AUTO arena = arena_new();
        BUF_AUTO got = {0};
        const char *end = ends[round % 3], *text = arena_format(arena, "a;b%s%s", end, repeat(arena, arena_format(arena, "1;%s%s", cells[round / 3], end), 60000, ""));
        BYTES_AUTO bytes = bytes_of(text, strlen(text));
        BYTES_AUTO same = bytes_of(text, strlen(text));
        READER_AUTO reader = csv_reader(bytes, ';');
        READER_AUTO again = csv_reader(same, ';');
        const Cell *cell;
        size_t count, n_parts = 0, n_again;
        ReaderPart part;
        reader_next(again, &cell, &count);
        CHECK_INT(parts_tell(&got, again, &n_again), 0);
        reader_next(reader, &cell, &count);
        CHECK_INT(count, 2);
        for (; reader->part(reader, &part); n_parts++)
            CHECK((part.end == UINT64_MAX ? strlen(text) : part.end) - part.begin < 80 * 1024);
        CHECK(n_parts > 5 && n_parts == n_again);
    }
}
