#include "analyze/disclosure/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/attack.h"
#include "analyze/disclosure/weave.h"
#include "tests/unit/analyze/tables.h"

static const SystemRules five = {.threshold = 5, .width_min = 3, .zeros_published = true};

static int64_t change_of(const PatternMove *move, uint32_t cell)
{
    for (size_t at = 0; at < move->n; at++)
        if (move->term[at].cell == cell)
            return move->term[at].coef;
    return 0;
}

/* 3 20 | 23, 25 40 | 65: cells 0 1 2, 3 4 5, totals 6 7 8. */
static void rectangle(Arena *arena, System *system)
{
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){3, 20, 25, 40}, system);
    CHECK(system_finish(system, &err));
}

TEST("among hidden cells a move is found, as far as asked, and no further than cells can go")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[9] = {1, 1, 0, 1, 1, 0, 0, 0, 0};
    PatternMove move;

    rectangle(arena, &system);
    Pattern *pattern = pattern_new(&system, &five);
    PatternAsk ask = {.target = 0, .delta = 3, .hidden = hidden, .near = 100};
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(move.n, 4);
    CHECK(move.everything);
    CHECK_INT(move.n_hidden, 4);
    CHECK(!pattern_find(pattern, &(PatternAsk){.target = 0, .delta = 3, .hidden = hidden, .near = 2}, &move) && !move.everything);
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(change_of(&move, 0), 3);
    CHECK_INT(change_of(&move, 1), -3);
    CHECK_INT(change_of(&move, 3), -3);
    CHECK_INT(change_of(&move, 4), 3);
    ask.delta = 30; /* the second of its row has 20, and hidden cells are at least 1 */
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(change_of(&move, 0), 19);
    ask.delta = -2;
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(change_of(&move, 0), -2);
    ask.delta = -3; /* that would be nobody */
    CHECK(!pattern_find(pattern, &ask, &move));
    CHECK_INT(pattern_programs(pattern), 5);
    pattern_free(pattern);
}

TEST("what must be hidden is what the move takes with it; all the way or not at all")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[9] = {1}, still[9] = {0, 1};
    PatternMove move;

    rectangle(arena, &system);
    Pattern *pattern = pattern_new(&system, &five);
    PatternAsk ask = {.target = 0, .delta = 3, .hidden = hidden, .near = 100};
    CHECK(!pattern_find(pattern, &ask, &move));
    ask.may_hide = true;
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(move.n, 4);
    CHECK_INT(move.n_hidden, 1); /* of nine looked at */
    CHECK(change_of(&move, 4) != 0); /* the rectangle; not the row with its total, which would take the grand total too */
    ask.still = still;               /* his own: the totals have to move then */
    CHECK(pattern_find(pattern, &ask, &move));
    CHECK_INT(change_of(&move, 1), 0);
    CHECK(change_of(&move, 2) != 0);
    for (size_t cell = 1; cell < 9; cell++)
        system.cell[cell].flags = SYSTEM_FORCED;
    CHECK(!pattern_find(pattern, &ask, &move));
    pattern_free(pattern);
    /* [3 0 | 3], [25 40 | 65]: two less of the 3 are no two more of a published zero */
    Err err = {0};
    table_two_way(arena, 2, 2, (const int64_t[]){3, 0, 25, 40}, &system);
    CHECK(system_finish(&system, &err));
    pattern = pattern_new(&system, &five);
    CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = -2, .hidden = (const uint8_t[9]){1}, .may_hide = true, .near = 100}, &move));
    CHECK_INT(change_of(&move, 1), 0);
    CHECK_INT(change_of(&move, 2), -2);
    pattern_free(pattern);
    /* [3 0 0], [25 40 50] with zeros suppressed: the third cell is a zero that everybody knows, though the second is not, and that one is his own */
    SystemRules unknown = five;
    unknown.zeros_published = false;
    table_two_way(arena, 2, 3, (const int64_t[]){3, 0, 0, 25, 40, 50}, &system);
    system.cell[2].flags = SYSTEM_STRUCTURAL;
    CHECK(system_finish(&system, &err));
    pattern = pattern_new(&system, &unknown);
    CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = -2, .hidden = (const uint8_t[12]){1, 1}, .still = (const uint8_t[12]){0, 1}, .may_hide = true, .near = 100}, &move));
    CHECK_INT(change_of(&move, 2), 0);
    CHECK_INT(change_of(&move, 3), -2);
    pattern_free(pattern);
    /* [3 20 30], [25 40 50]: the second column is cheaper than the third, unless that is hidden already */
    for (uint8_t third = 0; third < 2; third++) {
        table_two_way(arena, 2, 3, (const int64_t[]){3, 20, 30, 25, 40, 50}, &system);
        CHECK(system_finish(&system, &err));
        pattern = pattern_new(&system, &five);
        CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = 3, .hidden = (const uint8_t[12]){1, 0, third, 0, 0, 0, third}, .may_hide = true, .near = 100}, &move));
        CHECK_INT(change_of(&move, 1), third ? 0 : -3);
        CHECK_INT(change_of(&move, 2), third ? -3 : 0);
        pattern_free(pattern);
    }
}

