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

/* Which cells an insider knows, in the order a b c p n z Total. */
static const char *known_to(const Table *table, const System *system, const char *insider)
{
    static char known[8];

    for (int at = 0; at < 7; at++)
        known[at] = system_knows(system, (int32_t) code(table, insider) + 1, code(table, (const char *[]){"a", "b", "c", "p", "n", "z", "Total"}[at])) ? "abcpnzT"[at] : '-';
    return known;
}

TEST("who knows a cell: the school itself, and every group that holds all of it, of the breakdown that is named; of all together nobody")
{
    static const struct { const char *set, *who, *known; } of[] = {
        {NULL, "a", "a------"}, {NULL, "p", "ab-p-z-"}, {NULL, "n", "a-c-n--"}, {NULL, "z", "-b---z-"}, {NULL, "Total", "-------"}, /* all of region z is board p's */
        {"board", "a", "a------"}, {"board", "p", "ab-p-z-"}, {"board", "n", "-------"}, {"region", "p", "-------"}, {"region", "n", "a-c-n--"},
    };

    for (size_t at = 0; at < sizeof of / sizeof *of; at++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        table.contributors_set = NULL;
        schools(arena, &table, &system, 0);
        table.contributors_set = of[at].set;
        CHECK(table_system(arena, &table, &system, &(Err){0}));
        CHECK_TEXT(known_to(&table, &system, of[at].who), of[at].known);
        CHECK(!system_knows(&system, 0, code(&table, "a")));
    }
}

TEST("a group of groups knows what is below them too")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Table table;
    System system;
    Err err = {0};

    for (const char **part = (const char *[]){"Total", "S", "Total", "T", "S", "G", "S", "H", "G", "a", "H", "b", "T", "c", NULL}; *part; part += 2)
        CHECK(table_part(dimension, part[0], part[1], "", &err));
    CHECK(table_dimension_finish(dimension, &err) && table_begin(arena, &dimension, 1, &table, &err));
    table.contributors = 0;
    CHECK(table_system(arena, &table, &system, &err));
    for (const char **known = (const char *[]){"S", "G", "H", "a", "b", NULL}; *known; known++)
        CHECK(system_knows(&system, (int32_t) code(&table, "S") + 1, code(&table, *known)));
    for (const char **known = (const char *[]){"T", "c", "Total", NULL}; *known; known++)
        CHECK(!system_knows(&system, (int32_t) code(&table, "S") + 1, code(&table, *known)));
    CHECK(system_knows(&system, (int32_t) code(&table, "G") + 1, code(&table, "a")) && !system_knows(&system, (int32_t) code(&table, "G") + 1, code(&table, "S")));
}

TEST("groups below a board are of the breakdown that is named, those below a region are not")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Table table;
    System system;
    Err err = {0};

    /* board S of groups G and H, board T; region R of groups P and Q, region U */
    for (const char **part = (const char *[]){"Total", "S", "board", "Total", "T", "board", "Total", "R", "region", "Total", "U", "region", "S", "G", "", "S", "H", "", "G", "a", "",
                                              "H", "b", "", "T", "c", "", "R", "P", "", "R", "Q", "", "P", "a", "", "Q", "c", "", "U", "b", "", NULL}; *part; part += 3)
        CHECK(table_part(dimension, part[0], part[1], part[2], &err));
    CHECK(table_dimension_finish(dimension, &err) && table_begin(arena, &dimension, 1, &table, &err));
    table.contributors = 0;
    for (int named = 0; named < 2; named++) {
        table.contributors_set = named ? "board" : NULL;
        CHECK(table_system(arena, &table, &system, &err));
        CHECK(system_knows(&system, (int32_t) code(&table, "G") + 1, code(&table, "a")));
        CHECK(system_knows(&system, (int32_t) code(&table, "P") + 1, code(&table, "a")) == !named);
    }
}

