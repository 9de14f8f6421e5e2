#include "analyze/disclosure/partition.h"

#include <string.h>

#include "tests/unit/scratch.h"

enum { THRESHOLD = 5, CELLS = 16 };

/* Cells with one measure. */
static size_t cells_of(PartitionCell *cells, const double *counts, size_t n, bool strict)
{
    for (size_t at = 0; at < n; at++)
        cells[at] = (PartitionCell){.rest_persons = NAN, .measure = {counts[at], NAN, NAN, NAN}, .strict = {strict}, .persons = NAN};
    return n;
}

/* "whole", "withheld" or the fate of each cell: o by itself, r in the remainder */
static const char *solved(PartitionCell *cells, size_t n, size_t members_min, double total_persons, char text[static CELLS + 1])
{
    PartitionRules rules = {.threshold = THRESHOLD, .total_persons = total_persons, .members_min = members_min};
    PartitionResult result = partition_solve(cells, n, &rules);
    bool any = false;

    for (size_t at = 0; at < n; at++) {
        text[at] = cells[at].merged ? 'r' : 'o';
        any = any || cells[at].merged;
    }
    text[n] = '\0';
    if (result == PARTITION_WHOLE && any)
        return "whole, but merged";
    return result == PARTITION_WHOLE ? "whole" : result == PARTITION_WITHHELD ? "withheld" : text;
}

static void check_counts(int line, const double *counts, size_t n, bool strict, size_t members_min, const char *want)
{
    PartitionCell cells[CELLS];
    char text[CELLS + 1];

    cells_of(cells, counts, n, strict);
    test_check_text(__FILE__, line, solved(cells, n, members_min, (double) NAN, text), want);
}
#define COUNTS(want, strict, members_min, ...)                                                                         \
    check_counts(__LINE__, (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double), strict, members_min, want)

TEST("a cell is safe at zero and from the threshold up")
{
    static const struct { double count; bool loose, strict; } want[] = {{0, true, false}, {1, false, false}, {4, false, false}, {5, true, true}, {6, true, true}, {1e9, true, true}};

    for (size_t at = 0; at < sizeof want / sizeof *want; at++) {
        PartitionCell cell = {.rest_persons = NAN, .measure = {NAN, want[at].count, NAN, NAN}, .persons = NAN};
        CHECK(partition_cell_safe(&cell, THRESHOLD) == want[at].loose);
        cell.strict[1] = true;
        CHECK(partition_cell_safe(&cell, THRESHOLD) == want[at].strict);
        cell.measure[3] = 2; /* one measure too small is enough */
        CHECK(!partition_cell_safe(&cell, THRESHOLD));
    }
    PartitionCell none = {.rest_persons = NAN, .measure = {NAN, NAN, NAN, NAN}, .strict = {true, true, true, true}, .persons = NAN};
    CHECK(partition_cell_safe(&none, THRESHOLD));
}

TEST("many events of few persons are not safe")
{
    PartitionCell cell = {.rest_persons = NAN, .measure = {100, NAN, NAN, NAN}, .persons = 4};

    CHECK(!partition_cell_safe(&cell, THRESHOLD));
    cell.persons = 5;
    CHECK(partition_cell_safe(&cell, THRESHOLD));
    cell.persons = NAN;
    CHECK(partition_cell_safe(&cell, THRESHOLD));
    cell.persons = 0; /* none is known: the events decide */
    CHECK(partition_cell_safe(&cell, THRESHOLD));
}