TEST("a solution in fractions is made whole, up or else down")
{
    ARENA_AUTO arena = arena_new();
    uint8_t hidden[3] = {1, 1, 1};
    PatternMove move;

    /* t = 2 a + b: for one more of t half an a is cheapest. One whole a, and then one b less; or where b is 1 and cannot be less, no a and one b more. */
    for (int64_t b = 5; b > 0; b -= 4) {
        System system;
        Err err = {0};
        system_begin(&system, arena);
        for (size_t cell = 0; cell < 3; cell++)
            system_cell(&system, &(SystemCell){.value = (const int64_t[]){8 + b, 4, b}[cell]});
        system_line(&system, (const SystemTerm[]){{0, -1}, {1, 2}, {2, 1}}, 3);
        CHECK(system_finish(&system, &err));
        Pattern *pattern = pattern_new(&system, &five);
        CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = 1, .hidden = hidden, .near = 10}, &move));
        CHECK_INT(change_of(&move, 0), 1);
        CHECK_INT(change_of(&move, 1), b == 5);
        CHECK_INT(change_of(&move, 2), b == 5 ? -1 : 1);
        pattern_free(pattern);
    }
}

TEST("an argument that a cell has too little room: by its own lines, and by lines further on")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t square[9] = {1, 1, 0, 1, 1}, chain[16] = {1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1};
    Err err = {0};

    /* the first of the square can be 1 to 22, with the second of its row from 22 down to 1 */
    rectangle(arena, &system);
    Pattern *pattern = pattern_new(&system, &five);
    CHECK(!pattern_shut(pattern, 0, 21, square, 1));
    CHECK(pattern_shut(pattern, 0, 22, square, 1));
    CHECK_INT(pattern_programs(pattern), 3); /* 19 up and 2 down; 19 up is enough to say so of 22 */
    pattern_free(pattern);
    /* a + b = 9, c + d = 5, e + f = 50, and a + e = 22, b + c = 9, d + f = 33: by its own lines the a of 2 can be 1 to 8, but the c of at most 4
     * leaves b at least 5 */
    table_two_way(arena, 3, 3, (const int64_t[]){2, 7, 50, 40, 2, 3, 20, 60, 30}, &system);
    CHECK(system_finish(&system, &err));
    pattern = pattern_new(&system, &five);
    CHECK(!pattern_shut(pattern, 0, 4, chain, 1));
    CHECK(pattern_shut(pattern, 0, 4, chain, 10));
    CHECK(!pattern_shut(pattern, 0, 3, chain, 10));
    pattern_free(pattern);
}

TEST("a printed rounding holds in every move")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[9] = {1, 1, 0, 1, 1, 0, 0, 0, 0};
    PatternMove move;
    Err err = {0};

    for (int printed = 0; printed < 3; printed++) { /* 43 now; from both sides, from below, from above */
        rectangle(arena, &system);
        system_range(&system, (const SystemTerm[]){{0, 1}, {4, 1}}, 2, printed == 2 ? -INFINITY : 41.5, printed == 1 ? INFINITY : 45.5);
        CHECK(system_finish(&system, &err));
        Pattern *pattern = pattern_new(&system, &five);
        CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = 3, .hidden = hidden, .near = 100}, &move));
        CHECK_INT(change_of(&move, 0), printed == 1 ? 3 : 1);
        CHECK(pattern_find(pattern, &(PatternAsk){.target = 0, .delta = -1, .hidden = hidden, .near = 100}, &move) == (printed == 2));
        pattern_free(pattern);
    }
}

