#include "ingest/json.h"

#include <jansson.h>

#include "ingest/rule.h"
#include "tests/unit/ingest/maker.h"

#define ROWS(text, want) maker_check(__FILE__, __LINE__, json_open, text, sizeof(text) - 1, want)
#define NO_RECORDS "REFUSED: the file holds no list of records"

static const char *rows(Arena *arena, const char *text)
{
    Maker maker = maker_of(text, strlen(text), SIZE_MAX);

    return maker_rows(arena, json_open, &maker);
}

TEST("an array of objects is a table, its columns in order of first appearance")
{
    ROWS("[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\",\"c\":2}]", "a;b;c\n1;x;\n;y;2\n");
    ROWS(" [ {\"a\" : 1 } , { \"a\":2} ] \n", "a\n1\n2\n");
    ROWS("[{}, {\"a\":1}]", "a\n\n1\n");
    ROWS("\xEF\xBB\xBF[{\"caf\xC3\xA9\":\"\\u00e9\"}]", "caf\xC3\xA9\n\xC3\xA9\n");
    ROWS("[{\"a\":1}]\n[{\"a\":2}]", "a\n1\n2\n"); /* two exports in one file */
}

TEST("objects one after the other are JSON lines")
{
    ROWS("{\"a\":1}\n{\"a\":2}\r\n\n{\"b\":3}", "a;b\n1;\n2;\n;3\n");
    ROWS("{\"a\":1} {\"a\":2}{\"a\":3}", "a\n1\n2\n3\n");
    ROWS("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", "a\n1\n2\n");
    ROWS("{\"a\":1},\n{\"a\":2},\n", "a\n1\n2\n"); /* an array that lost its brackets */
    ROWS("\xEF\xBB\xBF{\"a\":1}\n", "a\n1\n");
    ROWS("{\"a\":[{\"n\":1}]}\n{\"a\":[{\"n\":2}]}\n", "a.n\n1\n2\n"); /* no wrapper: another record follows */
}

TEST("one object around one list of objects is a wrapper")
{
    ROWS("{\"value\":[{\"a\":1},{\"a\":2}]}", "a\n1\n2\n");
    ROWS("{\"@odata.context\":\"x[{\",\"count\":2,\"value\":[{\"a\":1},{\"a\":2}],\"next\":null, \"e\": []}\n", "a\n1\n2\n");
    ROWS("\xEF\xBB\xBF{\"records\": [\n{\"a\":1}\n]\n}", "a\n1\n");
    ROWS("{\"a\":1,\"list\":[{\"n\":1}],\"more\":[{\"n\":1}]}", "a;list.n;more.n\n1;1;1\n"); /* two lists: a record */
    ROWS("{\"a\":{\"b\":1},\"list\":[{\"n\":1},{\"n\":2}]}", "a.b;list.n\n1;1|2\n");
    ROWS("{\"a\":1,\"list\":[1,2]}", "a;list\n1;1|2\n");
}

TEST("a file without a record is refused")
{
    ROWS("", NO_RECORDS);
    ROWS(" \n\n", NO_RECORDS);
    ROWS("\xEF\xBB\xBF", NO_RECORDS);
    ROWS("[]", NO_RECORDS);
    ROWS("{\"value\":[]}", NO_RECORDS);
    ROWS("[{}]", NO_RECORDS);
    ROWS("[1,2]", NO_RECORDS);
    ROWS("naam;datum\nx;y\n", NO_RECORDS);
    ROWS("null", NO_RECORDS);
}

TEST("objects within a record become columns by their path")
{
    ROWS("[{\"a\":{\"b\":1,\"c\":{\"d\":2}},\"e\":3}]", "a.b;a.c.d;e\n1;2;3\n");
    ROWS("[{\"a\":{\"b\":1}},{\"a\":2}]", "a.b;a\n1;\n;2\n");
    ROWS("[{\"a\":null},{\"a\":{\"b\":1}},{\"a\":{}}]", "a.b\n\n1\n\n");
    ROWS("[{\"a\":null,\"b\":{},\"c\":[]},{}]", "a;b;c\n;;\n;;\n");
    ROWS("[{\"\":1}]", "\n1\n");
}

