/* Whole tables that agree with what is known (base.h), by hand. */
#include "analyze/disclosure/base.h"

#include "tests/harness/test.h"

/* 10 is x and y, of which x is from low to high. */
static System *ten(Arena *memory)
{
    System *system = arena_alloc(memory, sizeof *system);

    *system = (System){0};
    system_begin(system, memory);
    uint32_t all = system_cell(system, &(SystemCell){.value = 10}), x = system_cell(system, &(SystemCell){0}), y = system_cell(system, &(SystemCell){0});
    system_line(system, (const SystemTerm[]){{all, -1}, {x, 1}, {y, 1}}, 3);
    return system;
}

static const uint8_t known[] = {1, 0, 0};

TEST("a table that agrees, none at all, and a solver that breaks down are three things")
{
    static const struct { double low, high; bool found, good; } of[] = {{3, 4, true, true}, {11, 12, false, true}, {5, 4, false, true}, {2.5, 4, false, false}};

    for (size_t at = 0; at < sizeof of / sizeof *of; at++) {
        ARENA_AUTO memory = arena_new();
        System *system = ten(memory);
        Err err = {0};
        bool found;
        CHECK_INT(base_find(system, known, (const double[]){0, of[at].low, 0}, (const double[]){0, of[at].high, 20}, &found, &err), of[at].good);
        CHECK_INT(found, of[at].found);
        CHECK_INT(err.kind, of[at].good ? ERR_NONE : ERR_STAT); /* the solver takes no halves as bounds of whole numbers */
        if (found)
            CHECK(system->cell[1].value >= 3 && system->cell[1].value <= 4 && system->cell[1].value + system->cell[2].value == 10);
    }
}

TEST("others are as far apart as they can be: x and y from 0 to 2, so x - y from -2 to 2, and never what cannot be")
{
    ARENA_AUTO memory = arena_new();
    System *system = ten(memory);
    const double low[] = {0, 4, 0}, high[] = {0, 6, 20};
    uint8_t asked[] = {0, 1, 0};
    const SystemTerm apart[] = {{1, 1}, {2, -1}};
    BaseSum sum[] = {{.term = apart, .n = 2, .asked = true}, {.term = apart, .n = 2, .asked = false}};
    Err err = {0};
    bool found;

    CHECK(base_find(system, known, low, high, &found, &err));
    CHECK(base_others(system, known, low, high, 3, 40, asked, sum, 2) > 0);
    CHECK(asked[1]);      /* 4 to 6 */
    CHECK(!sum[0].asked); /* -2 to 2 */
    CHECK_INT(sum[0].least, -2);
    CHECK_INT(sum[0].most, 2);
    CHECK_INT(base_sum(system, apart, 2, (const int64_t[]){10, 6, 4}), 2);
    CHECK_INT(base_sum(system, apart, 2, NULL), system->cell[1].value - system->cell[2].value);
}

/* -- hard ones ------------------------------------------------------------------------------------ */

enum { CELLS_MAX = 80, SIDE = 4 };

/* Schools of which is asked how many answered (n), yes and no; and how it is printed of groups of them: n rounded to fives, the share of yes to a whole percentage. */
typedef struct Shares {
    System  *system;
    uint8_t  known[CELLS_MAX];
    double   low[CELLS_MAX], high[CELLS_MAX];
    int64_t  truth[CELLS_MAX];
    uint64_t chance;
} Shares;

static int draw(Shares *shares, int below)
{
    shares->chance = shares->chance * 6364136223846793005u + 1442695040888963407u;
    return (int) ((shares->chance >> 33) % (unsigned) below);
}

static uint32_t cell_add(Shares *shares, double low, double high, int64_t truth)
{
    uint32_t cell = system_cell(shares->system, &(SystemCell){0});

    shares->low[cell] = low;
    shares->high[cell] = high;
    shares->truth[cell] = truth;
    return cell;
}