TEST("what a larger group has beside a cell is of enough persons, or of nobody")
{
    PartitionCell cell = {.rest_persons = 1, .measure = {34, 6, NAN, NAN}, .persons = 29};

    CHECK(!partition_cell_safe(&cell, THRESHOLD));
    cell.rest_persons = 5;
    CHECK(partition_cell_safe(&cell, THRESHOLD));
    cell.rest_persons = 0; /* all of them are in the cell too: how few the six are of is not known */
    CHECK(!partition_cell_safe(&cell, THRESHOLD));
    cell.measure[1] = 0;
    CHECK(partition_cell_safe(&cell, THRESHOLD));

    PartitionCell cells[4] = {{.rest_persons = 1, .measure = {20, 6, NAN, NAN}, .persons = NAN}, {.rest_persons = 4, .measure = {9, 6, NAN, NAN}, .persons = NAN},
                              {.rest_persons = 6, .measure = {12, 6, NAN, NAN}, .persons = NAN}, {.rest_persons = NAN, .measure = {50, 0, NAN, NAN}, .persons = NAN}};
    char text[CELLS + 1];
    CHECK_TEXT(solved(cells, 4, 2, NAN, text), "rrro"); /* 1 and 4 may be the same four: the third is asked in */
}

TEST("a table of safe cells is published whole")
{
    COUNTS("whole", false, 3, 5, 10, 0, 7);
    COUNTS("whole", false, 3, 0, 0);
    COUNTS("whole", true, 3, 5, 6);
    COUNTS("whole", false, 3, 12);
    CHECK_INT(partition_solve(NULL, 0, &(PartitionRules){.threshold = 5, .total_persons = NAN, .members_min = 3}), PARTITION_WHOLE);
}

TEST("unsafe cells become one remainder of at least as many cells as asked")
{
    COUNTS("rroo", false, 2, 2, 4, 20, 30);
    COUNTS("rrro", false, 3, 2, 4, 20, 30); /* schools: the smallest safe one joins */
    COUNTS("rorrr", false, 3, 2, 30, 3, 1, 4);
    COUNTS("rroo", false, 2, 1, 20, 30, 25); /* one unsafe cell never stands alone */
    COUNTS("rror", false, 3, 1, 20, 30, 25);
}

TEST("while the remainder is too small the smallest safe cell joins it")
{
    COUNTS("rrro", false, 2, 1, 1, 5, 30);
    COUNTS("rror", false, 2, 1, 1, 30, 8);
    COUNTS("rrroo", false, 3, 1, 1, 10, 10, 10); /* a tie goes to the lower index */
}

TEST("a table whose cells all end in the remainder is withheld")
{
    COUNTS("withheld", false, 3, 2);
    COUNTS("withheld", false, 3, 1, 2, 3);
    COUNTS("withheld", false, 3, 2, 20, 30);
    COUNTS("withheld", false, 2, 2, 20);
    COUNTS("withheld", false, 2, 1, 1);
}

TEST("a remainder beside nothing but zeros is the total under another name, and is withheld")
{
    COUNTS("withheld", false, 3, 3, 4, 5, 0, 0);
    COUNTS("withheld", false, 2, 3, 4, 0);
    COUNTS("withheld", false, 2, 0, 2, 9, 0);
    COUNTS("rrooo", false, 2, 3, 4, 0, 0, 9);
}

TEST("a zero joins the remainder last, because it hides nobody")
{
    COUNTS("rorro", false, 3, 3, 0, 4, 20, 30);
    COUNTS("orroo", false, 2, 0, 2, 4, 0, 30);
}

TEST("where zero tells something of everybody it is not safe")
{
    COUNTS("rro", true, 2, 0, 10, 20);
    COUNTS("withheld", true, 3, 0, 10, 20);
    COUNTS("whole", false, 2, 0, 10, 20);
    COUNTS("withheld", true, 2, 0, 0, 0);
    COUNTS("rrro", true, 2, 0, 0, 6, 7);
}

