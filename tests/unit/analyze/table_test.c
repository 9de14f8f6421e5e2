#include "analyze/disclosure/table.h"

#include <string.h>

#include "tests/unit/analyze/tables.h"

static uint32_t code(const Table *table, const char *text)
{
    return table_code_find(table->dimension[0], text);
}

/* Schools a and b of board p, c on its own; in regions too, of which the first holds a and c. */
static void schools(Arena *arena, Table *table, System *system, int contributors)
{
    TableDimension **dimension = arena_array(arena, 1, sizeof *dimension);
    Err err = {0};

    *dimension = table_dimension_new(arena, "school");
    CHECK(table_part(*dimension, "Total", "p", "board", &err) && table_part(*dimension, "Total", "c", "board", &err) && table_part(*dimension, "p", "a", "", &err) &&
          table_part(*dimension, "p", "b", "", &err) && table_part(*dimension, "Total", "n", "region", &err) && table_part(*dimension, "Total", "z", "region", &err) &&
          table_part(*dimension, "n", "a", "", &err) && table_part(*dimension, "n", "c", "", &err) && table_part(*dimension, "z", "b", "", &err));
    CHECK(table_dimension_finish(*dimension, &err));
    CHECK(table_begin(arena, dimension, 1, table, &err));
    for (int at = 0; at < 3; at++) {
        table->value[code(table, (const char *[]){"a", "b", "c"}[at])] = 10 + at;
        table->schools[code(table, (const char *[]){"a", "b", "c"}[at])] = 1 + at;
    }
    table->contributors = contributors;
    CHECK(table_system(arena, table, system, &err));
}

TEST("margins and contributing schools are summed along one breakdown, and every breakdown is a relation")
{
    ARENA_AUTO arena = arena_new();
    Table table;
    System system;

    static const int64_t value[] = {10, 11, 12, 21, 22, 11, 33};
    static const int32_t behind[] = {1, 2, 3, 3, 4, 2, 6};
    schools(arena, &table, &system, -1);
    for (int at = 0; at < 7; at++) {
        const SystemCell *cell = &system.cell[code(&table, (const char *[]){"a", "b", "c", "p", "n", "z", "Total"}[at])];
        CHECK_INT(cell->value, value[at]);
        CHECK_INT(cell->schools, behind[at]);
        CHECK(!cell->holder[0] && !cell->holder[1]);
    }
    CHECK_INT(system.n_lines, 5);
}

TEST("who knows a cell: the school itself, and the group it is first said to be of; of all together nobody")
{
    ARENA_AUTO arena = arena_new();
    Table table;
    System system;

    schools(arena, &table, &system, 0);
    for (int at = 0; at < 7; at++) {
        const SystemCell *cell = &system.cell[code(&table, (const char *[]){"a", "b", "c", "p", "n", "z", "Total"}[at])];
        const char *own = (const char *[]){"a", "b", "c", NULL, NULL, NULL, NULL}[at], *group = (const char *[]){"p", "p", NULL, "p", "n", "z", NULL}[at];
        CHECK_INT(cell->holder[0], own ? (int32_t) code(&table, own) + 1 : 0);
        CHECK_INT(cell->holder[1], group ? (int32_t) code(&table, group) + 1 : 0);
    }
}

TEST("schools beyond what can be counted are as many as can be")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Table table;
    System system;
    Err err = {0};

    table_code(dimension, "a");
    table_code(dimension, "b");
    table_total(dimension, "Total");
    CHECK(table_dimension_finish(dimension, &err) && table_begin(arena, &dimension, 1, &table, &err));
    table.schools[0] = table.schools[1] = INT32_MAX;
    CHECK(table_system(arena, &table, &system, &err));
    CHECK_INT(system.cell[2].schools, INT32_MAX);
}

TEST("a total may be a code that is there, and is not part of itself")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Err err = {0};

    table_code(dimension, "all");
    table_code(dimension, "a");
    table_total(dimension, "all");
    CHECK(table_dimension_finish(dimension, &err));
    CHECK_INT(table_sets(dimension), 1);
    CHECK_INT(table_set(dimension, 0).n, 1);
    CHECK(!table_innermost(dimension, 0) && table_innermost(dimension, 1));
}

TEST("cells by their codes and back, by name; too many cells, dimensions or too large a total are refused")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension[9];
    Table table;
    System system;
    uint32_t codes[TABLE_DIMENSIONS_MAX];
    char name[64];
    Err err = {0};

    for (size_t at = 0; at < 9; at++) {
        dimension[at] = table_dimension_new(arena, arena_format(arena, "d%zu", at));
        for (size_t of = 0; of < 9; of++)
            table_code(dimension[at], arena_format(arena, "c%zu", of));
        table_total(dimension[at], "Total");
        CHECK(table_dimension_finish(dimension[at], &err));
    }
    CHECK(table_begin(arena, dimension, 3, &table, &err));
    const uint32_t far[] = {4, 0, 7};
    CHECK_INT(table_cell(&table, far), 407);
    table_cell_codes(&table, 407, codes);
    CHECK(codes[0] == 4 && codes[1] == 0 && codes[2] == 7);
    table_cell_name(&table, 409, name, sizeof name);
    CHECK_TEXT(name, "d0=c4, d1=c0, d2=Total");
    table_cell_name(&table, 409, name, 10);
    CHECK_TEXT(name, "d0=c4, d1");
    CHECK(!table_begin(arena, dimension, 9, &table, &err));
    CHECK(strstr(err.text, "1 to 8 dimensions, not 9") != NULL);
    CHECK(!table_begin(arena, dimension, 0, &table, &err));
    CHECK(!table_begin(arena, dimension, 8, &table, &err)); /* 10^8 */
    CHECK(strstr(err.text, "more than 20000000 cells") != NULL);
    CHECK(table_begin(arena, dimension, 2, &table, &err));
    table.value[0] = SYSTEM_VALUE_MAX;
    CHECK(table_system(arena, &table, &system, &err));
    CHECK(table_begin(arena, dimension, 2, &table, &err));
    table.value[0] = SYSTEM_VALUE_MAX;
    table.value[1] = 1; /* of c0, over the second dimension */
    CHECK(!table_system(arena, &table, &system, &err));
    CHECK(strstr(err.text, "this total is more than 1000000000: d0=c0, d1=Total") != NULL);
}
