#include "ingest/open.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ingest/archive.h"
#include "ingest/csv.h"
#include "ingest/edfi.h"
#include "ingest/json.h"
#include "ingest/sav.h"
#include "ingest/sheet.h"

enum { HELD_BYTES_MAX = 256 * 1024 * 1024 }; /* of an entry that must lie in memory whole */

/* Readers that take a file's raw bytes apart themselves; the others are opened below. */
static bool (*const readers[FORMATS])(const BytesMaker *maker, Reader **out, Err *err) = {
    [FORMAT_JSON] = json_open,
    [FORMAT_XML] = edfi_open,
};

Format open_format(const char *name, const char *head, size_t bytes)
{
    static const struct { const char *ending; Format format; } endings[] = {
        {".xlsx", FORMAT_SHEET}, {".ods", FORMAT_SHEET}, {".sav", FORMAT_SAV}, {".zsav", FORMAT_SAV}, {".zip", FORMAT_ZIP},
        {".json", FORMAT_JSON}, {".jsonl", FORMAT_JSON}, {".ndjson", FORMAT_JSON}, {".xml", FORMAT_XML},
    };
    const char *dot = strrchr(name, '.');
    Format format = FORMAT_CSV;

    for (size_t at = 0; dot && at < sizeof endings / sizeof *endings; at++)
        if (text_equal_nocase(dot, endings[at].ending))
            format = endings[at].format;
    if (archive_is_zip(head, bytes))
        return format == FORMAT_SHEET ? FORMAT_SHEET : FORMAT_ZIP;
    if (sav_is(head, bytes))
        return FORMAT_SAV;
    if (bytes >= 5 && memcmp(head, "<?xml", 5) == 0)
        return FORMAT_XML;
    return format;
}

Format open_format_of(const char *path)
{
    char head[8];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : pread(file, head, sizeof head, 0);

    if (file >= 0)
        close(file);
    return file < 0 ? FORMAT_CSV : open_format(path, head, got > 0 ? (size_t) got : 0);
}

static bool raw_open(const BytesMaker *maker, Bytes **out, Err *err)
{
    const Input *input = (const Input *) maker;

    if (input->held < 0 && input->task->entry)
        return archive_open(input->file, input->task->entry, out, err);
    *out = bytes_of_file(input->held < 0 ? input->file : input->held);
    return true;
}

static int seekable(const Input *input)
{
    return input->held < 0 ? input->file : input->held;
}