TEST("a share is hidden by its complement as well: everybody is as telling as nobody")
{
    /* answers yes, answers no, both strict */
    PartitionCell cells[4] = {{.rest_persons = NAN, .measure = {10, 10, NAN, NAN}}, {.rest_persons = NAN, .measure = {25, 0, NAN, NAN}}, {.rest_persons = NAN, .measure = {8, 7, NAN, NAN}}, {.rest_persons = NAN, .measure = {30, 30, NAN, NAN}}};
    char text[CELLS + 1];

    for (size_t at = 0; at < 4; at++) {
        cells[at].strict[0] = cells[at].strict[1] = true;
        cells[at].persons = NAN;
    }
    CHECK(!partition_cell_safe(&cells[1], THRESHOLD));
    CHECK_TEXT(solved(cells, 4, 2, (double) NAN, text), "orro");
    CHECK_TEXT(solved(cells, 4, 3, (double) NAN, text), "rrro");
    cells[1].measure[1] = 3; /* nearly everybody */
    CHECK_TEXT(solved(cells, 4, 2, (double) NAN, text), "orro");
    cells[1].measure[1] = 5;
    CHECK_TEXT(solved(cells, 4, 2, (double) NAN, text), "whole");
}

TEST("persons of a union are as many as its largest part, or as the table leaves for it")
{
    PartitionCell cells[3] = {{.rest_persons = NAN, .measure = {12, NAN, NAN, NAN}, .persons = 2}, {.rest_persons = NAN, .measure = {6, NAN, NAN, NAN}, .persons = 3}, {.rest_persons = NAN, .measure = {50, NAN, NAN, NAN}, .persons = 20}};
    char text[CELLS + 1];

    /* 12 + 6 events, but perhaps by the same three */
    CHECK_TEXT(solved(cells, 3, 2, (double) NAN, text), "withheld");
    /* 30 persons in all, at most 20 of them outside: at least 10 inside */
    CHECK_TEXT(solved(cells, 3, 2, 30, text), "rro");
    /* 24 in all: perhaps only 4 inside */
    CHECK_TEXT(solved(cells, 3, 2, 24, text), "withheld");
    CHECK_TEXT(solved(cells, 3, 2, 25, text), "rro");
    cells[1].persons = 5; /* the largest part is enough by itself */
    CHECK_TEXT(solved(cells, 3, 2, (double) NAN, text), "rro");
}

TEST("a cell outside whose persons are unknown leaves no bound for the others")
{
    /* 50 persons in the table; the cell of 100 events may hold 47 of them, the others then 3 */
    PartitionCell cells[4] = {{.rest_persons = NAN, .measure = {100, NAN, NAN, NAN}, .persons = NAN},
                              {.rest_persons = NAN, .measure = {6, NAN, NAN, NAN}, .persons = 1},
                              {.rest_persons = NAN, .measure = {6, NAN, NAN, NAN}, .persons = 1},
                              {.rest_persons = NAN, .measure = {6, NAN, NAN, NAN}, .persons = 1}};
    char text[CELLS + 1];

    CHECK_TEXT(solved(cells, 4, 3, 50, text), "withheld");
    /* nor does one that is known and comes after it */
    PartitionCell more[5] = {cells[0], cells[1], cells[2], cells[3], {.rest_persons = NAN, .measure = {50, NAN, NAN, NAN}, .persons = 20}};
    CHECK_TEXT(solved(more, 5, 3, 50, text), "orrrr");
}

TEST("where nothing happened nobody was: no persons known there leaves the bound as it is")
{
    /* 30 persons in the table, 20 of them in the cell of 50 events and none in that of none: at least 10 in the remainder, whose parts say 3 */
    PartitionCell cells[4] = {{.rest_persons = NAN, .measure = {12, NAN, NAN, NAN}, .persons = 2}, {.rest_persons = NAN, .measure = {6, NAN, NAN, NAN}, .persons = 3}, {.rest_persons = NAN, .measure = {50, NAN, NAN, NAN}, .persons = 20},
                              {.rest_persons = NAN, .measure = {0, NAN, NAN, NAN}, .persons = NAN}};
    char text[CELLS + 1];

    CHECK_TEXT(solved(cells, 4, 2, 30, text), "rroo");
}