TEST("a list of scalars is one cell")
{
    ROWS("[{\"a\":[\"x\",2,true,null,\"y|z\"]},{\"a\":[\"x\"]},{\"a\":[]},{\"a\":\"p|q\"}]", "a\nx|2|ja||y/z\nx\n\np/q\n");
    ROWS("[{\"a\":\"p|q\"},{\"a\":null}]", "a\np|q\n\n"); /* never a list: as it stands */
}

TEST("a list of objects is one cell per field, all as long as the list")
{
    ROWS("[{\"betrokkenen\":[{\"naam\":\"A\",\"rol\":\"x\"},{\"naam\":\"B|C\"}]}, {}]", "betrokkenen.naam;betrokkenen.rol\nA|B/C;x|\n;\n");
    ROWS("[{\"p\":[{\"n\":1},{},{\"r\":2}]},{\"p\":[{\"n\":3},{\"n\":4}]}]", "p.n;p.r\n1||;||2\n3|4;|\n");
    ROWS("[{\"p\":[null,{\"n\":{\"v\":1,\"w\":null}}]}]", "p.n.v;p.n.w\n|1;|\n");
    ROWS("[{\"p\":[{\"n\":1},{\"n\":2}]},{\"p\":{\"n\":\"3|4\"}}]", "p.n\n1|2\n3/4\n"); /* one person written without a list */
}

TEST("what cannot be one table breaks its row only")
{
    ROWS("[{\"a\":1},{\"a\":[[1]]},{\"a\":2}]", "a\n1\nBROKEN\n2\n");
    ROWS("[{\"a\":1},{\"a\":[1,{\"b\":2}]},{\"a\":2}]", "a\n1\nBROKEN\n2\n");
    ROWS("[{\"a\":1},{\"p\":[{\"a\":[1]}]},{\"a\":2}]", "a\n1\nBROKEN\n2\n");
    ROWS("[{\"a.b\":1,\"a\":{\"b\":2}},{\"a.b\":3}]", "a.b\nBROKEN\n3\n");
    ROWS("[{\"a\":1},{\"a\":1,\"a\":2},{\"a\":3}]", "a\n1\nBROKEN\n3\n");
    ROWS("[{\"a\":1},7,\"x,{\",null,[1,{\"a\":9}],-1.5e3x,{\"a\":2}]", "a\n1\nBROKEN\nBROKEN\nBROKEN\nBROKEN\nBROKEN\n2\n");
}

TEST("values as text: numbers as short as they can be, ja and nee")
{
    ROWS("[{\"a\":12345678901234567,\"b\":-3,\"c\":0.1,\"d\":1.0,\"e\":100000.5,\"f\":true,\"g\":false,\"h\":1e300}]",
         "a;b;c;d;e;f;g;h\n12345678901234567;-3;0.1;1;100000.5;ja;nee;1e+300\n");
    ROWS("[{\"a\":0.30000000000000004,\"b\":123456.789,\"c\":1e5}]", "a;b;c\n0.30000000000000004;123456.789;100000\n");
    ROWS("[{\"a\":\"  x\\ty \"}]", "a\n  x\ty \n");
}

TEST("a number too large for any type breaks its row, and is not made another number")
{
    ROWS("[{\"a\":99999999999999999999},{\"a\":1e999},{\"a\":1}]", "a\nBROKEN\nBROKEN\n1\n");
}

TEST("a NUL in a text is reported with its row")
{
    ROWS("[{\"a\":\"x\"},{\"a\":\"x\\u0000y\"},{\"a\":\"z\"}]", "a\nx\nNUL\nz\n");
    ROWS("{\"a\":\"x\"}\n{\"a\":\"x\0y\"}\n{\"a\":[\"z\"]}\n", "a\nx\nBROKEN\nz\n"); /* a NUL byte is not JSON at all */
}

