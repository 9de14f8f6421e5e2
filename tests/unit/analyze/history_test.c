/* All showings at once (history.h). By hand: what a reader, or a school, who kept everything would find. Four schools, 1 to 4; bullying is a part of all incidents. */
#include "analyze/disclosure/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/test.h"

enum { ROWS = 200 };

typedef struct Fixture {
    Arena       *memory;
    Indicator    indicator[4];
    HistoryShown shown[ROWS];
    HistoryOwn   own[ROWS];
    size_t       n_shown, n_own;
    size_t       asked; /* how much was asked the last time */
    int          moments; /* 0: until the last that is shown */
} Fixture;

static Fixture *fixture_new(Arena *memory)
{
    Fixture *it = arena_alloc(memory, sizeof *it);

    *it = (Fixture){.memory = memory};
    it->indicator[0] = (Indicator){.name = "all", .adds_up_to = "all"};
    it->indicator[1] = (Indicator){.name = "part", .adds_up_to = "part", .subset_of = "all"};
    it->indicator[1].twin_breakdown = "vorm";
    it->indicator[1].twin_category = "pesten";
    it->indicator[2] = (Indicator){.name = "answers", .adds_up_to = "answers", .in_fives = true};
    it->indicator[3] = (Indicator){.name = "share", .adds_up_to = "share", .in_fives = true, .disclosure = INDICATOR_CLASS_SURVEY};
    return it;
}

static void shown(Fixture *it, int moment, const char *indicator, const char *breakdown, const char *members, int64_t events)
{
    HistoryShown *row = &it->shown[it->n_shown++];

    *row = (HistoryShown){.moment = moment, .month = moment ? "2025-12" : "2025-10", .school_year = 2025, .indicator = indicator, .breakdown = breakdown, .events = events, .value = NAN, .decimals = -1};
    row->member = arena_split(it->memory, members, ',', &row->n_members);
}

/* Of each school by itself, and their total. */
static void alone(Fixture *it, int moment, const char *indicator, const int *events)
{
    int64_t sum = 0;

    for (int school = 0; school < 4; school++) {
        if (events[school] >= 0)
            shown(it, moment, indicator, "school", arena_format(it->memory, "%d", school + 1), events[school]);
        sum += events[school] > 0 ? events[school] : 0;
    }
    shown(it, moment, indicator, "totaal", "", sum);
}

/* What each school had, of both tables of an indicator. */
static void had(Fixture *it, int moment, const char *indicator, const int *events)
{
    for (int school = 0; school < 4; school++) {
        HistoryOwn own = {.moment = moment, .school_year = 2025, .indicator = indicator, .breakdown = "school", .label = arena_format(it->memory, "%d", school + 1), .school = school + 1, .events = events[school]};
        it->own[it->n_own++] = own;
        own.breakdown = "totaal";
        own.label = "";
        it->own[it->n_own++] = own;
    }
}

static int shown_order(const void *a, const void *b)
{
    const HistoryShown *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);

    order = order ? order : strcmp(x->breakdown, y->breakdown);
    order = order ? order : x->school_year - y->school_year;
    order = order ? order : x->moment - y->moment;
    order = order ? order : x->edition - y->edition;
    return order ? order : strcmp(x->member[0], y->member[0]);
}

static int own_order(const void *a, const void *b)
{
    const HistoryOwn *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);

    order = order ? order : strcmp(x->breakdown, y->breakdown);
    order = order ? order : x->school_year - y->school_year;
    order = order ? order : x->moment - y->moment;
    return order ? order : x->school - y->school;
}

/* \return the tables that must stay, in order of their names */
static const char *held(Fixture *it, int threshold, bool schools)
{
    static const int all[] = {1, 2, 3, 4};
    HistoryReport report = {0};
    HistoryQuestion question = {.indicators = it->indicator, .n_indicators = 4, .shown = it->shown, .n_shown = it->n_shown, .own = it->n_own ? it->own : NULL, .n_own = it->n_own, .threshold = threshold, .moments = it->moments};
    Err err = {0};
    const char *out = "";

    qsort(it->shown, it->n_shown, sizeof *it->shown, shown_order);
    qsort(it->own, it->n_own, sizeof *it->own, own_order);
    if (!history_attack(it->memory, &question, all, schools ? 4 : 0, &report, &err))
        return arena_text(it->memory, err.text);
    it->asked = report.n_asked;
    for (const char *name[] = {"2025|all|school", "2025|all|totaal", "2025|all|vorm", "2025|answers|school", "2025|part|maand", "2025|part|school", "2025|part|totaal", "2025|part|vorm", "2025|share|groep", "2025|share|school", "2025|share|totaal"}, **at = name; at < name + 11; at++)
        for (size_t one = 0; one < report.n_held; one++)
            if (strcmp(report.held[one], *at) == 0)
                out = arena_format(it->memory, "%s%s%s", out, *out ? " " : "", *at + 5);
    return report.n_held && !*out ? report.held[0] : out;
}

TEST("everything moved by enough: nothing is held")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    alone(it, 0, "part", (const int[]){10, 10, 10, 10});
    alone(it, 1, "all", (const int[]){60, 60, 50, 50});
    alone(it, 1, "part", (const int[]){20, 20, 20, 20});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("the whole says which schools did not move, and so what they had of the part: 17 - 9 - 5 is 3")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){23, 14, 17, 5});
    shown(it, 0, "part", "totaal", "", 30);
    shown(it, 0, "part", "school", "1", 13);
    shown(it, 0, "part", "school", "2,3,4", 17);
    alone(it, 1, "all", (const int[]){28, 29, 17, 5});
    alone(it, 1, "part", (const int[]){18, 9, 9, 5});
    CHECK_TEXT(held(it, 5, false), "part|school");
}

TEST("the same where the whole hides as well as the part: nothing is to be found")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "totaal", "", 59);
    shown(it, 0, "part", "totaal", "", 30);
    shown(it, 0, "part", "school", "1", 13);
    shown(it, 0, "part", "school", "2,3,4", 17);
    shown(it, 1, "all", "totaal", "", 79);
    alone(it, 1, "part", (const int[]){18, 14, 9, 9});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("a part that stays while its total did not move is what it was: the whole leaves 2 beside it")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){60, 40, 40, 40});
    alone(it, 0, "part", (const int[]){20, 20, 20, 20});
    shown(it, 1, "all", "totaal", "", 191);
    alone(it, 1, "part", (const int[]){25, 20, 20, 20});
    alone(it, 2, "all", (const int[]){67, 47, 47, 47});
    shown(it, 2, "part", "totaal", "", 85);
    for (int moment = 0; moment < 2; moment++) { /* another edition, coarser: its groups are not added to those */
        shown(it, moment, "part", "school", "1,2", moment ? 45 : 40);
        it->shown[it->n_shown - 1].edition = 1;
        shown(it, moment, "part", "school", "3,4", 40);
        it->shown[it->n_shown - 1].edition = 1;
    }
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("two schools left: those that stayed had 4 more, or enough")
{
    for (int more = 4; more <= 5; more++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){81, 45, 37, 22});
        alone(it, 1, "all", (const int[]){81, 45 + more, -1, -1});
        CHECK_TEXT(held(it, 5, false), more == 4 ? "all|school" : "");
    }
}

TEST("without the table by school of now, only who knows which schools are left finds it")
{
    for (int known = 0; known < 2; known++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){81, 45, 37, 22});
        shown(it, 1, "all", "totaal", "", 130); /* four more: of each of the two from none to four, together four */
        if (known) {
            had(it, 0, "all", (const int[]){81, 45, 37, 22});
            had(it, 1, "all", (const int[]){83, 47, 0, 0});
        }
        CHECK_TEXT(held(it, 5, false), known ? "all|totaal" : "");
    }
}

