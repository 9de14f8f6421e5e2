/** Small tables for the tests of disclosure control: written out, or drawn. Everything lives in the arena. */
#ifndef VB_TESTS_TABLES_H
#define VB_TESTS_TABLES_H

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analyze/disclosure/protect.h"
#include "analyze/disclosure/table.h"
#include "tests/harness/test.h"

/** rows x columns with totals; cell (row, column) is row * (columns + 1) + column, the totals last. */
static inline void table_two_way(Arena *arena, size_t rows, size_t columns, const int64_t *values, System *system)
{
    SystemTerm term[32];

    system_begin(system, arena);
    for (size_t row = 0; row <= rows; row++)
        for (size_t column = 0; column <= columns; column++) {
            int64_t sum = 0;
            for (size_t i = row < rows ? row : 0; i < (row < rows ? row + 1 : rows); i++)
                for (size_t j = column < columns ? column : 0; j < (column < columns ? column + 1 : columns); j++)
                    sum += values[i * columns + j];
            system_cell(system, &(SystemCell){.value = sum});
        }
    for (size_t row = 0; row <= rows; row++) {
        term[0] = (SystemTerm){(uint32_t) (row * (columns + 1) + columns), -1};
        for (size_t column = 0; column < columns; column++)
            term[column + 1] = (SystemTerm){(uint32_t) (row * (columns + 1) + column), 1};
        system_line(system, term, columns + 1);
    }
    for (size_t column = 0; column <= columns; column++) {
        term[0] = (SystemTerm){(uint32_t) (rows * (columns + 1) + column), -1};
        for (size_t row = 0; row < rows; row++)
            term[row + 1] = (SystemTerm){(uint32_t) (row * (columns + 1) + column), 1};
        system_line(system, term, rows + 1);
    }
}

/** A dimension of n innermost codes under one total, in groups of the size given (0 = no groups), and with a second breakdown when asked. */
static inline TableDimension *dimension_draw(Arena *arena, const char *name, size_t n, size_t group, bool second)
{
    TableDimension *dimension = table_dimension_new(arena, name);
    Err err = {0};

    for (size_t code = 0; code < n; code++) {
        const char *text = arena_format(arena, "c%zu", code);
        const char *above = group ? arena_format(arena, "g%zu", code / group) : "Total";
        if (!table_part(dimension, above, text, "", &err))
            test_fail(__FILE__, __LINE__, "%s", err.text);
        if (second && !table_part(dimension, arena_format(arena, "h%zu", code % 2), text, "", &err))
            test_fail(__FILE__, __LINE__, "%s", err.text);
    }
    for (size_t at = 0; group && at * group < n; at++)
        if (!table_part(dimension, "Total", arena_format(arena, "g%zu", at), "", &err))
            test_fail(__FILE__, __LINE__, "%s", err.text);
    for (size_t at = 0; second && at < 2; at++)
        if (!table_part(dimension, "Total", arena_format(arena, "h%zu", at), group ? "other" : "two", &err))
            test_fail(__FILE__, __LINE__, "%s", err.text);
    if (!table_dimension_finish(dimension, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return dimension;
}

/** A random table of at most cells_max cells with its margins: 2 or 3 dimensions, with or without groups and second breakdowns, sparse to dense. */
static inline void table_draw(Arena *arena, gsl_rng *rng, size_t cells_max, Table *table, System *system)
{
    TableDimension **dimension = arena_array(arena, 3, sizeof *dimension);
    uint32_t codes[3];
    Err err = {0};

    do {
        size_t n = 2 + gsl_rng_uniform_int(rng, 2);
        for (size_t at = 0; at < n; at++) {
            size_t innermost = 2 + gsl_rng_uniform_int(rng, n == 2 ? 9 : 4);
            dimension[at] = dimension_draw(arena, at == 0 ? "a" : at == 1 ? "b" : "c", innermost, innermost >= 4 && gsl_rng_uniform_int(rng, 2) ? 2 : 0,
                                           innermost >= 4 && gsl_rng_uniform_int(rng, 4) == 0);
        }
        if (!table_begin(arena, dimension, n, table, &err))
            test_fail(__FILE__, __LINE__, "%s", err.text);
    } while (table->n_cells > cells_max);
    double mean = (double[]){0.7, 2, 6, 15}[gsl_rng_uniform_int(rng, 4)];
    for (size_t cell = 0; cell < table->n_cells; cell++) {
        bool innermost = true;
        table_cell_codes(table, cell, codes);
        for (size_t at = 0; at < table->n_dimensions; at++)
            innermost = innermost && table_innermost(table->dimension[at], codes[at]);
        if (innermost)
            table->value[cell] = gsl_ran_poisson(rng, mean * gsl_ran_gamma(rng, 1.5, 1 / 1.5));
    }
    if (!table_system(arena, table, system, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
}

#endif
