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