bool input_open(const Task *task, Input *input, Err *err)
{
    char head[8];

    *input = (Input) {.maker = {.open = raw_open}, .task = task, .held = -1, .text = -1};
    input->file = open(task->file ? task->file : task->path, O_RDONLY | O_CLOEXEC);
    if (input->file < 0)
        return err_set(err, ERR_INPUT, "cannot open the file: %s", strerror(errno));
    if (fstat(input->file, &input->was) != 0)
        return err_set(err, ERR_INPUT, "cannot open the file: %s", strerror(errno));
    BYTES_AUTO bytes = NULL;
    if (!raw_open(&input->maker, &bytes, err))
        return false;
    input->format = task->book ? FORMAT_SHEET : open_format(task->path, head, bytes_fill(bytes, head, sizeof head));
    if (input->format == FORMAT_CSV && !task->entry)
        posix_fadvise(input->file, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (task->entry && (input->format == FORMAT_SHEET || input->format == FORMAT_SAV)) {
        BYTES_AUTO whole = NULL;
        if (!raw_open(&input->maker, &whole, err) || (input->held = bytes_hold(whole, HELD_BYTES_MAX, err)) < 0)
            return false;
    }
    if (task->book && task->sheet)
        return (input->text = sheet_text(seekable(input), task->book, task->sheet, err)) >= 0;
    return true;
}

bool open_unchanged(const struct stat *was, const struct stat *now)
{
    return was->st_size == now->st_size && was->st_mtim.tv_sec == now->st_mtim.tv_sec && was->st_mtim.tv_nsec == now->st_mtim.tv_nsec &&
           was->st_ctim.tv_sec == now->st_ctim.tv_sec && was->st_ctim.tv_nsec == now->st_ctim.tv_nsec;
}

bool input_unchanged(const Input *input, Err *err)
{
    struct stat now;

    return (fstat(input->file, &now) == 0 && open_unchanged(&input->was, &now)) ||
           err_set(err, ERR_INPUT, "the file changed while it was read; deliver it again once it is complete");
}

void input_close(Input *input)
{
    const int files[] = {input->file, input->held, input->text};

    reader_free(input->kept);
    for (size_t at = 0; at < sizeof files / sizeof *files; at++)
        if (input->maker.open && files[at] >= 0)
            close(files[at]);
    *input = (Input) {0};
}

/* Every cell as the reader gives it. A cell is a text of its own: "h" beside "wc" is no signal. */
static bool cells_look(Input *input, FileFacts *facts, Err *err)
{
    TABLE_AUTO table = {0};
    Guard guard = {0};
    const Cell *cell;
    size_t count;

    if (!open_table(input, facts, &table, err))
        return false;
    while (reader_next(table.reader, &cell, &count) != ROW_END)
        for (size_t at = 0; at < count; at++) {
            guard_look(&guard, cell[at].text, cell[at].bytes);
            guard_look(&guard, "\n", 1);
        }
    facts->handle_with_care = guard_end(&guard) || facts->handle_with_care;
    facts->spelled = guard.spelled || facts->spelled;
    return !table.reader->failed || err_set(err, ERR_INPUT, "the file could not be read to its end");
}

/* All the text of an SPSS file: what stands beside the rows, and then the rows, however long. */
static bool sav_look(const Input *input, FileFacts *facts, Err *err)
{
    for (int part = SAV_ROWS; part <= SAV_LABELS; part++) {
        BYTES_AUTO text = NULL;
        if (!sav_open(seekable(input), (SavPart) part, &text, err))
            return false;
        if (!facts_look(text, facts, err))
            return err_set(err, ERR_INPUT, "this cannot be read as an SPSS file; save it again as .sav, or export it as CSV");
    }
    return true;
}

static bool sheet_look(const Input *input, FileFacts *facts, Err *err)
{
    BYTES_AUTO text = bytes_of_file(input->text);

    facts->handle_with_care = guard_text(input->task->book->name[input->task->sheet - 1]) || facts->handle_with_care;
    facts->spelled = input->task->book->spelled || facts->spelled;
    return facts_look(text, facts, err);
}

bool open_facts(Input *input, FileFacts *facts, Err *err)
{
    BYTES_AUTO bytes = NULL;

    if (!input->maker.open(&input->maker, &bytes, err))
        return false;
    switch (input->format) {
    case FORMAT_CSV:
        return facts_read(bytes, facts, err);
    case FORMAT_JSON:
    case FORMAT_XML: /* letters can be written as escapes, so the cells are looked at too */
        return facts_read(bytes, facts, err) && (facts->handle_with_care || cells_look(input, facts, err));
    case FORMAT_SAV:
        return facts_read_packed(bytes, "", facts, err) && sav_look(input, facts, err);
    case FORMAT_SHEET:
        return facts_read_packed(bytes, input->text < 0 ? "" : input->task->book->name[input->task->sheet - 1], facts, err) &&
               (input->text < 0 || sheet_look(input, facts, err));
    default:
        return facts_read_packed(bytes, "", facts, err);
    }
}

bool open_siblings(Arena *out, const Input *input, const char **hashes, Err *err)
{
    const SheetBook *book = input->task->book;
    const char *list = "{";

    *hashes = NULL;
    if (input->text < 0 || book->count < 2)
        return true;
    for (size_t at = 0; at < book->count; at++) {
        BYTES_AUTO bytes = NULL;
        FileFacts facts;
        if (!input->maker.open(&input->maker, &bytes, err) || !facts_read_packed(bytes, book->name[at], &facts, err))
            return false;
        list = arena_format(out, "%s%s%s", list, at ? "," : "", facts.sha256);
    }
    *hashes = arena_format(out, "%s}", list);
    return true;
}

bool open_head(const Input *input, char *head, size_t room, FileFacts *facts, Err *err)
{
    BYTES_AUTO bytes = NULL;

    memset(facts, 0, sizeof *facts);
    facts->delimiter = ';';
    if (input->format != FORMAT_CSV)
        return true;
    if (!input->maker.open(&input->maker, &bytes, err))
        return false;
    size_t got = bytes_fill(bytes, head, room), skip = got >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    char *line_end = memchr(head, '\n', got);
    size_t line = line_end ? (size_t) (line_end - head) : got;
    facts->encoding = text_utf8_span(head + skip, line - skip) == line - skip ? TEXT_UTF8 : TEXT_CP1252;
    facts->delimiter = csv_delimiter_guess(head + skip, got - skip);
    return true;
}

/* A reader that failed at its beginning is no table. \return false */
static bool table_fail(Table *table)
{
    reader_free(table->reader);
    table->reader = NULL;
    return false;
}

bool open_table(Input *input, const FileFacts *facts, Table *table, Err *err)
{
    *table = (Table) {.input = input};
    if (input->kept) {
        table->reader = input->kept;
        input->kept = NULL;
        return table->reader->again(table->reader, err) || table_fail(table);
    }
    if (readers[input->format])
        return readers[input->format](&input->maker, &table->reader, err);
    switch (input->format) {
    case FORMAT_CSV:
        if (!input->maker.open(&input->maker, &table->bytes, err))
            return false;
        table->reader = csv_reader(table->bytes, facts->delimiter);
        return true;
    case FORMAT_SAV:
        if (!sav_open(seekable(input), SAV_ROWS, &table->bytes, err))
            return false;
        table->reader = csv_reader(table->bytes, ',');
        return true;
    case FORMAT_SHEET:
        if (input->text < 0)
            return err_set(err, ERR_BUG, "a workbook was opened without a sheet");
        table->bytes = bytes_of_file(input->text);
        table->reader = sheet_reader(table->bytes);
        return true;
    default:
        return err_set(err, ERR_INPUT, "files of this kind cannot be read; deliver CSV, .xlsx, .ods, .sav, .json, Ed-Fi .xml, or a .zip of these");
    }
}

void table_close(Table *table)
{
    Input *input = table->input;

    if (table->reader && table->reader->again && input->maker.open && !input->kept)
        input->kept = table->reader;
    else
        reader_free(table->reader);
    bytes_free(table->bytes);
    *table = (Table) {0};
}
