/** For unit tests: zip files, workbooks and SPSS files with what a test wants in them, in a scratch directory. */
#ifndef VB_TESTS_UNIT_INGEST_PACK_H
#define VB_TESTS_UNIT_INGEST_PACK_H

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <readstat.h>
#include <xlsxwriter.h>

#include "ingest/bytes.h"
#include "tests/unit/scratch.h"

typedef struct Part {
    const char *name, *text;
    size_t      bytes; /* 0: strlen of text */
} Part;

/* options: as libarchive takes them, such as "zip:encryption=zipcrypt"; NULL */
static inline char *pack_zip_with(Arena *arena, const Scratch *dir, const char *name, const char *options, const char *password, const Part *parts, size_t count)
{
    char *path = scratch_path(arena, dir, name);
    struct archive *zip = archive_write_new();
    struct archive_entry *entry = archive_entry_new();

    archive_write_set_format_zip(zip);
    if ((options && archive_write_set_options(zip, options) != ARCHIVE_OK) || (password && archive_write_set_passphrase(zip, password) != ARCHIVE_OK) ||
        archive_write_open_filename(zip, path) != ARCHIVE_OK)
        test_fail(__FILE__, __LINE__, "%s", archive_error_string(zip));
    for (size_t at = 0; at < count; at++) {
        size_t bytes = parts[at].bytes ? parts[at].bytes : strlen(parts[at].text);
        archive_entry_clear(entry);
        archive_entry_set_pathname(entry, parts[at].name);
        archive_entry_set_size(entry, (la_int64_t) bytes);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (archive_write_header(zip, entry) != ARCHIVE_OK || archive_write_data(zip, parts[at].text, bytes) != (la_ssize_t) bytes)
            test_fail(__FILE__, __LINE__, "%s", archive_error_string(zip));
    }
    archive_entry_free(entry);
    archive_write_close(zip);
    archive_write_free(zip);
    return path;
}
#define PACK_ZIP(arena, dir, name, ...)                                                                                                              \
    pack_zip_with(arena, dir, name, NULL, NULL, (const Part[]){__VA_ARGS__}, sizeof((const Part[]){__VA_ARGS__}) / sizeof(Part))

/* An .ods with this between <office:spreadsheet> and its end. */
static inline char *pack_ods(Arena *arena, const Scratch *dir, const char *name, const char *tables)
{
    const char *content = arena_format(arena,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        "office:version=\"1.2\"><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>", tables);
    return PACK_ZIP(arena, dir, name, {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0}, {"content.xml", content, 0},
                    {"META-INF/manifest.xml", "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
                     "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
                     "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>", 0});
}

/* A workbook of sheets of text; a sheet is its rows, cells divided by '|', rows by '\n'. */
static inline char *pack_xlsx(Arena *arena, const Scratch *dir, const char *name, const char *const *sheets, const char *const *texts, size_t count)
{
    char *path = scratch_path(arena, dir, name);
    lxw_workbook *book = workbook_new(path);

    for (size_t at = 0; at < count; at++) {
        lxw_worksheet *sheet = workbook_add_worksheet(book, sheets[at]);
        lxw_row_t row = 0;
        for (const char *line = texts[at]; *line; row++) {
            size_t length = strcspn(line, "\n");
            lxw_col_t column = 0;
            for (const char *cell = line; cell <= line + length; column++) {
                size_t bytes = strcspn(cell, "|\n");
                if (bytes > 0)
                    worksheet_write_string(sheet, row, column, arena_text_n(arena, cell, bytes), NULL);
                cell += bytes + 1;
            }
            line += length + (line[length] == '\n');
        }
    }
    if (workbook_close(book) != LXW_NO_ERROR)
        test_fail(__FILE__, __LINE__, "cannot write %s", path);
    return path;
}

static inline ssize_t pack_write(const void *data, size_t bytes, void *context)
{
    return write(*(int *) context, data, bytes);
}

/* Three rows of a name, an answer with labels (the last one missing), a date, a time, a moment and a number. */
static inline char *pack_sav(Arena *arena, const Scratch *dir, const char *name, const char *who, const char *question, const char *note, readstat_compress_t how)
{
    char *path = scratch_path(arena, dir, name);
    int file = open(path, O_CREAT | O_TRUNC | O_RDWR, 0600);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_label_set_t *labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "antwoord");
    static const double number[] = {0.1, 123456789012, -1e21};

    readstat_set_data_writer(writer, pack_write);
    readstat_label_double_value(labels, 1, "ja");
    readstat_label_double_value(labels, 2, "nee, \"nooit\"");
    readstat_label_double_value(labels, 9, "weet niet");
    readstat_variable_t *naam = readstat_add_variable(writer, "naam", READSTAT_TYPE_STRING, 40), *v1 = readstat_add_variable(writer, "v1", READSTAT_TYPE_DOUBLE, 0),
                        *datum = readstat_add_variable(writer, "datum", READSTAT_TYPE_DOUBLE, 0), *tijd = readstat_add_variable(writer, "tijd", READSTAT_TYPE_DOUBLE, 0),
                        *moment = readstat_add_variable(writer, "moment", READSTAT_TYPE_DOUBLE, 0), *getal = readstat_add_variable(writer, "getal", READSTAT_TYPE_DOUBLE, 0);
    readstat_variable_set_label_set(v1, labels);
    readstat_variable_set_label(v1, question);
    readstat_variable_add_missing_double_value(v1, 9);
    readstat_variable_set_format(datum, "EDATE10");
    readstat_variable_set_format(tijd, "TIME8");
    readstat_variable_set_format(moment, "DATETIME20");
    if (note)
        readstat_add_note(writer, note);
    readstat_writer_set_compression(writer, how);
    readstat_begin_writing_sav(writer, &file, 3);
    for (int row = 0; row < 3; row++) {
        double seconds = (20465.0 + 141428 + row) * 86400;
        readstat_begin_row(writer);
        readstat_insert_string_value(writer, naam, who);
        readstat_insert_double_value(writer, v1, row == 2 ? 9 : row + 1);
        readstat_insert_double_value(writer, datum, seconds);
        if (row == 1)
            readstat_insert_missing_value(writer, tijd);
        else
            readstat_insert_double_value(writer, tijd, 13 * 3600 + 45 * 60);
        readstat_insert_double_value(writer, moment, seconds + 3661);
        readstat_insert_double_value(writer, getal, number[row]);
        readstat_end_row(writer);
    }
    if (readstat_end_writing(writer) != READSTAT_OK)
        test_fail(__FILE__, __LINE__, "cannot write %s", path);
    readstat_writer_free(writer);
    close(file);
    return path;
}

/* The whole stream, with "(failed)" behind it when it did. */
static inline const char *pack_text(Arena *arena, Bytes *bytes)
{
    char *text = arena_alloc(arena, 1 << 20);
    size_t have = bytes_fill(bytes, text, (1 << 20) - 16);

    if (bytes->failed)
        memcpy(text + have, "(failed)", 8);
    return text;
}

#endif