/* \param school its n; yes and no are the two cells after it */
static void group_add(Shares *shares, const uint32_t *school, size_t n)
{
    SystemTerm term[3][SIDE + 1];
    int64_t sum[3] = {0};

    for (size_t at = 0; at < n; at++)
        for (uint32_t what = 0; what < 3; what++) {
            term[what][at + 1] = (SystemTerm){school[at] + what, 1};
            sum[what] += shares->truth[school[at] + what];
        }
    int64_t fives = (sum[0] + 2) / 5 * 5;
    int32_t halves = 2 * (int32_t) lround(100.0 * (double) sum[1] / (double) sum[0]);
    uint32_t all = cell_add(shares, (double) fives - 2, (double) fives + 2, sum[0]), yes = cell_add(shares, 0, (double) fives + 2, sum[1]), no = cell_add(shares, 0, (double) fives + 2, sum[2]);
    for (uint32_t what = 0; what < 3; what++) {
        term[what][0] = (SystemTerm){all + what, -1};
        system_line(shares->system, term[what], n + 1);
    }
    system_line(shares->system, (const SystemTerm[]){{all, -1}, {yes, 1}, {no, 1}}, 3);
    system_range(shares->system, (const SystemTerm[]){{yes, 200}, {all, 1 - halves}}, 2, 0, INFINITY);
    system_range(shares->system, (const SystemTerm[]){{yes, 200}, {all, -1 - halves}}, 2, -INFINITY, 0);
}

static uint32_t school_add(Shares *shares, double most, int n_least, int n_most)
{
    int n = n_least + draw(shares, n_most - n_least + 1), yes = draw(shares, n + 1);
    uint32_t all = cell_add(shares, 0, most, n);

    cell_add(shares, 0, most, yes);
    cell_add(shares, 0, most, n - yes);
    system_line(shares->system, (const SystemTerm[]){{all, -1}, {all + 1, 1}, {all + 2, 1}}, 3);
    return all;
}

/* 16 schools, told in four groups of four, and in four others that each have one of those. */
static void square(Shares *shares, Arena *memory, uint64_t seed)
{
    uint32_t school[2][SIDE][SIDE];

    *shares = (Shares){.system = arena_alloc(memory, sizeof *shares->system), .chance = seed};
    *shares->system = (System){0};
    system_begin(shares->system, memory);
    for (int row = 0; row < SIDE; row++)
        for (int column = 0; column < SIDE; column++)
            school[0][row][column] = school[1][column][row] = school_add(shares, BASE_UNKNOWN, 3, 27);
    for (int way = 0; way < 2; way++)
        for (int row = 0; row < SIDE; row++)
            group_add(shares, school[way][row], SIDE);
}

/* In whole numbers, without the solver. */
static bool agrees(const Shares *shares)
{
    const System *system = shares->system;

    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        if ((double) system->cell[cell].value < shares->low[cell] || (double) system->cell[cell].value > shares->high[cell])
            return false;
    for (size_t line = 0; line < system->n_lines; line++) {
        size_t end = line + 1 < system->n_lines ? system->line_start[line + 1] : system->term_count;
        if (base_sum(system, system->term + system->line_start[line], end - system->line_start[line], NULL) != 0)
            return false;
    }
    for (size_t range = 0; range < system->n_ranges; range++) {
        int64_t sum = base_sum(system, system->range_term + system->range[range].first, system->range[range].count, NULL);
        if ((double) sum < system->range[range].low || (double) sum > system->range[range].high)
            return false;
    }
    return true;
}

TEST("rounded shares that cross: of 200 a table is found, also of those in which branches alone go on")
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        ARENA_AUTO memory = arena_new();
        Shares shares;
        Err err = {0};
        bool found;
        square(&shares, memory, seed);
        CHECK(base_find(shares.system, shares.known, shares.low, shares.high, &found, &err));
        CHECK(found && agrees(&shares));
    }
}

