#include "analyze/disclosure/coarsen.h"

#include <math.h>
#include <string.h>

#include "tests/unit/analyze/tables.h"

static const SystemRules five = {.threshold = 5, .width_min = 3, .zeros_published = true};

/* A dimension from lines "parent child set", the set left out where there is one. */
static TableDimension *dimension_of(Arena *arena, const char *name, const char *const (*part)[3], size_t n)
{
    TableDimension *dimension = table_dimension_new(arena, name);
    Err err = {0};

    for (size_t at = 0; at < n; at++)
        CHECK(table_part(dimension, part[at][0], part[at][1], part[at][2] ? part[at][2] : "", &err));
    CHECK(table_dimension_finish(dimension, &err));
    return dimension;
}
#define DIMENSION(arena, name, ...) dimension_of(arena, name, (const char *const[][3]){__VA_ARGS__}, sizeof((const char *const[][3]){__VA_ARGS__}) / sizeof(const char *const[3]))

static TableDimension *flat(Arena *arena, const char *name, const char *codes)
{
    TableDimension *dimension = table_dimension_new(arena, name);
    Err err = {0};

    for (; *codes; codes++)
        table_code(dimension, arena_text_n(arena, codes, 1));
    table_total(dimension, "Total");
    CHECK(table_dimension_finish(dimension, &err));
    return dimension;
}

/* Schools a and b of board p, c and d of board q. */
static TableDimension *boards(Arena *arena)
{
    return DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"});
}

/* Values of the innermost cells in the order of the letters given per dimension, the last dimension fastest. */
static void table_of(Arena *arena, TableDimension **dimension, size_t n, const char *rows, const char *columns, const int64_t *value, Table *table, System *system)
{
    uint32_t codes[2];
    Err err = {0};

    CHECK(table_begin(arena, dimension, n, table, &err));
    for (const char *row = rows; *row; row++)
        for (const char *column = columns; *column; column++) {
            codes[0] = table_code_find(dimension[0], arena_text_n(arena, row, 1));
            if (n > 1)
                codes[1] = table_code_find(dimension[1], arena_text_n(arena, column, 1));
            table->value[table_cell(table, codes)] = *value++;
        }
    CHECK(table_system(arena, table, system, &err));
}

static size_t cell_of(const Table *table, const char *row, const char *column)
{
    uint32_t codes[2] = {table_code_find(table->dimension[0], row), table->n_dimensions > 1 ? table_code_find(table->dimension[1], column) : 0};

    return codes[0] == UINT32_MAX || codes[1] == UINT32_MAX ? SIZE_MAX : table_cell(table, codes);
}

static size_t find(const Coarsen *coarsen, const char *name)
{
    for (size_t at = 0; at < coarsen->n; at++)
        if (strcmp(coarsen->alternative[at].name, name) == 0)
            return at;
    test_fail(__FILE__, __LINE__, "no alternative \"%s\"", name);
    return 0;
}

static void try(Arena *arena, const Coarsen *coarsen, const char *name, const System *marks, const SystemRules *rules, CoarsenOutcome want, CoarsenResult *result)
{
    Err err = {0};

    CHECK(coarsen_try(arena, coarsen, find(coarsen, name), marks, rules, result, &err));
    CHECK_INT(result->outcome, want);
}

static const char *names(Arena *arena, const Coarsen *coarsen)
{
    const char *all = "";

    for (size_t at = 0; at < coarsen->n; at++)
        all = arena_format(arena, "%s%s%s", all, at ? ", " : "", coarsen->alternative[at].name);
    return all;
}