TEST("a rounding ties what relations do not: its cells are attacked together")
{
    ARENA_AUTO arena = arena_new();
    System system;
    AttackMemory memory;
    Attack attack;
    uint8_t hidden[8] = {1, 1, 0, 1, 1, 0}, primary[8] = {1, 0, 0, 1};
    Err err = {0};

    /* 3 + 20 = 23 and 4 + 30 = 34, and it is printed that the first is one less than the third: both move, or none */
    for (int printed = 0; printed < 2; printed++) {
        system_begin(&system, arena);
        for (size_t cell = 0; cell < 6; cell++)
            system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 20, 23, 4, 30, 34}[cell]});
        system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
        system_line(&system, (const SystemTerm[]){{5, -1}, {3, 1}, {4, 1}}, 3);
        if (printed)
            system_range(&system, (const SystemTerm[]){{0, 1}, {3, -1}}, 2, -1.4, -0.6);
        CHECK(system_finish(&system, &err));
        attack_memory_begin(&memory, &system, &five);
        CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
        CHECK_INT(attack.n_parts, printed ? 1 : 2);
        CHECK_INT(attack.n_fails, 0);
        for (size_t move = 0; move < memory.moves.n; move++)
            CHECK_INT(memory.moves.start[move + 1] - memory.moves.start[move], printed ? 4 : 2);
        attack_free(&attack);
        attack_memory_free(&memory);
    }
}

TEST("what is asked of a cell, and what can be known to be below the threshold from printed limits")
{
    ARENA_AUTO arena = arena_new();
    uint8_t hidden[6] = {1, 1, 0, 1, 1, 0}, primary[6] = {1, 0, 0, 1};
    /* x + y = 10 with x = 3, and how far y is at least from x: x is at most (10 - that) / 2. The limit is printed from below, as x - y from above, of x and the total, or as x - y from both sides.
     * Beside it 4 + 90 = 94, of which nothing else is known. */
    static const struct { double apart; size_t below; int64_t high; } row[] = {{3.5, 1, 3}, {0.5, 1, 4}, {0, 0, 5}, {-9, 0, 9}};

    for (size_t at = 0; at < 4 * sizeof row / sizeof *row; at++) {
        System system;
        AttackMemory memory;
        Attack attack;
        size_t below = 99;
        double apart = row[at / 4].apart;
        Err err = {0};
        system_begin(&system, arena);
        for (size_t cell = 0; cell < 6; cell++)
            system_cell(&system, &(SystemCell){.value = (const int64_t[]){3, 7, 10, 4, 90, 94}[cell]});
        system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
        system_line(&system, (const SystemTerm[]){{5, -1}, {3, 1}, {4, 1}}, 3);
        if (at % 4 == 0)
            system_range(&system, (const SystemTerm[]){{1, 1}, {0, -1}}, 2, apart, INFINITY);
        else if (at % 4 == 1)
            system_range(&system, (const SystemTerm[]){{0, 1}, {1, -1}}, 2, -INFINITY, -apart);
        else if (at % 4 == 2)
            system_range(&system, (const SystemTerm[]){{0, 1}, {1, -1}}, 2, -1000, -apart);
        else
            system_range(&system, (const SystemTerm[]){{2, 1}, {0, -2}}, 2, apart, 1000);
        CHECK(system_finish(&system, &err));
        CHECK_INT(attack_need(&system, &five, primary, 0), 3);
        CHECK_INT(attack_need(&system, &five, primary, 1), 1);
        system.cell[2].flags = SYSTEM_WITHHELD; /* no secret of its own, primary or not */
        CHECK_INT(attack_need(&system, &five, (const uint8_t[]){0, 0, 1}, 2), 0);
        attack_memory_begin(&memory, &system, &five);
        CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
        bool narrow = row[at / 4].high - 1 < 3; /* from 1 on */
        CHECK_INT(attack.n_fails, narrow);
        if (narrow)
            CHECK_INT(attack.narrowest, row[at / 4].high - 1);
        else
            CHECK(attack.narrowest >= 3);
        CHECK(attack_count_below(&system, &five, hidden, primary, &attack, &below, &err));
        CHECK_INT(below, row[at / 4].below);
        CHECK(attack.range.low[0] >= 1 && attack.range.high[0] <= row[at / 4].high);
        attack_free(&attack);
        attack_memory_free(&memory);
    }
}