TEST("so is a range, with what is true in it; it does not rest on cuts")
{
    static const uint64_t seeds[] = {1, 2, 3, 13, 69, 156, 186, 216}; /* from 13: where branches alone go on */

    for (size_t at = 0; at < sizeof seeds / sizeof *seeds; at++) {
        ARENA_AUTO memory = arena_new();
        Shares shares;
        int64_t least = -1, most = -1;
        square(&shares, memory, seeds[at]);
        uint32_t yes = (uint32_t) (3 * (seeds[at] % (SIDE * SIDE)) + 1);
        CHECK(base_range(shares.system, shares.known, shares.low, shares.high, yes, &least, &most));
        CHECK(least >= 0 && least <= shares.truth[yes] && most >= shares.truth[yes] && most <= 4 * 27 + 2);
    }
}

/* Beside schools in which branches alone go on, x and y are 10, and y is at most 6. */
TEST("and the other end is one of all tables again, after it was asked whether there is less than 4")
{
    ARENA_AUTO memory = arena_new();
    Shares shares;
    int64_t least = -1, most = -1;

    square(&shares, memory, 156);
    uint32_t ten = cell_add(&shares, 10, 10, 10), x = cell_add(&shares, 0, BASE_UNKNOWN, 4), y = cell_add(&shares, 0, 6, 6);
    system_line(shares.system, (const SystemTerm[]){{ten, -1}, {x, 1}, {y, 1}}, 3);
    CHECK(base_range(shares.system, shares.known, shares.low, shares.high, x, &least, &most));
    CHECK_INT(least, 4);
    CHECK_INT(most, 10);
}

/* The ends of each cell of two schools and their group, by going through all that can be. */
static void count_all(const Shares *shares, int most, int64_t *low, int64_t *high)
{
    System *system = shares->system;

    for (uint32_t cell = 0; cell < 9; cell++) {
        low[cell] = INT64_MAX;
        high[cell] = INT64_MIN;
    }
    for (int yes = 0, no, other_yes, other_no; yes <= most; yes++)
        for (no = 0; yes + no <= most; no++)
            for (other_yes = 0; other_yes <= most; other_yes++)
                for (other_no = 0; other_yes + other_no <= most; other_no++) {
                    const int64_t value[] = {yes + no, yes, no, other_yes + other_no, other_yes, other_no, yes + no + other_yes + other_no, yes + other_yes, no + other_no};
                    for (uint32_t cell = 0; cell < 9; cell++)
                        system->cell[cell].value = value[cell];
                    for (uint32_t cell = 0; cell < 9 && agrees(shares); cell++) {
                        low[cell] = value[cell] < low[cell] ? value[cell] : low[cell];
                        high[cell] = value[cell] > high[cell] ? value[cell] : high[cell];
                    }
                }
}

TEST("of two schools in one group the ranges are what going through all tables gives")
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        ARENA_AUTO memory = arena_new();
        Shares shares = {.system = arena_alloc(memory, sizeof *shares.system), .chance = seed};
        int64_t low[9], high[9];
        *shares.system = (System){0};
        system_begin(shares.system, memory);
        const uint32_t school[] = {school_add(&shares, 12, 3, 9), school_add(&shares, 12, 3, 9)};
        group_add(&shares, school, 2);
        count_all(&shares, 12, low, high);
        for (uint32_t cell = 0; cell < 9; cell++) {
            int64_t least = -1, most = -1;
            CHECK(base_range(shares.system, shares.known, shares.low, shares.high, cell, &least, &most));
            CHECK_INT(least, low[cell]);
            CHECK_INT(most, high[cell]);
        }
    }
}

