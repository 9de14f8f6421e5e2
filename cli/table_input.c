#include "cli/table_input.h"

#include <stdlib.h>
#include <string.h>

#include "common/plaincsv.h"
#include "common/text.h"

typedef struct Input {
    PlainCsv        csv;
    TableDimension *dimension[TABLE_DIMENSIONS_MAX];
    int             column[TABLE_DIMENSIONS_MAX];
    bool            hierarchy[TABLE_DIMENSIONS_MAX]; /* from a file, by --hier */
    size_t          n;
    int             value, schools;
    Table           table;
} Input;

static int dimension_find(const Input *input, const char *name, size_t bytes)
{
    for (size_t at = 0; at < input->n; at++)
        if (strncmp(table_dimension_name(input->dimension[at]), name, bytes) == 0 && table_dimension_name(input->dimension[at])[bytes] == '\0')
            return (int) at;
    return -1;
}

static bool is_utf8(const char *text)
{
    size_t bytes = strlen(text);

    return text_utf8_span(text, bytes) == bytes;
}

/* A file of codes. These are printed, and as JSON too: what is no text must not come in. */
static bool file_read(App *app, const char *path, PlainCsv *csv)
{
    if (!plaincsv_read(app->run, path, csv, &app->err))
        return false;
    for (size_t column = 0; column < csv->n_columns; column++) {
        if (!is_utf8(csv->header[column]))
            return err_set(&app->err, ERR_INPUT, "the header of \"%s\", column %zu: not UTF-8; save the file as UTF-8", path, column + 1);
        if (!*csv->header[column])
            return err_set(&app->err, ERR_INPUT, "the header of \"%s\", column %zu: it has no name; give it one, or leave the column out", path, column + 1);
    }
    for (size_t row = 0; row < csv->n_rows; row++)
        for (size_t column = 0; column < csv->n_columns; column++)
            if (!is_utf8(plaincsv_cell(csv, row, (int) column)))
                return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": not UTF-8; save the file as UTF-8", path, csv->line[row], csv->header[column]);
    return true;
}

static bool codes_given(App *app, const PlainCsv *csv, const int *column, size_t n)
{
    for (size_t row = 0; row < csv->n_rows; row++)
        for (size_t at = 0; at < n; at++)
            if (!*plaincsv_cell(csv, row, column[at]))
                return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": the code is empty; what is not known is a code too (unknown)", csv->path, csv->line[row],
                               csv->header[column[at]]);
    return true;
}

static bool columns_find(App *app, Input *input)
{
    if (!file_read(app, app->table, &input->csv) || !plaincsv_need(&input->csv, "value", &input->value, &app->err))
        return false;
    input->schools = plaincsv_column(&input->csv, "schools");
    for (size_t column = 0; column < input->csv.n_columns; column++) {
        const char *name = input->csv.header[column];
        if ((int) column == input->value || (int) column == input->schools)
            continue;
        if (text_equal_nocase(name, "value") || text_equal_nocase(name, "schools") || text_equal_nocase(name, "flag"))
            return err_set(&app->err, ERR_INPUT, "column \"%s\" of \"%s\" cannot be a dimension: value, schools and flag have their own meaning. Rename it; earlier output goes to --earlier", name, app->table);
        if (input->n == TABLE_DIMENSIONS_MAX)
            return err_set(&app->err, ERR_INPUT, "\"%s\" has more than %d dimensions", app->table, TABLE_DIMENSIONS_MAX);
        input->column[input->n] = (int) column;
        input->dimension[input->n++] = table_dimension_new(app->run, name);
    }
    if (!input->n)
        return err_set(&app->err, ERR_INPUT, "\"%s\" has no dimension: every column but value and schools is one", app->table);
    return codes_given(app, &input->csv, input->column, input->n);
}

/* Rows are taken in the order of their text, so that the same table in another order gives the same answer. */
typedef struct Row {
    const PlainCsv *csv;
    const int      *column;
    int             n;
    size_t          row;
} Row;