TEST("a damaged line of JSON lines costs that line")
{
    ROWS("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n{\"a\":\"open}\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n{\"a\":2,}\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n{\"a\":4}\n", "a\n1\nBROKEN\n3\n4\n");
    ROWS("{\"a\":1}\n{\"a\":2}}\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n{\"a\":[2}\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n{\"a\":\"zei \"}\" x\"}\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n"); /* not half of it as a row */
    ROWS("{\"a\":1}\nwoorden\n{\"a\":3}\n", "a\n1\nBROKEN\n3\n");
    ROWS("{\"a\":1}\n\xE9\n{\"a\":\"\xE9\"}\n{\"a\":3}\n", "a\n1\nBROKEN\nBROKEN\n3\n"); /* Windows-1252 */
    ROWS("{\"a\":1}\n{\"a\":3", "a\n1\nBROKEN\n");
    ROWS("{\"a\":\n{\"a\":1}\n{\"a\":3}\n", "a\nBROKEN\n1\n3\n"); /* the first line */
    ROWS("{\"a\":[{\"b\":\"x]}\n{\"a\":[{\"b\":1}]}\n", "a.b\nBROKEN\n1\n");
}

TEST("a damaged record in a list costs that record")
{
    ROWS("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": \"x\n  },\n  {\n    \"a\": 3\n  }\n]\n", "a\n1\nBROKEN\n3\n");
    ROWS("[\n  {\"a\": 1},\n  {\"a\": {\"b\": 2},\n  {\"a\": 3}\n]\n", "a\n1\nBROKEN\n3\n");
    ROWS("[{\"a\":1},\n{\"a\":\"x\n{\"a\":3}]\n", "a\n1\nBROKEN\n3\n");
    ROWS("[\n{\"a\":1},\n{\"a\":\"x\n]\n", "a\n1\nBROKEN\n"); /* the last: the end of the list is found */
    ROWS("[{\"a\":\"x\"y\",\"b\":1},{\"a\":2,\"b\":3}]", "a;b\nBROKEN\n2;3\n"); /* on one line, a quote too many */
    ROWS("[{\"a\":\"x},{\"a\":2,\"b\":{\"c\":3}},{\"a\":4}]", "a;b.c\nBROKEN\n2;3\n4;\n"); /* one too few */
    ROWS("[{\"a\":1},{\"a\":2,},{\"a\":3}]", "a\n1\nBROKEN\n3\n");
    ROWS("{\"value\":[{\"a\":1},{\"a\":\"x\"y\"},{\"a\":3}],\"n\":3}", "a\n1\nBROKEN\n3\n");
    ROWS("{\n\"value\": [\n  {\n    \"a\": \"x\n  },\n  {\n    \"a\": 3\n  }\n]\n}", "a\nBROKEN\n3\n");
    ROWS("[{\"a\":1}{\"a\":2},,{\"a\":3},]", "a\n1\n2\n3\n"); /* commas are not held against anybody */
}

TEST("where nobody can know what is lost, the file has failed")
{
    ROWS("[{\"a\":1},{\"a\":2}", "a\n1\n2\nFAILED");
    ROWS("[{\"a\":1},{\"a\":2", "a\n1\nBROKEN\nFAILED");
    ROWS("[{\"a\":1},{\"a\":{\"b\":2},{\"a\":3},{\"a\":4}", "a\n1\nBROKEN\nFAILED");
    ROWS("{\"value\":[{\"a\":1},{\"a\":2}", "a\n1\n2\nFAILED");
    ROWS("{\"value\":[{\"a\":1}],\"n\":", "a\n1\nFAILED");
}

TEST("the rule of a broken row is that it is not JSON")
{
    Maker maker = maker_of("[{\"a\":1},2]", 11, SIZE_MAX);
    READER_AUTO reader = NULL;
    const Cell *cells;
    size_t count;
    Err err;

    CHECK(json_open(&maker.base, &reader, &err));
    CHECK(reader_next(reader, &cells, &count) == ROW_GOOD);
    CHECK(reader_next(reader, &cells, &count) == ROW_GOOD);
    CHECK(reader_next(reader, &cells, &count) == ROW_BROKEN);
    CHECK_INT(count, 0);
    CHECK_INT(reader->broken, RULE_JSON_INVALID);
    CHECK(reader_next(reader, &cells, &count) == ROW_END);
    CHECK(!reader->failed);
}

