#include "ingest/sheet.h"

#include "tests/unit/ingest/pack.h"

/* All sheets as their rows, cells in brackets; or why not. */
static const char *book_text(Arena *arena, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    SheetBook book;
    Err err = {0};
    const char *text = "";
    bool good = sheet_book(arena, file, &book, &err);

    if (good && book.handle_with_care)
        text = "secret";
    for (size_t no = 1; good && !book.handle_with_care && no <= book.count; no++) {
        int held = sheet_text(file, &book, no, &err);
        good = held >= 0;
        if (!good)
            break;
        BYTES_AUTO bytes = bytes_of_file(held);
        READER_AUTO reader = sheet_reader(bytes);
        const Cell *cell;
        size_t count;
        text = arena_format(arena, "%s%s:", text, book.name[no - 1]);
        while (reader_next(reader, &cell, &count) != ROW_END) {
            for (size_t at = 0; at < count; at++)
                text = arena_format(arena, "%s[%.*s]", text, (int) cell[at].bytes, cell[at].text);
            text = arena_format(arena, "%s\n", text);
        }
        close(held);
    }
    close(file);
    return good ? text : arena_format(arena, "%d: %s", err.kind, err.text);
}

TEST("every sheet of a workbook is read, hidden ones too, with empty cells in their place")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"Een, \"twee\"", "Leeg", "Drie"}, *const texts[] = {"a|b|c\n00123||x, \"y\"\n\n|z|\n", "", "\nkop\n"};

    CHECK_TEXT(book_text(arena, pack_xlsx(arena, &dir, "a.xlsx", names, texts, 3)),
               "Een, \"twee\":[a][b][c]\n[00123][][x, \"y\"]\n[][z][]\nLeeg:Drie:[kop]\n");
}

TEST("blank rows are no rows, but a row keeps the number it has in the sheet")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"S"}, *const texts[] = {"a|b\n1|x\n\n\n2|y\n\n3|z\n"};
    static const size_t line[] = {1, 2, 5, 7}; /* of the rows that hold something */
    int file = open(pack_xlsx(arena, &dir, "a.xlsx", names, texts, 1), O_RDONLY | O_CLOEXEC);
    SheetBook book;
    Err err = {0};

    CHECK(sheet_book(arena, file, &book, &err));
    int held = sheet_text(file, &book, 1, &err);
    BYTES_AUTO bytes = bytes_of_file(held);
    READER_AUTO reader = sheet_reader(bytes);
    const Cell *cell;
    size_t count, row = 0;
    for (; reader_next(reader, &cell, &count) != ROW_END && row < 4; row++)
        CHECK_INT(row + 1 + reader->skipped, line[row]);
    CHECK_INT(row, 4);
    close(held);
    close(file);
}

TEST("more than ten sheets keep their order")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const char *names[12], *texts[12], *want = "";

    for (size_t at = 0; at < 12; at++) {
        names[at] = arena_format(arena, "S%zu", at);
        texts[at] = arena_format(arena, "rij %zu\n", at);
        want = arena_format(arena, "%s%s:[rij %zu]\n", want, names[at], at);
    }
    CHECK_TEXT(book_text(arena, pack_xlsx(arena, &dir, "a.xlsx", names, texts, 12)), want);
}

TEST("dates are ISO whatever their format, and numbers are unrounded")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = scratch_path(arena, &dir, "a.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "S");
    static const char *const formats[] = {"dd-mm-yyyy", "d mmm yy", "[$-413]d mmmm yyyy", "dd/mm/yyyy hh:mm"};
    lxw_datetime day = {2026, 1, 12, 0, 0, 0}, moment = {2026, 1, 12, 13, 45, 0};

    for (lxw_col_t at = 0; at < 4; at++) {
        lxw_format *format = workbook_add_format(book);
        format_set_num_format(format, formats[at]);
        worksheet_write_datetime(sheet, 0, at, at == 3 ? &moment : &day, format);
    }
    lxw_format *whole = workbook_add_format(book), *clock = workbook_add_format(book);
    format_set_num_format(whole, "0");
    format_set_num_format(clock, "hh:mm");
    worksheet_write_number(sheet, 1, 0, 3.14159265358979, whole);
    worksheet_write_number(sheet, 1, 1, 123456789012.0, NULL);
    worksheet_write_number(sheet, 1, 2, 13.75 / 24, clock);
    worksheet_write_string(sheet, 1, 3, "12-01-2026", NULL);
    workbook_close(book);
    CHECK_TEXT(book_text(arena, path), "S:[2026-01-12][2026-01-12][2026-01-12][2026-01-12 13:45:00]\n[3.14159265358979][123456789012][13:45:00][12-01-2026]\n");
}