TEST("whose a cell is: a school's by itself, a group's beside that, of all together nobody's; in whichever dimension they stand")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension[2] = {table_dimension_new(arena, "form"), table_dimension_new(arena, "school")};
    Table table;
    System system;
    Err err = {0};

    for (const char **part = (const char *[]){"Total", "p", "Total", "c", "p", "a", "p", "b", NULL}; *part; part += 2)
        CHECK(table_part(dimension[1], part[0], part[1], "", &err));
    table_code(dimension[0], "x");
    table_code(dimension[0], "y");
    table_total(dimension[0], "all");
    CHECK(table_dimension_finish(dimension[0], &err) && table_dimension_finish(dimension[1], &err) && table_begin(arena, dimension, 2, &table, &err));
    table.contributors = 1;
    CHECK(table_system(arena, &table, &system, &err));
    for (uint32_t form = 0; form < 3; form++)
        for (uint32_t school = 0; school < 5; school++) { /* Total, p, c, a, b */
            const SystemCell *cell = &system.cell[5 * form + school];
            CHECK_INT(cell->holder[0], school > 1 ? school + 1 : 0);
            CHECK_INT(cell->holder[1], school == 1 ? 2 : 0);
        }
}

TEST("a total waits for all breakdowns of its parts, of whichever it is the sum")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *dimension = table_dimension_new(arena, "school");
    Table table;
    System system;
    Err err = {0};

    /* X is Y and c, Y is a and b; X is a, b and c too, and that needs no Y */
    for (const char **part = (const char *[]){"Total", "X", "", "Total", "d", "", "X", "Y", "deep", "X", "c", "deep", "Y", "a", "", "Y", "b", "", "X", "a", "flat", "X", "b", "flat", "X", "c", "flat",
                                              NULL}; *part; part += 3)
        CHECK(table_part(dimension, part[0], part[1], part[2], &err));
    CHECK(table_dimension_finish(dimension, &err) && table_begin(arena, &dimension, 1, &table, &err));
    for (int at = 0; at < 4; at++)
        table.value[code(&table, (const char *[]){"a", "b", "c", "d"}[at])] = 10 + at;
    CHECK(table_system(arena, &table, &system, &err));
    CHECK_INT(system.cell[code(&table, "X")].value, 33);
    CHECK_INT(system.cell[code(&table, "Total")].value, 46);
}

TEST("more codes than a word has bits: who knows a cell, and breakdowns that differ in the last ones")
{
    ARENA_AUTO arena = arena_new();
    Table table;
    System system;
    Err err = {0};

    /* g holds a0 to a67, h the two behind them. Codes are numbered as they come: Total, g and h are 0 to 2, the a's of h 71 and 72 */
    for (int other = 0; other < 2; other++) {
        TableDimension *dimension = table_dimension_new(arena, "school");
        CHECK(table_part(dimension, "Total", "g", "", &err) && table_part(dimension, "Total", "h", "", &err));
        for (int at = 0; at < 70; at++)
            CHECK(table_part(dimension, at < 68 ? "g" : "h", arena_format(arena, "a%d", at), "", &err));
        for (int at = 0; at < 69 && other; at++)
            CHECK(table_part(dimension, "Total", arena_format(arena, "a%d", at), "without the last", &err));
        CHECK(table_dimension_finish(dimension, &err) == !other);
        if (other)
            break;
        CHECK(table_begin(arena, &dimension, 1, &table, &err));
        table.contributors = 0;
        CHECK(table_system(arena, &table, &system, &err));
        int32_t h = (int32_t) code(&table, "h") + 1, first = (int32_t) code(&table, "a0") + 1;
        CHECK(system_knows(&system, h, code(&table, "a69")) && !system_knows(&system, h, code(&table, "a67")) && !system_knows(&system, h, code(&table, "a0")));
        CHECK(system_knows(&system, first, code(&table, "a0")) && !system_knows(&system, first, code(&table, "a69")) && !system_knows(&system, first, code(&table, "h")));
    }
    CHECK(strstr(err.text, "does not hold what its other breakdown holds") != NULL);
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