TEST("32 levels are read, a bomb of brackets costs one row")
{
    ARENA_AUTO arena = arena_new();
    const char *deep = arena_format(arena, "%s1%s", maker_repeat(arena, "", "{\"a\":", 32, ""), maker_repeat(arena, "", "}", 32, ""));
    const char *deeper = arena_format(arena, "%s1%s", maker_repeat(arena, "", "{\"a\":", 33, ""), maker_repeat(arena, "", "}", 33, ""));
    const char *bomb = maker_repeat(arena, "{\"a\":", "[", 3000000, "");

    CHECK_TEXT(rows(arena, arena_format(arena, "[%s]", deep)), arena_format(arena, "%s\n1\n", maker_repeat(arena, "a", ".a", 31, "")));
    CHECK_TEXT(rows(arena, arena_format(arena, "[{\"b\":0},%s,{\"b\":2}]", deeper)), "b\n0\nBROKEN\n2\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "{\"b\":0}\n%s\n{\"b\":2}\n", deeper)), "b\n0\nBROKEN\n2\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "{\"b\":0}\n%s\n{\"b\":2}\n", bomb)), "b\n0\nBROKEN\n2\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "[{\"b\":0},\n%s,\n{\"b\":2}]\n", bomb)), "b\n0\nBROKEN\n2\n");
    CHECK_TEXT(rows(arena, bomb), NO_RECORDS);
}

TEST("512 columns are a table, 513 are refused")
{
    ARENA_AUTO arena = arena_new();
    BUF_AUTO most = {0};

    for (int at = 0; at < READER_CELLS_MAX; at++)
        buf_format(&most, "{\"k%d\":%d}\n", at, at);
    const char *got = rows(arena, most.data);
    CHECK(strncmp(got, "k0;k1;k2", 8) == 0 && strstr(got, ";k511\n0;") != NULL);
    buf_text(&most, "{\"more\":1}\n");
    CHECK_TEXT(rows(arena, most.data), "REFUSED: the records have more than 512 different fields");
    char *name = maker_repeat(arena, "{\"", "n", READER_ROW_BYTES / 2, "");
    CHECK_TEXT(rows(arena, arena_format(arena, "%s1\":1}\n%s2\":1}\n%s3\":1}\n", name, name, name)),
               "REFUSED: the names of the fields are longer than 1048576 bytes");
}

TEST("a record of a mebibyte is read, a longer one is skipped to its end")
{
    ARENA_AUTO arena = arena_new();

    for (size_t bytes = READER_ROW_BYTES - 1; bytes <= READER_ROW_BYTES + 1; bytes++) {
        bool fits = bytes <= READER_ROW_BYTES;
        arena_reset(arena);
        const char *record = maker_repeat(arena, "{\"a\":\"", "x", bytes - 8, "\"}");
        const char *in_list = rows(arena, arena_format(arena, "[{\"b\":1},%s,{\"b\":2}]", record));
        const char *lines = rows(arena, arena_format(arena, "{\"b\":1}\n%s\n{\"b\":2}\n", record));
        const char *want = fits ? arena_format(arena, "b;a\n1;\n;%s\n2;\n", maker_repeat(arena, "", "x", bytes - 8, "")) : "b\n1\nLONG\n2\n";
        CHECK(strcmp(in_list, want) == 0);
        CHECK(strcmp(lines, want) == 0);
    }
    const char *huge = maker_repeat(arena, "{\"a\":\"", "0123456789", 1024 * 1024, "\",\"l\":[\"]}\\\"\"]}");
    CHECK_TEXT(rows(arena, arena_format(arena, "[{\"b\":1},%s,{\"b\":2},%s]", huge, huge)), "b\n1\nLONG\n2\nLONG\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "{\"b\":1}\n%s\n{\"b\":2}\n%s", huge, huge)), "b\n1\nLONG\n2\nLONG\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "{\"value\":[%s,{\"b\":2}]}", huge)), "b\nLONG\n2\n");
}