TEST("ODS is read like XLSX")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    CHECK_TEXT(book_text(arena, pack_ods(arena, &dir, "a.ods",
                                         "<table:table table:name=\"Een\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>"
                                         "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"float\" office:value=\"0.125\"><text:p>0,1</text:p></table:table-cell>"
                                         "</table:table-row></table:table><table:table table:name=\"Twee\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>b<text:s/>c</text:p>"
                                         "</table:table-cell></table:table-row></table:table>")),
               "Een:[a][][][0.125]\nTwee:[b c]\n");
}

/* --- the signal --- */

#define TABLE(text) "<table:table table:name=\"T\"><table:table-row><table:table-cell office:value-type=\"string\">" text "</table:table-cell></table:table-row></table:table>"

TEST("a signal is seen wherever it stands in a workbook, and however it is cut up")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const secret[] = {TABLE("<text:p>Handle with Care</text:p>"), TABLE("<text:p>Han<text:span>dle wi</text:span>th Care</text:p>"),
                                         TABLE("<text:p>Handle<text:s/>with<text:s/>Care</text:p>"), TABLE("<text:p>H<text:span>w</text:span>C</text:p>"),
                                         TABLE("<text:p>H&#119;C</text:p>"), TABLE("<text:p><![CDATA[HwC]]></text:p>"), TABLE("<office:annotation><text:p>HwC</text:p></office:annotation>"),
                                         "<table:table table:name=\"HwC\"/>", "<table:table table:name=\"H&#119;C\"/>", "<!-- HwC -->"};
    static const char *const innocent[] = {TABLE("<text:p>H</text:p><text:p>wc</text:p>"), "<table:table table:name=\"H\"/><table:table table:name=\"wc\"/>"};

    for (size_t at = 0; at < sizeof secret / sizeof *secret; at++)
        if (strcmp(book_text(arena, pack_ods(arena, &dir, "a.ods", secret[at])), "secret") != 0)
            test_fail(__FILE__, __LINE__, "not seen: %s", secret[at]);
    for (size_t at = 0; at < sizeof innocent / sizeof *innocent; at++)
        if (strcmp(book_text(arena, pack_ods(arena, &dir, "a.ods", innocent[at])), "secret") == 0)
            test_fail(__FILE__, __LINE__, "seen where there is none: %s", innocent[at]);
}

TEST("a signal is seen in properties, comments, hidden sheets, sheet names and rich text of XLSX")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    for (int where = 0; where < 7; where++) {
        char *path = scratch_path(arena, &dir, "a.xlsx");
        lxw_workbook *book = workbook_new(path);
        lxw_worksheet *sheet = workbook_add_worksheet(book, where == 0 ? "HwC 2026" : "Blad"), *hidden = workbook_add_worksheet(book, "Twee");
        lxw_doc_properties properties = {.title = "Handle with Care", .subject = ""};
        lxw_rich_string_tuple one = {.format = NULL, .string = "Han"}, two = {.format = workbook_add_format(book), .string = "dle with Care"};
        format_set_bold(two.format);
        worksheet_write_string(sheet, 0, 0, "a", NULL);
        if (where == 1)
            workbook_set_properties(book, &properties);
        if (where == 2)
            worksheet_write_comment(sheet, 0, 0, "politie: HwC");
        if (where == 3) {
            worksheet_write_string(hidden, 5, 5, "handle-with-care", NULL);
            worksheet_hide(hidden);
        }
        if (where == 4)
            worksheet_write_rich_string(sheet, 1, 1, (lxw_rich_string_tuple *[]){&one, &two, NULL}, NULL);
        if (where == 5)
            workbook_set_custom_property_string(book, "soort", "HwC");
        workbook_close(book);
        const char *got = book_text(arena, path);
        if ((strcmp(got, "secret") == 0) != (where < 6))
            test_fail(__FILE__, __LINE__, "case %d: %s", where, got);
    }
}

