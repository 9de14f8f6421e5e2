#include "ingest/open.h"

#include "tests/unit/ingest/pack.h"

TEST("the first bytes say what a file is, and where they do not, its name does")
{
    static const struct { const char *name, *head; Format want; } cases[] = {
        {"a.csv", "a;b\n", FORMAT_CSV}, {"a", "", FORMAT_CSV}, {"a.txt", "a\tb\n", FORMAT_CSV},
        {"a.xlsx", "PK\x03\x04", FORMAT_SHEET}, {"a.ODS", "PK\x03\x04", FORMAT_SHEET}, {"a.xlsx", "a;b\n", FORMAT_SHEET},
        {"a.zip", "PK\x03\x04", FORMAT_ZIP}, {"a.csv", "PK\x03\x04", FORMAT_ZIP}, {"a.zip", "PK\x05\x06", FORMAT_ZIP}, {"a.zip", "", FORMAT_ZIP},
        {"a.sav", "$FL2", FORMAT_SAV}, {"a.csv", "$FL3", FORMAT_SAV}, {"a.sav", "x", FORMAT_SAV},
        {"a.json", "{", FORMAT_JSON}, {"a.jsonl", "{", FORMAT_JSON}, {"a.NDJSON", "", FORMAT_JSON},
        {"a.xml", "<a/>", FORMAT_XML}, {"a", "<?xml version", FORMAT_XML}, {"dir.zip/a", "x", FORMAT_CSV},
    };

    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++)
        if (open_format(cases[at].name, cases[at].head, strlen(cases[at].head)) != cases[at].want)
            test_fail(__FILE__, __LINE__, "%s: %d", cases[at].name, open_format(cases[at].name, cases[at].head, strlen(cases[at].head)));
}

/* Hash, size and first row of a task's table; or why not. */
static const char *facts_and_header(Arena *arena, const Task *task)
{
    INPUT_AUTO input = {0};
    TABLE_AUTO table = {0};
    FileFacts facts;
    Err err = {0};
    const Cell *cell;
    size_t count;
    const char *text = "";

    if (!input_open(task, &input, &err) || !open_facts(&input, &facts, &err) || !open_table(&input, &facts, &table, &err))
        return arena_text(arena, err.text);
    if (reader_next(table.reader, &cell, &count) == ROW_GOOD)
        for (size_t at = 0; at < count; at++)
            text = arena_format(arena, "%s[%.*s]", text, (int) cell[at].bytes, cell[at].text);
    return arena_format(arena, "%.8s %s%s", facts.sha256, text, facts.handle_with_care ? " secret" : "");
}

TEST("an entry of a zip file is the file it was: the same hash, the same table")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const Task plain = {.path = scratch_text(arena, &dir, "a.csv", "a,b\n1,2\n")};
    const char *zip = PACK_ZIP(arena, &dir, "a.zip", {"x", "x", 0}, {"a.csv", "a,b\n1,2\n", 0}), *sav = pack_sav(arena, &dir, "b.sav", "x", "y", NULL, READSTAT_COMPRESS_ROWS);
    const Task packed = {.path = arena_format(arena, "%s/a.csv", zip), .file = zip, .entry = 2}, answers = {.path = sav};
    char *data;
    size_t bytes;
    Err err;

    CHECK_TEXT(facts_and_header(arena, &packed), facts_and_header(arena, &plain));
    CHECK(strstr(facts_and_header(arena, &plain), " [a][b]"));
    CHECK(place_read(arena, sav, &data, &bytes, &err));
    const char *sav_zip = PACK_ZIP(arena, &dir, "b.zip", {"b.sav", data, bytes});
    const Task sav_packed = {.path = arena_format(arena, "%s/b.sav", sav_zip), .file = sav_zip, .entry = 1};
    CHECK_TEXT(facts_and_header(arena, &sav_packed), facts_and_header(arena, &answers));
    CHECK(strstr(facts_and_header(arena, &answers), " [naam][v1][datum][tijd][moment][getal]"));
}

TEST("two sheets of one file are two deliveries")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"Een", "Twee"}, *const texts[] = {"a\n1\n", "a\n1\n"};
    const char *path = pack_xlsx(arena, &dir, "a.xlsx", names, texts, 2), *called[] = {"Een", "Twee"};
    const SheetBook book = {.name = called, .count = 2};
    const Task one = {.path = path, .book = &book, .sheet = 1}, two = {.path = path, .book = &book, .sheet = 2};

    CHECK(strstr(facts_and_header(arena, &one), " [a]") && strstr(facts_and_header(arena, &two), " [a]"));
    CHECK(strcmp(facts_and_header(arena, &one), facts_and_header(arena, &two)) != 0);
}

TEST("a signal in an SPSS file is seen in its cells, its labels and its notes")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const Task who = {.path = pack_sav(arena, &dir, "a.sav", "HwC", "x", NULL, READSTAT_COMPRESS_BINARY)}, question = {.path = pack_sav(arena, &dir, "b.sav", "x", "Handle with Care?", NULL, READSTAT_COMPRESS_ROWS)},
               note = {.path = pack_sav(arena, &dir, "c.sav", "x", "y", "HwC", READSTAT_COMPRESS_NONE)}, none = {.path = pack_sav(arena, &dir, "d.sav", "hwcx", "y", "z", READSTAT_COMPRESS_NONE)};

    CHECK(strstr(facts_and_header(arena, &who), " secret"));
    CHECK(strstr(facts_and_header(arena, &question), " secret"));
    CHECK(strstr(facts_and_header(arena, &note), " secret"));
    CHECK(!strstr(facts_and_header(arena, &none), " secret"));
}

TEST("what no reader is for is refused, and so is what is not there")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const Task zip = {.path = PACK_ZIP(arena, &dir, "a.zip", {"x", "x", 0})}, gone = {.path = arena_format(arena, "%s/none.csv", dir.path)},
               bad = {.path = scratch_text(arena, &dir, "b.sav", "$FL2 and then nothing")};

    CHECK_TEXT(facts_and_header(arena, &zip), "files of this kind cannot be read; deliver CSV, .xlsx, .ods, .sav, .json, Ed-Fi .xml, or a .zip of these");
    CHECK_TEXT(facts_and_header(arena, &gone), "cannot open the file: No such file or directory");
    CHECK_TEXT(facts_and_header(arena, &bad), "this cannot be read as an SPSS file; save it again as .sav, or export it as CSV");
}