TEST("ten thousand random tables: every published group is safe, and the groups are the whole table")
{
    unsigned long long seed = 20261122;
    int whole = 0, merged = 0, withheld = 0;

    for (int round = 0; round < 10000; round++) {
        PartitionCell cells[CELLS] = {0}, again[CELLS];
        size_t n = 1 + scratch_random(&seed, 12), members_min = 2 + scratch_random(&seed, 2);
        double threshold = 2 + scratch_random(&seed, 9);
        unsigned most = 1 + scratch_random(&seed, 40), people = 1 + scratch_random(&seed, 80);
        bool shares = scratch_random(&seed, 3) == 0, with_persons = !shares && scratch_random(&seed, 2);
        bool known[81] = {0}, here[CELLS][81] = {{0}};
        bool strict = shares || scratch_random(&seed, 3) == 0;
        double total[2] = {0, 0}, total_persons = 0;
        for (size_t at = 0; at < n; at++) {
            unsigned events = scratch_random(&seed, 4) == 0 ? 0 : scratch_random(&seed, most + 1), distinct = 0;
            for (unsigned event = 0; event < events; event++) {
                unsigned who = scratch_random(&seed, people);
                distinct += !here[at][who];
                total_persons += !known[who];
                here[at][who] = known[who] = true;
            }
            double no = shares ? (double) scratch_random(&seed, most + 1) : (double) NAN;
            cells[at] = (PartitionCell){.rest_persons = NAN, .measure = {events, no, NAN, NAN}, .strict = {strict, shares}, .persons = with_persons ? (double) distinct : (double) NAN};
            total[0] += events;
            total[1] += shares ? no : 0;
        }
        memcpy(again, cells, sizeof cells);
        PartitionRules rules = {.threshold = threshold, .total_persons = with_persons && scratch_random(&seed, 2) ? total_persons : (double) NAN, .members_min = members_min};
        PartitionResult result = partition_solve(cells, n, &rules), twice = partition_solve(again, n, &rules);
        bool good = result == twice, all_safe = true, beside = false, in_remainder[81] = {0};
        size_t members = 0;
        double outside[2] = {0, 0}, inside[2] = {0, 0}, persons = 0;
        for (size_t at = 0; at < n; at++) {
            bool safe = partition_cell_safe(&cells[at], threshold);
            good = good && cells[at].merged == again[at].merged;
            all_safe = all_safe && safe;
            double *into = cells[at].merged ? inside : outside;
            into[0] += cells[at].measure[0];
            into[1] += shares ? cells[at].measure[1] : 0;
            if (cells[at].merged) {
                members++;
                for (unsigned who = 0; who < people; who++) {
                    persons += here[at][who] && !in_remainder[who];
                    in_remainder[who] = in_remainder[who] || here[at][who];
                }
            } else {
                good = good && (safe || result == PARTITION_WITHHELD);
                beside = beside || cells[at].measure[0] != 0;
            }
        }
        good = good && (result == PARTITION_WHOLE) == all_safe && outside[0] + inside[0] == total[0] && outside[1] + inside[1] == total[1];
        if (result == PARTITION_MERGED) {
            PartitionCell remainder = {.rest_persons = NAN, .measure = {inside[0], shares ? inside[1] : (double) NAN, NAN, NAN}, .strict = {strict, shares}, .persons = with_persons ? persons : (double) NAN};
            good = good && members >= members_min && members < n && beside && partition_cell_safe(&remainder, threshold) && !(with_persons && persons == 0 && inside[0] > 0);
        }
        if (result == PARTITION_WHOLE)
            good = good && members == 0;
        if (!good) {
            test_fail(__FILE__, __LINE__, "round %d: %zu cells, result %d, %zu members, %g inside and %g outside of %g, %g persons, threshold %g", round, n, (int) result, members,
                      inside[0], outside[0], total[0], persons, threshold);
            return;
        }
        whole += result == PARTITION_WHOLE;
        merged += result == PARTITION_MERGED;
        withheld += result == PARTITION_WITHHELD;
    }
    CHECK(whole > 500 && merged > 500 && withheld > 500); /* the tables are of every sort */
}