TEST("a school finds by what it had itself what the others did not: D had one more of the part")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){32, 38, 15, 35});
        alone(it, 0, "part", (const int[]){12, 8, 5, 5});
        shown(it, 1, "all", "totaal", "", 144);
        shown(it, 1, "all", "school", "2", 43);
        shown(it, 1, "all", "school", "1,3,4", 101);
        shown(it, 1, "part", "totaal", "", 49);
        shown(it, 1, "part", "school", "1", 21);
        shown(it, 1, "part", "school", "2,3,4", 28);
        had(it, 0, "all", (const int[]){32, 38, 15, 35});
        had(it, 0, "part", (const int[]){12, 8, 5, 5});
        had(it, 1, "all", (const int[]){41, 43, 24, 36});
        had(it, 1, "part", (const int[]){21, 13, 9, 6});
        CHECK_TEXT(held(it, 5, schools), schools ? "all|school part|school" : "");
    }
}

TEST("numbers that went down: nobody takes it that they only grow")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){60, 40, 40, 40});
    shown(it, 0, "part", "totaal", "", 40);
    shown(it, 0, "part", "school", "1", 20);
    shown(it, 0, "part", "school", "2,3,4", 20);
    alone(it, 1, "all", (const int[]){60, 40, 40, 30});
    alone(it, 1, "part", (const int[]){20, 8, 8, 9});
    CHECK_TEXT(held(it, 5, false), "");
}

/* C and D stood still, so of the 17 three were of B, whatever was corrected elsewhere. */
TEST("one number that went down says nothing of the others, nor a remainder of another table that did")
{
    for (int corrected = 0; corrected < 3; corrected++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){34, 14, 17, 5});
        shown(it, 0, "part", "totaal", "", 30);
        shown(it, 0, "part", "school", "1", 13);
        shown(it, 0, "part", "school", "2,3,4", 17);
        alone(it, 1, "all", (const int[]){39, 29, 17, 5});
        alone(it, 1, "part", (const int[]){corrected == 1 ? 34 : 18, 9, 9, 5});
        shown(it, 0, "all", "plaats", "gang,plein", 20);
        shown(it, 0, "all", "plaats", "lokaal", 50);
        shown(it, 1, "all", "plaats", "gang,plein", corrected == 2 ? 12 : 25);
        shown(it, 1, "all", "plaats", "lokaal", corrected == 2 ? 78 : 65);
        CHECK_TEXT(held(it, 5, false), "part|school");
    }
}

TEST("a table that was not shown adds up to a total that fell because a school left: that says nothing of those that stayed")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){81, 45, 37, 22});
    shown(it, 0, "all", "plaats", "gang", 100);
    shown(it, 0, "all", "plaats", "plein", 85);
    had(it, 0, "all", (const int[]){81, 45, 37, 22});
    shown(it, 1, "all", "totaal", "", 128);
    had(it, 1, "all", (const int[]){81, 47, 0, 0});
    CHECK_TEXT(held(it, 5, false), "all|totaal");
}

TEST("what could be found before anything of now was shown is not held against it; answers in fives are not looked at")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){23, 14, 17, 5});
    shown(it, 0, "part", "totaal", "", 30);
    shown(it, 0, "part", "school", "1", 13);
    shown(it, 0, "part", "school", "2,3,4", 17);
    alone(it, 1, "all", (const int[]){28, 29, 17, 5});
    alone(it, 1, "part", (const int[]){18, 9, 9, 5});
    alone(it, 2, "all", (const int[]){58, 59, 47, 35});
    alone(it, 2, "part", (const int[]){28, 19, 19, 15});
    shown(it, 0, "answers", "school", "1", 10);
    shown(it, 2, "answers", "school", "1", 12);
    CHECK_TEXT(held(it, 5, false), "");
}

/* Of four moments: school 1 had 10 of the part at first, some or none more at the second, 14 at the third: which is told by the last, where school 2 did not move in the whole. */
TEST("what is shown now tells the growth between two earlier moments with another between them")
{
    for (int second = 0; second < 2; second++) { /* without the second moment it is a growth from one moment to the next */
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){40, 40, 30, 30});
        alone(it, 0, "part", (const int[]){10, 10, 10, 10});
        if (second) {
            alone(it, 1, "all", (const int[]){60, 60, 50, 50});
            shown(it, 1, "part", "totaal", "", 70);
        }
        alone(it, 2, "all", (const int[]){80, 80, 70, 70});
        shown(it, 2, "part", "totaal", "", 104);
        shown(it, 2, "part", "school", "1,2", 44);
        shown(it, 2, "part", "school", "3", 30);
        shown(it, 2, "part", "school", "4", 30);
        CHECK_TEXT(held(it, 5, false), "");
        alone(it, 3, "all", (const int[]){100, 80, 90, 90});
        alone(it, 3, "part", (const int[]){24, 30, 40, 40});
        CHECK_TEXT(held(it, 5, false), "part|school");
        CHECK_TEXT(held(it, 4, false), "");
    }
}

TEST("what was shown cannot be, whatever grew: nobody can say what it tells, and nothing is let go")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        alone(it, moment, "all", (const int[]){40, 40, 30, 30});
        shown(it, moment, "all", "vorm", "pesten,schelden", moment ? 70 : 8); /* of which 40 were bullying */
        shown(it, moment, "all", "vorm", "slaan", moment ? 70 : 132);
        alone(it, moment, "part", (const int[]){10, 10, 10, 10});
    }
    CHECK_TEXT(held(it, 5, false), "no table agrees with what was shown so far: indicator all, school year 2025");
}

TEST("who delivered nothing since is what it was: of seventeen at three schools two had nine and five, so the third had three, or eight")
{
    for (int third = 3; third <= 8; third += 5) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", "school", "1", 13);
        shown(it, 0, "all", "school", "2,3,4", 14 + third);
        shown(it, 0, "all", "totaal", "", 27 + third);
        had(it, 0, "all", (const int[]){13, third, 9, 5});
        alone(it, 1, "all", (const int[]){18, third + 6, 9, 5});
        had(it, 1, "all", (const int[]){18, third + 6, 9, 5});
        CHECK_TEXT(held(it, 5, false), third < 5 ? "all|school" : "");
        it->n_own = 0; /* who does not know what schools had, as the audit: 3 to 9 */
        CHECK_TEXT(held(it, 5, false), "");
    }
}

TEST("what all had says who stood still, not what one part had")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    /* School 3 has as much of the part as it had, and more of all: perhaps school 2 has what it had less. */
    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    shown(it, 0, "part", "school", "1", 13);
    shown(it, 0, "part", "school", "2,3,4", 17);
    shown(it, 0, "part", "totaal", "", 30);
    had(it, 0, "all", (const int[]){40, 40, 30, 30});
    had(it, 0, "part", (const int[]){13, 3, 9, 5});
    alone(it, 1, "all", (const int[]){60, 60, 50, 50});
    alone(it, 1, "part", (const int[]){18, 9, 9, 5});
    had(it, 1, "all", (const int[]){60, 60, 50, 50});
    had(it, 1, "part", (const int[]){18, 9, 9, 5});
    CHECK_TEXT(held(it, 5, false), "");
    /* and where schools 3 and 4 stood still in all */
    for (size_t at = 0; at < it->n_own; at++)
        if (it->own[at].moment == 1 && it->own[at].school >= 3 && strcmp(it->own[at].indicator, "all") == 0)
            it->own[at].events = 30;
    for (size_t at = 0; at < it->n_shown; at++)
        if (it->shown[at].moment == 1 && strcmp(it->shown[at].indicator, "all") == 0)
            it->shown[at].events -= strcmp(it->shown[at].member[0], "") == 0 ? 40 : it->shown[at].events == 50 ? 20 : 0;
    CHECK_TEXT(held(it, 5, false), "part|school");
}

TEST("after a number that went down: it is at least what it was before, too")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){20, 10, 30, 30});
    alone(it, 1, "all", (const int[]){15, 22, 50, 50});
    shown(it, 2, "all", "school", "1,2", 44); /* 20 or more, and 22 or more: each grew by at most two */
    shown(it, 2, "all", "school", "3", 70);
    shown(it, 2, "all", "school", "4", 70);
    shown(it, 2, "all", "totaal", "", 184);
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("one moment, or nothing new in the last: nothing is asked")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);
    HistoryReport report = {0};
    Err err = {0};

    CHECK_TEXT(held(it, 5, false), "");
    alone(it, 0, "all", (const int[]){23, 14, 17, 5});
    CHECK_TEXT(held(it, 5, false), "");
    alone(it, 1, "all", (const int[]){23, 14, 17, 5});
    HistoryQuestion question = {.indicators = it->indicator, .n_indicators = 4, .shown = it->shown, .n_shown = it->n_shown, .threshold = 5};
    qsort(it->shown, it->n_shown, sizeof *it->shown, shown_order);
    CHECK(history_attack(memory, &question, NULL, 0, &report, &err));
    CHECK_INT(report.n_attackers, 0);
}