TEST("what his linear program does not say he does not know: threes, at most 5.5 or 4.5")
{
    ARENA_AUTO arena = arena_new();
    uint8_t hidden[2] = {1, 1}, primary[2] = {1};

    /* 2 x = 3 z: x is 3, and the next is 6. With whole numbers it is below 5 in both cases; the linear program says so of 4.5 only. */
    for (int most = 4; most <= 5; most++) {
        System system;
        AttackMemory memory;
        Attack attack;
        size_t below = 99;
        Err err = {0};
        system_begin(&system, arena);
        system_cell(&system, &(SystemCell){.value = 3});
        system_cell(&system, &(SystemCell){.value = 2});
        system_line(&system, (const SystemTerm[]){{0, 2}, {1, -3}}, 2);
        system_range(&system, (const SystemTerm[]){{0, 1}}, 1, -INFINITY, most + 0.5);
        CHECK(system_finish(&system, &err));
        attack_memory_begin(&memory, &system, &five);
        CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
        CHECK_INT(attack.range.low[0], 3);
        CHECK_INT(attack.range.high[0], 3);
        CHECK_INT(attack.n_fails, 2);
        CHECK_INT(attack.narrowest, 0);
        CHECK(attack_count_below(&system, &five, hidden, primary, &attack, &below, &err));
        CHECK_INT(below, most == 4);
        attack_free(&attack);
        attack_memory_free(&memory);
    }
}

TEST("what is found only far from where it is: downwards, by a linear program and by an integer one")
{
    ARENA_AUTO arena = arena_new();
    uint8_t hidden[2] = {1, 1}, primary[2] = {1};

    /* 2 x = 5 z: x is 10 and z 4, and no more. Three less is no whole number of z, and it is not looked for further near x. The least there is: where z is printed to be at
     * least 2, x is 5, and so says the linear program; where it is not, z is 1 to that and x 2.5, and x is 5 to the integer program only. z itself cannot be 3. */
    for (int printed = 0; printed < 2; printed++) {
        System system;
        AttackMemory memory;
        Attack attack;
        Err err = {0};
        system_begin(&system, arena);
        system_cell(&system, &(SystemCell){.value = 10});
        system_cell(&system, &(SystemCell){.value = 4});
        system_line(&system, (const SystemTerm[]){{0, 2}, {1, -5}}, 2);
        system_range(&system, (const SystemTerm[]){{1, 1}}, 1, printed ? 2 : -INFINITY, 4);
        CHECK(system_finish(&system, &err));
        attack_memory_begin(&memory, &system, &five);
        CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
        CHECK_INT(attack.n_fails, 0);
        CHECK_INT(attack.range.low[0], 5);
        CHECK_INT(attack.range.high[0], 10);
        CHECK_INT(attack.range.low[1], 2);
        CHECK_INT(attack.n_integer, !printed);
        attack_free(&attack);
        attack_memory_free(&memory);
    }
}