TEST("cells that grow beyond a row are too long")
{
    ARENA_AUTO arena = arena_new();
    /* every column is padded to the length of the list: 100000 people times 20 columns */
    const char *people = maker_repeat(arena, "{\"p\":[", "{},", 100000, "{\"k\":1}]}");

    BUF_AUTO columns = {0};
    for (int at = 0; at < 20; at++)
        buf_format(&columns, "%s\"k%d\":1", at ? "," : "", at);
    const char *got = rows(arena, arena_format(arena, "{\"p\":[{%s}]}\n%s\n{\"p\":[{\"k\":2}]}\n", columns.data, people));
    CHECK(strstr(got, "\nLONG\n") != NULL);
    CHECK(strlen(got) > 4 && strcmp(got + strlen(got) - 3, ";2\n") == 0);
}

TEST("an open brace in front of megabytes of records costs its own line")
{
    ARENA_AUTO arena = arena_new();
    const char *tail = maker_repeat(arena, "", "{\"a\":\"abcdefghijklmnopqrstuvwxyz\"}\n", 100000, "");
    const char *got = rows(arena, arena_format(arena, "{\"a\":1}\n{\"a\":2\n%s", tail));
    size_t count = 0;

    CHECK(strncmp(got, "a\n1\nBROKEN\nabc", 14) == 0);
    for (const char *at = got; *at; at++)
        count += *at == '\n';
    CHECK_INT(count, 100003);
}

TEST("a record damaged over megabytes ends where a line begins as it did")
{
    ARENA_AUTO arena = arena_new();
    const char *many = maker_repeat(arena, "", "    \"x\": {\"y\": [1, 2, 3]},\n", 200000, "");

    CHECK_TEXT(rows(arena, arena_format(arena, "[\n  {\"a\":1},\n  {\n%s  },\n  {\"a\":3}\n]\n", many)), "a\n1\nLONG\n3\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "[\n  {\"a\":1},\n  {\n%s  \n  {\"a\":3}\n]\n", many)), "a\n1\nLONG\n3\n");
    CHECK_TEXT(rows(arena, arena_format(arena, "[\n  {\"a\":1},\n  {\n%s  ]\n  {\"a\":3}\n]\n", many)), "a\n1\nLONG\n3\nBROKEN\n");
}

TEST("a file that cannot be read to its end is refused")
{
    ARENA_AUTO arena = arena_new();
    Maker maker = maker_of("[{\"a\":1},{\"a\":2}]", 17, 4);

    maker.fails = true;
    CHECK_TEXT(maker_rows(arena, json_open, &maker), "REFUSED: the file could not be read to its end");
}

TEST("a file that gets new fields while it is read has failed")
{
    ARENA_AUTO arena = arena_new();
    int opens = 0;
    Maker maker = maker_of("[{\"a\":1},{\"a\":2}]", 17, SIZE_MAX);

    maker.opens = &opens;
    maker.opens_before_later = 2;
    maker.later = "[{\"a\":1},{\"b\":2}]";
    CHECK_TEXT(maker_rows(arena, json_open, &maker), "a\n1\nFAILED");
    CHECK_INT(opens, 3);
}

/* A random text of letters that are hard on a scanner. */
static json_t *random_text(unsigned long long *seed)
{
    static const char *const letters[] = {"a", "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\xC3\xA9", "7", " ", "/"};
    BUF_AUTO text = {0};

    buf_text(&text, "");
    for (unsigned left = scratch_random(seed, 9); left; left--)
        buf_text(&text, letters[scratch_random(seed, sizeof letters / sizeof *letters)]);
    return json_string(text.data);
}