TEST("what the whole has beside it is a number too: of school 1 it was 2 then")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){12, 30, 30, 30});
    shown(it, 0, "part", "totaal", "", 35);
    shown(it, 0, "part", "school", "1,2", 15);
    shown(it, 0, "part", "school", "3", 10);
    shown(it, 0, "part", "school", "4", 10);
    alone(it, 1, "all", (const int[]){12, 40, 30, 30});
    alone(it, 1, "part", (const int[]){10, 10, 10, 10});
    CHECK_TEXT(held(it, 5, false), "part|school");
}

TEST("a school that had nothing of the part: all of the whole was beside it, and that grew by 2")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    alone(it, 0, "part", (const int[]){20, -1, -1, -1});
    alone(it, 1, "all", (const int[]){40, 50, 30, 30});
    alone(it, 1, "part", (const int[]){20, 8, -1, -1});
    CHECK_TEXT(held(it, 5, false), "part|school part|totaal"); /* so did that of the totals */
}

TEST("four numbers are enough, three are not")
{
    for (int grown = 2; grown <= 3; grown++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", "school", "1", 30);
        shown(it, 0, "all", "school", "2,3", 40);
        shown(it, 1, "all", "school", "1", 35);
        shown(it, 1, "all", "school", "2,3", 40 + grown);
        CHECK_TEXT(held(it, 5, false), grown == 2 ? "all|school" : "");
    }
}

TEST("pairs of schools in three editions tell each of them: only programs see that, and 10 each is no secret")
{
    for (int first = 3; first <= 10; first += 7) {
        static const char *const pair[] = {"1,2", "3,4", "2,3", "1,4", "1,3", "2,4"};
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", "totaal", "", 13);
        shown(it, 1, "all", "totaal", "", 30 + first);
        for (int at = 0; at < 6; at++) {
            shown(it, 1, "all", "school", pair[at], pair[at][0] == '1' ? 10 + first : 20);
            it->shown[it->n_shown - 1].edition = at / 2;
        }
        CHECK_TEXT(held(it, 5, false), first == 3 ? "all|school" : "");
    }
}

TEST("one number by its other name: bullying as a form hid with another")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        shown(it, moment, "all", "totaal", "", 33);
        shown(it, moment, "all", "vorm", "x", 20);
        shown(it, moment, "all", "vorm", "pesten,y", 13);
    }
    shown(it, 1, "part", "totaal", "", 10);
    CHECK_TEXT(held(it, 5, false), "part|totaal");
}

TEST("what was found of earlier moments is not found again because of a release of which nothing is new to these readers; nor by another name")
{
    for (int empty = 0; empty < 2; empty++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "part", (const int[]){20, 20, 20, 20}); /* under a threshold of 5 six more were enough */
        alone(it, 1, "part", (const int[]){26, 40, 40, 40});
        alone(it, 0, "all", (const int[]){60, 60, 60, 60});
        alone(it, 1, "all", (const int[]){90, 90, 90, 90});
        if (!empty) {
            alone(it, 2, "part", (const int[]){26, 40, 40, 40});
            alone(it, 2, "all", (const int[]){120, 120, 120, 120});
        }
        it->moments = 3;
        CHECK_TEXT(held(it, 10, false), "");
    }
}

TEST("a threshold that was raised: what was shown under the lower one is out, and is asked by that")
{
    for (int then = 7; then <= 12; then += 5) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){then, 40, 30, 30});
        alone(it, 1, "all", (const int[]){then + 8, 60, 50, 50});
        CHECK_TEXT(held(it, 10, false), then == 7 ? "" : "all|school");
    }
}

/* -- shares: what is printed is how many answered, in fives, and a percentage; who attacks knows how many answered ------------------------------------------------- */

/* Of n who answered, `yes` said so; n and yes of each school. */
typedef struct Answers {
    int n, yes;
} Answers;

static void share_shown(Fixture *it, int moment, const char *breakdown, const char *members, Answers of)
{
    shown(it, moment, "share", breakdown, members, 5 * ((of.n + 2) / 5));
    it->shown[it->n_shown - 1].value = floor(100.0 * of.yes / of.n + 0.5);
}

static void share_had(Fixture *it, int moment, const char *breakdown, const char *label, int school, Answers of)
{
    it->own[it->n_own++] = (HistoryOwn){.moment = moment, .school_year = 2025, .indicator = "share", .breakdown = breakdown, .label = label, .school = school, .events = of.n, .yes = of.yes};
}

/* Four schools by themselves and their total; n = 0: not there. */
static void share_schools(Fixture *it, int moment, const Answers *school)
{
    Answers sum = {0, 0};

    for (int at = 0; at < 4; at++) {
        const char *name = arena_format(it->memory, "%d", at + 1);
        sum = (Answers){sum.n + school[at].n, sum.yes + school[at].yes};
        if (school[at].n)
            share_shown(it, moment, "school", name, school[at]);
        share_had(it, moment, "school", name, at + 1, school[at]);
        share_had(it, moment, "totaal", "", at + 1, school[at]);
    }
    share_shown(it, moment, "totaal", "", sum);
}

/* A total and two groups, all at one school. */
static void share_groups(Fixture *it, int moment, Answers all, Answers one, Answers other)
{
    share_shown(it, moment, "totaal", "", all);
    share_shown(it, moment, "groep", "7", one);
    share_shown(it, moment, "groep", "8", other);
    share_had(it, moment, "totaal", "", 1, all);
    share_had(it, moment, "groep", "7", 1, one);
    share_had(it, moment, "groep", "8", 1, other);
}

TEST("a school left, and of the two who answered since at those that stayed both said yes")
{
    for (int more = 2; more <= 20; more += 18) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        /* 38 % of 93, 34 % of 65, 50 % of 30: 35 - 15 = 20, and then 22 */
        share_schools(it, 0, (const Answers[]){{22, 7}, {20, 6}, {21, 7}, {30, 15}});
        share_schools(it, 1, (const Answers[]){{22 + more / 2, 7 + more / 2}, {20 + more / 2, 6 + more / 2}, {21, 7}, {0, 0}});
        CHECK_TEXT(held(it, 5, false), more == 2 ? "share|school" : "");
    }
}

TEST("one more who is in no group, and said yes, or no")
{
    for (int yes = 0; yes < 2; yes++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
        share_groups(it, 1, (Answers){91, 45 + yes}, (Answers){35, 17}, (Answers){35, 18});
        CHECK_TEXT(held(it, 5, false), "share|groep");
    }
}

TEST("none more who is in no group; or many more")
{
    for (int more = 0; more <= 20; more += 20) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
        share_groups(it, 1, (Answers){90 + more, 45 + more / 2}, (Answers){35, 17}, (Answers){35, 18});
        CHECK_TEXT(held(it, 5, false), "");
    }
}

TEST("the very same print says nothing new where nobody answered since; of two more it says who knows that they did that one said yes")
{
    for (int more = 0; more <= 2; more += 2) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_schools(it, 0, (const Answers[]){{20, 10}, {20, 10}, {20, 10}, {20, 10}});
        share_schools(it, 1, (const Answers[]){{20 + more, 10 + more / 2}, {20, 10}, {20, 10}, {50, 30}});
        CHECK_TEXT(held(it, 5, false), more ? "share|school" : "");
    }
}

TEST("of what is together at both moments: fifteen more answered, two of them with yes, or seven")
{
    for (int yes = 2; yes <= 7; yes += 5) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);
        Answers then[4] = {{15, 5}, {15, 8}, {20, 10}, {0, 0}}, now[4] = {{23, 5 + yes - 2}, {22, 10}, {20, 10}, {0, 0}};

        for (int moment = 0; moment < 2; moment++) {
            const Answers *at = moment ? now : then;
            for (int school = 0; school < 3; school++) {
                share_had(it, moment, "school", arena_format(memory, "%d", school + 1), school + 1, at[school]);
                share_had(it, moment, "totaal", "", school + 1, at[school]);
            }
            share_shown(it, moment, "school", "1,2", (Answers){at[0].n + at[1].n, at[0].yes + at[1].yes});
            share_shown(it, moment, "school", "3", at[2]);
            share_shown(it, moment, "totaal", "", (Answers){at[0].n + at[1].n + at[2].n, at[0].yes + at[1].yes + at[2].yes});
        }
        CHECK_TEXT(held(it, 5, false), yes == 2 ? "share|school share|totaal" : "");
    }
}