TEST("what branches do not settle within their steps is an error, and no range: twice x less twice y is one, in halves only")
{
    ARENA_AUTO memory = arena_new();
    System system = {0};
    const double low[] = {0, 0, 0}, high[] = {BASE_UNKNOWN, BASE_UNKNOWN, 1}, few[] = {5, 5, 1};
    const uint8_t odd[] = {0, 0, 1}, none[] = {0, 0, 0};
    int64_t least = -7, most = -8;
    Err err = {0};
    bool found = true;

    system_begin(&system, memory);
    uint32_t x = system_cell(&system, &(SystemCell){0}), y = system_cell(&system, &(SystemCell){0}), z = system_cell(&system, &(SystemCell){.value = 1});
    system_line(&system, (const SystemTerm[]){{x, 2}, {y, -2}, {z, -1}}, 3);
    CHECK(!base_find(&system, odd, low, high, &found, &err));
    CHECK(!found);
    CHECK_INT(err.kind, ERR_STAT);
    CHECK(!base_range(&system, none, low, high, z, &least, &most)); /* 0, by whole numbers; that it is not 1 is what no branch shows */
    CHECK_INT(least, -7);
    CHECK_INT(most, -8);
    CHECK(base_find(&system, odd, low, few, &found, &err)); /* of a few numbers they do */
    CHECK(!found);
    CHECK(base_range(&system, none, low, few, z, &least, &most));
    CHECK_INT(least, 0);
    CHECK_INT(most, 0);
    CHECK(base_range(&system, none, low, high, x, &least, &most));
    CHECK_INT(least, 0);
    CHECK_INT(most, BASE_UNKNOWN);
}

TEST("a sum of which three numbers are left is not done, of four it is")
{
    for (int wide = 5; wide <= 6; wide++) { /* x from 4, y is 10 - x, and x - y takes every second number: so x alone as a sum */
        ARENA_AUTO memory = arena_new();
        System *system = ten(memory);
        const double low[] = {0, 4, 0}, high[] = {0, wide + 1, 20};
        uint8_t asked[] = {0, 0, 0};
        const SystemTerm alone[] = {{1, 1}};
        BaseSum sum[] = {{.term = alone, .n = 1, .asked = true}};
        Err err = {0};
        bool found;

        CHECK(base_find(system, known, low, high, &found, &err));
        base_others(system, known, low, high, 3, 40, asked, sum, 1);
        CHECK_INT(sum[0].asked, wide == 5);
    }
}

/* Linear programs end in fractions, and what they are rounded to is a table only if every line and every range says so. */
TEST("halves are no tables: twice x less twice y is z, so z is even; and twice x is at most 1, so x is nothing")
{
    for (int range = 0; range < 2; range++) {
        ARENA_AUTO memory = arena_new();
        System system = {0};
        const double low[] = {0, 0, 0}, high[] = {9, 9, 1};
        const uint8_t none[] = {0, 0, 0};
        uint8_t asked[] = {0, 0, 0};

        system_begin(&system, memory);
        uint32_t x = system_cell(&system, &(SystemCell){0}), y = system_cell(&system, &(SystemCell){0}), z = system_cell(&system, &(SystemCell){0});
        if (range)
            system_range(&system, (const SystemTerm[]){{x, 2}}, 1, -INFINITY, 1);
        else
            system_line(&system, (const SystemTerm[]){{x, 2}, {y, -2}, {z, -1}}, 3);
        asked[range ? x : z] = 1;
        base_others(&system, none, low, high, 1, 40, asked, NULL, 0);
        CHECK(asked[range ? x : z]);
    }
}

/* The solver takes a hundred-thousandth for nothing: x is 0.00001, z is 0, y is 1. */
TEST("nor is what the solver takes for whole: a hundred thousand x less as many z is y, which is 1 or 2")
{
    ARENA_AUTO memory = arena_new();
    System system = {0};
    const double low[] = {0, 1, 0}, high[] = {5, 2, 5};
    const uint8_t none[] = {0, 0, 0};
    Err err = {0};
    bool found = true;

    system_begin(&system, memory);
    uint32_t x = system_cell(&system, &(SystemCell){0}), y = system_cell(&system, &(SystemCell){0}), z = system_cell(&system, &(SystemCell){0});
    system_line(&system, (const SystemTerm[]){{x, 100000}, {y, -1}, {z, -100000}}, 3);
    CHECK(!base_find(&system, none, low, high, &found, &err));
    CHECK(!found);
}
