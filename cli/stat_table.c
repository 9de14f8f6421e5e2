#include "cli/stat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/date.h"
#include "common/text.h"

static size_t column_place(const StatCall *call, const char *role)
{
    size_t at = 0;

    while (strcmp(call->method->columns[at].role, role) != 0)
        at++;
    return at;
}

const char *stat_column_asked(const StatCall *call, const char *role)
{
    return call->given[1][column_place(call, role)];
}

/* *found false and true returned: an optional column that is not there. */
static bool column_find(StatCall *call, const char *role, int *column, bool *found)
{
    bool optional = call->method->columns[column_place(call, role)].optional;
    const char *asked = stat_column_asked(call, role);
    Err ignored = {0};

    *found = false;
    if (optional && asked && strcmp(asked, "none") == 0)
        return true;
    if (plaincsv_need(call->table, asked ? asked : role, column, asked || !optional ? call->err : &ignored)) {
        *found = true;
        return true;
    }
    if (!asked && optional)
        return true;
    return asked ? false : err_frame(call->err, "another name: --%s NAME", role);
}

static bool is_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0 || text_equal_nocase(text, "nan");
}

static bool cell_refuse(const StatCall *call, size_t row, const char *column, const char *rule)
{
    return err_set(call->err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": %s", call->table->path, call->table->line[row], column, err_word(rule));
}

static const char **cells_of(StatCall *call, int column)
{
    const char **cell = arena_array(call->arena, call->n, sizeof *cell);

    for (size_t at = 0; at < call->n; at++)
        cell[at] = plaincsv_cell(call->table, call->row[at], column);
    return cell;
}

/* 12, -3.5, 1e-4; with another delimiter than the comma also 3,5. */
static bool number_parse(const char *text, char delimiter, double *out)
{
    char   plain[64], *end;
    size_t length = strlen(text);

    if (length >= sizeof plain || text[strspn(text, "+-.,0123456789eE")])
        return false;
    memcpy(plain, text, length + 1);
    char *comma = strchr(plain, ',');
    if (comma) {
        if (delimiter == ',' || strchr(plain, '.'))
            return false;
        *comma = '.';
    }
    *out = strtod(plain, &end);
    return !*end && isfinite(*out);
}

static bool numbers_read(StatCall *call, const char *const *cell, const char *column, double *out, size_t stride)
{
    for (size_t at = 0; at < call->n; at++)
        if (is_missing(cell[at]))
            out[at * stride] = NAN;
        else if (!number_parse(cell[at], call->table->delimiter, &out[at * stride]))
            return cell_refuse(call, call->row[at], column, "not a number; write 12 or 3.5, without units or thousands, and leave the cell empty where there is none");
    return true;
}

bool stat_column_text(StatCall *call, const char *role, const char ***out)
{
    int column;
    bool found;

    *out = NULL;
    if (!column_find(call, role, &column, &found))
        return false;
    if (found)
        *out = cells_of(call, column);
    return true;
}

static const char *column_name(const StatCall *call, const char *role)
{
    return stat_column_asked(call, role) ? stat_column_asked(call, role) : role;
}

bool stat_column(StatCall *call, const char *role, double **out)
{
    const char **cell;

    *out = NULL;
    if (!stat_column_text(call, role, &cell) || !cell)
        return call->err->kind == ERR_NONE;
    *out = arena_array(call->arena, call->n, sizeof **out);
    return numbers_read(call, cell, column_name(call, role), *out, 1);
}

bool stat_column_dates(StatCall *call, const char *role, int **out)
{
    const char **cell;

    *out = NULL;
    if (!stat_column_text(call, role, &cell) || !cell)
        return call->err->kind == ERR_NONE;
    *out = arena_array(call->arena, call->n, sizeof **out);
    for (size_t at = 0; at < call->n; at++)
        if (!date_parse_iso(cell[at], &(*out)[at]))
            return cell_refuse(call, call->row[at], column_name(call, role), "not a date; write yyyy-mm-dd");
    return true;
}