TEST("one school finds of another what it said since, which a reader does not")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);
        /* 60 % of 20, and of 40: twelve more said yes, nine of them its own */
        Answers then[2] = {{10, 6}, {10, 6}}, now[2] = {{22, 15}, {18, 9}};

        for (int moment = 0; moment < 2; moment++) {
            const Answers *at = moment ? now : then;
            share_shown(it, moment, "school", "1,2", (Answers){at[0].n + at[1].n, at[0].yes + at[1].yes});
            for (int school = 0; school < 2; school++)
                share_had(it, moment, "school", school ? "2" : "1", school + 1, at[school]);
        }
        CHECK_TEXT(held(it, 5, schools), schools ? "share|school" : "");
    }
}

TEST("shares of which is not known how many answered: a reader, and the audit, ask nothing")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
    it->n_own = 0;
    CHECK_TEXT(held(it, 5, false), "");
    CHECK_INT(it->asked, 0);
}

TEST("fewer answered than before: what was printed was corrected, and nobody takes it that answers only come in")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_schools(it, 0, (const Answers[]){{42, 17}, {40, 16}, {41, 17}, {30, 15}});
    share_schools(it, 1, (const Answers[]){{22, 7}, {20, 6}, {21, 7}, {0, 0}});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("three who are in no group said yes: told when the groups were shown, not by the total alone")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_shown(it, 0, "totaal", "", (Answers){50, 23});
    share_had(it, 0, "totaal", "", 1, (Answers){50, 23});
    share_groups(it, 1, (Answers){91, 38}, (Answers){35, 17}, (Answers){35, 18}); /* 42 % of 91: 38 */
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("a correction of one table does not end what is known of another: they still grow there")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){60, 60, 60, 40}); /* the last one shrinks */
    shown(it, 0, "part", "school", "1", 20);
    shown(it, 0, "part", "school", "2,3", 30);
    shown(it, 0, "part", "school", "4", 20);
    alone(it, 1, "all", (const int[]){80, 80, 80, 30});
    shown(it, 1, "part", "school", "1", 28);
    shown(it, 1, "part", "school", "2,3", 32);
    shown(it, 1, "part", "school", "4", 20);
    CHECK_TEXT(held(it, 5, false), "part|school");
}

TEST("the same of answers: fewer at a school, and one more in no group")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);
    Answers then[3] = {{40, 18}, {10, 5}, {0, 0}}, now[3] = {{30, 15}, {61, 31}, {0, 0}}; /* all 50 and 91, as the groups have it */

    for (int school = 0; school < 2; school++)
        for (int moment = 0; moment < 2; moment++) {
            Answers of = moment ? now[school] : then[school];
            share_shown(it, moment, "school", school ? "2" : "1", of);
            share_had(it, moment, "school", school ? "2" : "1", school + 1, of);
        }
    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("what was printed cannot be if numbers only grow: then it is asked without that")
{
    static const char *const pair[] = {"1,2", "3,4", "2,3", "1,4", "1,3", "2,4"};
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "school", "1,2", 60); /* 23 now, though neither was printed by itself */
    shown(it, 0, "all", "school", "3,4", 20);
    for (int at = 0; at < 6; at++) {
        shown(it, 1, "all", "school", pair[at], pair[at][0] == '1' ? 13 : 20);
        it->shown[it->n_shown - 1].edition = at / 2;
    }
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("answers of ten or fewer do not lower the threshold of counts")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){12, 40, 30, 30});
    alone(it, 1, "all", (const int[]){20, 60, 50, 50});
    share_shown(it, 0, "totaal", "", (Answers){5, 2});
    share_had(it, 0, "totaal", "", 1, (Answers){5, 2});
    CHECK_TEXT(held(it, 10, false), "all|school");
}

TEST("a total without its months is that of the months until then, of which those that came later had nothing")
{
    for (int more = 2; more <= 12; more += 10) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        it->indicator[1] = (Indicator){.name = "part", .adds_up_to = "all"}; /* of its months */
        shown(it, 0, "all", "totaal", "", 53 - more); /* in October */
        shown(it, 1, "all", "totaal", "", 83);
        shown(it, 1, "part", "maand", "2025-09", 20);
        shown(it, 1, "part", "maand", "2025-10", 33);
        shown(it, 1, "part", "maand", "2025-11", 30);
        CHECK_TEXT(held(it, 5, false), more == 2 ? "part|maand" : "");
    }
}

TEST("a share with a decimal tells more")
{
    for (int decimals = 0; decimals <= 2; decimals++) { /* 2: one, as the indicator has it */
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);
        it->indicator[3].decimals = decimals == 2;

        for (int moment = 0; moment < 2; moment++) { /* of 400 and of 440: 40 % and 37 %, or 40.0 % and 37.3 % */
            Answers of = moment ? (Answers){440, 164} : (Answers){400, 160};
            share_shown(it, moment, "totaal", "", of);
            share_had(it, moment, "totaal", "", 1, of);
            it->shown[it->n_shown - 1].decimals = decimals == 2 ? -1 : decimals;
            if (decimals)
                it->shown[it->n_shown - 1].value = floor(1000.0 * of.yes / of.n + 0.5) / 10;
        }
        CHECK_TEXT(held(it, 5, false), decimals ? "share|totaal" : "");
    }
}

TEST("a percentage that no number of those who answered gives says nothing; the rest goes on to be asked")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
    share_shown(it, 1, "school", "1", (Answers){20, 7});
    it->shown[it->n_shown - 1].value = 33; /* six of 20 are 30 %, seven 35 % */
    share_had(it, 1, "school", "1", 1, (Answers){20, 7});
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("what schools had is of another number than was printed: how many answered is not known")
{
    for (int times = 1; times <= 2; times++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
        share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
        for (size_t at = 0; at < it->n_own; at++)
            it->own[at].events *= times;
        CHECK_TEXT(held(it, 5, false), times == 1 ? "share|groep" : "");
    }
}

TEST("two editions of one breakdown: each comes to the total by itself, and to what is beside it")
{
    for (int twice = 0; twice < 2; twice++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
        share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
        for (int moment = 0; moment < 2 && twice; moment++) {
            share_shown(it, moment, "groep", "7,8", moment ? (Answers){70, 35} : (Answers){30, 13});
            it->shown[it->n_shown - 1].edition = 1;
        }
        CHECK_TEXT(held(it, 5, false), "share|groep");
    }
}

TEST("a school with answers of its own finds who of another said no")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);
        /* 40 % of 20 and of 40: twelve more said no, nine of them its own */
        Answers then[2] = {{10, 4}, {10, 4}}, now[2] = {{22, 7}, {18, 9}};

        for (int moment = 0; moment < 2; moment++) {
            const Answers *at = moment ? now : then;
            share_shown(it, moment, "school", "1,2", (Answers){at[0].n + at[1].n, at[0].yes + at[1].yes});
            for (int school = 0; school < 2; school++)
                share_had(it, moment, "school", school ? "2" : "1", school + 1, at[school]);
        }
        CHECK_TEXT(held(it, 5, schools), schools ? "share|school" : "");
    }
}

TEST("a correction that no number by itself tells: what hid is another than before, and all else goes on to be asked")
{
    static const char *const pair[] = {"a,b", "c,d", "b,c", "a,d", "a,c", "b,d"};
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){8, 30, 30, 32});
    alone(it, 1, "all", (const int[]){30, 10, 30, 30}); /* two of the part were at school 2, and are not now */
    for (int moment = 0; moment < 2; moment++) {
        shown(it, moment, "part", "school", "1,2", 20);
        shown(it, moment, "part", "school", "3,4", 20);
    }
    for (int at = 0; at < 6; at++) {
        shown(it, 1, "all", "vorm", pair[at], pair[at][0] == 'a' ? 13 : 20);
        it->shown[it->n_shown - 1].edition = at / 2;
    }
    CHECK_TEXT(held(it, 5, false), "all|vorm");
}

