#include "ingest/csv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct Csv {
    FILE   *file;
    char    delimiter;
    bool    at_end, failed;
    char   *data;           /* CSV_ROW_BYTES for the row at hand plus as much to read ahead */
    size_t  begin, end;     /* bytes not yet handed out */
    CsvCell cell[CSV_CELLS_MAX];
};

enum { ROOM = 2 * CSV_ROW_BYTES };

Csv *csv_new(FILE *file, char delimiter)
{
    Csv *csv = calloc(1, sizeof *csv);
    char *data = malloc(ROOM);

    if (!csv || !data)
        _exit(70);
    csv->file = file;
    csv->delimiter = delimiter;
    csv->data = data;
    return csv;
}

void csv_free(Csv *csv)
{
    if (!csv)
        return;
    /* The rows held names. explicit_bzero: a plain memset before free may be optimised away. */
    explicit_bzero(csv->data, ROOM);
    free(csv->data);
    explicit_bzero(csv, sizeof *csv);
    free(csv);
}

bool csv_failed(const Csv *csv)
{
    return csv->failed;
}

/* Read ahead until a whole row surely lies in memory, or the file has ended. */
static void fill(Csv *csv)
{
    if (csv->at_end || csv->end - csv->begin > CSV_ROW_BYTES)
        return;
    memmove(csv->data, csv->data + csv->begin, csv->end - csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
    size_t got = fread(csv->data + csv->end, 1, ROOM - csv->end, csv->file);
    csv->end += got;
    if (csv->end < ROOM) {
        csv->at_end = true;
        csv->failed = ferror(csv->file) != 0;
    }
}

/* Drop bytes up to and including the next line end, however far away. */
static void skip_line(Csv *csv)
{
    for (;;) {
        char *line_end = memchr(csv->data + csv->begin, '\n', csv->end - csv->begin);
        if (line_end) {
            csv->begin = (size_t) (line_end - csv->data) + 1;
            return;
        }
        csv->begin = csv->end;
        if (csv->at_end)
            return;
        fill(csv);
    }
}

/* A quoted cell: *at stands behind the opening quote. Doubled quotes are folded in place. */
static bool quoted_cell(const Csv *csv, char **at, char *end, CsvCell *cell)
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

CsvStatus csv_next(Csv *csv, const CsvCell **cells, size_t *count)
{
    for (;;) {
        fill(csv);
        if (csv->begin == csv->end)
            return CSV_END;
        if (csv->data[csv->begin] == '\n' || csv->data[csv->begin] == '\r')
            csv->begin++; /* a blank line, or the LF of a CRLF */
        else
            break;
    }
    char *row = csv->data + csv->begin, *at = row;
    char *end = csv->data + (csv->end - csv->begin > CSV_ROW_BYTES ? csv->begin + CSV_ROW_BYTES : csv->end);
    bool cut = end != csv->data + csv->end; /* the row may go on behind end */
    char delimiter = csv->delimiter;
    size_t n = 0;
    bool too_many = false, folded = false;

    *cells = csv->cell;
    *count = 0;
    for (;;) {
        /* Too many cells are still read to the end of the row, which need not be the next line end. */
        too_many = too_many || n == CSV_CELLS_MAX;
        CsvCell *cell = &csv->cell[too_many ? 0 : n++];
        if (at < end && *at == '"') {
            char first_line_end = '\n';
            char *line_end = memchr(row, first_line_end, (size_t) (end - row));
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
                if (line_end && folded)
                    line_end = memchr(start, '\n', (size_t) (end - start));
                if (line_end)
                    csv->begin = (size_t) (line_end - csv->data) + 1;
                else
                    skip_line(csv);
                return cut && !line_end ? CSV_LONG : CSV_BROKEN;
            }
            folded = true;
            quoted_cell(csv, &at, end, cell);
        } else {
            cell->text = at;
            while (at < end && *at != delimiter && *at != '\n' && *at != '\r')
                at++;
            cell->bytes = (size_t) (at - cell->text);
        }
        if (at == end) {
            if (cut) {
                skip_line(csv);
                return CSV_LONG;
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
        return CSV_LONG;
    return memchr(row, '\0', row_bytes) ? CSV_NUL : CSV_ROW;
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