TEST("levels are whole steps of the hierarchy; those nearest to the table as given come first")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *two[2] = {boards(arena), flat(arena, "form", "xy")};
    Table table;
    System system;
    Coarsen coarsen;

    table_of(arena, two, 2, "abcd", "xy", (const int64_t[]){9, 9, 9, 9, 9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, form:total, school:1, school:total, school:1 form:total, school:total form:total");
    CHECK_INT(coarsen.n_left_out, 0);
    /* a school that stands beside the boards stays itself when the others become boards */
    TableDimension *ragged = DIMENSION(arena, "school", {"Total", "p"}, {"Total", "c"}, {"p", "a"}, {"p", "b"});
    table_of(arena, &ragged, 1, "abc", "-", (const int64_t[]){9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1, school:total");
    CoarsenResult result;
    try(arena, &coarsen, "school:1", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_cells, 3);
    CHECK_INT(result.table.value[cell_of(&result.table, "p", "")], 18);
    CHECK_INT(result.table.value[cell_of(&result.table, "c", "")], 9);
    CHECK(cell_of(&result.table, "a", "") == SIZE_MAX);
    /* two totals that hold nothing in common are a level together; two that overlap without one that holds all are none */
    TableDimension *apart = DIMENSION(arena, "school", {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"});
    table_of(arena, &apart, 1, "abcd", "-", (const int64_t[]){9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1");
    TableDimension *overlap = DIMENSION(arena, "school", {"p", "a"}, {"p", "b"}, {"q", "b"}, {"q", "c"});
    table_of(arena, &overlap, 1, "abc", "-", (const int64_t[]){9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given");
    TableDimension *within = DIMENSION(arena, "school", {"Total", "a"}, {"Total", "b"}, {"Total", "c"}, {"some", "a"}, {"some", "b"});
    table_of(arena, &within, 1, "abc", "-", (const int64_t[]){9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:total");
}

TEST("each of several breakdowns is a level of its own; of the other those codes stay that are whole groups of it")
{
    ARENA_AUTO arena = arena_new();
    /* boards p {a b}, q {c}, r {d}; regions n {a b c}, z {d}: by board, both regions can be added up; by region, only r can, and it is z */
    TableDimension *school = DIMENSION(arena, "school", {"Total", "p", "bestuur"}, {"Total", "q", "bestuur"}, {"Total", "r", "bestuur"}, {"Total", "n", "regio"}, {"Total", "z", "regio"},
                                       {"p", "a"}, {"p", "b"}, {"q", "c"}, {"r", "d"}, {"n", "a"}, {"n", "b"}, {"n", "c"}, {"z", "d"});
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    table_of(arena, &school, 1, "abcd", "-", (const int64_t[]){11, 12, 13, 14}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1/bestuur, school:1/regio, school:total");
    try(arena, &coarsen, "school:1/bestuur", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_cells, 6);
    CHECK_INT(result.system.n_lines, 4); /* Total = p + q + r, Total = n + z, n = p + q, z = r */
    CHECK_INT(result.table.value[cell_of(&result.table, "n", "")], 36);
    table.schools[cell_of(&table, "p", "")] = 7; /* contributing schools come along */
    try(arena, &coarsen, "school:1/bestuur", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.system.cell[cell_of(&result.table, "p", "")].schools, 7);
    try(arena, &coarsen, "school:1/regio", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_cells, 4); /* Total, n, z, r */
    CHECK(cell_of(&result.table, "p", "") == SIZE_MAX);
    CHECK_INT(result.table.value[cell_of(&result.table, "r", "")], 14);
}

TEST("levels of several depths: a school beside boards of boards, breakdowns of each board, and one that goes down at once")
{
    ARENA_AUTO arena = arena_new();
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    /* c stands by itself on every level: of the 50, the 23 of p are in one of two schools, and the others in one */
    TableDimension *beside = DIMENSION(arena, "school", {"Total", "S"}, {"Total", "c"}, {"S", "p"}, {"S", "q"}, {"p", "a"}, {"p", "b"}, {"q", "d"});
    table_of(arena, &beside, 1, "abdc", "-", (const int64_t[]){11, 12, 13, 14}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1, school:2, school:total");
    try(arena, &coarsen, "school:1", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_cells, 5);
    CHECK_NEAR(result.loss, 23 * 1 / (50 * log2(4)), 1e-12);
    /* one breakdown of each code is one level, whatever they are called */
    TableDimension *called = DIMENSION(arena, "school", {"Total", "p", "x"}, {"Total", "q", "x"}, {"p", "a", "m"}, {"p", "b", "m"}, {"q", "c", "n"}, {"q", "d", "n"});
    table_of(arena, &called, 1, "abcd", "-", (const int64_t[]){9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1, school:total");
    /* two breakdowns of both boards are two levels, not four */
    TableDimension *both = DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"p", "g", "m"}, {"p", "h", "m"}, {"p", "r", "n"}, {"p", "s", "n"}, {"q", "i", "m"}, {"q", "j", "m"},
                                     {"q", "t", "n"}, {"q", "u", "n"}, {"g", "a"}, {"h", "b"}, {"r", "a"}, {"s", "b"}, {"i", "c"}, {"j", "d"}, {"t", "c"}, {"u", "d"});
    table_of(arena, &both, 1, "abcd", "-", (const int64_t[]){9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1/m, school:1/n, school:2, school:total");
    /* as many steps as the longest way has */
    TableDimension *atonce = DIMENSION(arena, "school", {"Total", "p", "deep"}, {"Total", "q", "deep"}, {"Total", "a", "flat"}, {"Total", "b", "flat"}, {"Total", "c", "flat"}, {"Total", "d", "flat"},
                                       {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"});
    table_of(arena, &atonce, 1, "abcd", "-", (const int64_t[]){9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    CHECK_TEXT(names(arena, &coarsen), "as given, school:1/deep, school:total");
    /* all of p once more, below it: not of the level of p */
    TableDimension *again = DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"p", "a", "m"}, {"p", "b", "m"}, {"p", "r", "n"}, {"r", "a"}, {"r", "b"}, {"q", "c"}, {"q", "d"});
    table_of(arena, &again, 1, "abcd", "-", (const int64_t[]){9, 9, 9, 9}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    size_t last = 0;
    for (size_t at = 0; at < coarsen.n_levels[0]; at++)
        last = coarsen.level[0][at].n == 2 ? at : last; /* p and q */
    for (size_t which = 0; which < coarsen.n; which++)
        if (coarsen.alternative[which].level[0] == last) {
            Err err = {0};
            CHECK(coarsen_try(arena, &coarsen, which, &system, &five, &result, &err));
            CHECK_INT(result.n_cells, 3);
            CHECK(cell_of(&result.table, "r", "") == SIZE_MAX);
        }
    CHECK(last > 0);
}

TEST("what is lost, by hand")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *two[2] = {flat(arena, "school", "abc"), flat(arena, "form", "xyz")};
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result, other;

    /* The 3 takes 20, 25 and 40 with it: 88 events in groups of two, one bit each, where the total alone leaves log2 9 bits of 333. */
    table_of(arena, two, 2, "abc", "xyz", (const int64_t[]){3, 20, 30, 25, 40, 50, 35, 60, 70}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_NEAR(result.loss, 88 / (333 * log2(9)), 1e-12);
    CHECK_NEAR(result.cells, 12.0 / 16, 1e-12);
    CHECK_NEAR(result.events, (333.0 - 88) / 333, 1e-12);
    CHECK_INT(result.n_primary, 1);
    CHECK_INT(result.n_secondary, 3);
    /* It follows from what is published: another table that looks the same has lost the same. */
    table_of(arena, two, 2, "abc", "xyz", (const int64_t[]){4, 19, 30, 24, 41, 50, 35, 60, 70}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &other);
    CHECK(memcmp(other.status, result.status, 16 * sizeof *other.status) == 0);
    CHECK(other.loss == result.loss);
    /* Without forms: three groups of three. The same as hiding every form under its school's total would cost. */
    try(arena, &coarsen, "form:total", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_NEAR(result.loss, 0.5, 1e-12);
    CHECK_INT(result.n_cells, 4);
    CHECK_NEAR(result.events, 1, 1e-12);
    try(arena, &coarsen, "school:total form:total", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_NEAR(result.loss, 1, 1e-12);
    CHECK_INT(result.n_cells, 1);
    /* nothing small: nothing lost. Three events in all: nothing but zeros is shown, and all is lost */
    table_of(arena, two, 2, "abc", "xyz", (const int64_t[]){9, 20, 30, 25, 40, 50, 35, 60, 70}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK(result.loss == 0);
    table_of(arena, two, 2, "abc", "xyz", (const int64_t[]){1, 1, 1, 1, 1, 1, 1, 1, 1}, &table, &system);
    SystemRules ten = five;
    ten.threshold = 10;
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &ten, COARSEN_PROTECTED, &result);
    CHECK(result.loss == 1);
    table_of(arena, two, 2, "abc", "xyz", (const int64_t[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK(result.loss == 0);
    CHECK(isnan(result.events));
}

TEST("a cell no total holds counts as lost, however many others are shown")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *apart = DIMENSION(arena, "school", {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"});
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    /* p = 1 + 2 is hidden with its parts: 2 of the 4 innermost cells lie in no known sum; the others are shown */
    table_of(arena, &apart, 1, "abcd", "-", (const int64_t[]){1, 2, 30, 40}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_NEAR(result.loss, 0.5, 1e-12);
}

TEST("what is hidden below a hidden total lies in the group of that total")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *school = DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"Total", "r"}, {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"}, {"r", "e"}, {"r", "f"});
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    /* 77 less 70 of r: 7 events somewhere in four schools, two bits each */
    table_of(arena, &school, 1, "abcdef", "-", (const int64_t[]){1, 2, 1, 3, 30, 40}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_secondary, 0);
    CHECK_NEAR(result.loss, 7 * 2 / (77 * log2(6)), 1e-12);
    /* whichever relation comes first */
    school = DIMENSION(arena, "school", {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"}, {"r", "e"}, {"r", "f"}, {"Total", "p"}, {"Total", "q"}, {"Total", "r"});
    table_of(arena, &school, 1, "abcdef", "-", (const int64_t[]){1, 2, 1, 3, 30, 40}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_NEAR(result.loss, 7 * 2 / (77 * log2(6)), 1e-12);
}

TEST("what is lost follows from what is published where groups overlap, too")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *school = DIMENSION(arena, "school", {"Total", "p", "board"}, {"Total", "q", "board"}, {"Total", "r", "region"}, {"Total", "s", "region"}, {"p", "a"}, {"p", "b"}, {"p", "c"},
                                       {"q", "d"}, {"q", "e"}, {"q", "f"}, {"r", "c"}, {"r", "d"}, {"s", "a"}, {"s", "b"}, {"s", "e"}, {"s", "f"});
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    /* All but f are hidden. p leaves 9 in a, b and c, q leaves 5 in d and e, r 7 in c and d: a and b have 3 each in a group of three, c 3.5, d and e 2.5 in groups of two. Of both tables. */
    for (int other = 0; other < 2; other++) {
        table_of(arena, &school, 1, "abcdef", "-", other ? (const int64_t[]){3, 3, 3, 4, 1, 40} : (const int64_t[]){2, 3, 4, 3, 2, 40}, &table, &system);
        coarsen_list(arena, &table, &coarsen);
        try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
        CHECK(result.n_primary == 5 && result.n_secondary == 0);
        CHECK_NEAR(result.loss, (6 * log2(3) + 3.5 + 5) / ((6 + 3.5 + 5 + 40) * log2(6)), 1e-12);
    }
}

TEST("small schools: boards lose less than schools with their cells hidden, and are better")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *two[2] = {DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"p", "a"}, {"p", "b"}, {"p", "c"}, {"p", "d"}, {"q", "e"}, {"q", "f"}, {"q", "g"}, {"q", "h"}),
                              flat(arena, "form", "xyz")};
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult given, board, none;

    /* Every board has 2 + 1 + 1 + 1 = 5 of every form. Hidden below a board's 5 each school would be 1 or 2; without schools the 5 can stand. */
    table_of(arena, two, 2, "abcdefgh", "xyz", (const int64_t[]){2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &given);
    try(arena, &coarsen, "school:1", &system, &five, COARSEN_PROTECTED, &board);
    CHECK_INT(board.n_primary + board.n_secondary, 0);
    CHECK_NEAR(board.loss, 2 / log2(24), 1e-12); /* which of four schools: two bits */
    CHECK(coarsen_better(&board, &given) && !coarsen_better(&given, &board));
    CHECK(given.loss > board.loss);
    CHECK(given.status[cell_of(&table, "p", "x")] != CELL_PUBLISHED);
    none = (CoarsenResult){.outcome = COARSEN_REFUSED};
    CHECK(coarsen_better(&given, &none) && !coarsen_better(&none, &given) && !coarsen_better(&none, &none));
    CHECK(!coarsen_better(&given, &given)); /* of two alike the first stays */
    none = board;
    none.loss -= 0.01;
    CHECK(coarsen_better(&none, &board) && !coarsen_better(&board, &none));
    none.loss = board.loss;
    none.n_secondary = 1;
    CHECK(!coarsen_better(&none, &board) && coarsen_better(&board, &none));
    none.loss -= 1e-12; /* no less, but for the machine */
    CHECK(!coarsen_better(&none, &board) && coarsen_better(&board, &none));
}

TEST("an alternative that lacks what must be or was published is not offered; one that has it keeps it")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *two[2] = {boards(arena), flat(arena, "form", "xy")};
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    for (int which = 0; which < 2; which++) {
        table_of(arena, two, 2, "abcd", "xy", (const int64_t[]){9, 3, 8, 7, 9, 6, 7, 8}, &table, &system);
        system.cell[cell_of(&table, "p", "x")].flags |= which ? SYSTEM_FIXED : SYSTEM_FORCED;
        coarsen_list(arena, &table, &coarsen);
        try(arena, &coarsen, "form:total", &system, &five, COARSEN_LACKS, &result);
        try(arena, &coarsen, "school:total", &system, &five, COARSEN_LACKS, &result);
        try(arena, &coarsen, "school:1", &system, &five, COARSEN_PROTECTED, &result);
        CHECK_INT(result.status[cell_of(&result.table, "p", "x")], CELL_PUBLISHED);
        CHECK(result.system.cell[cell_of(&result.table, "p", "x")].flags & (which ? SYSTEM_FIXED : SYSTEM_FORCED));
    }
    /* what must be published and is small is refused in every alternative that has it */
    table_of(arena, two, 2, "abcd", "xy", (const int64_t[]){9, 1, 8, 2, 9, 6, 7, 8}, &table, &system);
    system.cell[cell_of(&table, "p", "y")].flags |= SYSTEM_FORCED;
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "school:1", &system, &five, COARSEN_REFUSED, &result);
    CHECK_INT(result.refusal.kind, REFUSAL_DEMANDS);
    CHECK_INT(result.refusal.cell, cell_of(&result.table, "p", "y"));
    CHECK_INT(result.err.kind, ERR_DISCLOSURE);
}

TEST("schools that know their own records stay in the system when boards are published")
{
    ARENA_AUTO arena = arena_new();
    /* p is a and b only, q is three schools, r is four */
    TableDimension *school = DIMENSION(arena, "school", {"Total", "p"}, {"Total", "q"}, {"Total", "r"}, {"p", "a"}, {"p", "b"}, {"q", "c"}, {"q", "d"}, {"q", "e"}, {"r", "f"}, {"r", "g"},
                                       {"r", "h"}, {"r", "i"});
    SystemRules inside = five;
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    table_of(arena, &school, 1, "abcdefghi", "-", (const int64_t[]){3, 9, 12, 30, 14, 20, 21, 22, 23}, &table, &system);
    coarsen_list(arena, &table, &coarsen);
    /* to outsiders 12 is a board's number; b would see his own 9 in it, and a's 3 */
    try(arena, &coarsen, "school:1", &system, &five, COARSEN_PROTECTED, &result);
    CHECK_INT(result.status[cell_of(&result.table, "p", "")], CELL_PUBLISHED);
    inside.insiders = true;
    table.contributors = 0;
    Err err = {0};
    CHECK(table_system(arena, &table, &system, &err));
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "school:1", &system, &inside, COARSEN_PROTECTED, &result);
    size_t p = cell_of(&result.table, "p", ""), a = cell_of(&result.table, "a", ""), c = cell_of(&result.table, "c", "");
    CHECK(result.status[p] != CELL_PUBLISHED && !result.below[p]);
    CHECK_INT(result.status[a], CELL_PRIMARY); /* asked after, for every insider */
    CHECK(result.below[a] && result.below[c]);
    CHECK(result.status[c] != CELL_PUBLISHED); /* large enough, and yet of no alternative without schools */
    CHECK_INT(result.n_cells, 4);
    CHECK(result.n_primary == 0 && result.n_secondary >= 1);
    CHECK(result.certificate.n_insiders >= 9);
    /* and the audit agrees: were the board published, b would find a */
    Certificate certificate;
    Refusal refusal;
    CHECK(protect_audit(&result.system, &inside, result.status, &certificate, &refusal, &err));
    result.status[p] = CELL_PUBLISHED;
    CHECK(!protect_audit(&result.system, &inside, result.status, &certificate, &refusal, &err));
}

TEST("of several breakdowns the one named is that of the alternatives too")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *school = DIMENSION(arena, "school", {"Total", "p", "board"}, {"Total", "q", "board"}, {"Total", "r", "region"}, {"Total", "s", "region"}, {"p", "a"}, {"p", "b"}, {"q", "c"},
                                       {"q", "d"}, {"r", "a"}, {"r", "c"}, {"s", "b"}, {"s", "d"});
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;

    table_of(arena, &school, 1, "abcd", "-", (const int64_t[]){30, 31, 32, 33}, &table, &system);
    table.contributors = 0;
    table.contributors_set = "board";
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "as given", &system, &five, COARSEN_PROTECTED, &result);
    uint32_t a = (uint32_t) cell_of(&result.table, "a", "");
    CHECK(system_knows(&result.system, (int32_t) cell_of(&result.table, "p", "") + 1, a) && !system_knows(&result.system, (int32_t) cell_of(&result.table, "r", "") + 1, a));
}

TEST("schools that stay in the system are below the level with every form")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *two[2] = {boards(arena), flat(arena, "form", "xy")};
    SystemRules inside = five;
    Table table;
    System system;
    Coarsen coarsen;
    CoarsenResult result;
    Err err = {0};

    inside.insiders = true;
    table_of(arena, two, 2, "abcd", "xy", (const int64_t[]){30, 31, 32, 33, 34, 35, 36, 37}, &table, &system);
    table.contributors = 0;
    CHECK(table_system(arena, &table, &system, &err));
    coarsen_list(arena, &table, &coarsen);
    try(arena, &coarsen, "school:1", &system, &inside, COARSEN_PROTECTED, &result);
    CHECK_INT(result.n_cells, 9); /* Total, p and q, by x, y and both */
    for (const char **form = (const char *[]){"x", "y", "Total", NULL}; *form; form++)
        CHECK(result.below[cell_of(&result.table, "a", *form)] && !result.below[cell_of(&result.table, "p", *form)] && !result.below[cell_of(&result.table, "Total", *form)]);
    system.cell[cell_of(&table, "a", "x")].flags |= SYSTEM_FORCED; /* and are no part of the alternative: a cell that must be published is not in it */
    try(arena, &coarsen, "school:1", &system, &inside, COARSEN_LACKS, &result);
    try(arena, &coarsen, "as given", &system, &inside, COARSEN_PROTECTED, &result);
}

TEST("more alternatives than are tried: those nearest to the table as given, and a word on the others")
{
    ARENA_AUTO arena = arena_new();
    TableDimension *many[8];
    Table table;
    System system;
    Coarsen coarsen;
    Err err = {0};

    for (size_t at = 0; at < 7; at++)
        many[at] = flat(arena, arena_format(arena, "d%zu", at), "x");
    CHECK(table_begin(arena, many, 7, &table, &err) && table_system(arena, &table, &system, &err));
    coarsen_list(arena, &table, &coarsen);
    CHECK_INT(coarsen.n, COARSEN_MAX); /* 1 as given, 7 singles, 21 pairs, 31 of the 35 triples */
    CHECK_INT(coarsen.n_left_out, 128 - COARSEN_MAX);
    CHECK_TEXT(coarsen.alternative[7].name, "d0:total");
    CHECK_INT(coarsen.alternative[COARSEN_MAX - 1].up, 3);
}

TEST("random tables: every alternative is part of the table as given, stands an audit, and its loss is a share")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, 1911);
    for (int instance = 0; instance < 25; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        Coarsen coarsen;
        table_draw(arena, rng, 100, &table, &system);
        coarsen_list(arena, &table, &coarsen);
        for (size_t which = 0; which < coarsen.n; which++) {
            CoarsenResult result;
            Certificate certificate;
            Refusal refusal;
            Err err = {0};
            uint32_t codes[3], given[3];
            CHECK(coarsen_try(arena, &coarsen, which, &system, &five, &result, &err));
            for (size_t cell = 0; cell < result.table.n_cells; cell++) {
                table_cell_codes(&result.table, cell, codes);
                for (size_t at = 0; at < table.n_dimensions; at++)
                    given[at] = table_code_find(table.dimension[at], table_code_text(result.table.dimension[at], codes[at]));
                CHECK_INT(result.system.cell[cell].value, system.cell[table_cell(&table, given)].value);
            }
            if (result.outcome != COARSEN_PROTECTED)
                continue;
            CHECK(protect_audit(&result.system, &five, result.status, &certificate, &refusal, &err));
            CHECK(result.loss >= 0 && result.loss <= 1 + 1e-12);
            CHECK(result.loss > 0 || result.n_primary + result.n_secondary == 0);
        }
    }
    gsl_rng_free(rng);
}