TEST("and tables that have nothing to do with the correction go on to grow")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){8, 30, 30, 32});
    alone(it, 1, "all", (const int[]){30, 10, 30, 30});
    for (int moment = 0; moment < 2; moment++) {
        shown(it, moment, "part", "school", "1,2", 20);
        shown(it, moment, "part", "school", "3,4", 20);
        shown(it, moment, "part", "vorm", "a", moment ? 30 : 20);
        shown(it, moment, "part", "vorm", "b,c", moment ? 22 : 20);
    }
    CHECK_TEXT(held(it, 5, false), "part|vorm");
}

TEST("how many moments there were is told, and the last of them may have nothing new")
{
    for (int moments = 2; moments <= 3; moments++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", "school", "1", 30);
        shown(it, 0, "all", "school", "2,3", 40);
        shown(it, 1, "all", "school", "1", 35);
        shown(it, 1, "all", "school", "2,3", 42);
        it->moments = moments;
        CHECK_TEXT(held(it, 5, false), moments == 2 ? "all|school" : "");
    }
}

TEST("where one number of a table went down, the others grew all the same")
{
    for (int down = 0; down < 2; down++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", "school", "1", 30);
        shown(it, 0, "all", "school", "2,3", 40);
        shown(it, 1, "all", "school", "1", down ? 20 : 40);
        shown(it, 1, "all", "school", "2,3", 42);
        CHECK_TEXT(held(it, 5, false), "all|school");
    }
}

TEST("and those that answered too, where fewer said yes, or fewer no, somewhere; not where fewer of them answered")
{
    static const Answers first[2][4] = {{{30, 15}, {30, 15}, {30, 15}, {300, 150}}, {{40, 20}, {40, 6}, {24, 6}, {310, 200}}}; /* of school 1: as it should be; fewer yes, fewer answered, fewer no */

    for (int down = 0; down < 4; down++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        for (int moment = 0; moment < 2; moment++) {
            Answers one = first[moment][down], both = {moment ? (down == 2 ? 30 : 60) : 40, moment ? (down == 2 ? 15 : 22) : 20}; /* 50 % of 40, 37 % of 60: two more */
            share_shown(it, moment, "school", "1", one);
            share_shown(it, moment, "school", "2,3", both);
            share_had(it, moment, "school", "1", 1, one);
            share_had(it, moment, "school", "2", 2, (Answers){both.n / 2, both.yes / 2});
            share_had(it, moment, "school", "3", 3, (Answers){both.n / 2, both.yes / 2});
        }
        CHECK_TEXT(held(it, 5, false), down == 2 ? "" : "share|school");
    }
}

TEST("shown twice, in two editions: each of them comes to the total, so what hides now does too")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){30, 20, 20, 20});
    alone(it, 0, "part", (const int[]){10, 10, 10, 10});
    shown(it, 0, "part", "school", "1,2", 20);
    it->shown[it->n_shown - 1].edition = 1;
    shown(it, 0, "part", "school", "3,4", 20);
    it->shown[it->n_shown - 1].edition = 1;
    for (int school = 0; school < 4; school++) /* eight more at school 1 */
        shown(it, 1, "all", "school", arena_format(memory, "%d", school + 1), school ? 20 : 38);
    shown(it, 1, "part", "totaal", "", 46); /* six of them of the part, so two beside it */
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("a form that nobody ever saw may be among those that hide, where schools may not")
{
    for (int schools = 0; schools < 2; schools++) {
        const char *breakdown = schools ? "school" : "vorm";
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        shown(it, 0, "all", breakdown, "1", 30);
        shown(it, 0, "part", breakdown, "1", 10);
        shown(it, 0, "part", "totaal", "", 10);
        shown(it, 1, "all", breakdown, "1", 38);
        shown(it, 1, "part", "totaal", "", 16); /* six more of the part: all of this one, or of another form; what it has beside it grew by 2, or up to 8 */
        CHECK_TEXT(held(it, 5, false), schools ? "all|school" : "");
    }
}

TEST("one more who is in no group, where nothing is known of what he said: nothing is told")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){620, 310}, (Answers){300, 150}, (Answers){300, 150});
    share_groups(it, 1, (Answers){701, 350}, (Answers){340, 170}, (Answers){340, 170});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("two more who are in two schools together, of whom nothing is known: neither school is told")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        Answers of = moment ? (Answers){603, 301} : (Answers){601, 300}; /* printed as 605 and 600, of both 50 % */
        share_shown(it, moment, "school", "1,2", of);
        share_had(it, moment, "school", "1", 1, (Answers){300, 150});
        share_had(it, moment, "school", "2", 2, (Answers){of.n - 300, of.yes - 150});
    }
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("the very same print is another to a school that had less of it: two more answered, one its own, the other said no")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);
        Answers then[2] = {{20, 10}, {20, 6}}, now[2] = {{21, 11}, {21, 6}}; /* 40 % of 40, and of 42 */

        for (int moment = 0; moment < 2; moment++) {
            const Answers *at = moment ? now : then;
            share_shown(it, moment, "school", "1,2", (Answers){at[0].n + at[1].n, at[0].yes + at[1].yes});
            for (int school = 0; school < 2; school++)
                share_had(it, moment, "school", school ? "2" : "1", school + 1, at[school]);
        }
        CHECK_TEXT(held(it, 5, schools), schools ? "share|school" : "");
    }
}

TEST("how many answered since in schools together bounds what they said, and so what the third did")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) { /* five more said yes, at most one of them at the two schools */
        Answers both = {400 + moment, 200}, third = {400 + 10 * moment, 200 + 5 * moment}, all = {both.n + third.n, both.yes + third.yes};
        share_shown(it, moment, "school", "1,2", both);
        share_shown(it, moment, "school", "3", third);
        share_shown(it, moment, "totaal", "", all);
        it->shown[it->n_shown - 1].decimals = 1;
        it->shown[it->n_shown - 1].value = floor(1000.0 * all.yes / all.n + 0.5) / 10;
        share_had(it, moment, "school", "1", 1, (Answers){both.n - 200, 100});
        share_had(it, moment, "school", "2", 2, (Answers){200, 100});
        share_had(it, moment, "school", "3", 3, third);
        share_had(it, moment, "totaal", "", 1, all);
    }
    CHECK_TEXT(held(it, 5, false), "share|school");
}

TEST("what is printed by itself is its own release's to ask: 3 % of 150 is four or five")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_schools(it, 0, (const Answers[]){{0, 0}, {100, 50}, {100, 50}, {100, 50}});
    share_schools(it, 1, (const Answers[]){{150, 4}, {150, 75}, {150, 75}, {150, 75}});
    CHECK_TEXT(held(it, 5, false), "");
}

/* As above, where each school finds something of another: but what it had at first is not known, or is more than was printed. */
TEST("a school of which is not known what it had is not asked")
{
    for (int more = 0; more < 2; more++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){32, 38, 15, 35});
        alone(it, 0, "part", (const int[]){12, 8, 5, 5});
        shown(it, 1, "all", "totaal", "", 144);
        shown(it, 1, "all", "school", "2", 43);
        shown(it, 1, "all", "school", "1,3,4", 101);
        shown(it, 1, "part", "totaal", "", 49);
        shown(it, 1, "part", "school", "1", 21);
        shown(it, 1, "part", "school", "2,3,4", 28);
        if (more) {
            had(it, 0, "all", (const int[]){42, 48, 25, 45});
            had(it, 0, "part", (const int[]){12, 8, 5, 5});
        }
        had(it, 1, "all", (const int[]){41, 43, 24, 36});
        had(it, 1, "part", (const int[]){21, 13, 9, 6});
        CHECK_TEXT(held(it, 5, true), "");
    }
}

TEST("shares that cannot be: nothing is asked of them, and nobody is refused")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        share_schools(it, moment, (const Answers[]){{20 + 20 * moment, 10 + 10 * moment}, {20, 10}, {20, 10}, {20, 10}});
        it->shown[it->n_shown - 1].value = 20; /* of all, of which 40 or 50 said yes */
    }
    CHECK_TEXT(held(it, 5, false), "");
}