static int by_text(const void *a, const void *b)
{
    const Row *x = a, *y = b;

    for (int at = 0; at < x->n; at++) {
        int order = x->column[at] < 0 ? 0 : strcmp(plaincsv_cell(x->csv, x->row, x->column[at]), plaincsv_cell(y->csv, y->row, y->column[at]));
        if (order)
            return order;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static Row *rows_sorted(App *app, const PlainCsv *csv, const int *column, int n)
{
    Row *rows = arena_array(app->run, csv->n_rows + 1, sizeof *rows);

    for (size_t row = 0; row < csv->n_rows; row++)
        rows[row] = (Row){csv, column, n, row};
    qsort(rows, csv->n_rows, sizeof *rows, by_text);
    return rows;
}

static bool names_hint(App *app)
{
    return err_frame(&app->err, _("two breakdowns of one code are told apart by names in column set"));
}

/* Is a code part of two others, neither of them by a breakdown with a name? */
static bool names_lack(Arena *out, const TableDimension *dimension)
{
    bool *part = arena_array(out, table_codes(dimension) + 1, sizeof *part), lack = false;

    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        for (size_t of = 0; of < set.n && !*set.name; of++) {
            lack = lack || part[set.child[of]];
            part[set.child[of]] = true;
        }
    }
    return lack;
}

static bool hierarchy_read(App *app, Input *input, const char *option)
{
    const char *path = strchr(option, '=');
    int at = path ? dimension_find(input, option, (size_t) (path - option)) : -1, parent, child;
    PlainCsv csv;

    if (at < 0)
        return err_set(&app->err, ERR_USAGE, "--hier is DIM=FILE with a dimension of the table, not \"%s\"", option);
    if (!file_read(app, path + 1, &csv) || !plaincsv_need(&csv, "parent", &parent, &app->err) || !plaincsv_need(&csv, "child", &child, &app->err) ||
        !codes_given(app, &csv, (const int[]){parent, child}, 2))
        return false;
    if (csv.n_rows == 0)
        return err_set(&app->err, ERR_INPUT, "\"%s\" has a header and no rows; a hierarchy has a row for every part, and without --hier a dimension has one total", path + 1);
    int set = plaincsv_column(&csv, "set"), keys[] = {parent, set, child};
    const Row *rows = rows_sorted(app, &csv, keys, 3);
    for (size_t step = 0; step < csv.n_rows; step++) {
        size_t row = rows[step].row;
        if (!table_part(input->dimension[at], plaincsv_cell(&csv, row, parent), plaincsv_cell(&csv, row, child), set < 0 ? "" : plaincsv_cell(&csv, row, set), &app->err)) {
            err_frame(&app->err, _("line %zu of \"%s\""), csv.line[row], path + 1);
            return input->hierarchy[at] && names_hint(app);
        }
    }
    input->hierarchy[at] = true;
    return true;
}

/* The codes of a row. Where a dimension has a hierarchy a code must stand in it, or it would be in no total. */
static bool codes_find(App *app, const Input *input, const PlainCsv *csv, const int *column, size_t row, bool innermost, uint32_t *codes)
{
    for (size_t at = 0; at < input->n; at++) {
        const char *code = plaincsv_cell(csv, row, column[at]);
        codes[at] = table_code_find(input->dimension[at], code);
        if (codes[at] == UINT32_MAX && !input->hierarchy[at])
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"%s\": the table does not have this code; correct it, or give the dimension a hierarchy that has it (--hier)", csv->path,
                           csv->line[row], table_dimension_name(input->dimension[at]));
        if (codes[at] == UINT32_MAX)
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu: the hierarchy of \"%s\" does not have this code; add it there", csv->path, csv->line[row],
                           table_dimension_name(input->dimension[at]));
        if (innermost && !table_innermost(input->dimension[at], codes[at]))
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu: the code of \"%s\" is a total; the table holds innermost cells only", csv->path, csv->line[row],
                           table_dimension_name(input->dimension[at]));
    }
    return true;
}

