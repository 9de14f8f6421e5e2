#include "common/plaincsv.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"

static bool file_slurp(const char *path, Buf *text, Err *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char block[65536];

    if (!file)
        return err_set(err, ERR_INPUT, "cannot read \"%s\": %s", path, strerror(errno));
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(text, block, n);
    bool good = !ferror(file);
    int why = errno;
    if (file != stdin)
        fclose(file);
    if (!good)
        return err_set(err, ERR_INPUT, "cannot read \"%s\" to its end: %s", path, strerror(why));
    if (text->length && memchr(text->data, '\0', text->length))
        return err_set(err, ERR_INPUT, "\"%s\" is not text: it has a NUL byte", path);
    return true;
}

static char delimiter_of(const char *head)
{
    static const char candidates[] = ",;\t";
    size_t best_count = 0;
    char best = ',';

    for (const char *candidate = candidates; *candidate; candidate++) {
        size_t count = 0;
        bool quoted = false;
        for (const char *at = head; *at && (quoted || (*at != '\n' && *at != '\r')); at++) {
            if (*at == '"')
                quoted = !quoted;
            count += !quoted && *at == *candidate;
        }
        if (count > best_count) {
            best_count = count;
            best = *candidate;
        }
    }
    return best;
}

typedef struct Scan {
    char  *at;   /* the text is cut up in place */
    char   delimiter;
    size_t line;
} Scan;

static char *trimmed(char *cell, char *end)
{
    while (cell < end && (*cell == ' ' || *cell == '\t'))
        cell++;
    while (end > cell && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *end = '\0';
    return cell;
}

/* One cell. *last: it ends its row. \return NULL: an open quote, or text behind a closing one */
static char *cell_next(Scan *scan, bool *last)
{
    char *begin = scan->at, *end;

    if (*begin == '"') {
        char *from = begin + 1, *to = begin;
        for (;; from++) {
            if (!*from)
                return NULL;
            if (*from == '\n')
                scan->line++;
            if (*from == '"') {
                if (from[1] != '"')
                    break;
                from++;
            }
            *to++ = *from;
        }
        scan->at = from + 1;
        end = to;
        if (*scan->at && *scan->at != scan->delimiter && *scan->at != '\r' && *scan->at != '\n')
            return NULL;
    } else {
        while (*scan->at && *scan->at != scan->delimiter && *scan->at != '\r' && *scan->at != '\n')
            scan->at++;
        end = scan->at;
    }
    char stop = *scan->at;
    *last = stop != scan->delimiter;
    if (stop) {
        char *next = scan->at + 1;
        if (stop == '\r' && *next == '\n')
            next++;
        scan->at = next;
    }
    if (*last)
        scan->line++;
    return trimmed(begin, end);
}

static bool header_read(Arena *out, Scan *scan, PlainCsv *csv, Err *err)
{
    bool last = false;
    size_t room = 1;

    for (const char *at = scan->at; *at && *at != '\n'; at++)
        room += *at == scan->delimiter;
    csv->header = arena_array(out, room, sizeof *csv->header);
    while (!last) {
        char *cell = cell_next(scan, &last);
        if (!cell || csv->n_columns == room)
            return err_set(err, ERR_INPUT, "the header of \"%s\" cannot be split into columns: a quote stays open", csv->path);
        for (size_t before = 0; before < csv->n_columns; before++)
            if (strcmp(csv->header[before], cell) == 0)
                return err_set(err, ERR_INPUT, "the header of \"%s\" has column \"%s\" twice", csv->path, cell);
        csv->header[csv->n_columns++] = cell;
    }
    return true;
}

bool plaincsv_read(Arena *out, const char *path, PlainCsv *csv, Err *err)
{
    BUF_AUTO text = {0};

    *csv = (PlainCsv){.path = arena_text(out, path)};
    if (!file_slurp(path, &text, err))
        return false;
    size_t skip = text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    Scan scan = {.at = arena_text_n(out, text.data ? text.data + skip : "", text.length - skip), .line = 1};
    while (*scan.at == '\n' || *scan.at == '\r')
        scan.line += *scan.at++ == '\n';
    if (!*scan.at)
        return err_set(err, ERR_INPUT, "\"%s\" is empty: it needs a header and rows", path);
    csv->delimiter = scan.delimiter = delimiter_of(scan.at);
    if (!header_read(out, &scan, csv, err))
        return false;
    size_t room = 1;
    for (const char *at = scan.at; *at; at++)
        room += *at == '\n' || *at == '\r';
    csv->cell = arena_array(out, room * csv->n_columns + 1, sizeof *csv->cell);
    csv->line = arena_array(out, room, sizeof *csv->line);
    for (size_t blank = 0; *scan.at;) {
        if (*scan.at == '\n' || *scan.at == '\r') {
            scan.at += *scan.at == '\r' && scan.at[1] == '\n' ? 2 : 1;
            scan.line++;
            blank++;
            continue;
        }
        for (; csv->n_columns == 1 && blank; blank--) { /* between rows of one cell, a row whose cell is empty */
            csv->cell[csv->n_rows] = scan.at + strlen(scan.at);
            csv->line[csv->n_rows++] = scan.line - blank;
        }
        size_t line = scan.line, count = 0;
        blank = 0;
        for (bool last = false; !last; count++) {
            char *cell = cell_next(&scan, &last);
            if (!cell)
                return err_set(err, ERR_INPUT, "\"%s\", line %zu: a quote stays open, or text follows a closing one", path, line);
            if (count < csv->n_columns)
                csv->cell[csv->n_rows * csv->n_columns + count] = cell;
        }
        if (count != csv->n_columns)
            return err_set(err, ERR_INPUT, "\"%s\", line %zu: %zu cells where the header has %zu", path, line, count, csv->n_columns);
        csv->line[csv->n_rows++] = line;
    }
    return true;
}

int plaincsv_column(const PlainCsv *csv, const char *name)
{
    for (size_t at = 0; at < csv->n_columns; at++)
        if (strcmp(csv->header[at], name) == 0)
            return (int) at;
    return -1;
}

bool plaincsv_need(const PlainCsv *csv, const char *name, int *column, Err *err)
{
    BUF_AUTO there = {0};

    *column = plaincsv_column(csv, name);
    if (*column >= 0)
        return true;
    for (size_t at = 0; at < csv->n_columns; at++)
        buf_format(&there, "%s%s", at ? ", " : "", csv->header[at]);
    return err_set(err, ERR_INPUT, "\"%s\" has no column \"%s\"; it has: %s", csv->path, name, there.data);
}

bool plaincsv_number(const PlainCsv *csv, size_t row, int column, bool empty, double *value, Err *err)
{
    const char *text = plaincsv_cell(csv, row, column);
    char *end;

    *value = NAN;
    if (!*text && empty)
        return true;
    *value = strtod(text, &end);
    if (!*text || *end || !isfinite(*value))
        return err_set(err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": not a number (a decimal point, no thousands separator)", csv->path,
                       csv->line[row], csv->header[column]);
    return true;
}

bool plaincsv_whole(const PlainCsv *csv, size_t row, int column, long long min, long long max, long long *value, Err *err)
{
    const char *text = plaincsv_cell(csv, row, column);
    char *end;

    errno = 0;
    *value = strtoll(text, &end, 10);
    if (!*text || *end || errno || *value < min || *value > max)
        return err_set(err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": not a whole number from %lld to %lld", csv->path, csv->line[row],
                       csv->header[column], min, max);
    return true;
}