/* Of group 7 six fewer said yes, which is a correction; of those in no group nobody more answered. The total, of which from 500 to 510 said yes and then from 501 to 511, grew only if
 * more of these said yes, which they did not if the groups grew. Two more of group 8 said yes: to who takes it that the groups grew. */
TEST("where numbers of two tables cannot both have grown, it is taken of the total")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){1010, 505}, (Answers){90, 45}, (Answers){20, 10});
    share_groups(it, 1, (Answers){1012, 501}, (Answers){90, 39}, (Answers){22, 12});
    CHECK_TEXT(held(it, 5, false), "");
    it->n_shown = it->n_own = 0;
    share_groups(it, 0, (Answers){1010, 505}, (Answers){90, 45}, (Answers){20, 10});
    share_groups(it, 1, (Answers){1012, 507}, (Answers){90, 45}, (Answers){22, 12}); /* without the correction */
    CHECK_TEXT(held(it, 5, false), "share|groep share|totaal");
}

/* Groups 9 and 10 hide together, and all of both said yes: three in group 9, as could be found at once. The correction is that of the test above. */
TEST("what stood still is not found again, be it that its table does not only grow")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 3; moment++) {
        share_groups(it, moment, moment ? (Answers){1055 + (moment == 2 ? 100 : 0), 544 + (moment == 2 ? 50 : 0)} : (Answers){1053, 548}, moment ? (Answers){90, 39} : (Answers){90, 45}, moment ? (Answers){22, 12} : (Answers){20, 10});
        share_shown(it, moment, "groep", "10,9", (Answers){43, 43});
        share_had(it, moment, "groep", "9", 1, (Answers){3, 3});
        share_had(it, moment, "groep", "10", 1, (Answers){40, 40});
    }
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("a zero, or what is shown only now, is not what was released under a lower threshold")
{
    for (int zero = 0; zero < 2; zero++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){12, 40, 30, zero ? 0 : -1});
        alone(it, 1, "all", (const int[]){20, 60, 50, zero ? 0 : 7});
        CHECK_TEXT(held(it, 10, false), "all|school"); /* eight more at school 1 */
    }
}

TEST("where the table itself has nothing new, all stay that have")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){81, 45, 37, 22});
    shown(it, 0, "part", "totaal", "", 60);
    shown(it, 1, "all", "totaal", "", 130); /* two schools left; those that stayed had four more together */
    shown(it, 1, "part", "totaal", "", 70);
    had(it, 0, "all", (const int[]){81, 45, 37, 22});
    had(it, 1, "all", (const int[]){83, 47, 0, 0});
    CHECK_TEXT(held(it, 5, false), "all|totaal part|totaal");
}

/* Each two of the four have 8, so each has 4, and three of them 12; they had 13. */
TEST("that numbers cannot have grown only programs see")
{
    static const char *const pair[] = {"1,2", "3,4", "2,3", "1,4", "1,3", "2,4"};
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "school", "1,2,3", 13);
    for (int at = 0; at < 6; at++) {
        shown(it, 1, "all", "school", pair[at], 8);
        it->shown[it->n_shown - 1].edition = at / 2;
    }
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("a school left, and of those that stayed one stood still: it is one of the others all the same")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){81, 45, 37, 22});
    shown(it, 1, "all", "school", "1", 81);
    shown(it, 1, "all", "school", "2,3", 86); /* four more together */
    CHECK_TEXT(held(it, 5, false), "all|school");
}

/* Half of 40, in both: and by another edition half of the 20 at school 2 then, and eight of the 18 at school 3 now. So of school 1 ten of 20, and twelve of 22. */
TEST("the very same print of other groups is not the same: two more of school 1 said yes")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        const char *second = moment ? "3" : "2";
        Answers one = {20 + 2 * moment, 10 + 2 * moment}, other = {20 - 2 * moment, 10 - 2 * moment};
        share_shown(it, moment, "school", arena_format(memory, "1,%s", second), (Answers){40, 20});
        share_shown(it, moment, "school", second, other);
        it->shown[it->n_shown - 1].edition = 1;
        share_had(it, moment, "school", "1", 1, one);
        share_had(it, moment, "school", second, moment ? 3 : 2, other);
    }
    CHECK_TEXT(held(it, 5, false), "share|school");
}

/* 5 % of 38 to 42 are two, of 58 to 62 three; and 8 % of 38 to 42 three. */
TEST("where it is not known how many answered: more of them, or another percentage, is not the very same print")
{
    for (int more = 0; more < 2; more++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_shown(it, 0, "totaal", "", (Answers){40, 2});
        share_shown(it, 1, "totaal", "", more ? (Answers){60, 3} : (Answers){40, 3});
        share_had(it, 0, "groep", "7", 1, (Answers){20, 10}); /* of another table */
        CHECK_TEXT(held(it, 5, false), "share|totaal");
    }
}

/* 5 % of 38 to 42 said yes, or no: two. One of them was of school 1 and is not any more: so another school has one more. The total has moved, by much. */
TEST("the very same print is another to a school that took back an answer, yes or no")
{
    for (int no = 0; no < 2; no++)
        for (int schools = 0; schools < 2; schools++) {
            ARENA_AUTO memory = arena_new();
            Fixture *it = fixture_new(memory);

            for (int moment = 0; moment < 2; moment++) {
                share_shown(it, moment, "school", "1,2", no ? (Answers){40, 38} : (Answers){40, 2});
                share_had(it, moment, "school", "1", 1, no ? (Answers){5 - moment, 4} : (Answers){5, 1 - moment});
                share_had(it, moment, "school", "2", 2, no ? (Answers){20, 19} : (Answers){20, 1});
                share_shown(it, moment, "totaal", "", moment ? (Answers){300, 150} : (Answers){200, 100});
                share_had(it, moment, "totaal", "", 1, (Answers){5, 1});
            }
            CHECK_TEXT(held(it, 5, schools), schools ? "share|school" : "");
        }
}

TEST("two more who are in two schools together, of whom nothing is known, beside one that stood still")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        Answers of = moment ? (Answers){603, 301} : (Answers){601, 300};
        share_shown(it, moment, "school", "1", (Answers){40, 20});
        share_shown(it, moment, "school", "2,3", of);
        share_had(it, moment, "school", "1", 1, (Answers){40, 20});
        share_had(it, moment, "school", "2", 2, (Answers){300, 150});
        share_had(it, moment, "school", "3", 3, (Answers){of.n - 300, of.yes - 150});
    }
    CHECK_TEXT(held(it, 5, false), "");
}

/* School 1 had x of 45 with school 2, then 30, and then 25: a correction. It had at most 25, and school 2 at most 22, so 23 or more. */
TEST("before a number that went down: it was at most what it is since, too")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "school", "1,2", 45);
    shown(it, 1, "all", "school", "1", 30);
    shown(it, 1, "all", "school", "2", 22);
    CHECK_TEXT(held(it, 5, false), "");
    shown(it, 2, "all", "school", "1", 25);
    shown(it, 2, "all", "school", "2", 40);
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("what a school had says that it stood still, and its print that it did not: nobody is refused for that")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    had(it, 0, "all", (const int[]){40, 40, 30, 30});
    alone(it, 1, "all", (const int[]){60, 60, 50, 36});
    had(it, 1, "all", (const int[]){60, 60, 50, 30});
    CHECK_TEXT(held(it, 5, false), "");
    /* and of the others all goes on to be asked */
    alone(it, 2, "all", (const int[]){62, 80, 70, 46});
    had(it, 2, "all", (const int[]){62, 80, 70, 30});
    CHECK_TEXT(held(it, 5, false), "all|school");
}

/* Of those with yes, and of those with no: how each of two groups grew and how many it had while it hid; and who was in none when the groups were shown. */
TEST("who is in no group is asked after only at moments at which the groups were shown: there may have been others")
{
    for (int then = 0; then < 2; then++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_shown(it, then, "totaal", "", then ? (Answers){90, 45} : (Answers){70, 35});
        share_had(it, then, "totaal", "", 1, then ? (Answers){90, 45} : (Answers){70, 35});
        share_groups(it, !then, then ? (Answers){70, 35} : (Answers){90, 45}, (Answers){25, 12}, (Answers){25, 11});
        CHECK_TEXT(held(it, 5, false), "");
        CHECK_INT(it->asked, 2 * (2 + 2 + 1));
    }
}

