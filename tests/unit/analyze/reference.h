/**
 * A reference file below tests/reference as text cells: no cell of it holds a comma or a quote. Shared by the tests of analyze/.
 */
#ifndef VB_TESTS_REFERENCE_H
#define VB_TESTS_REFERENCE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "tests/harness/test.h"

typedef struct Table {
    size_t rows, columns;
    char **name, **cell;
} Table;

static inline char *file_load(Arena *out, const char *path)
{
    const char *root = getenv("VB_ROOT");
    FILE *file = fopen(arena_format(out, "%s/tests/reference/%s", root ? root : ".", path), "rb");
    char *text = NULL;

    if (file && fseek(file, 0, SEEK_END) == 0) {
        size_t bytes = (size_t) ftell(file);
        rewind(file);
        text = arena_alloc(out, bytes + 1);
        if (fread(text, 1, bytes, file) != bytes)
            text = NULL;
    }
    if (file)
        fclose(file);
    if (!text)
        test_fail(__FILE__, __LINE__, "cannot read tests/reference/%s", path);
    return text;
}

static inline Table table_load(Arena *out, const char *path)
{
    Table table = {0};
    char *text = file_load(out, path), *line, *cell;
    size_t lines = 0, at = 0;

    if (!text)
        return table;
    for (const char *mark = text; *mark; mark++)
        lines += *mark == '\n';
    table.columns = 1;
    for (const char *mark = text; *mark && *mark != '\n'; mark++)
        table.columns += *mark == ',';
    char **all = arena_array(out, lines * table.columns, sizeof *all);
    while ((line = strsep(&text, "\n")) && *line)
        for (size_t column = 0; column < table.columns; column++)
            all[at++] = (cell = strsep(&line, ",")) ? cell : "";
    table.rows = lines - 1;
    table.name = all;
    table.cell = all + table.columns;
    return table;
}

static inline const char *text_at(const Table *table, size_t row, const char *name)
{
    for (size_t column = 0; column < table->columns; column++)
        if (strcmp(table->name[column], name) == 0)
            return table->cell[row * table->columns + column];
    return "";
}

static inline double number_at(const Table *table, size_t row, const char *name)
{
    const char *text = text_at(table, row, name);

    return *text && strcmp(text, "NA") != 0 ? strtod(text, NULL) : NAN;
}

static inline int int_at(const Table *table, size_t row, const char *name)
{
    return (int) number_at(table, row, name);
}

static inline double *column_load(Arena *out, const Table *table, const char *name)
{
    double *column = arena_array(out, table->rows, sizeof *column);

    for (size_t row = 0; row < table->rows; row++)
        column[row] = number_at(table, row, name);
    return column;
}

#endif