TEST("a chain is longer than what is looked at first: what is not found there is not narrow")
{
    enum { LENGTH = 100 };
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[2 * LENGTH] = {0}, primary[2 * LENGTH] = {1, 1};
    AttackMemory memory;
    Attack attack;
    Err err = {0};

    /* 2 + 3 = 5, 3 + 10 = 13, 10 + 10 = 20, and on: all of it moves, up and down by turns, or nothing. The 2 and the 3 can be 1 to 4, just as wide as is asked. */
    system_begin(&system, arena);
    for (size_t cell = 0; cell < 2 * LENGTH - 1; cell++) {
        int64_t sum = cell == LENGTH ? 5 : cell == LENGTH + 1 ? 13 : 20;
        system_cell(&system, &(SystemCell){.value = cell >= LENGTH ? sum : cell == 0 ? 2 : cell == 1 ? 3 : 10});
        hidden[cell] = cell < LENGTH;
    }
    for (uint32_t cell = 0; cell < LENGTH - 1; cell++)
        system_line(&system, (const SystemTerm[]){{LENGTH + cell, -1}, {cell, 1}, {cell + 1, 1}}, 3);
    CHECK(system_finish(&system, &err));
    attack_memory_begin(&memory, &system, &five);
    CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
    CHECK_INT(attack.n_hidden, LENGTH);
    CHECK_INT(attack.n_fails, 0);
    CHECK_INT(attack.narrowest, 3);
    CHECK_INT(attack.range.low[0], 1);
    CHECK_INT(attack.range.high[0], 4);
    attack_free(&attack);
    attack_memory_free(&memory);
}

TEST("what a line leaves is not said of a total that is hidden, or of what counts twice or on the other side")
{
    ARENA_AUTO arena = arena_new();
    /* 5 = 1 + 4, and 5 + 90 = 95; 2 x 5 = 1 + 9; 5 = 1 + 14 - 10. Was it an ordinary line with all but the parts published, the 1 would be at most 4. (The attack moves it by
     * three, to 4, and so leaves open whether it can be 5.) */
    static const struct { int64_t value[5]; SystemTerm line[4]; size_t n; uint8_t hidden[5]; } row[] = {
        {{1, 4, 5, 90, 95}, {{2, -1}, {0, 1}, {1, 1}}, 3, {1, 1, 1, 1, 0}},
        {{1, 9, 5, 90, 95}, {{2, -2}, {0, 1}, {1, 1}}, 3, {1, 1, 0, 0, 0}},
        {{1, 14, 5, 10, 15}, {{2, -1}, {0, 1}, {1, 1}, {3, -1}}, 4, {1, 1, 0, 0, 0}},
        {{1, 4, 5, 90, 95}, {{2, -1}, {0, 1}, {1, 1}}, 3, {1, 1, 0, 0, 0}},
    };

    for (size_t at = 0; at < sizeof row / sizeof *row; at++) {
        System system;
        AttackMemory memory;
        Attack attack;
        size_t below = 99;
        Err err = {0};
        system_begin(&system, arena);
        for (size_t cell = 0; cell < 5; cell++)
            system_cell(&system, &(SystemCell){.value = row[at].value[cell]});
        system_line(&system, row[at].line, row[at].n);
        system_line(&system, (const SystemTerm[]){{4, -1}, {2, 1}, {3, 1}}, 3);
        CHECK(system_finish(&system, &err));
        attack_memory_begin(&memory, &system, &five);
        CHECK(attack_run(&system, &five, row[at].hidden, (const uint8_t[]){1, 0, 0, 0, 0}, 0, &memory, &attack, &err));
        CHECK(attack_count_below(&system, &five, row[at].hidden, (const uint8_t[]){1, 0, 0, 0, 0}, &attack, &below, &err));
        CHECK_INT(below, at == 3);
        attack_free(&attack);
        attack_memory_free(&memory);
    }
}

