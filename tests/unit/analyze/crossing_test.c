/* Empty blocks of a crossing (crossing.h), by hand: four schools, threshold 5. */
#include "analyze/disclosure/crossing.h"

#include "tests/harness/test.h"

enum { SCHOOLS = 4, GROUPS_MAX = 20 };

/* Is something told by groups and by schools one by one? \param own per group, of each school; \param yes per group of the whole, and per school after them; NULL = counts */
static bool told(const double (*own)[SCHOOLS], size_t n, const double *yes)
{
    CrossingGroup group[GROUPS_MAX] = {{0}}, school[SCHOOLS] = {{0}};
    double by[SCHOOLS][SCHOOLS] = {{0}};

    for (size_t at = 0; at < n; at++) {
        group[at].own = own[at];
        group[at].yes = yes ? yes[at] : 0;
        for (size_t of = 0; of < SCHOOLS; of++) {
            group[at].n += own[at][of];
            by[of][of] += own[at][of];
        }
    }
    for (size_t of = 0; of < SCHOOLS; of++)
        school[of] = (CrossingGroup){.n = by[of][of], .yes = yes ? yes[n + of] : 0, .own = by[of]};
    return crossing_told(group, n, school, SCHOOLS, SCHOOLS, 5, yes != NULL);
}

TEST("a school that is alone in two months had the rest of its fourteen in the others: one to four, or five, or none")
{
    for (double rest = 1; rest <= 5; rest++)
        CHECK_INT(told((const double[][SCHOOLS]){{20, 9, 8, rest}, {15, 7, 9, 0}, {0, 0, 0, 5}, {0, 0, 0, 6}}, 4, NULL), rest < 5);
    CHECK(!told((const double[][SCHOOLS]){{20, 9, 8, 0}, {15, 7, 9, 0}, {0, 0, 0, 5}, {0, 0, 0, 6}}, 4, NULL));
}

TEST("nobody else's records have an hour: what is without one and not of that school is two, or five")
{
    CHECK(told((const double[][SCHOOLS]){{20, 9, 0, 8}, {1, 1, 12, 0}}, 2, NULL));
    CHECK(!told((const double[][SCHOOLS]){{20, 9, 0, 8}, {3, 2, 12, 0}}, 2, NULL));
    CHECK(!told((const double[][SCHOOLS]){{20, 9, 1, 8}, {1, 1, 12, 0}}, 2, NULL)); /* nor does anybody know how many of that school have one */
}

TEST("two schools by themselves in two months")
{
    CHECK(told((const double[][SCHOOLS]){{20, 9, 2, 1}, {0, 0, 8, 0}, {0, 0, 7, 9}}, 3, NULL));
    CHECK(!told((const double[][SCHOOLS]){{20, 9, 4, 1}, {0, 0, 8, 0}, {0, 0, 7, 9}}, 3, NULL));
}

TEST("of answers both must be enough of what is left")
{
    static const double own[][SCHOOLS] = {{40, 30, 0, 20}, {8, 4, 30, 0}}; /* the second: in no group */

    CHECK(told(own, 2, (const double[]){30, 14, 20, 12, 10, 2}));  /* of 12 others without a group 4 said yes */
    CHECK(!told(own, 2, (const double[]){30, 15, 20, 12, 10, 3})); /* 5 yes, 7 no */
    CHECK(told(own, 2, (const double[]){30, 18, 20, 12, 10, 6}));  /* 8 yes, 4 no */
}

TEST("of many groups those that are behind each other, each but one, and two")
{
    double own[GROUPS_MAX][SCHOOLS];

    for (int what = 0; what < 4; what++) {
        for (int at = 0; at < GROUPS_MAX; at++)
            for (int of = 0; of < SCHOOLS; of++)
                own[at][of] = of < 3 || at == 0 ? 9 : 0;
        own[0][3] = what == 0 ? 6 : 2;
        if (what == 1) /* alone in three months behind each other */
            for (int at = 5; at < 8; at++)
                for (int of = 0; of < SCHOOLS; of++)
                    own[at][of] = of == 3 ? 7 : 0;
        if (what == 2) /* in two that are not */
            for (int at = 5; at < 9; at += 3)
                for (int of = 0; of < SCHOOLS; of++)
                    own[at][of] = of == 3 ? 7 : 0;
        if (what == 3) { /* all but one month are the first three schools' only, and that month is the fourth's but for three */
            for (int of = 0; of < 3; of++) {
                own[0][of] = 9;
                own[7][of] = 1;
            }
            own[0][3] = 0;
            own[7][3] = 12;
        }
        CHECK_INT(told((const double (*)[SCHOOLS]) own, GROUPS_MAX, NULL), what > 0);
    }
}
