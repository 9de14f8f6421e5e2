#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/disclosure/coarsen.h"
#include "analyze/disclosure/protect.h"
#include "analyze/disclosure/table.h"
#include "cli/app.h"
#include "common/plaincsv.h"
#include "common/text.h"

/* -- reading ------------------------------------------------------------------------------------- */

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

/* \return one a code: is it part of another? */
static bool *parts_find(Arena *out, const TableDimension *dimension)
{
    bool *part = arena_array(out, table_codes(dimension) + 1, sizeof *part);

    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        for (size_t of = 0; of < set.n; of++)
            part[set.child[of]] = true;
    }
    return part;
}

/* Without a code above all others there is no grand total, and nothing ties the parts of the table together: a total that was forgotten. */
static bool one_above_all(App *app, const TableDimension *dimension)
{
    enum { NAMED = 5 };
    const bool *part = parts_find(app->run, dimension);
    const char *names = "";
    size_t n = 0;

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

/* -- writing ------------------------------------------------------------------------------------- */

static void quoted(const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

/* One code below another, and how the codes below it follow each other. */
typedef struct Below {
    uint32_t    parent, code; /* parent UINT32_MAX: below none */
    const char *set, *text;
} Below;

static int by_place(const void *a, const void *b)
{
    const Below *x = a, *y = b;

    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    int order = strcmp(x->set, y->set);
    return order ? order : strcmp(x->text, y->text);
}

/* The codes of a dimension as they are printed: a group before its parts, one breakdown behind another, each code where it comes first. */
static uint32_t *codes_order(Arena *out, const TableDimension *dimension)
{
    size_t n = table_codes(dimension), n_below = 0, made = 0, room = n, waiting = 0;
    const bool *part = parts_find(out, dimension);

    for (size_t at = 0; at < table_sets(dimension); at++)
        room += table_set(dimension, at).n;
    Below *below = arena_array(out, room + 1, sizeof *below);
    uint32_t *order = arena_array(out, n + 1, sizeof *order), *stack = arena_array(out, room + 1, sizeof *stack);
    size_t *start = arena_array(out, n + 2, sizeof *start);
    bool *done = arena_array(out, n + 1, sizeof *done);
    for (size_t at = 0; at < table_sets(dimension); at++) {
        TableSet set = table_set(dimension, at);
        for (size_t of = 0; of < set.n; of++)
            below[n_below++] = (Below){set.parent, set.child[of], set.name, table_code_text(dimension, set.child[of])};
        start[set.parent + 1] += set.n;
    }
    for (size_t code = 0; code < n; code++)
        start[code + 1] += start[code];
    for (uint32_t code = 0; code < n; code++)
        if (!part[code])
            below[n_below++] = (Below){UINT32_MAX, code, "", table_code_text(dimension, code)};
    qsort(below, n_below, sizeof *below, by_place);
    for (size_t at = n_below; at-- > start[n];)
        stack[waiting++] = below[at].code;
    while (waiting) {
        uint32_t code = stack[--waiting];
        if (done[code])
            continue;
        done[code] = true;
        order[made++] = code;
        for (size_t at = start[code + 1]; at-- > start[code];)
            stack[waiting++] = below[at].code;
    }
    return order;
}

/* The order in which cells are printed. Their numbers stay as they are: what is hidden depends on them. */
typedef struct Order {
    const Table *table;
    uint32_t    *code[TABLE_DIMENSIONS_MAX]; /* at each place the code */
} Order;

static Order order_make(Arena *out, const Table *table)
{
    Order order = {.table = table};

    for (size_t at = 0; at < table->n_dimensions; at++)
        order.code[at] = codes_order(out, table->dimension[at]);
    return order;
}

/* The cell at a place, and its codes. Places are numbered as cells are. */
static size_t order_cell(const Order *order, size_t place, uint32_t *codes)
{
    table_cell_codes(order->table, place, codes);
    for (size_t at = 0; at < order->table->n_dimensions; at++)
        codes[at] = order->code[at][codes[at]];
    return table_cell(order->table, codes);
}

static const char *flag_of(CellStatus status)
{
    return status == CELL_PUBLISHED ? "p" : status == CELL_PRIMARY ? "u" : "x";
}

/* A cell a line, as they come: a table may have millions. */
static bool cells_json(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    Order order = order_make(app->run, table);
    bool good = true, first = true;

    fputs("\"cells\": [", stdout);
    for (size_t place = 0; place < table->n_cells && good; place++) {
        size_t cell = order_cell(&order, place, codes);
        if (below && below[cell])
            continue;
        json_t *codes_json = json_object(), *json;
        for (size_t at = 0; at < table->n_dimensions; at++)
            json_object_set_new(codes_json, table_dimension_name(table->dimension[at]), json_string(table_code_text(table->dimension[at], codes[at])));
        json = json_pack("{s:o, s:o, s:s}", "codes", codes_json, "value", status[cell] == CELL_PUBLISHED ? json_integer((json_int_t) system->cell[cell].value) : json_null(),
                         "flag", flag_of(status[cell]));
        fputs(first ? "\n " : ",\n ", stdout);
        first = false;
        good = json && json_dumpf(json, stdout, 0) == 0;
        json_decref(json);
    }
    puts("\n]}");
    return good || err_set(&app->err, ERR_IO, "cannot write the cells as JSON");
}

/* \param below NULL, or one byte a cell: in the system, and not of this table */
static void cells_print(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below)
{
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    Order order = order_make(app->run, table);

    for (size_t at = 0; at < table->n_dimensions; at++) {
        quoted(table_dimension_name(table->dimension[at]));
        putchar(',');
    }
    puts("value,flag");
    for (size_t place = 0; place < table->n_cells; place++) {
        size_t cell = order_cell(&order, place, codes);
        if (below && below[cell])
            continue;
        for (size_t at = 0; at < table->n_dimensions; at++) {
            quoted(table_code_text(table->dimension[at], codes[at]));
            putchar(',');
        }
        if (status[cell] == CELL_PUBLISHED)
            printf("%lld,p\n", (long long) system->cell[cell].value);
        else
            printf(",%s\n", flag_of(status[cell]));
    }
}

/* What was chosen when coarser tables were looked at too. */
typedef struct Chosen {
    const char *name;
    size_t      tried, protected;
    double      loss;
    json_t     *alternatives; /* for --json, else NULL; borrowed */
} Chosen;

/* -1 in a certificate: there is none of it. */
static json_t *there_is(int64_t number)
{
    return number < 0 ? json_null() : json_integer((json_int_t) number);
}

static bool certificate_write(App *app, const Certificate *it, const Chosen *chosen)
{
    json_t *json = json_pack(
        "{s:{s:I,s:I,s:I,s:b,s:b}, s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I, s:I,s:I, s:I,s:I,s:I,s:I, s:I,s:I,s:I, s:o,s:o,s:I, s:I,s:I,s:o, s:I,s:I,s:I}", "rules", "threshold",
        (json_int_t) it->rules.threshold, "width", (json_int_t) it->rules.width_min, "contributors", (json_int_t) it->rules.contributors_min, "zeros_published",
        it->rules.zeros_published, "insiders", it->rules.insiders, "cells", (json_int_t) it->n_cells, "relations", (json_int_t) it->n_lines, "zeros",
        (json_int_t) it->n_zero, "withheld", (json_int_t) it->n_withheld, "primaries", (json_int_t) it->n_primary, "secondaries", (json_int_t) it->n_secondary, "published", (json_int_t) it->n_published,
        "ranges", (json_int_t) it->n_ranges, "total", (json_int_t) it->total, "total_hidden", (json_int_t) it->total_hidden, "attackers",
        (json_int_t) it->n_attacks, "insiders_tried", (json_int_t) it->n_insiders, "hidden_attacked", (json_int_t) it->n_hidden, "connected_parts",
        (json_int_t) it->n_parts, "linear_programs", (json_int_t) it->n_linear, "integer_programs", (json_int_t) it->n_integer, "example_tables",
        (json_int_t) it->n_examples, "narrowest_interval", there_is(it->narrowest), "smallest_residual", there_is(it->smallest_residual),
        "primaries_known_below_threshold", (json_int_t) it->n_below, "secondaries_before_mending", (json_int_t) it->n_greedy,
        "secondaries_of_the_search", (json_int_t) it->n_searched, "secondaries_at_least", there_is(it->n_least), "mended",
        (json_int_t) it->n_repaired, "published_again", (json_int_t) it->n_taken_back, "rounds", (json_int_t) it->n_rounds);
    if (json && chosen)
        json_object_set_new(json, "coarsen", json_pack("{s:s,s:I,s:I,s:f}", "chosen", chosen->name, "alternatives", (json_int_t) chosen->tried, "protected",
                                                       (json_int_t) chosen->protected, "loss", round(chosen->loss * 1e4) / 1e4));
    errno = json ? 0 : ENOMEM;
    bool good = json && json_dump_file(json, app->certificate, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
    int why = errno;

    json_decref(json);
    return good || err_set(&app->err, ERR_IO, "cannot write the certificate to \"%s\": %s", app->certificate, strerror(why));
}

/* Why nothing was published, by the names of the cells: the file they come from is the operator's own. */
static void refusal_say(const Table *table, const System *system, const Refusal *refusal)
{
    char name[512];

    for (size_t at = 0; at < refusal->n_demands; at++) {
        bool stands = system->cell[refusal->demand[at]].flags & SYSTEM_FIXED, alone = refusal->n_demands == 1;
        table_cell_name(table, refusal->demand[at], name, sizeof name);
        if (stands)
            log_error(alone ? _("was published earlier: %s") : _("was published earlier, with the others named here: %s"), name);
        else
            log_error(alone ? _("must be published: %s") : _("must be published, with the others named here: %s"), name);
    }
    table_cell_name(table, refusal->cell, name, sizeof name);
    switch (refusal->kind) {
    case REFUSAL_DEMANDS: log_error(_("and then this can be computed, and may not be known: %s"), name); break;
    case REFUSAL_SHUT: log_error(_("below this total too little is hidden, and nothing more of it may be hidden: %s (such totals: %zu)"), name, refusal->n); break;
    case REFUSAL_LINES: log_error(_("below this total too little is hidden, whatever else is hidden: %s (such totals: %zu)"), name, refusal->n); break;
    case REFUSAL_OUTSIDER: log_error(_("any reader can narrow down this hidden cell, whatever else is hidden: %s (such cells: %zu)"), name, refusal->n); break;
    case REFUSAL_INSIDER:
        log_error(_("who knows the records of \"%s\" can narrow down this hidden cell, whatever else is hidden: %s (such cells: %zu)"),
                  table_code_text(table->dimension[table->contributors], (uint32_t) refusal->insider - 1), name, refusal->n);
        break;
    case REFUSAL_NONE:     /* the solver or exact arithmetic broke down: no cell to name */
    case REFUSAL_COMPUTED: /* of an audit, which is not asked for here */
        break;
    }
}

/* The table as it is, or the alternative chosen: certificate, cells, and a line for the log. */
static int publish(App *app, const Table *table, const System *system, const CellStatus *status, const uint8_t *below, const Certificate *certificate, const Chosen *chosen)
{
    size_t programs = certificate->n_linear + certificate->n_integer;

    if (app->certificate && !app->dry_run && !certificate_write(app, certificate, chosen))
        return (int) app->err.kind;
    if (!app->json) {
        cells_print(app, table, system, status, below);
    } else {
        putchar('{');
        if (chosen) {
            fputs("\"alternatives\": ", stdout);
            json_dumpf(chosen->alternatives, stdout, JSON_REAL_PRECISION(6));
            fputs(",\n\"chosen\": ", stdout);
            json_t *name = json_string(chosen->name);
            json_dumpf(name, stdout, JSON_ENCODE_ANY);
            json_decref(name);
            fputs(",\n", stdout);
        }
        if (!cells_json(app, table, system, status, below))
            return (int) app->err.kind;
    }
    if (app->certificate && app->dry_run)
        log_info(_("dry run: no certificate was written"));
    const char *cells = arena_format(app->run, ngettext("disclose: %zu cell: %zu published, %zu zero, %zu primary, %zu secondary", "disclose: %zu cells: %zu published, %zu zero, %zu primary, %zu secondary", certificate->n_cells),
                                     certificate->n_cells, certificate->n_published, certificate->n_zero, certificate->n_primary, certificate->n_secondary);
    const char *narrowest = certificate->narrowest < 0 ? "" : arena_format(app->run, _("; narrowest interval %lld"), (long long) certificate->narrowest);
    const char *residual = certificate->smallest_residual < 0 ? "" : arena_format(app->run, _("; smallest residual %lld"), (long long) certificate->smallest_residual);
    const char *attackers = arena_format(app->run, ngettext("%zu attacker", "%zu attackers", certificate->n_attacks), certificate->n_attacks);
    log_info("%s%s%s; %s, %s", cells, narrowest, residual, attackers, arena_format(app->run, ngettext("%zu program", "%zu programs", programs), programs));
    return 0;
}

static int refused(App *app, const Table *table, const System *system, const Refusal *refusal)
{
    bool stands = false;

    refusal_say(table, system, refusal);
    for (size_t at = 0; at < refusal->n_demands; at++)
        stands = stands || system->cell[refusal->demand[at]].flags & SYSTEM_FIXED;
    /* the room that refuses knows no plurals, and calls all of them demands */
    if (refusal->kind == REFUSAL_DEMANDS && refusal->n_demands == 1)
        err_set(&app->err, app->err.kind, stands ? "a cell that was published earlier gives away a cell that may not be known" : "a cell that must be published gives away a cell that may not be known");
    else if (refusal->kind == REFUSAL_DEMANDS && stands)
        err_set(&app->err, app->err.kind, "%zu cells that must be published or were published earlier give away together a cell that may not be known", refusal->n_demands);
    return (int) app->err.kind;
}

/* -- coarser tables ------------------------------------------------------------------------------ */

static void share_text(double share, char *out, size_t bytes)
{
    snprintf(out, bytes, isnan(share) ? "" : "%.4f", share);
}

/* One alternative: as CSV on stdout, or in columns on stderr. */
static void alternative_print(const char *name, const CoarsenResult *it, bool csv)
{
    char cells[32], events[32], loss[32];

    if (it->outcome != COARSEN_PROTECTED) {
        const char *why = it->outcome == COARSEN_LACKS ? "lacks" : "refused";
        if (!csv) {
            fprintf(stderr, "  %-40s %s\n", name, it->outcome == COARSEN_LACKS ? _("lacks a cell that must be or was published") : _("cannot be protected"));
            return;
        }
        quoted(name);
        printf(",%s,,,,,,\n", why);
        return;
    }
    share_text(it->cells, cells, sizeof cells);
    share_text(it->events, events, sizeof events);
    share_text(it->loss, loss, sizeof loss);
    if (!csv) {
        fprintf(stderr, "  %-40s %9zu %9zu %9zu %9s %9s %9s\n", name, it->n_cells, it->n_primary, it->n_secondary, cells, events, loss);
        return;
    }
    quoted(name);
    printf(",protected,%zu,%zu,%zu,%s,%s,%s\n", it->n_cells, it->n_primary, it->n_secondary, cells, events, loss);
}

static json_t *share_json(double share)
{
    return isnan(share) ? json_null() : json_real(round(share * 1e4) / 1e4);
}

static json_t *alternative_json(const char *name, const CoarsenResult *it)
{
    if (it->outcome != COARSEN_PROTECTED)
        return json_pack("{s:s, s:s}", "alternative", name, "outcome", it->outcome == COARSEN_LACKS ? "lacks" : "refused");
    return json_pack("{s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "alternative", name, "outcome", "protected", "cells", (json_int_t) it->n_cells, "primary",
                     (json_int_t) it->n_primary, "secondary", (json_int_t) it->n_secondary, "cells_shown", share_json(it->cells), "events_shown", share_json(it->events),
                     "loss", share_json(it->loss));
}

static void alternatives_header(bool csv)
{
    if (csv)
        puts("alternative,outcome,cells,primary,secondary,cells_shown,events_shown,loss");
    else
        fprintf(stderr, "  %-40s %9s %9s %9s %9s %9s %9s\n", _("alternative"), _("cells"), _("primary"), _("second."), _("shown"), _("events"), _("loss"));
}

/* Every alternative protected and measured, one at a time: only the best so far is kept. */
static int coarsen_run(App *app, const Input *input, const System *system, const SystemRules *rules)
{
    bool list = strcmp(app->coarsen, "list") == 0;
    json_auto_t *alternatives = app->json ? json_array() : NULL;
    ARENA_AUTO best_memory = arena_new();
    CoarsenResult best, first = {0};
    Chosen chosen = {0};
    Coarsen coarsen;

    coarsen_list(app->run, &input->table, &coarsen);
    if (!list || !app->json)
        alternatives_header(list);
    for (size_t which = 0; which < coarsen.n; which++) {
        Arena *memory = arena_new();
        CoarsenResult it;
        if (!coarsen_try(which ? memory : app->run, &coarsen, which, system, rules, &it, &app->err)) {
            arena_free(memory);
            return (int) app->err.kind;
        }
        if (!list || !app->json)
            alternative_print(coarsen.alternative[which].name, &it, list);
        if (app->json)
            json_array_append_new(alternatives, alternative_json(coarsen.alternative[which].name, &it));
        if (which == 0)
            first = it;
        chosen.protected += it.outcome == COARSEN_PROTECTED;
        if (which == 0 || coarsen_better(&it, &best)) {
            Arena *earlier = best_memory;
            best = it;
            best_memory = memory;
            memory = earlier;
            chosen.name = coarsen.alternative[which].name;
        }
        arena_free(memory);
    }
    chosen.tried = coarsen.n;
    chosen.alternatives = alternatives;
    chosen.loss = best.loss;
    if (coarsen.n_left_out)
        log_warn(ngettext("%zu coarser alternative was not looked at", "%zu coarser alternatives were not looked at", coarsen.n_left_out), coarsen.n_left_out);
    if (list && app->json) {
        fputs("{\"alternatives\": ", stdout);
        json_dumpf(alternatives, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
        puts("}");
    }
    if (list)
        return 0;
    if (best.outcome != COARSEN_PROTECTED) {
        app->err = first.err;
        return refused(app, &first.table, &first.system, &first.refusal);
    }
    log_info(_("disclose: published: %s. Publish none of the others beside it: two tables can be subtracted"), chosen.name);
    return publish(app, &best.table, &best.system, best.status, best.below, &best.certificate, &chosen);
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* The certificate must not take the place of what it is of. */
static bool certificate_elsewhere(App *app)
{
    const char *read[3 + sizeof app->hier / sizeof *app->hier] = {app->table, app->must, app->earlier};
    size_t n = 3;

    for (int at = 0; at < app->n_hier; at++)
        read[n++] = strchr(app->hier[at], '=') ? strchr(app->hier[at], '=') + 1 : NULL;
    for (size_t at = 0; at < n; at++)
        if (read[at] && same_file(read[at], app->certificate))
            return err_set(&app->err, ERR_USAGE, "--certificate would write over \"%s\", which is read; name another file", app->certificate);
    return true;
}

int cmd_disclose_table(App *app)
{
    Input input = {0};
    System system;
    Certificate certificate;
    Refusal refusal;

    if (app->certificate && app->coarsen && strcmp(app->coarsen, "list") == 0)
        return err_set(&app->err, ERR_USAGE, "--certificate is of the table that is published, and --coarsen list publishes none; take --coarsen best"), (int) ERR_USAGE;
    if ((app->certificate && !certificate_elsewhere(app)) || !input_read(app, &input, &system))
        return (int) app->err.kind;
    SystemRules rules = {.threshold = app->threshold ? app->threshold : 5, .contributors_min = input.schools >= 0 ? 3 : 0,
                         .zeros_published = !app->zeros || strcmp(app->zeros, "publish") == 0, .insiders = app->contributors != NULL};
    rules.width_min = system_width(rules.threshold, rules.zeros_published);
    if (app->coarsen)
        return coarsen_run(app, &input, &system, &rules);
    CellStatus *status = arena_array(app->run, system.n_cells, sizeof *status);
    if (!protect_run(&system, &rules, status, &certificate, &refusal, &app->err))
        return refused(app, &input.table, &system, &refusal);
    return publish(app, &input.table, &system, status, NULL, &certificate, NULL);
}