TEST("the very same print of one school in a table of which others moved: nothing new, who answered not being known")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) { /* 50 % of 38 to 42: 19 to 21, then and now */
        share_shown(it, moment, "school", "1", (Answers){40, 20});
        share_had(it, moment, "school", "1", 1, (Answers){20, 10});
        share_shown(it, moment, "school", "2", (Answers){60 + 30 * moment, 30 + 15 * moment});
        share_had(it, moment, "school", "2", 2, (Answers){60 + 30 * moment, 30 + 15 * moment});
    }
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("schools left, and of those that stayed one was corrected: what all others did is not asked")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){81, 45, 37, 22});
    alone(it, 1, "all", (const int[]){75, 54, -1, -1}); /* six fewer and nine more: three */
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("nor is it by a school: what all others did together is let be")
{
    static const int school[] = {1, 5, 6, 7}, number[2][4] = {{40, 30, 30, 20}, {50, 31, 32, 0}};
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        for (int at = 0; at < 4; at++) {
            const char *name = arena_format(memory, "%d", school[at]);
            it->own[it->n_own++] = (HistoryOwn){.moment = moment, .school_year = 2025, .indicator = "all", .breakdown = "school", .label = name, .school = school[at], .events = number[moment][at]};
            if (!moment || at == 0)
                shown(it, moment, "all", "school", name, number[moment][at]);
        }
        if (moment)
            shown(it, moment, "all", "school", "5,6", 63); /* three more; school 7 left */
    }
    CHECK_TEXT(held(it, 5, true), "");
    it->n_shown--;
    shown(it, 1, "all", "school", "5", 31); /* and one of another school is told, by anybody */
    shown(it, 1, "all", "school", "6", 32);
    CHECK_TEXT(held(it, 5, true), "all|school");
}

TEST("nor of groups: of fifteen more with yes thirteen were of school 1, and two of all others")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);
    const Answers then[2] = {{30, 15}, {30, 15}}, now[2] = {{58, 28}, {32, 17}};

    for (int moment = 0; moment < 2; moment++) {
        const Answers *at = moment ? now : then;
        share_shown(it, moment, "groep", "7,8", (Answers){at[0].n + at[1].n, at[0].yes + at[1].yes});
        for (int label = 0; label < 2; label++)
            for (int school = 0; school < 2; school++)
                share_had(it, moment, "groep", label ? "8" : "7", school + 1, (Answers){at[school].n / 2, label ? at[school].yes / 2 : at[school].yes - at[school].yes / 2});
    }
    CHECK_TEXT(held(it, 5, true), "");
}

TEST("each school year is by itself: its numbers, and what schools had")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    for (size_t at = 0; at < it->n_shown; at++)
        it->shown[at].school_year = 2024;
    alone(it, 1, "all", (const int[]){42, 42, 32, 32});
    CHECK_TEXT(held(it, 5, false), "");
    it->n_shown = 0;
    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
    size_t n = it->n_own;
    for (size_t at = 0; at < n; at++) {
        it->own[it->n_own] = it->own[at];
        it->own[it->n_own++].school_year = 2024;
    }
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("who said yes at a school is not known: then nor is who answered")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18});
    for (size_t at = 0; at < it->n_own; at++)
        it->own[at].yes = NAN;
    CHECK_TEXT(held(it, 5, false), "");
}

/* 90 % of 98 to 102 are 88 to 92; of a hundred 91 % are 91, so none to three more. */
TEST("where it is not known how many answered, it is two more or fewer than was printed")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_shown(it, 0, "totaal", "", (Answers){100, 90});
    share_shown(it, 1, "totaal", "", (Answers){100, 91});
    share_had(it, 1, "totaal", "", 1, (Answers){100, 91});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("a percentage that no number gives, or none, is no number at all: of twenty any, so none to four more of 24")
{
    for (int none = 0; none < 2; none++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_shown(it, 0, "totaal", "", (Answers){20, 0});
        it->shown[0].value = none ? NAN : 33;
        share_shown(it, 1, "totaal", "", (Answers){24, 4});
        share_had(it, 0, "totaal", "", 1, (Answers){20, 0});
        share_had(it, 1, "totaal", "", 1, (Answers){24, 4});
        CHECK_TEXT(held(it, 5, false), "");
    }
}

/* 88 to 92 of both schools, of which school 1 knows its own 90: none to two of school 2, of which there are three now. */
TEST("what is left to a school is not less than nothing")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_shown(it, 0, "school", "1,2", (Answers){100, 90});
        share_had(it, 0, "school", "1", 1, (Answers){95, 90});
        share_had(it, 0, "school", "2", 2, (Answers){50, 5}); /* not of this print */
        share_shown(it, 1, "school", "1,2", (Answers){108, 93});
        share_had(it, 1, "school", "1", 1, (Answers){95, 90});
        share_had(it, 1, "school", "2", 2, (Answers){13, 3});
        CHECK_TEXT(held(it, 5, schools), schools ? "share|school" : "");
    }
}

/* From the first moment to the third five more at two schools each, and eight of the ten until the second: three to five at each. */
TEST("where nothing says which schools were there all were; where something does, by what it was then")
{
    for (int known = 0; known < 2; known++) { /* known: schools 3 and 4 were not there at the second moment */
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        alone(it, 0, "all", (const int[]){40, 40, 30, 30});
        shown(it, 1, "all", "totaal", "", known ? 88 : 148);
        alone(it, 2, "all", (const int[]){45, 45, 30, 30});
        if (known) {
            had(it, 0, "all", (const int[]){40, 40, 30, 30});
            had(it, 1, "all", (const int[]){44, 44, 0, 0});
            had(it, 2, "all", (const int[]){45, 45, 30, 30});
        }
        CHECK_TEXT(held(it, 5, false), known ? "all|school" : "all|school all|totaal");
    }
}

TEST("a school that is not in a table of now is not there, whatever it had")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){30, 20, 20, 20});
    alone(it, 0, "part", (const int[]){10, 10, 10, 10});
    had(it, 0, "all", (const int[]){30, 20, 20, 20});
    for (int school = 0; school < 3; school++)
        shown(it, 1, "all", "school", arena_format(memory, "%d", school + 1), school ? 20 : 38);
    shown(it, 1, "part", "totaal", "", 36); /* eight more at school 1, six of them of the part, so two beside it; school 4 left with ten */
    had(it, 1, "all", (const int[]){38, 20, 20, 20});
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("how many answered in groups that hide is not known where it is not of both")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        Answers leak = {20 + 2 * moment, 10 + 2 * moment};
        share_shown(it, moment, "groep", "7", leak);
        share_had(it, moment, "groep", "7", 1, leak);
        share_shown(it, moment, "groep", "9,10", (Answers){100 + 50 * moment, 50 + 25 * moment});
        share_had(it, moment, "groep", "9", 1, (Answers){3, 1});
        share_had(it, moment, "groep", "10", 1, (Answers){3, 1});
    }
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

/* Of the others two are in group 7, at most two of their four with yes: so two to four in group 8. */
TEST("how many answered in a group that hides is known to a school but for its own")
{
    for (int schools = 0; schools < 2; schools++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        share_shown(it, 0, "groep", "9", (Answers){40, 20});
        share_had(it, 0, "groep", "9", 1, (Answers){40, 20});
        share_shown(it, 1, "groep", "7,8", (Answers){82, 29});
        share_had(it, 1, "groep", "7", 1, (Answers){30, 15});
        share_had(it, 1, "groep", "8", 1, (Answers){20, 10});
        share_had(it, 1, "groep", "7", 2, (Answers){2, 1});
        share_had(it, 1, "groep", "8", 2, (Answers){30, 3});
        CHECK_TEXT(held(it, 5, schools), schools ? "share|groep" : "");
    }
}