TEST("random records are read back as they were written, however they are laid out")
{
    unsigned long long seed = 8259;

    for (int round = 0; round < 1500; round++) {
        ARENA_AUTO arena = arena_new();
        size_t records = 1 + scratch_random(&seed, 6), columns = 1 + scratch_random(&seed, 5);
        unsigned layout = scratch_random(&seed, 4);
        size_t flags = JSON_PRESERVE_ORDER | (scratch_random(&seed, 2) ? JSON_INDENT(3) : 0) | (scratch_random(&seed, 2) ? JSON_ENSURE_ASCII : 0);
        BUF_AUTO text = {0}, want = {0};
        static const char *const before[] = {"[", "", "{\"n\": 1, \"value\":[", "\xEF\xBB\xBF["}, *const after[] = {"]", "", "]}", "]\n"};
        for (size_t column = 0; column < columns; column++)
            buf_format(&want, "%sk%zu%s", column ? ";" : "", column, column == 1 ? ".x" : "");
        buf_text(&want, "\n");
        buf_text(&text, before[layout]);
        for (size_t record = 0; record < records; record++) {
            json_auto_t *object = json_object();
            for (size_t column = 0; column < columns; column++) {
                json_auto_t *value = random_text(&seed);
                char key[8];
                snprintf(key, sizeof key, "k%zu", column);
                buf_text(&want, column ? ";" : "");
                buf_text(&want, json_string_value(value));
                if (column == 1) {
                    json_auto_t *list = json_array();
                    unsigned items = 1 + scratch_random(&seed, 3);
                    json_array_append_new(list, json_pack("{s:O}", "x", value));
                    for (unsigned item = 1; item < items; item++) {
                        json_array_append_new(list, json_object());
                        buf_text(&want, "|");
                    }
                    json_object_set(object, key, list);
                } else if (column == 2) {
                    json_auto_t *list = json_pack("[O, i]", value, (int) record);
                    buf_format(&want, "|%zu", record);
                    json_object_set(object, key, list);
                } else {
                    json_object_set(object, key, value);
                }
            }
            buf_text(&want, "\n");
            char *line = json_dumps(object, flags);
            buf_format(&text, "%s%s", record ? (layout == 1 ? "\n" : ",") : "", line);
            free(line);
        }
        buf_text(&text, after[layout]);
        if (layout == 1 && records == 1)
            continue; /* one record with a list of objects is a wrapper */
        Maker maker = maker_of(text.data, text.length, 1 + scratch_random(&seed, 5000));
        const char *got = maker_rows(arena, json_open, &maker);
        if (strcmp(got, want.data) != 0)
            test_fail(__FILE__, __LINE__, "round %d: got\n%s\nexpected\n%s\nof\n%s", round, got, want.data, text.data);
    }
}

TEST("any one byte of a list gone or changed costs at most the records beside it, or the file")
{
    static const char text[] = "[\n {\"nr\": 1, \"p\": [{\"n\": \"A\"}]},\n {\"nr\": 2, \"p\": [{\"n\": \"B\"}]},\n {\"nr\": 3, \"p\": [{\"n\": \"C\"}]}\n]\n";
    static const char marks[] = "\"\\{}[],:\nx";
    char changed[sizeof text];

    for (size_t at = 33; at < 63; at++) /* the second record and its comma */
        for (size_t mark = 0; mark < sizeof marks; mark++) {
            ARENA_AUTO arena = arena_new();
            memcpy(changed, text, sizeof text);
            if (mark == sizeof marks - 1)
                memmove(changed + at, changed + at + 1, sizeof text - at - 1);
            else
                changed[at] = marks[mark];
            const char *got = rows(arena, changed);
            if (!strstr(got, "\n1;") || (!strstr(got, "\n3;") && !strstr(got, "FAILED")))
                test_fail(__FILE__, __LINE__, "byte %zu as '%c': got\n%s", at, mark == sizeof marks - 1 ? '-' : marks[mark], got);
        }
}

TEST("a name is nowhere in memory when the reader is gone")
{
#ifdef __SANITIZE_ADDRESS__
    test_skip("AddressSanitizer maps terabytes");
    return;
#endif
    maker_check_wiped(__FILE__, __LINE__, json_open, "[{\"a\":\"far enough from where free() writes its own: ?\",\"p\":[{\"n\":\"x\"}]},{\"a\":1}]");
}

static const char flood_record[] = "{\"nr\": 12, \"naam\": \"Verzonnen Voorbeeld\", \"p\": [{\"n\": \"Test\"}, {\"n\": \"Proef\", \"r\": 2.5}]}\n";

TEST("memory does not grow with the file")
{
#ifdef __SANITIZE_ADDRESS__
    test_skip("AddressSanitizer keeps what was freed");
    return;
#endif
    long small = flood_kilobytes(json_open, "", flood_record, 30000, false), large = flood_kilobytes(json_open, "", flood_record, 300000, false); /* 29 MB */

    if (large - small > 4096)
        test_fail(__FILE__, __LINE__, "%ld kB after 30000 records, %ld kB after 300000", small, large);
}
