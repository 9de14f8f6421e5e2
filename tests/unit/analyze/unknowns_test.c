/* Numbers that nobody was told, worked out by hand (unknowns.h): threshold 5, fewer than four numbers are too few. */
#include "analyze/disclosure/unknowns.h"

#include "tests/harness/test.h"

enum { THRESHOLD = 5 };

static void line(Unknowns *unknowns, uint32_t total, uint32_t one, uint32_t other)
{
    unknowns_line(unknowns, (const SystemTerm[]){{total, -1}, {one, 1}, {other, 1}}, 3);
}

/* \return is too much of this cell found? */
static bool told(Unknowns *unknowns, uint32_t cell, UnknownsAsk how, double most)
{
    Err err = {0};
    bool found;

    unknowns_ask(unknowns, cell, how, most);
    CHECK(unknowns_attack(unknowns, &found, &err));
    CHECK(found);
    return unknowns->told[cell];
}

TEST("bounds alone tell: three numbers below the threshold do, four do not, and what is surely enough may be known")
{
    static const struct { double low, high; bool told; } of[] = {{1, 3, true}, {1, 4, false}, {0, 2, true}, {0, 3, false}, {4, 6, true}, {5, 5, false}, {5, 6, false}};

    for (size_t at = 0; at < sizeof of / sizeof *of; at++) {
        ARENA_AUTO memory = arena_new();
        Unknowns unknowns = {0};
        unknowns_begin(&unknowns, memory, THRESHOLD);
        /* one cell by bounds, and one that is the same by a relation with a known one: 20 less 20 - x */
        uint32_t x = unknowns_cell(&unknowns, of[at].low, of[at].high), rest = unknowns_cell(&unknowns, 0, INFINITY), all = unknowns_cell(&unknowns, 20, 20), again = unknowns_cell(&unknowns, 0, INFINITY);
        line(&unknowns, all, x, rest);
        line(&unknowns, all, again, rest);
        unknowns_ask(&unknowns, x, UNKNOWNS_ZERO_SAFE, NAN);
        if (told(&unknowns, again, UNKNOWNS_ZERO_SAFE, NAN) != of[at].told || (of[at].low < of[at].high && unknowns.told[x] != of[at].told))
            test_fail(__FILE__, __LINE__, "from %g to %g", of[at].low, of[at].high);
    }
}

TEST("that it is surely nothing may be known, or not")
{
    for (UnknownsAsk how = UNKNOWNS_ZERO_SAFE; how <= UNKNOWNS_ZERO_TELLS; how++) {
        ARENA_AUTO memory = arena_new();
        Unknowns unknowns = {0};
        unknowns_begin(&unknowns, memory, THRESHOLD);
        uint32_t all = unknowns_cell(&unknowns, 7, 7), one = unknowns_cell(&unknowns, 7, 7), rest = unknowns_cell(&unknowns, 0, INFINITY);
        line(&unknowns, all, one, rest);
        CHECK_INT(told(&unknowns, rest, how, NAN), how == UNKNOWNS_ZERO_TELLS);
    }
}

TEST("that it is any of the numbers it can be tells nothing")
{
    for (int most = 1; most <= 3; most++) {
        ARENA_AUTO memory = arena_new();
        Unknowns unknowns = {0};
        unknowns_begin(&unknowns, memory, THRESHOLD);
        uint32_t x = unknowns_cell(&unknowns, 0, 1);
        CHECK_INT(told(&unknowns, x, UNKNOWNS_ZERO_SAFE, most), most > 1);
    }
}