/* 19 to 21 of both, six of them of school 2: 13 to 15 of school 1, then and now, and nobody knows how many answered. */
TEST("the very same print says nothing new of who hides in it either")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        share_shown(it, moment, "school", "1,2", (Answers){40, 20});
        share_shown(it, moment, "school", "3", (Answers){60 + 30 * moment, 30 + 15 * moment});
        share_had(it, moment, "school", "3", 3, (Answers){60 + 30 * moment, 30 + 15 * moment});
        share_shown(it, moment, "school", "2", (Answers){20, 6});
        it->shown[it->n_shown - 1].edition = 1;
    }
    CHECK_TEXT(held(it, 5, false), "");
}

/* All were in a group at first. Until the second moment eight more of all, until the third ten more of the groups: but at the second some may have been in none. */
TEST("answers: that groups come to the total once says nothing of another moment")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){30, 13}, (Answers){15, 7}, (Answers){15, 6});
    share_shown(it, 1, "totaal", "", (Answers){50, 21});
    share_had(it, 1, "totaal", "", 1, (Answers){50, 21});
    share_shown(it, 2, "groep", "7", (Answers){30, 12});
    share_had(it, 2, "groep", "7", 1, (Answers){30, 12});
    share_shown(it, 2, "groep", "8", (Answers){30, 11});
    share_had(it, 2, "groep", "8", 1, (Answers){30, 11});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("counts that do not add up are not held against their total: where it stood still, and where they are more")
{
    for (int more = 0; more < 2; more++) {
        ARENA_AUTO memory = arena_new();
        Fixture *it = fixture_new(memory);

        for (int moment = 0; moment < 1 + more; moment++) {
            shown(it, moment, "all", "vorm", "a", 20 + 10 * moment);
            shown(it, moment, "all", "vorm", "b", more ? 30 + 10 * moment : 15);
        }
        shown(it, 0, "all", "totaal", "", 37);
        shown(it, 1, "all", "totaal", "", 37 + 10 * more);
        if (!more) {
            shown(it, 1, "all", "school", "1", 20);
            shown(it, 1, "all", "school", "2", 17);
        }
        CHECK_TEXT(held(it, 5, false), "");
    }
}

TEST("of forms that hide a school asks nothing: two more of all others, none of which had its form before")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "vorm", "a", 20);
    shown(it, 0, "all", "vorm", "b", 20);
    for (int school = 1; school <= 2; school++) {
        it->own[it->n_own++] = (HistoryOwn){.moment = 0, .school_year = 2025, .indicator = "all", .breakdown = "vorm", .label = school == 1 ? "a" : "b", .school = school, .events = 20};
        for (int moment = 0; moment < 2; moment++)
            it->own[it->n_own++] = (HistoryOwn){.moment = moment, .school_year = 2025, .indicator = "all", .breakdown = "totaal", .label = "", .school = school, .events = 20 + moment * (school == 1 ? 5 : 2)};
    }
    shown(it, 0, "all", "totaal", "", 40);
    shown(it, 1, "all", "totaal", "", 47);
    CHECK_TEXT(held(it, 5, true), "");
}

/* 161 of 322; ten of 20 in group 8, and 149 to 151 of 300 in group 7: none to two of the two who are in none. */
TEST("of two who are in no group any number may have said so")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_shown(it, 0, "totaal", "", (Answers){200, 100});
    share_had(it, 0, "totaal", "", 1, (Answers){200, 100});
    share_groups(it, 1, (Answers){322, 161}, (Answers){300, 150}, (Answers){20, 10});
    for (size_t at = 0; at < it->n_shown; at++)
        if (it->shown[at].moment == 1 && strcmp(it->shown[at].breakdown, "totaal") == 0)
            it->shown[at].decimals = 1;
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("more are in groups than there are: nobody is in none of them, and the rest goes on to be asked")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){50, 20}, (Answers){30, 5}, (Answers){30, 6});
    share_groups(it, 1, (Answers){92, 40}, (Answers){32, 7}, (Answers){70, 16});
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("a part that is more than its whole leaves nothing to be asked")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){10, 40, 40, 40});
    alone(it, 0, "part", (const int[]){14, 10, 10, 10});
    alone(it, 1, "all", (const int[]){20, 60, 60, 60});
    alone(it, 1, "part", (const int[]){22, 20, 20, 20});
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("fewer answered in a group that hides: it did not grow, and the others did")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        Answers leak = {20 + 2 * moment, 10 + 2 * moment};
        share_shown(it, moment, "groep", "9", leak);
        share_had(it, moment, "groep", "9", 1, leak);
        share_shown(it, moment, "groep", "7,8", (Answers){60 + 20 * moment, 30 + 10 * moment});
        share_had(it, moment, "groep", "7", 1, (Answers){30 - 10 * moment, 15 - 5 * moment});
        share_had(it, moment, "groep", "8", 1, (Answers){30 + 30 * moment, 15 + 15 * moment});
    }
    CHECK_TEXT(held(it, 5, false), "share|groep");
}

TEST("the other name of a total is no name of a school's number")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 2; moment++) {
        alone(it, moment, "part", (const int[]){10 + 10 * moment, 10 + 10 * moment, 10 + 10 * moment, 10 + 10 * moment});
        shown(it, moment, "all", "vorm", "pesten,schelden", 60 + 60 * moment);
        shown(it, moment, "all", "vorm", "slaan", 80 + 80 * moment);
    }
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("who answered is not known where it is three from what was printed")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    share_groups(it, 0, (Answers){50, 23}, (Answers){15, 7}, (Answers){15, 6});
    share_groups(it, 1, (Answers){91, 46}, (Answers){35, 17}, (Answers){35, 18}); /* printed as 90 and 51 %: of 93, 47 */
    for (size_t at = 0; at < it->n_own; at++)
        it->own[at].events = it->own[at].events == 91 ? 93 : it->own[at].events;
    CHECK_TEXT(held(it, 5, false), "");
}

TEST("nor does a table by form say who stood still")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "part", "school", "1", 13);
    shown(it, 0, "part", "school", "2,3,4", 17);
    shown(it, 0, "part", "totaal", "", 30);
    had(it, 0, "part", (const int[]){13, 3, 9, 5});
    alone(it, 1, "part", (const int[]){18, 9, 9, 5});
    had(it, 1, "part", (const int[]){18, 9, 9, 5});
    for (int moment = 0; moment < 2; moment++) {
        shown(it, moment, "all", "vorm", "slaan", 80 + 80 * moment);
        it->own[it->n_own++] = (HistoryOwn){.moment = moment, .school_year = 2025, .indicator = "all", .breakdown = "vorm", .label = "slaan", .school = 1, .events = 80 + 80 * moment};
    }
    CHECK_TEXT(held(it, 5, false), "");
}

/* Of thirteen at schools 1 and 2 there were at most ten at 2, and of thirteen at 1 and 3 at least ten at 3: three at school 1. */
TEST("the same numbers of other groups are other numbers")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    shown(it, 0, "all", "school", "1,2", 13);
    shown(it, 0, "all", "school", "3", 10);
    shown(it, 1, "all", "school", "1,3", 13);
    shown(it, 1, "all", "school", "2", 10);
    CHECK_TEXT(held(it, 5, false), "all|school");
}

TEST("what all others did until then is not found again where nothing moved since")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    alone(it, 0, "all", (const int[]){81, 45, 37, 22});
    for (int moment = 1; moment < 3; moment++) {
        shown(it, moment, "all", "school", "1", 81);
        shown(it, moment, "all", "school", "2,3", 86); /* four more together; school 4 left */
        shown(it, moment, "part", "totaal", "", 40 + 10 * moment);
    }
    CHECK_TEXT(held(it, 5, false), "");
}

/* As above: eight of ten at two schools, three to five at each. */
TEST("the total of one school year is not that of another")
{
    ARENA_AUTO memory = arena_new();
    Fixture *it = fixture_new(memory);

    for (int moment = 0; moment < 3; moment++)
        alone(it, moment, "all", (const int[]){90, 80, 70, 60});
    for (size_t at = 0; at < it->n_shown; at++)
        it->shown[at].school_year = 2024;
    alone(it, 0, "all", (const int[]){40, 40, 30, 30});
    shown(it, 1, "all", "totaal", "", 148);
    alone(it, 2, "all", (const int[]){45, 45, 30, 30});
    CHECK_TEXT(held(it, 5, false), "all|school all|totaal");
}