static bool values_read(App *app, Input *input)
{
    const PlainCsv *csv = &input->csv;
    uint32_t codes[TABLE_DIMENSIONS_MAX];

    for (size_t row = 0; row < csv->n_rows; row++) {
        long long value, schools = 0;
        if (!codes_find(app, input, csv, input->column, row, true, codes) ||
            !plaincsv_whole(csv, row, input->value, 0, SYSTEM_VALUE_MAX, &value, &app->err) ||
            (input->schools >= 0 && !plaincsv_whole(csv, row, input->schools, 0, 1000000, &schools, &app->err)))
            return false;
        if (input->schools >= 0 && schools > value)
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"schools\": more schools than the value; a school that is behind it has at least one of it", csv->path, csv->line[row]);
        if (input->schools >= 0 && value && !schools) /* 0 would stand for "not told", and ask nothing of this row */
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"schools\": a row with a value has at least one school; fill in how many, or leave the column out", csv->path, csv->line[row]);
        size_t cell = table_cell(&input->table, codes);
        if (input->table.given[cell])
            return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu: this combination of codes stands there twice", csv->path, csv->line[row]);
        input->table.given[cell] = true;
        input->table.value[cell] = value;
        input->table.schools[cell] = (int32_t) schools;
    }
    return true;
}

/* Is the row of a cell that was published? One's own earlier output is read as it is: what was hidden in it has flag u or x, and no value. A value must be
 * the table's: a corrected figure beside the earlier one is a pair of figures that nothing here protects. */
static bool row_published(App *app, const PlainCsv *csv, size_t row, int flag, int value, bool *published)
{
    const char *said = flag < 0 ? "p" : plaincsv_cell(csv, row, flag);

    *published = strcmp(said, "p") == 0;
    if (!*published && strcmp(said, "u") && strcmp(said, "x"))
        return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"flag\": not p, u or x, as disclose writes it", csv->path, csv->line[row]);
    if (!*published && value >= 0 && *plaincsv_cell(csv, row, value))
        return err_set(&app->err, ERR_INPUT, "\"%s\", line %zu, column \"value\": a hidden cell has no value; empty it, or give flag p to what was published", csv->path, csv->line[row]);
    return true;
}

static bool value_stands(App *app, const PlainCsv *csv, size_t row, int column, int64_t now)
{
    long long then;

    if (!plaincsv_whole(csv, row, column, 0, SYSTEM_VALUE_MAX, &then, &app->err))
        return false;
    return then == now || err_set(&app->err, ERR_DISCLOSURE, "\"%s\", line %zu: the table has another number here than was published. Beside the earlier one it tells by how much it was corrected, "
                                                             "which may be one child. Publish a table without this cell and its totals, or a release, which protects what moved", csv->path, csv->line[row]);
}

/* Cells named in a file of codes get a flag: to be published by order (only the dimensions are read), or published before. */
static bool cells_mark(App *app, Input *input, System *system, const char *path, SystemFlag mark)
{
    PlainCsv csv;
    int column[TABLE_DIMENSIONS_MAX], flag = -1, value = -1;
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    bool published = true;

    if (!path)
        return true;
    if (!file_read(app, path, &csv))
        return false;
    for (size_t at = 0; at < input->n; at++)
        if (!plaincsv_need(&csv, table_dimension_name(input->dimension[at]), &column[at], &app->err))
            return false;
    if (!codes_given(app, &csv, column, input->n))
        return false;
    if (mark == SYSTEM_FIXED) {
        flag = plaincsv_column(&csv, "flag");
        value = plaincsv_column(&csv, "value");
    }
    for (size_t row = 0; row < csv.n_rows; row++) {
        if (!row_published(app, &csv, row, flag, value, &published))
            return false;
        if (!published)
            continue;
        if (!codes_find(app, input, &csv, column, row, false, codes))
            return false;
        SystemCell *cell = &system->cell[table_cell(&input->table, codes)];
        if (value >= 0 && !value_stands(app, &csv, row, value, cell->value))
            return false;
        cell->flags |= mark;
    }
    return true;
}