TEST("the solver's rounding proves nothing: a table must hold in whole numbers")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[2] = {1, 1}, primary[2] = {0};
    AttackMemory memory;
    Attack attack;
    PatternMove move;
    Err err = {0};

    /* 100,000,000 x = 99,999,999 y: one more of x would be 1.00000001 of y, which a solver takes for 1 */
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = 99999999});
    system_cell(&system, &(SystemCell){.value = 100000000});
    system_line(&system, (const SystemTerm[]){{0, 100000000}, {1, -99999999}}, 2);
    CHECK(system_finish(&system, &err));
    Pattern *pattern = pattern_new(&system, &five);
    CHECK(!pattern_find(pattern, &(PatternAsk){.target = 0, .delta = 1, .hidden = hidden, .near = 10}, &move));
    pattern_free(pattern);
    /* nor does it of such a number that is printed to lie within 0.4 of 0, and both are hidden in a sum */
    uint8_t three[3] = {1, 1, 1};
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = 99999999});
    system_cell(&system, &(SystemCell){.value = 100000000});
    system_cell(&system, &(SystemCell){.value = 199999999});
    system_line(&system, (const SystemTerm[]){{2, -1}, {0, 1}, {1, 1}}, 3);
    system_range(&system, (const SystemTerm[]){{0, 100000000}, {1, -99999999}}, 2, -0.4, 0.4);
    CHECK(system_finish(&system, &err));
    pattern = pattern_new(&system, &five);
    for (int64_t delta = -1; delta <= 1; delta += 2)
        CHECK(!pattern_find(pattern, &(PatternAsk){.target = 0, .delta = delta, .hidden = three, .near = 10}, &move));
    pattern_free(pattern);
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = 99999999});
    system_cell(&system, &(SystemCell){.value = 100000000});
    system_line(&system, (const SystemTerm[]){{0, 100000000}, {1, -99999999}}, 2);
    CHECK(system_finish(&system, &err));
    attack_memory_begin(&memory, &system, &five);
    CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
    CHECK_INT(attack.n_fails, 2);
    CHECK_INT(attack.range.low[0], 99999999);
    CHECK_INT(attack.range.high[0], 99999999);
    attack_free(&attack);
    attack_memory_free(&memory);
}

TEST("nor does it prove anything of a printed rounding, above or below")
{
    ARENA_AUTO arena = arena_new();
    System system;
    uint8_t hidden[2] = {1, 1}, primary[2] = {0};
    AttackMemory memory;
    Attack attack;
    Err err = {0};

    /* 100,000,000 x - 99,999,999 y lies within 0.4 of 0, and is 0. A thousand more or less of both is a thousand off, and to a solver the y that fits is whole. */
    system_begin(&system, arena);
    system_cell(&system, &(SystemCell){.value = 99999999});
    system_cell(&system, &(SystemCell){.value = 100000000});
    system_range(&system, (const SystemTerm[]){{0, 100000000}, {1, -99999999}}, 2, -0.4, 0.4);
    CHECK(system_finish(&system, &err));
    attack_memory_begin(&memory, &system, &five);
    CHECK(attack_run(&system, &five, hidden, primary, 0, &memory, &attack, &err));
    CHECK_INT(attack.n_fails, 2);
    for (int cell = 0; cell < 2; cell++) {
        CHECK_INT(attack.range.low[cell], system.cell[cell].value);
        CHECK_INT(attack.range.high[cell], system.cell[cell].value);
    }
    attack_free(&attack);
    attack_memory_free(&memory);
}

TEST("moves know their cells; one that is published takes its moves with it")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Moves moves;
    MovesRange range;

    rectangle(arena, &system);
    moves_begin(&moves, system.n_cells);
    moves_range_begin(&range, &system);
    CHECK(moves_note(&moves, &range, &system, (const SystemTerm[]){{0, 2}, {1, -2}, {3, -2}, {4, 2}}, 4));
    CHECK(!moves_note(&moves, &range, &system, (const SystemTerm[]){{0, 1}, {1, -1}, {3, -1}, {4, 1}}, 4)); /* nothing new */
    CHECK(moves_note(&moves, &range, &system, (const SystemTerm[]){{0, 1}, {2, 1}, {6, 1}, {8, 1}}, 4));
    CHECK_INT(moves.n, 2);
    CHECK_INT(range.high[0], 5);
    CHECK_INT(range.low[3], 23);
    moves.dead[0] = MOVE_TRIED;
    for (uint32_t cell = 0; cell < 9; cell++)
        moves_range_renew(&range, &system, &moves, cell, INT64_MAX);
    CHECK_INT(range.high[0], 4);
    CHECK_INT(range.low[3], 25);
    uint8_t hidden[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    moves.dead[0] = MOVE_LIVES;
    CHECK_INT(moves_range_take_hidden(&range, &system, &moves, hidden), 2);
    hidden[8] = 0;
    CHECK_INT(moves_range_take_hidden(&range, &system, &moves, hidden), 1);
    /* newest first, and no further than is asked */
    moves_range_renew(&range, &system, &moves, 0, 1);
    CHECK_INT(range.high[0] - range.low[0], 1);
    moves.dead[1] = MOVE_GONE;
    moves_range_renew(&range, &system, &moves, 0, INT64_MAX);
    CHECK_INT(range.high[0], 5);
    moves.dead[1] = MOVE_LIVES; /* too late: gone is for good */
    moves_range_renew(&range, &system, &moves, 2, INT64_MAX);
    CHECK_INT(range.high[2] - range.low[2], 1);
    moves_range_renew(&range, &system, &moves, 0, INT64_MAX);
    CHECK_INT(moves.term[moves.head[0] - 1].move, 0);
    moves_range_free(&range);
    moves_free(&moves);
}

