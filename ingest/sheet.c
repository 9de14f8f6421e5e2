#include "ingest/sheet.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/text.h"
#include "ingest/archive.h"
#include "ingest/child.h"
#include "ingest/csv.h"
#include "ingest/guard.h"

enum { PIECE = 64 * 1024, CONVERT_SECONDS = 300 };

/* -- what lies in the package -------------------------------------------------------------------- */

typedef struct Look {
    Arena     *out;
    SheetBook *book;
    const ArchiveEntry *parts;
    size_t     n_parts;
    Guard      text;         /* over the letters that a person would read, tags left out */
    bool       names_here;   /* this part lists the sheets */
    bool       links_here;   /* this part says in which parts they are */
    bool       found;        /* in an attribute: each is a text of its own, also in the middle of a word */
    bool       unfit, encrypted, too_many;
    unsigned   formatting;   /* inside the properties of a run, whose attributes are no text */
} Look;

static void separate(Look *look)
{
    guard_look(&look->text, "\n", 1);
}

/* Letters of one word may lie in several runs; where any other element begins or ends, a word does too. */
static bool is_run(const char *name)
{
    static const char *const runs[] = {"r", "t", "rPr", "span", "a", "s"};

    for (size_t at = 0; at < sizeof runs / sizeof *runs; at++)
        if (strcmp(name, runs[at]) == 0)
            return true;
    return false;
}

static void name_add(Look *look, const xmlChar *begin, const xmlChar *end)
{
    if (look->book->count == SHEETS_MAX)
        look->too_many = true;
    else
        look->book->name[look->book->count++] = arena_text_n(look->out, (const char *) begin, (size_t) (end - begin));
}

static const ArchiveEntry *part_find(const ArchiveEntry *parts, size_t count, const char *name)
{
    for (size_t at = 0; at < count; at++)
        if (strcmp(parts[at].name, name) == 0)
            return &parts[at];
    return NULL;
}

/* The converter takes a sheet whose part is gone for an empty one, so we hold the list of XLSX against what is there. */
static void link_follow(Look *look, const xmlChar *begin, const xmlChar *end)
{
    ARENA_AUTO scratch = arena_new();
    const char *target = arena_text_n(scratch, (const char *) begin, (size_t) (end - begin));

    target = *target == '/' ? target + 1 : arena_format(scratch, "xl/%s", target);
    look->unfit = look->unfit || (!strstr(target, "://") && !part_find(look->parts, look->n_parts, target));
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                     int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    Look *look = context;
    const char *local = (const char *) name;
    bool sheet = look->names_here && strcmp(local, look->book->ods ? "table" : "sheet") == 0;

    (void) prefix, (void) uri, (void) n_spaces, (void) spaces, (void) n_defaulted;
    look->encrypted = look->encrypted || strcmp(local, "encryption-data") == 0;
    if (look->formatting > 0 || strcmp(local, "rPr") == 0) {
        look->formatting++;
        return;
    }
    if (strcmp(local, "s") == 0) /* ODS: blanks */
        separate(look);
    if (!is_run(local))
        separate(look);
    for (int at = 0; at < n_attributes; at++) {
        const xmlChar *const *attribute = attributes + 5 * at; /* name, prefix, namespace, value from, value to */
        Guard guard = {0};
        guard_look(&guard, (const char *) attribute[3], (size_t) (attribute[4] - attribute[3]));
        look->found = guard_end(&guard) || look->found;
        look->book->spelled = guard.spelled || look->book->spelled;
        if (sheet && strcmp((const char *) attribute[0], "name") == 0)
            name_add(look, attribute[3], attribute[4]);
        if (look->links_here && strcmp((const char *) attribute[0], "Target") == 0)
            link_follow(look, attribute[3], attribute[4]);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    Look *look = context;

    (void) prefix, (void) uri;
    if (look->formatting > 0)
        look->formatting--;
    else if (!is_run((const char *) name))
        separate(look);
}

static void on_text(void *context, const xmlChar *text, int bytes)
{
    Look *look = context;

    guard_look(&look->text, (const char *) text, (size_t) bytes);
}

/* Neither format has a document type; with one, an entity could hide text from us and blow up memory. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void) name, (void) external, (void) system;
    ((Look *) context)->unfit = true;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), want = strlen(tail);

    return length >= want && text_equal_nocase(text + length - want, tail);
}

/* One part of the package: its bytes through a guard, and its text when it is XML. false: cannot be looked through. */
static bool part_look(Look *look, Bytes *bytes, const char *name)
{
    bool xml = ends_with(name, ".xml") || ends_with(name, ".rels") || ends_with(name, ".vml") || ends_with(name, ".rdf"), good = true;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
                         .cdataBlock = on_text, .internalSubset = on_doctype};
    xmlParserCtxtPtr parser = xml ? xmlCreatePushParserCtxt(&sax, look, NULL, 0, NULL) : NULL;
    Guard raw = {.words_only = !xml};
    char *piece = malloc(PIECE);
    bool first = true;

    if (!piece || (xml && !parser))
        _exit(70);
    if (parser)
        xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    memset(&look->text, 0, sizeof look->text);
    look->formatting = 0;
    for (size_t got; good && (got = bytes_fill(bytes, piece, PIECE)) > 0; first = false) {
        guard_look(&raw, piece, got);
        /* A document in a document would have to be looked through as well. */
        good = !first || (!archive_is_zip(piece, got) && !(got >= 4 && memcmp(piece, "\xD0\xCF\x11\xE0", 4) == 0));
        if (parser && good)
            good = xmlParseChunk(parser, piece, (int) got, 0) == 0 && !look->unfit;
    }
    if (parser) {
        good = good && xmlParseChunk(parser, piece, 0, 1) == 0 && !look->unfit;
        xmlDocPtr doctype = parser->myDoc; /* an entity of a document type makes one, which nobody else frees */
        xmlFreeParserCtxt(parser);
        xmlFreeDoc(doctype);
    }
    look->found = guard_end(&raw) || guard_end(&look->text) || look->found;
    look->book->spelled = look->text.spelled || look->book->spelled;
    explicit_bzero(piece, PIECE);
    free(piece);
    return good && !bytes->failed;
}