#define RULES(from) (&(PartitionRules){.threshold = (from)})

TEST("a remainder has as many holders as asked, and of a union only the largest part's are sure")
{
    PartitionCell cells[4];
    static const double counts[] = {2, 4, 20, 30};
    PartitionRules rules = {.threshold = 5, .total_persons = NAN, .members_min = 2, .holders_min = 3};

    cells_of(cells, counts, 4, false);
    cells[0].holders = cells[1].holders = 2; /* perhaps the same two */
    cells[2].holders = 3;
    cells[3].holders = 1; /* stands alone: whole cells are no matter of holders */
    CHECK_INT(partition_solve(cells, 4, &rules), PARTITION_MERGED);
    CHECK(cells[0].merged && cells[1].merged && cells[2].merged && !cells[3].merged);
    cells[0].holders = 3;
    CHECK_INT(partition_solve(cells, 4, &rules), PARTITION_MERGED);
    CHECK(!cells[2].merged);
    cells[0].holders = cells[1].holders = cells[2].holders = 2;
    CHECK_INT(partition_solve(cells, 4, &rules), PARTITION_WITHHELD);
    /* months: groups of several that hold something; one month with two empty ones hides nothing */
    static const int pairs[] = {0, 0, 1, 1}, rest[] = {0, 1, 1, 1};
    static const double months[] = {9, 0, 0, 8};
    CHECK(!partition_groups_safe(cells, pairs, 4, 2, &rules));
    rules.holders_min = 2;
    CHECK(partition_groups_safe(cells, pairs, 4, 2, &rules));
    rules.holders_min = 3;
    cells_of(cells, months, 4, false);
    CHECK(partition_groups_safe(cells, rest, 4, 2, &rules));
}

TEST("months are safe in groups when every group is")
{
    PartitionCell cells[4];
    static const double counts[] = {2, 3, 4, 5};
    static const int pairs[] = {0, 0, 1, 1}, first_alone[] = {0, 1, 1, 1}, last_alone[] = {0, 0, 0, 1}, one[] = {0, 0, 0, 0}, gap[] = {0, 0, 2, 2};

    cells_of(cells, counts, 4, false);
    CHECK(partition_groups_safe(cells, pairs, 4, 2, RULES(THRESHOLD)));
    CHECK(!partition_groups_safe(cells, first_alone, 4, 2, RULES(THRESHOLD)));
    CHECK(partition_groups_safe(cells, last_alone, 4, 2, RULES(THRESHOLD)));
    CHECK(partition_groups_safe(cells, one, 4, 1, RULES(THRESHOLD)));
    CHECK(partition_groups_safe(cells, gap, 4, 3, RULES(THRESHOLD))); /* a group of nothing tells nothing */
    CHECK(!partition_groups_safe(cells, pairs, 4, 2, RULES(6)));
    cells[3].measure[0] = 4;
    CHECK(!partition_groups_safe(cells, last_alone, 4, 2, RULES(THRESHOLD)));
}

TEST("zeros, unknown counts and persons of a group of months are judged as those of a cell")
{
    PartitionCell cells[3];
    static const double counts[] = {0, 0, 9}, unknown[] = {NAN, 3, NAN};
    static const int groups[] = {0, 0, 1}, one[] = {0, 0, 0};

    cells_of(cells, counts, 3, false);
    CHECK(partition_groups_safe(cells, groups, 3, 2, RULES(THRESHOLD)));
    cells_of(cells, counts, 3, true);
    CHECK(!partition_groups_safe(cells, groups, 3, 2, RULES(THRESHOLD)));
    CHECK(partition_groups_safe(cells, one, 3, 1, RULES(THRESHOLD)));
    cells_of(cells, unknown, 3, false);
    CHECK(!partition_groups_safe(cells, one, 3, 1, RULES(THRESHOLD)));
    CHECK(partition_groups_safe(cells, one, 3, 1, RULES(3)));
    /* the same person comes back: three months of four persons are four persons for sure and no more */
    for (size_t at = 0; at < 3; at++)
        cells[at] = (PartitionCell){.rest_persons = NAN, .measure = {10, NAN, NAN, NAN}, .persons = 4};
    CHECK(!partition_groups_safe(cells, one, 3, 1, RULES(THRESHOLD)));
    cells[1].persons = 5;
    CHECK(partition_groups_safe(cells, one, 3, 1, RULES(THRESHOLD)));
}