TEST("a move that only takes off is new as well; one that is gone proves nothing")
{
    ARENA_AUTO arena = arena_new();
    System system;
    Moves moves;
    MovesRange range;
    uint8_t hidden[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};

    rectangle(arena, &system);
    moves_begin(&moves, system.n_cells);
    moves_range_begin(&range, &system);
    CHECK(moves_note(&moves, &range, &system, (const SystemTerm[]){{0, -1}, {2, -1}, {6, -1}, {8, -1}}, 4)); /* the 3 with all its totals */
    CHECK_INT(range.low[0], 2);
    CHECK_INT(moves_range_take_hidden(&range, &system, &moves, hidden), 1);
    moves.dead[0] = MOVE_GONE;
    CHECK_INT(moves_range_take_hidden(&range, &system, &moves, hidden), 0);
    moves_range_free(&range);
    moves_free(&moves);
}

/* By the definition, and nothing shared with pattern.c. */
static bool is_whole_table(const System *system, const SystemRules *rules, const uint8_t *hidden, const int64_t *change)
{
    for (uint32_t cell = 0; cell < system->n_cells; cell++)
        if (change[cell] && (!hidden[cell] || system->cell[cell].value + change[cell] < (rules->zeros_published ? 1 : 0)))
            return false;
    for (size_t line = 0; line < system->n_lines; line++) {
        int64_t sum = 0;
        for (size_t at = system->line_start[line]; at < system->line_start[line + 1]; at++)
            sum += system->term[at].coef * change[system->term[at].cell];
        if (sum)
            return false;
    }
    return true;
}

TEST("weaving begins with what is known, goes both ways before it hides more, and never counts on what is still")
{
    ARENA_AUTO arena = arena_new();
    System system;
    AttackMemory memory;
    Weave weave;
    uint8_t hidden[9] = {1, 1, 0, 1, 1}, primary[9] = {1}, still[9] = {0, 1}, alone[9] = {1};
    Err err = {0};

    /* [20 2 | 22], [25 40 | 65], and the 20 may not be known: one more of it and two less are three */
    table_two_way(arena, 2, 2, (const int64_t[]){20, 2, 25, 40}, &system);
    system.cell[0].flags = SYSTEM_SENSITIVE;
    CHECK(system_finish(&system, &err));
    attack_memory_begin(&memory, &system, &five);
    weave_begin(&weave, &system, &five, hidden, primary, &memory);
    CHECK(weave_narrow(&weave, 0) && !weave_narrow(&weave, 2));
    CHECK(weave_cell(&weave, 0, NULL));
    CHECK_INT(weave.range.high[0], 21);
    CHECK_INT(weave.range.low[0], 18);
    for (size_t cell = 0; cell < 9; cell++)
        CHECK_INT(hidden[cell], cell < 5 && cell != 2);
    weave_end(&weave);
    weave_begin(&weave, &system, &five, hidden, primary, &memory); /* who comes after it knows */
    CHECK(!weave_narrow(&weave, 0));
    weave_end(&weave);
    weave_begin(&weave, &system, &five, alone, primary, &memory);
    CHECK(weave_narrow(&weave, 0));
    CHECK(weave_cell(&weave, 0, still));
    CHECK(!alone[1] && alone[2]);
    weave_end(&weave);
    attack_memory_free(&memory);
}

