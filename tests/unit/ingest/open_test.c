#include "ingest/open.h"

#include "common/buf.h"
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

/* -- a signal anywhere in any format ------------------------------------------------------------- */

enum { CELLS = 6 * 5 };

/* Rows of cells; the first row is the header. */
typedef struct Cells {
    const char *cell[CELLS];
    size_t      rows, columns;
} Cells;

static const char *pick(unsigned long long *seed, const char *const *from, size_t count)
{
    return from[scratch_random(seed, (unsigned) count)];
}
#define PICK(seed, ...) pick(seed, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* One of the spellings, in any case, with something unseen in it, and perhaps with words around it. */
static const char *signal_any(Arena *arena, unsigned long long *seed)
{
    const char *plain = PICK(seed, "Handle with Care", "handle_with_care", "HandleWithCare", "Handle - with - Care", "handle w/ care", "HwC", "HwC-signaal", "H.W.C.", "h w c");
    BUF_AUTO made = {0};

    buf_text(&made, PICK(seed, "", "", "melding: ", "plein ", "("));
    for (const char *at = plain; *at; at++) {
        char letter = *at;
        if (((letter | 32) >= 'a' && (letter | 32) <= 'z') && scratch_random(seed, 3) == 0)
            letter ^= 32;
        buf_add(&made, &letter, 1);
        if (at[1] && (letter | 32) >= 'a' && (letter | 32) <= 'z' && scratch_random(seed, 12) == 0)
            buf_text(&made, PICK(seed, "\xC2\xAD", "\xE2\x80\x8B"));
    }
    buf_text(&made, PICK(seed, "", "", " gezien", ".", ")"));
    return arena_text(arena, made.data);
}

static Cells cells_any(Arena *arena, unsigned long long *seed, const char *signal)
{
    Cells made = {.rows = 2 + scratch_random(seed, 5), .columns = 1 + scratch_random(seed, 5)};

    for (size_t at = 0; at < made.rows * made.columns; at++)
        made.cell[at] = at < made.columns ? arena_format(arena, "kolom%zu", at) : PICK(seed, "pesten", "plein", "2026-01-12", "Handel", "met zorg", "care", "with", "ja", "x;y,z", "a \"b\" c", "Ren\xC3\xA9", "1");
    if (signal)
        made.cell[scratch_random(seed, (unsigned) (made.rows * made.columns))] = signal;
    return made;
}

static const char *as_csv(Arena *arena, unsigned long long *seed, const Cells *cells)
{
    BUF_AUTO text = {0};
    char delimiter = ";,\t|"[scratch_random(seed, 4)];

    for (size_t at = 0; at < cells->rows * cells->columns; at++) {
        const char *cell = cells->cell[at];
        bool quote = strchr(cell, delimiter) || strpbrk(cell, "\"\n") || scratch_random(seed, 4) == 0;
        if (at % cells->columns)
            buf_add(&text, &delimiter, 1);
        buf_text(&text, quote ? "\"" : "");
        for (; *cell; cell++)
            buf_text(&text, *cell == '"' ? "\"\"" : (char[]){*cell, 0});
        buf_text(&text, quote ? "\"" : "");
        if ((at + 1) % cells->columns == 0)
            buf_text(&text, "\r\n");
    }
    return arena_text(arena, text.data);
}

static void json_string_of(Buf *text, unsigned long long *seed, const char *value)
{
    buf_text(text, "\"");
    for (; *value; value++)
        if (*value == '"')
            buf_text(text, "\\\"");
        else if ((unsigned char) *value < 0x80 && scratch_random(seed, 4) == 0)
            buf_format(text, "\\u%04x", *value);
        else
            buf_add(text, value, 1);
    buf_text(text, "\"");
}

static const char *as_json(Arena *arena, unsigned long long *seed, const Cells *cells, bool lines)
{
    BUF_AUTO text = {0};

    buf_text(&text, lines ? "" : "[");
    for (size_t row = 1; row < cells->rows; row++) {
        buf_text(&text, row == 1 ? "{" : lines ? "\n{" : ",{");
        for (size_t column = 0; column < cells->columns; column++) {
            buf_text(&text, column ? ", " : "");
            json_string_of(&text, seed, cells->cell[column]);
            buf_text(&text, ": ");
            json_string_of(&text, seed, cells->cell[row * cells->columns + column]);
        }
        buf_text(&text, "}");
    }
    buf_text(&text, lines ? "\n" : "]");
    return arena_text(arena, text.data);
}

/* Every cell is an element or an attribute of an incident, known ones and others; letters perhaps by number. */
static const char *as_xml(Arena *arena, unsigned long long *seed, const Cells *cells)
{
    BUF_AUTO text = {0};

    buf_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<InterchangeStudentDiscipline xmlns=\"http://ed-fi.org/5.2.0\">");
    for (size_t row = 0; row < cells->rows; row++) {
        buf_text(&text, "<DisciplineIncident>");
        for (size_t column = 0; column < cells->columns; column++) {
            const char *name = PICK(seed, "IncidentIdentifier", "IncidentDescription", "IncidentDate", "Iets"), *cell = cells->cell[row * cells->columns + column];
            bool attribute = scratch_random(seed, 5) == 0;
            buf_format(&text, attribute ? "<%s over=\"" : "<%s>", name);
            for (; *cell; cell++)
                if (*cell == '"' || ((unsigned char) *cell < 0x80 && scratch_random(seed, 4) == 0))
                    buf_format(&text, "&#%d;", *cell);
                else
                    buf_add(&text, cell, 1);
            buf_format(&text, attribute ? "\"/>" : "</%s>", name);
        }
        buf_text(&text, "</DisciplineIncident>");
    }
    buf_text(&text, "</InterchangeStudentDiscipline>");
    return arena_text(arena, text.data);
}