static bool name_in(const char *list, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == length && memcmp(at, name, length) == 0)
            return true;
    return false;
}

bool stat_columns(StatCall *call, const char *role, const char *but, double **out, size_t *k, const char ***names)
{
    const PlainCsv *table = call->table;
    const char *asked = stat_column_asked(call, role);
    int *column = arena_array(call->arena, table->n_columns + strlen(asked ? asked : "") + 1, sizeof *column);

    *k = 0;
    for (const char *at = asked; at && *at; at += strcspn(at, ","), at += *at == ',') {
        const char *name = arena_text_n(call->arena, at, strcspn(at, ","));
        if (!plaincsv_need(table, name, &column[*k], call->err))
            return false;
        ++*k;
    }
    for (size_t at = 0; !asked && at < table->n_columns; at++)
        if (!name_in(but, table->header[at]) && !(call->series && strcmp(call->series, table->header[at]) == 0))
            column[(*k)++] = (int) at;
    *out = arena_array(call->arena, call->n * *k, sizeof **out);
    *names = arena_array(call->arena, *k, sizeof **names);
    for (size_t at = 0; at < *k; at++) {
        (*names)[at] = table->header[column[at]];
        if (!numbers_read(call, cells_of(call, column[at]), (*names)[at], *out + at, *k))
            return false;
    }
    return true;
}

/* The name of output column number `which`, and whether there is one. */
static const char *output_name(const StatCall *call, size_t which, size_t *length)
{
    const char *name = call->method->output;

    if (call->series && which-- == 0) {
        *length = strlen("series");
        return "series";
    }
    for (; which > 0; which--)
        name = strchr(name, ',') + 1;
    *length = strcspn(name, ",");
    return name;
}

static void json_text(Buf *out, const char *text, size_t length)
{
    buf_text(out, "\"");
    for (size_t at = 0; at < length; at++)
        if ((unsigned char) text[at] < ' ' || text[at] == '"' || text[at] == '\\')
            buf_format(out, "\\u%04x", (unsigned char) text[at]);
        else
            buf_add(out, &text[at], 1);
    buf_text(out, "\"");
}

static void csv_text(Buf *out, const char *text)
{
    if (!text[strcspn(text, ",;\"\r\n\t")]) {
        buf_text(out, text);
        return;
    }
    buf_text(out, "\"");
    for (; *text; text++)
        buf_format(out, *text == '"' ? "\"\"" : "%c", *text);
    buf_text(out, "\"");
}

/* What stands before a cell; the series in front of the first one. */
static void cell_begin(StatCall *call)
{
    size_t length;
    const char *name;

    if (call->out_column == 0) {
        if (call->json)
            buf_text(&call->out, call->out_rows ? ",\n{" : "[\n{");
        if (call->series) {
            call->out_column = 1;
            if (call->json)
                buf_text(&call->out, "\"series\": ");
            call->json ? json_text(&call->out, call->series_name, strlen(call->series_name)) : csv_text(&call->out, call->series_name);
        }
    }
    if (call->out_column > 0)
        buf_text(&call->out, call->json ? ", " : ",");
    if (call->json) {
        name = output_name(call, call->out_column, &length);
        json_text(&call->out, name, length);
        buf_text(&call->out, ": ");
    }
    call->out_column++;
}

void stat_put(StatCall *call, const double *x, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        cell_begin(call);
        if (isnan(x[at]) || (call->json && isinf(x[at]))) /* JSON has no infinity */
            buf_text(&call->out, call->json ? "null" : "NA");
        else if (isinf(x[at]))
            buf_text(&call->out, x[at] > 0 ? "Inf" : "-Inf");
        else
            buf_format(&call->out, "%.17g", x[at]);
    }
}

void stat_put_text(StatCall *call, const char *text)
{
    cell_begin(call);
    if (call->json)
        json_text(&call->out, text, strlen(text));
    else
        csv_text(&call->out, text);
}

void stat_end_row(StatCall *call)
{
    buf_text(&call->out, call->json ? "}" : "\n");
    call->out_column = 0;
    call->out_rows++;
}