TEST("what is left of a remainder to a holder who takes off his own is nothing or the threshold")
{
    static const double first[] = {3, 0, 0}, second[] = {1, 2, 0}, third[] = {0, 0, 7}, rest[] = {0, 0, 1}, none[] = {0, 0, 0};
    PartitionCell cells[4];
    PartitionRules rules = {.threshold = THRESHOLD, .total_persons = NAN, .members_min = 2, .n_holders = 3};

    /* 3 + 3 = 6 of which the first holder has 4: the third cell has to join. */
    cells_of(cells, (double[]){3, 3, 7, 20}, 4, false);
    cells[0].own[0] = first;
    cells[1].own[0] = second;
    cells[2].own[0] = third;
    cells[3].own[0] = (const double[]){5, 8, 7};
    CHECK(partition_solve(cells, 4, &rules) == PARTITION_MERGED);
    CHECK(cells[0].merged && cells[1].merged && cells[2].merged && !cells[3].merged);
    rules.n_holders = 0;
    CHECK(partition_solve(cells, 4, &rules) == PARTITION_MERGED && !cells[2].merged);
    /* Months: nothing left for the others is nothing to find. */
    rules.n_holders = 3;
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    cells_of(cells, (double[]){3, 3, 7, 20}, 4, false);
    cells[0].own[0] = (const double[]){3, 0, 0};
    cells[1].own[0] = (const double[]){3, 0, 0};
    cells[2].own[0] = cells[3].own[0] = none;
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    /* The second measure (the rest of the larger group) is asked too, and one that is not known of a cell is not asked. */
    cells_of(cells, (double[]){30, 30, 7, 20}, 4, false);
    cells[0].measure[1] = cells[1].measure[1] = 6;
    cells[0].own[1] = cells[1].own[1] = (const double[]){5, 0, 1};
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    cells[0].measure[1] = cells[1].measure[1] = 4;
    cells[0].own[1] = (const double[]){4, 0, 0};
    cells[1].own[1] = none;
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    cells[1].own[1] = NULL;
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    cells[1].own[1] = cells[0].own[1];
    cells[0].own[1] = NULL;
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
    cells[0].own[1] = cells[1].own[1] = rest;
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 1, 1}, 4, 2, &rules));
}

TEST("a union of a narrower audience is asked for what it leaves as well")
{
    PartitionCell cells[4];
    PartitionRules rules = {.threshold = THRESHOLD, .total_persons = NAN, .members_min = 2, .n_holders = 2};

    static const double most[] = {8, 4}, enough[] = {7, 5};

    cells_of(cells, (double[]){12, 30, 40}, 3, false);
    for (size_t at = 0; at < 3; at++)
        cells[at].own[0] = most;
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_WHOLE);
    CHECK(partition_groups_safe(cells, (const int[]){0, 1, 2}, 3, 3, &rules)); /* by itself it hides nothing */
    cells[0].several = true; /* 12 less 8 is 4 */
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_MERGED && cells[0].merged && cells[1].merged && !cells[2].merged);
    cells[0].own[0] = (const double[]){4, 8}; /* whoever it is that has the eight */
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_MERGED && cells[0].merged);
    cells[0].own[0] = enough; /* 12 less 7 is enough */
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_WHOLE);
    CHECK(partition_groups_safe(cells, (const int[]){0, 1, 2}, 3, 3, &rules));
    cells[0].own[0] = most;
    CHECK(!partition_groups_safe(cells, (const int[]){0, 1, 2}, 3, 3, &rules));
}