/* --- what is refused --- */

TEST("what cannot be looked through is refused and says what to do")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char bad[] = "3: the spreadsheet is damaged or holds another document; save it again as .xlsx or .ods, with tables only",
                      none[] = "3: this is no .xlsx or .ods spreadsheet; save it again as one, or as CSV";

    CHECK_TEXT(book_text(arena, scratch_text(arena, &dir, "a.xlsx", "a;b\n1;2\n")), none);
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "b.xlsx", {"word/document.xml", "<a/>", 0})), none);
    CHECK_TEXT(book_text(arena, scratch_text(arena, &dir, "c.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")),
               "3: this is an old spreadsheet (.xls) or one with a password; save it as .xlsx without a password");
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "d.ods", {"content.xml", "<a><b></a>", 0})), bad);
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "e.ods", {"content.xml", "<a/>", 0}, {"Object 1", "PK\x03\x04 a document in a document", 0})), bad);
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "f.ods", {"content.xml", "<!DOCTYPE a [<!ENTITY b \"Hw\">]><a>&b;C</a>", 0})), bad);
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "g.ods", {"content.xml", "no XML at all", 0}, {"META-INF/manifest.xml", "<m><encryption-data/></m>", 0})),
               "3: the spreadsheet is protected with a password; save it without one");
    /* the sheet's part is not there: for the converter an empty sheet */
    static const char workbook[] = "<workbook><sheets><sheet name=\"a\"/></sheets></workbook>", links[] = "<Relationships><Relationship Target=\"worksheets/sheet1.xml\"/></Relationships>";
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "h.xlsx", {"xl/workbook.xml", workbook, 0}, {"[Content_Types].xml", "<a/>", 0}, {"_rels/.rels", "<a/>", 0},
                                         {"xl/_rels/workbook.xml.rels", links, 0})), bad);
    CHECK_TEXT(book_text(arena, PACK_ZIP(arena, &dir, "i.xlsx", {"xl/workbook.xml", workbook, 0}, {"[Content_Types].xml", "<a/>", 0}, {"_rels/.rels", "<a/>", 0},
                                         {"xl/worksheets/sheet1.xml", "<a/>", 0}, {"xl/_rels/workbook.xml.rels", links, 0})),
               "3: this cannot be read as a sheet; save it again as .xlsx or .ods, or as CSV");
}

TEST("a workbook that is damaged anywhere is refused or says the same")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"S"}, *const texts[] = {"incident_nr|datum\n1|2026-01-12\n2|2026-01-13\n"};
    char *data, *path = pack_xlsx(arena, &dir, "a.xlsx", names, texts, 1);
    size_t bytes;
    Err err;
    const char *whole = book_text(arena, path);

    CHECK(place_read(arena, path, &data, &bytes, &err));
    for (size_t at = 40; at < bytes; at += 173) {
        data[at] ^= 0x55;
        const char *got = book_text(arena, scratch_bytes(arena, &dir, "b.xlsx", data, bytes));
        data[at] ^= 0x55;
        if (strcmp(got, whole) != 0 && strncmp(got, "3: ", 3) != 0)
            test_fail(__FILE__, __LINE__, "byte %zu: %s", at, got);
    }
    CHECK(strncmp(book_text(arena, scratch_bytes(arena, &dir, "c.xlsx", data, bytes / 2)), "3: ", 3) == 0);
}

TEST("a converter that is not there is named with its package")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    static const char *const names[] = {"S"}, *const texts[] = {"a\n"};
    char *before = arena_text(arena, getenv("PATH"));

    setenv("PATH", dir.path, 1);
    CHECK_TEXT(book_text(arena, pack_xlsx(arena, &dir, "a.xlsx", names, texts, 1)), "3: spreadsheets need the program ssconvert; install the Debian package \"gnumeric\"");
    setenv("PATH", before, 1);
}