/* Two numbers, and two that are at least as large and come to the same: nothing grew, but bounds alone leave three numbers. */
static uint32_t stood_still(Unknowns *unknowns)
{
    uint32_t all = unknowns_cell(unknowns, 26, 26), a = unknowns_cell(unknowns, 14, 16), b = unknowns_cell(unknowns, 0, INFINITY), c = unknowns_cell(unknowns, 14, 16), d = unknowns_cell(unknowns, 0, INFINITY);
    uint32_t grew = unknowns_cell(unknowns, 0, INFINITY), other = unknowns_cell(unknowns, 0, INFINITY);

    line(unknowns, all, a, b);
    line(unknowns, all, c, d);
    line(unknowns, c, a, grew);
    line(unknowns, d, b, other);
    return grew;
}

TEST("what bounds leave may be more than there is: a growth of from 0 to 2 is nothing, and of 3 more or fewer exactly 5")
{
    ARENA_AUTO memory = arena_new();
    Unknowns unknowns = {0};

    unknowns_begin(&unknowns, memory, THRESHOLD);
    CHECK(!told(&unknowns, stood_still(&unknowns), UNKNOWNS_ZERO_SAFE, NAN));
    unknowns_begin(&unknowns, memory, THRESHOLD);
    CHECK(told(&unknowns, stood_still(&unknowns), UNKNOWNS_ZERO_TELLS, NAN));
    for (int more = 2; more <= 3; more++) {
        unknowns_begin(&unknowns, memory, THRESHOLD);
        uint32_t grew = stood_still(&unknowns), two = unknowns_cell(&unknowns, 2, 2), less = unknowns_cell(&unknowns, 0, INFINITY), some = unknowns_cell(&unknowns, more, more), x = unknowns_cell(&unknowns, 0, INFINITY);
        line(&unknowns, two, grew, less);
        line(&unknowns, x, less, some);
        CHECK_INT(told(&unknowns, x, UNKNOWNS_ZERO_SAFE, NAN), more == 2); /* exactly 4, or 5 */
    }
}

/* p + m = 10 and q + m = 10 + e, so q is p + e; u is some more than p - q: less e. */
static bool difference_told(double low, double high, double some)
{
    ARENA_AUTO memory = arena_new();
    Unknowns unknowns = {0};

    unknowns_begin(&unknowns, memory, THRESHOLD);
    uint32_t ten = unknowns_cell(&unknowns, 10, 10), p = unknowns_cell(&unknowns, 3, 7), m = unknowns_cell(&unknowns, 0, INFINITY), e = unknowns_cell(&unknowns, low, high), q = unknowns_cell(&unknowns, 0, INFINITY),
             both = unknowns_cell(&unknowns, 0, INFINITY), u = unknowns_cell(&unknowns, 0, INFINITY), more = unknowns_cell(&unknowns, some, some), sum = unknowns_cell(&unknowns, 0, INFINITY);
    line(&unknowns, ten, p, m);
    line(&unknowns, both, ten, e);
    line(&unknowns, both, q, m);
    line(&unknowns, sum, p, more);
    line(&unknowns, sum, q, u);
    return told(&unknowns, u, UNKNOWNS_ZERO_SAFE, NAN);
}

TEST("programs keep to the bounds of other cells")
{
    CHECK(difference_told(0, 1, 4));  /* 3 or 4 */
    CHECK(!difference_told(0, 3, 4)); /* 1 to 4 */
    CHECK(difference_told(3, 4, 5));  /* 1 or 2; with less than 3 it would be up to 5 */
    CHECK(!difference_told(0, 1, 6)); /* 5 or 6 */
}