static const char *as_sheet(Arena *arena, const Cells *cells, bool ods)
{
    BUF_AUTO text = {0};

    for (size_t at = 0; at < cells->rows * cells->columns; at++) {
        if (ods && at % cells->columns == 0)
            buf_text(&text, at ? "</table:table-row><table:table-row>" : "<table:table table:name=\"Blad\"><table:table-row>");
        else if (!ods)
            buf_text(&text, at == 0 ? "" : at % cells->columns ? "|" : "\n");
        if (ods)
            buf_format(&text, "<table:table-cell office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>", cells->cell[at]);
        else
            buf_text(&text, cells->cell[at]);
    }
    buf_text(&text, ods ? "</table:table-row></table:table>" : "\n");
    return arena_text(arena, text.data);
}

/* Refused, as load.c refuses what is no public data? */
static bool is_secret(const Task *task, bool *good)
{
    INPUT_AUTO input = {0};
    FileFacts facts = {0};
    Err err = {0};

    *good = input_open(task, &input, &err) && open_facts(&input, &facts, &err);
    if (!*good)
        test_fail(__FILE__, __LINE__, "%s: %s", task->path, err.text);
    return facts.handle_with_care || facts.spelled;
}

enum { AS_CSV, AS_JSON, AS_LINES, AS_XML, AS_ZIP, AS_CP1252, CHEAP, AS_SAV = CHEAP, AS_XLSX, AS_ODS, KINDS };

static bool secret_as(Arena *arena, const Scratch *dir, unsigned long long *seed, const char *signal, int kind, bool *good)
{
    static const char *const sheets[] = {"Blad"};
    SheetBook book = {0};
    Cells cells = cells_any(arena, seed, signal);
    Task task = {0};

    switch (kind) {
    case AS_CSV: task.path = scratch_text(arena, dir, "a.csv", as_csv(arena, seed, &cells)); break;
    case AS_JSON: task.path = scratch_text(arena, dir, "a.json", as_json(arena, seed, &cells, false)); break;
    case AS_LINES: task.path = scratch_text(arena, dir, "a.jsonl", as_json(arena, seed, &cells, true)); break;
    case AS_XML: task.path = scratch_text(arena, dir, "a.xml", as_xml(arena, seed, &cells)); break;
    case AS_ZIP:
        task.file = PACK_ZIP(arena, dir, "a.zip", {"a.csv", as_csv(arena, seed, &cells), 0});
        task.path = arena_format(arena, "%s/a.csv", task.file);
        task.entry = 1;
        break;
    case AS_CP1252: {
        char *text = arena_text(arena, as_csv(arena, seed, &cells)), *to = text;
        for (const char *from = text; *from; from++) { /* C2 and C3 lead what Windows-1252 has; zero width it has not */
            if (memcmp(from, "\xE2\x80\x8B", 3) == 0)
                from += 2;
            else if (((unsigned char) *from & 0xFE) == 0xC2)
                *to++ = (char) (from[1] + (*from == (char) 0xC3 ? 64 : 0)), from++;
            else
                *to++ = *from;
        }
        *to = '\0';
        task.path = scratch_text(arena, dir, "b.csv", text);
        break;
    }
    case AS_SAV: task.path = pack_sav(arena, dir, "a.sav", signal ? signal : "met zorg", "vraag", NULL, READSTAT_COMPRESS_ROWS); break;
    case AS_XLSX: task.path = pack_xlsx(arena, dir, "a.xlsx", sheets, (const char *const[]){as_sheet(arena, &cells, false)}, 1); break;
    default: task.path = pack_ods(arena, dir, "a.ods", as_sheet(arena, &cells, true)); break;
    }
    if (kind >= AS_XLSX) {
        Err err = {0};
        int file = open(task.path, O_RDONLY);
        *good = sheet_book(arena, file, &book, &err);
        close(file);
        task.book = &book;
        task.sheet = 1;
        if (book.handle_with_care || !*good) /* seen in what is packed, before any sheet is read */
            return book.handle_with_care;
    }
    return is_secret(&task, good);
}

TEST("a signal anywhere in a file of any format is seen, however it is written; without one nothing is")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    unsigned long long seed = 2027;
    int bad = 0;

    for (int round = 0; round < 6000 && bad < 5; round++) {
        int kind = round % 300 ? round % CHEAP : CHEAP + round / 300 % (KINDS - CHEAP); /* converters take their time */
        const char *signal = round % 7 ? signal_any(arena, &seed) : NULL;
        bool good, secret = secret_as(arena, &dir, &seed, signal, kind, &good);
        if (!good || secret != (signal != NULL)) {
            test_fail(__FILE__, __LINE__, "round %d, kind %d, \"%s\": read %d, seen %d", round, kind, signal ? signal : "", good, secret);
            bad++;
        }
        if (round % 100 == 0)
            arena_reset(arena);
    }
}