static bool parts_look(Look *look, int file, Err *err)
{
    const ArchiveEntry *parts = look->parts;
    size_t count = look->n_parts;
    const char *names = look->book->ods ? "content.xml" : "xl/workbook.xml";
    bool good = true;
    const ArchiveEntry *manifest = look->book->ods ? part_find(parts, count, "META-INF/manifest.xml") : NULL;

    for (size_t pass = 0; pass < 2; pass++) /* the list of an ODS first: only it says that the rest is encrypted */
        for (size_t at = 0; at < count && good; at++) {
            Bytes *bytes = NULL;
            if ((pass == 0) != (&parts[at] == manifest))
                continue;
            if (!archive_open(file, parts[at].no, &bytes, err))
                return false;
            look->names_here = strcmp(parts[at].name, names) == 0;
            look->links_here = strcmp(parts[at].name, "xl/_rels/workbook.xml.rels") == 0;
            look->found = guard_text(parts[at].name) || look->found;
            good = part_look(look, bytes, parts[at].name);
            bytes_free(bytes);
            if (look->encrypted)
                return err_set(err, ERR_INPUT, "the spreadsheet is protected with a password; save it without one");
        }
    look->book->handle_with_care = look->found;
    if (look->found)
        return true;
    if (!good)
        return err_set(err, ERR_INPUT, "the spreadsheet is damaged or holds another document; save it again as .xlsx or .ods, with tables only");
    if (look->too_many)
        return err_set(err, ERR_INPUT, "the spreadsheet has more than %d sheets; deliver it in parts", SHEETS_MAX);
    return true;
}

bool sheet_book(Arena *out, int file, SheetBook *book, Err *err)
{
    ARENA_AUTO scratch = arena_new();
    ArchiveEntry *parts;
    size_t count;
    char head[4] = "";
    Look look = {.out = out, .book = book};

    memset(book, 0, sizeof *book);
    if (pread(file, head, sizeof head, 0) == (ssize_t) sizeof head && memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0)
        return err_set(err, ERR_INPUT, "this is an old spreadsheet (.xls) or one with a password; save it as .xlsx without a password");
    if (!archive_is_zip(head, sizeof head))
        return err_set(err, ERR_INPUT, "this is no .xlsx or .ods spreadsheet; save it again as one, or as CSV");
    if (!archive_entries(scratch, file, &parts, &count, err))
        return false;
    book->ods = part_find(parts, count, "xl/workbook.xml") == NULL;
    if (book->ods && !part_find(parts, count, "content.xml"))
        return err_set(err, ERR_INPUT, "this is no .xlsx or .ods spreadsheet; save it again as one, or as CSV");
    book->name = arena_array(out, SHEETS_MAX, sizeof *book->name);
    if (archive_guard(file)) {
        book->handle_with_care = true;
        return true;
    }
    look.parts = parts;
    look.n_parts = count;
    look.unfit = !book->ods && !(part_find(parts, count, "xl/_rels/workbook.xml.rels") && part_find(parts, count, "_rels/.rels") &&
                                 part_find(parts, count, "[Content_Types].xml"));
    return parts_look(&look, file, err);
}