TEST("of two holders behind a number neither may find too little, or most of it, to be the other's")
{
    CHECK(partition_two_safe((double[]){8, 5, 0}, (double[]){8, 5, 0}, 3, THRESHOLD, 0.85, false));
    CHECK(!partition_two_safe((double[]){8, 4, 0}, (double[]){8, 4, 0}, 3, THRESHOLD, 0.85, false));
    CHECK(!partition_two_safe((double[]){0, 4, 8}, (double[]){0, 4, 8}, 3, THRESHOLD, 0.85, false));
    CHECK(partition_two_safe((double[]){8, 4, 1}, (double[]){8, 4, 1}, 3, THRESHOLD, 0.85, false)); /* two others hide each other */
    CHECK(partition_two_safe((double[]){8, 0, 0}, (double[]){8, 0, 0}, 3, THRESHOLD, 0.85, false)); /* nobody else */
    CHECK(partition_two_safe((double[]){3, 0, 0}, (double[]){3, 0, 0}, 3, THRESHOLD, 0.85, false));
    CHECK(partition_two_safe((double[]){34, 6}, (double[]){34, 6}, 2, THRESHOLD, 0.85, false));
    CHECK(!partition_two_safe((double[]){35, 6}, (double[]){35, 6}, 2, THRESHOLD, 0.85, false));
    CHECK(partition_two_safe((double[]){35, 6}, (double[]){35, 6}, 2, THRESHOLD, 1, false));
    /* answers: nobody is one too, among those who were asked */
    CHECK(partition_two_safe((double[]){8, 0}, (double[]){30, 40}, 2, THRESHOLD, 1, false));
    CHECK(!partition_two_safe((double[]){8, 0}, (double[]){30, 40}, 2, THRESHOLD, 1, true));
    CHECK(partition_two_safe((double[]){8, 0}, (double[]){30, 0}, 2, THRESHOLD, 1, true));

    PartitionCell cells[3];
    PartitionRules rules = {.threshold = THRESHOLD, .total_persons = NAN, .members_min = 2};
    cells_of(cells, (double[]){12, 30, 40}, 3, false);
    cells[0].told = true;
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_MERGED && cells[0].merged && cells[1].merged && !cells[2].merged);
    CHECK(!partition_groups_safe(cells, (const int[]){0, 1, 2}, 3, 3, &rules));
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 2}, 3, 3, &rules));
    cells[0].measure[1] = cells[1].measure[1] = 6;
    CHECK(partition_groups_safe(cells, (const int[]){0, 0, 2}, 3, 3, &rules));
    cells[1].measure[1] = 0; /* of what the larger group has beside it all is in the one month */
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 2}, 3, 3, &rules));
    cells[1].measure[1] = NAN;
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 2}, 3, 3, &rules));
    cells[0].measure[1] = NAN;
    cells[1].measure[0] = 0; /* nothing hides with it */
    CHECK(!partition_groups_safe(cells, (const int[]){0, 0, 2}, 3, 3, &rules));
}

TEST("a cell that has to go into the remainder does, whatever it holds")
{
    PartitionCell cells[4];
    PartitionRules rules = {.threshold = THRESHOLD, .total_persons = NAN, .members_min = 2};

    cells_of(cells, (double[]){12, 30, 40}, 3, false);
    cells[2].forced = true;
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_MERGED && cells[0].merged && !cells[1].merged && cells[2].merged);
    CHECK_INT(partition_cheapest(cells, 3), 1);
    rules.members_min = 0; /* a remainder of one cell is that cell */
    CHECK(partition_solve(cells, 3, &rules) == PARTITION_MERGED && cells[0].merged && !cells[1].merged && cells[2].merged);
}