TEST("a crossing that is never published is not published again")
{
    ARENA_AUTO arena = arena_new();
    System system;
    AttackMemory memory;
    Weave weave;
    uint8_t hidden[9] = {1, 1, 0, 1, 1}, primary[9] = {0};
    Err err = {0};

    table_two_way(arena, 2, 2, (const int64_t[]){30, 20, 25, 40}, &system);
    for (int withheld = 1; withheld >= 0; withheld--) {
        for (size_t cell = 0; cell < 5; cell++)
            system.cell[cell].flags = withheld && cell != 2 ? SYSTEM_WITHHELD : 0;
        if (withheld)
            CHECK(system_finish(&system, &err));
        attack_memory_begin(&memory, &system, &five);
        weave_begin(&weave, &system, &five, hidden, primary, &memory);
        CHECK_INT(weave_take_back(&weave), withheld ? 0 : 4);
        CHECK_INT(hidden[0] + hidden[1] + hidden[3] + hidden[4], withheld ? 4 : 0);
        weave_end(&weave);
        attack_memory_free(&memory);
    }
}

TEST("random tables: what weaving hides is proven by whole tables, and what it publishes again leaves them")
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, 411);
    for (int instance = 0; instance < 60; instance++) {
        ARENA_AUTO arena = arena_new();
        Table table;
        System system;
        AttackMemory memory;
        Weave weave;
        SystemRules rules = {.threshold = 5, .width_min = 3, .zeros_published = gsl_rng_uniform_int(rng, 3) != 0};

        table_draw(arena, rng, 200, &table, &system);
        uint8_t *hidden = arena_array(arena, system.n_cells + 1, 1), *primary = arena_array(arena, system.n_cells + 1, 1), *proven = arena_array(arena, system.n_cells + 1, 1);
        int64_t *change = arena_array(arena, system.n_cells + 1, sizeof *change);
        for (uint32_t cell = 0; cell < system.n_cells; cell++)
            hidden[cell] = primary[cell] = system_primary(&system, &rules, cell);
        attack_memory_begin(&memory, &system, &rules);
        weave_begin(&weave, &system, &rules, hidden, primary, &memory);
        weave_all(&weave);
        for (uint32_t cell = 0; cell < system.n_cells; cell++) {
            proven[cell] = hidden[cell] && !weave_narrow(&weave, cell);
            int64_t need = attack_need(&system, &rules, primary, cell);
            if (proven[cell] && need && pattern_shut(memory.pattern, cell, need, hidden, 1 + (size_t) instance % 20))
                test_fail(__FILE__, __LINE__, "instance %d: an argument that cell %u is narrow, and whole tables in which it is not", instance, cell);
        }
        size_t before = 0, after = 0;
        for (uint32_t cell = 0; cell < system.n_cells; cell++)
            before += hidden[cell];
        uint8_t *safe = arena_array(arena, system.n_lines + 1, 1);
        for (size_t line = 0; line < system.n_lines; line++) {
            SystemResidual left = system_residual(&system, &rules, line, hidden, primary);
            safe[line] = system_residual_safe(&left, &rules);
        }
        size_t back = weave_take_back(&weave);
        for (size_t line = 0; line < system.n_lines; line++) {
            SystemResidual left = system_residual(&system, &rules, line, hidden, primary);
            if (safe[line] && !system_residual_safe(&left, &rules))
                test_fail(__FILE__, __LINE__, "instance %d: too little is left over on line %zu since cells were published again", instance, line);
        }
        for (uint32_t cell = 0; cell < system.n_cells; cell++) {
            after += hidden[cell];
            CHECK(!primary[cell] || hidden[cell]);
            if (proven[cell] && weave_narrow(&weave, cell))
                test_fail(__FILE__, __LINE__, "instance %d: cell %u lost its proof", instance, cell);
        }
        CHECK_INT(before - after, back);
        for (size_t move = 0; move < memory.moves.n; move++) {
            if (memory.moves.dead[move])
                continue;
            memset(change, 0, system.n_cells * sizeof *change);
            for (size_t at = memory.moves.start[move]; at < memory.moves.start[move + 1]; at++)
                change[memory.moves.term[at].cell] = memory.moves.term[at].change;
            if (!is_whole_table(&system, &rules, hidden, change))
                test_fail(__FILE__, __LINE__, "instance %d: move %zu is no whole table", instance, move);
        }
        weave_end(&weave);
        attack_memory_free(&memory);
    }
    gsl_rng_free(rng);
}