/* -- the converter ------------------------------------------------------------------------------- */

typedef struct Convert {
    const SheetBook *book;
    size_t           no;
} Convert;

/* The descriptor that "fd://5%n" comes to for a sheet, which ssconvert counts from 0: 50 to 59, then 510 and up. */
static int sheet_descriptor(size_t at)
{
    return (int) (at < 10 ? 50 + at : 500 + at);
}

/* ssconvert opens its outputs by a pattern in the sheet's number. So the sheet we want gets the pipe, all others /dev/null, and
 * no sheet's name stands on a command line, where every user of the machine could read it. */
static int convert(const void *context)
{
    const Convert *wanted = context;
    static const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent", "TMPDIR=/nonexistent",
                                              "GSETTINGS_BACKEND=memory", NULL};
    const char *argv[] = {"ssconvert", "-I", wanted->book->ods ? "Gnumeric_OpenCalc:openoffice" : "Gnumeric_Excel:xlsx", "-S",
                          "-T", "Gnumeric_stf:stf_assistant", "-O", "separator=, format=automatic eol=unix charset=UTF-8",
                          "/proc/self/fd/3", "fd://5%n", NULL};
    int null = open("/dev/null", O_WRONLY);

    for (size_t at = 0; at < wanted->book->count; at++)
        if (null < 0 || dup2(at + 1 == wanted->no ? CHILD_OUT : null, sheet_descriptor(at)) < 0)
            return 126;
    dup2(null, CHILD_OUT); /* else what ssconvert has to say would be a row */
    alarm(CONVERT_SECONDS);
    execvpe(argv[0], (char *const *) argv, (char *const *) environment);
    return 127;
}

int sheet_text(int file, const SheetBook *book, size_t no, Err *err)
{
    const Convert wanted = {.book = book, .no = no};
    BYTES_AUTO bytes = NULL;

    if (!child_start(file, convert, &wanted, &bytes, err))
        return -1;
    int text = bytes_hold(bytes, SHEET_BYTES_MAX, err);
    if (text < 0 && child_status(bytes) == 127)
        err_set(err, ERR_INPUT, "spreadsheets need the program ssconvert; install the Debian package \"gnumeric\"");
    else if (text < 0 && bytes->failed)
        err_set(err, ERR_INPUT, "this cannot be read as a sheet; save it again as .xlsx or .ods, or as CSV");
    return text;
}

/* -- rows ---------------------------------------------------------------------------------------- */

typedef struct SheetReader {
    Reader  base;
    Reader *csv;
    size_t  blank; /* rows of nothing but delimiters */
} SheetReader;

/* ssconvert writes 2026/01/12, with or without a time behind it. */
static void date_mend(const Cell *cell)
{
    char *text = (char *) cell->text; /* in the CSV reader's buffer, and nobody else's */

    if (cell->bytes < 10 || text[4] != '/' || text[7] != '/' || (cell->bytes > 10 && text[10] != ' '))
        return;
    for (size_t at = 0; at < 10; at++)
        if (at != 4 && at != 7 && (text[at] < '0' || text[at] > '9'))
            return;
    text[4] = text[7] = '-';
}

static RowStatus sheet_next(Reader *base, const Cell **cells, size_t *count)
{
    SheetReader *reader = (SheetReader *) base;

    for (;;) {
        RowStatus status = reader_next(reader->csv, cells, count);
        bool blank = status == ROW_GOOD;
        base->failed = reader->csv->failed;
        for (size_t at = 0; status == ROW_GOOD && at < *count; at++) {
            blank = blank && (*cells)[at].bytes == 0;
            date_mend(&(*cells)[at]);
        }
        reader->blank += blank;
        base->skipped = reader->blank + reader->csv->skipped;
        if (!blank)
            return status;
    }
}

static void sheet_free(Reader *base)
{
    reader_free(((SheetReader *) base)->csv);
    free(base);
}

Reader *sheet_reader(Bytes *bytes)
{
    SheetReader *reader = calloc(1, sizeof *reader);

    if (!reader)
        _exit(70);
    reader->base = (Reader) {.next = sheet_next, .free = sheet_free};
    reader->csv = csv_reader(bytes, ',');
    return &reader->base;
}