TEST("where nothing agrees nothing is told")
{
    ARENA_AUTO memory = arena_new();
    Unknowns unknowns = {0};
    Err err = {0};
    bool found;

    unknowns_begin(&unknowns, memory, THRESHOLD);
    uint32_t seven = unknowns_cell(&unknowns, 7, 7), nine = unknowns_cell(&unknowns, 9, 9), rest = unknowns_cell(&unknowns, 0, INFINITY), x = unknowns_cell(&unknowns, 1, 2);
    line(&unknowns, seven, nine, rest);
    unknowns_ask(&unknowns, x, UNKNOWNS_ZERO_SAFE, NAN);
    CHECK(unknowns_attack(&unknowns, &found, &err));
    CHECK(!found && !unknowns.told[x]);
    unknowns_begin(&unknowns, memory, THRESHOLD); /* and where only a program sees it: x + y is 9 and 10, by way of z */
    x = unknowns_cell(&unknowns, 1, 2);
    unknowns_ask(&unknowns, x, UNKNOWNS_ZERO_SAFE, NAN);
    uint32_t wide = unknowns_cell(&unknowns, 0, 8), y = unknowns_cell(&unknowns, 0, INFINITY), z = unknowns_cell(&unknowns, 0, INFINITY), ten = unknowns_cell(&unknowns, 10, 10), eleven = unknowns_cell(&unknowns, 11, 11);
    unknowns_ask(&unknowns, wide, UNKNOWNS_ZERO_SAFE, NAN);
    line(&unknowns, ten, wide, y);
    line(&unknowns, eleven, wide, z);
    unknowns_line(&unknowns, (const SystemTerm[]){{y, -1}, {z, 1}}, 2);
    CHECK(unknowns_attack(&unknowns, &found, &err));
    CHECK(!found && !unknowns.told[x]);
}

/* Three numbers of which each two come to nine: four and a half each, which bounds do not see. */
static void halves(Unknowns *unknowns)
{
    uint32_t nine = unknowns_cell(unknowns, 9, 9), one = unknowns_cell(unknowns, 0, INFINITY), two = unknowns_cell(unknowns, 0, INFINITY), three = unknowns_cell(unknowns, 0, INFINITY);

    line(unknowns, nine, one, two);
    line(unknowns, nine, two, three);
    line(unknowns, nine, one, three);
    unknowns_ask(unknowns, one, UNKNOWNS_ZERO_SAFE, NAN);
}

TEST("nor of what bounds told, where only a program sees that nothing agrees")
{
    ARENA_AUTO memory = arena_new();
    Unknowns unknowns = {0};
    Err err = {0};
    bool found;

    unknowns_begin(&unknowns, memory, THRESHOLD);
    halves(&unknowns);
    uint32_t x = unknowns_cell(&unknowns, 1, 2);
    unknowns_ask(&unknowns, x, UNKNOWNS_ZERO_SAFE, NAN);
    size_t sum = unknowns_ask_sum(&unknowns, &(SystemTerm){x, 1}, 1, UNKNOWNS_ZERO_SAFE, NAN);
    CHECK(unknowns_attack(&unknowns, &found, &err));
    CHECK(!found && !unknowns.told[x] && !unknowns.sum[sum].told);
    unknowns_begin(&unknowns, memory, THRESHOLD);
    halves(&unknowns);
    CHECK(unknowns_agree(&unknowns, &found, &err));
    CHECK(!found);
}

/* z is twice x less twice y, written with x and y under two names: 0 or 2 of 0 to 3, but that it is not 3 no branch shows. */
TEST("of what programs do not settle too much is found")
{
    ARENA_AUTO memory = arena_new();
    Unknowns unknowns = {0};

    unknowns_begin(&unknowns, memory, THRESHOLD);
    uint32_t x[2], y[2], z = unknowns_cell(&unknowns, 0, 3);
    for (int at = 0; at < 2; at++) {
        x[at] = unknowns_cell(&unknowns, 0, INFINITY);
        y[at] = unknowns_cell(&unknowns, 0, INFINITY);
    }
    unknowns_line(&unknowns, (const SystemTerm[]){{x[0], 1}, {x[1], -1}}, 2);
    unknowns_line(&unknowns, (const SystemTerm[]){{y[0], 1}, {y[1], -1}}, 2);
    unknowns_line(&unknowns, (const SystemTerm[]){{x[0], 1}, {x[1], 1}, {y[0], -1}, {y[1], -1}, {z, -1}}, 5);
    CHECK(told(&unknowns, z, UNKNOWNS_ZERO_TELLS, NAN));
}