static bool set_find(const TableDimension *dimension, const char *name)
{
    for (size_t at = 0; at < table_sets(dimension); at++)
        if (strcmp(table_set(dimension, at).name, name) == 0)
            return true;
    return false;
}

/* Without a code above all others there is no grand total, and nothing ties the parts of the table together: a total that was forgotten. */
static bool one_above_all(App *app, const TableDimension *dimension)
{
    enum { NAMED = 5 };
    bool *part = arena_array(app->run, table_codes(dimension) + 1, sizeof *part);
    const char *names = "";
    size_t n = 0;

    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        for (size_t of = 0; of < set.n; of++)
            part[set.child[of]] = true;
    }
    for (uint32_t code = 0; code < table_codes(dimension); code++)
        if (!part[code] && ++n <= NAMED)
            names = arena_format(app->run, "%s%s\"%s\"", names, n > 1 ? ", " : "", table_code_text(dimension, code));
    if (n > NAMED)
        return err_set(&app->err, ERR_INPUT, "dimension \"%s\": its hierarchy has no grand total: nothing stands above %s, ... (%zu codes). Add a code of which they are the parts",
                       table_dimension_name(dimension), names, n);
    return n < 2 || err_set(&app->err, ERR_INPUT, "dimension \"%s\": its hierarchy has no grand total: nothing stands above %s. Add a code of which they are the parts",
                            table_dimension_name(dimension), names);
}

static bool input_read(App *app, Input *input, System *system)
{
    if (!columns_find(app, input))
        return false;
    for (int at = 0; at < app->n_hier; at++)
        if (!hierarchy_read(app, input, app->hier[at]))
            return false;
    for (size_t at = 0; at < input->n; at++) {
        TableDimension *dimension = input->dimension[at];
        if (!table_has_parts(dimension)) {
            if (!input->csv.n_rows)
                return err_set(&app->err, ERR_INPUT, "\"%s\" has a header and no rows; dimension \"%s\" has no codes then, but for those of a hierarchy (--hier)", app->table, table_dimension_name(dimension));
            const Row *rows = rows_sorted(app, &input->csv, &input->column[at], 1);
            for (size_t step = 0; step < input->csv.n_rows; step++)
                table_code(dimension, plaincsv_cell(&input->csv, rows[step].row, input->column[at]));
            if (table_code_find(dimension, "Total") != UINT32_MAX)
                return err_set(&app->err, ERR_INPUT, "dimension \"%s\" of \"%s\" has a code Total, which is the name of its total; the table holds innermost cells only",
                               table_dimension_name(dimension), app->table);
            table_total(dimension, "Total");
        }
        if (!table_dimension_finish(dimension, &app->err))
            return names_lack(app->run, dimension) && names_hint(app);
        if (!one_above_all(app, dimension))
            return false;
    }
    if (!table_begin(app->run, input->dimension, input->n, &input->table, &app->err) || !values_read(app, input))
        return false;
    if (app->contributors) {
        const char *set = strchr(app->contributors, '=');
        input->table.contributors = dimension_find(input, app->contributors, set ? (size_t) (set - app->contributors) : strlen(app->contributors));
        input->table.contributors_set = set ? set + 1 : NULL;
        if (input->table.contributors < 0)
            return err_set(&app->err, ERR_USAGE, "--contributors names a dimension of the table, not \"%s\"", app->contributors);
        if (set && !set_find(input->dimension[input->table.contributors], set + 1))
            return err_set(&app->err, ERR_USAGE, "--contributors: the hierarchy of this dimension has no breakdown \"%s\" in its column set", set + 1);
    }
    return table_system(app->run, &input->table, system, &app->err) && cells_mark(app, input, system, app->must, SYSTEM_FORCED) &&
           cells_mark(app, input, system, app->earlier, SYSTEM_FIXED);
}

bool table_input_read(App *app, Table *table, bool *schools, System *system)
{
    Input *input = arena_alloc(app->run, sizeof *input); /* the table borrows its dimensions */

    if (!input_read(app, input, system))
        return false;
    *table = input->table;
    *schools = input->schools >= 0;
    return true;
}
