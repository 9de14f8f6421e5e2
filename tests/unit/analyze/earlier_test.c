/* What was shown before (earlier.h), by hand: one board, audience "a"; "all" with its part, months of both, a ratio that repeats the part, and a share. */
#include "analyze/disclosure/earlier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/test.h"

enum { ROWS = 80, GROUPS = 16 };

typedef struct Fixture {
    Arena       *memory;
    Indicator    indicator[6];
    EarlierShown shown[ROWS];
    EarlierOwn   own[ROWS];
    size_t       n_shown, n_own;
    MovementOwn  had[GROUPS][4]; /* what schools have of the groups of now, where that is said */
    size_t       n_had[GROUPS];
    bool         had_known;
    double       threshold, half; /* half: of the last decimal of a share now */
} Fixture;

static Fixture *fixture_new(Arena *memory)
{
    Fixture *it = arena_alloc(memory, sizeof *it);

    *it = (Fixture){.memory = memory, .threshold = 5, .half = 0.5};
    it->indicator[0] = (Indicator){.name = "all", .adds_up_to = "all"};
    it->indicator[1] = (Indicator){.name = "part", .adds_up_to = "part", .subset_of = "all", .twin_breakdown = "vorm", .twin_category = "pesten"};
    it->indicator[2] = (Indicator){.name = "all_month", .adds_up_to = "all"};
    it->indicator[3] = (Indicator){.name = "part_month", .adds_up_to = "part", .subset_of = "all_month"};
    it->indicator[4] = (Indicator){.name = "ratio", .adds_up_to = "ratio", .subset_of = "part", .twin_breakdown = "totaal", .twin_category = ""};
    it->indicator[5] = (Indicator){.name = "share", .adds_up_to = "share", .disclosure = INDICATOR_CLASS_SURVEY, .in_fives = true};
    return it;
}

static const Indicator *indicator_of(const Fixture *it, const char *name)
{
    size_t at = 0;

    while (strcmp(it->indicator[at].name, name) != 0)
        at++;
    return &it->indicator[at];
}

/* "1,2=9 3=7", of shares "1=60:27": what was shown. Tables one after the other, and of a table its moments. \param month of the moment */
static void shown_of(Fixture *it, const char *audience, int year, int moment, const char *month, const char *indicator, const char *breakdown, const char *groups)
{
    for (const char *at = groups; *at;) {
        const char *is = strchr(at, '=');
        EarlierShown *row = &it->shown[it->n_shown++];
        *row = (EarlierShown){.audience = audience, .indicator = indicator, .breakdown = breakdown, .month = month, .members = arena_text_n(it->memory, at, (size_t) (is - at)), .school_year = year,
                              .decimals = -1, .moment = moment, .value = NAN};
        row->events = strtod(is + 1, (char **) &at);
        if (*at == ':')
            row->value = strtod(at + 1, (char **) &at);
        at += *at == ' ';
    }
}

static void shown(Fixture *it, int moment, const char *indicator, const char *breakdown, const char *groups)
{
    shown_of(it, "a", 2025, moment, "2026-01", indicator, breakdown, groups);
}

/* "1:0=5 2:1=7/3": of cell 1, school 0 had five; of cell 2 school 1 had seven, of whom three said yes. "" = nobody had anything */
static void own(Fixture *it, int moment, const char *indicator, const char *breakdown, const char *cells)
{
    EarlierOwn row = {.indicator = indicator, .breakdown = breakdown, .school_year = 2025, .moment = moment};

    if (!*cells)
        it->own[it->n_own++] = row;
    for (const char *at = cells; *at;) {
        const char *colon = strchr(at, ':');
        row.label = arena_text_n(it->memory, at, (size_t) (colon - at));
        row.school = (uint32_t) strtoul(colon + 1, (char **) &at, 10);
        row.events = strtod(at + 1, (char **) &at);
        row.yes = *at == '/' ? strtod(at + 1, (char **) &at) : NAN;
        at += *at == ' ';
        it->own[it->n_own++] = row;
    }
}

/* Of group so much of now, a school has so many, of whom so many said yes. */
static void has(Fixture *it, size_t group, uint32_t school, double events, double yes)
{
    it->had_known = true;
    it->had[group][it->n_had[group]++] = (MovementOwn){school, events, yes};
}

static Earlier *earlier_of(Fixture *it)
{
    return earlier_new(it->memory, it->indicator, 6, it->shown, it->n_shown, it->own, it->n_own);
}

/* "1,2=9 3=7" as it is now; of shares "1=64:27" how many answered and how many percent said yes. */
static MovementView view_of(Fixture *it, Earlier *earlier, const char *groups, bool share)
{
    MovementGroup *group = arena_array(it->memory, GROUPS, sizeof *group);
    size_t n = 0;

    for (const char *at = groups; *at; n++) {
        const char *is = strchr(at, '=');
        const char *members = arena_text_n(it->memory, at, (size_t) (is - at));
        double events = strtod(is + 1, (char **) &at);
        group[n] = earlier_group(earlier, members, share ? 5 * round(events / 5) : events);
        group[n].hides = group[n].n_codes > 1;
        group[n].own = it->had[n];
        group[n].n_own = it->n_had[n];
        group[n].own_known = it->had_known;
        if (*at == ':')
            group[n].value = strtod(at + 1, (char **) &at);
        group[n].exact = share ? events : NAN;
        at += *at == ' ';
    }
    return (MovementView){group, n};
}

/* \return "" where it can stand, else the groups that cannot; "gone": a group of then */
static const char *conflicts(Fixture *it, size_t n, bool safe, const bool *conflict)
{
    const char *text = "";

    for (size_t at = 0; at < n; at++)
        text = conflict[at] ? arena_format(it->memory, "%s%zu", text, at) : text;
    return safe ? *text ? "safe, and blamed" : "" : *text ? text : "gone";
}

static const char *asked(Fixture *it, const char *indicator, const char *breakdown, const char *groups)
{
    Earlier *earlier = earlier_of(it);
    const Indicator *its = indicator_of(it, indicator);
    bool share = its->disclosure == INDICATOR_CLASS_SURVEY, conflict[GROUPS] = {0};
    MovementView now = view_of(it, earlier, groups, share);
    EarlierTable table = {.audience = "a", .breakdown = breakdown, .indicator = its, .school_year = 2025};
    MovementRules rules = {.threshold = it->threshold, .slack = share ? 4 : 0, .half = share ? it->half : 0, .partition = strcmp(breakdown, "totaal") != 0};

    return conflicts(it, now.n, earlier_safe(earlier, &table, &now, rules, conflict), conflict);
}

/* Of part and whole as they are now. */
static const char *rests(Fixture *it, const char *part, const char *whole, const char *breakdown, const char *part_groups, const char *whole_groups)
{
    Earlier *earlier = earlier_of(it);
    bool conflict[GROUPS] = {0};
    MovementView part_now = view_of(it, earlier, part_groups, false), whole_now = view_of(it, earlier, whole_groups, false);
    EarlierTable table = {.audience = "a", .breakdown = breakdown, .indicator = indicator_of(it, part), .school_year = 2025};
    MovementRules rules = {.threshold = it->threshold, .partition = true};

    return conflicts(it, part_now.n, earlier_rest_safe(earlier, &table, indicator_of(it, whole), &part_now, &whole_now, rules, conflict), conflict);
}

TEST("a table is held against every moment at which its own audience was shown it, in that year")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    shown(it, 1, "all", "vorm", "x=10 y=20");
    shown(it, 2, "all", "vorm", "x=20 y=30 z=7");
    shown_of(it, "b", 2025, 1, "2026-01", "all", "vorm", "x=27 y=40");
    shown_of(it, "a", 2024, 1, "2026-01", "all", "vorm", "x=28 y=41");
    shown(it, 1, "part", "vorm", "x=29 y=42");
    shown(it, 1, "all", "plaats", "x=24 y=43");
    CHECK_TEXT(asked(it, "all", "vorm", "x=25 y=40 z=12"), ""); /* 2 from what another audience, year, indicator or breakdown says */
    CHECK_TEXT(asked(it, "all", "vorm", "x=13 y=40 z=12"), "0"); /* three from the first moment */
    CHECK_TEXT(asked(it, "all", "vorm", "x=25 y=33 z=12"), "1"); /* three from the last */
    CHECK_TEXT(asked(it, "all", "vorm", "x=13 y=33 z=8"), "012");
    CHECK_TEXT(asked(it, "all", "vorm", "x,y=60 z=12"), "");
    CHECK_TEXT(asked(it, "all", "vorm", "x,z=33 y=40"), "");
    CHECK_TEXT(asked(it, "all", "vorm", "x,z=31 y=40"), "0"); /* 27 at the last moment */
}

TEST("known is what was ever shown, and how many groups it had when it was shown last")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    EarlierTable table = {.audience = "a", .breakdown = "vorm", .indicator = &it->indicator[0], .school_year = 2025};

    shown(it, 1, "all", "vorm", "x=10 y=20");
    shown(it, 2, "all", "vorm", "x=20 y=30 z=7");
    Earlier *earlier = earlier_of(it);
    CHECK(earlier_known(earlier, &table));
    CHECK_INT(earlier_groups(earlier, &table), 3);
    table.school_year = 2024;
    CHECK(!earlier_known(earlier, &table));
    CHECK_INT(earlier_groups(earlier, &table), 0);
    table.school_year = 2025;
    table.breakdown = "plaats";
    CHECK(!earlier_known(earlier, &table));
    table.breakdown = "vorm";
    table.audience = "b";
    CHECK(!earlier_known(earlier, &table));
    table.audience = "a";
    table.indicator = &it->indicator[1];
    CHECK(!earlier_known(earlier, &table));
}

TEST("one number is held against all its names, by itself only")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    shown(it, 1, "all", "vorm", "pesten=12 fysiek=20");
    CHECK_TEXT(asked(it, "part", "totaal", "=15"), "0"); /* by its form */
    CHECK_TEXT(asked(it, "part", "totaal", "=17"), "");
    CHECK_TEXT(asked(it, "ratio", "totaal", "=15"), "0"); /* by the name of its name */
    CHECK_TEXT(asked(it, "ratio", "totaal", "=17"), "");
    CHECK_TEXT(asked(it, "part", "school", "1=15"), ""); /* of a school it is another number */
    it->n_shown = 0;
    shown(it, 1, "part", "totaal", "=12");
    shown(it, 2, "part", "totaal", "=22");
    CHECK_TEXT(asked(it, "all", "vorm", "fysiek=13 pesten=15"), "1"); /* the other way round, at each moment */
    CHECK_TEXT(asked(it, "all", "vorm", "fysiek=13 pesten=19"), "1");
    CHECK_TEXT(asked(it, "all", "vorm", "fysiek=13 pesten=17"), "");
    CHECK_TEXT(asked(it, "all", "vorm", "fysiek,pesten=15"), ""); /* in a remainder it is not that number */
    CHECK_TEXT(asked(it, "all", "plaats", "pesten=15"), "");
    it->n_shown = 0;
    shown(it, 1, "all", "vorm", "pesten,fysiek=12");
    CHECK_TEXT(asked(it, "part", "totaal", "=15"), "");
    it->n_shown = 0;
    shown(it, 1, "ratio", "totaal", "=12");
    CHECK_TEXT(asked(it, "all", "vorm", "pesten=15"), "0");
}

TEST("what each school had then is what it had when the table was released last before")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* Eleven more: nine of school 0, two of school 1. */
    shown(it, 2, "all", "totaal", "=20");
    own(it, 1, "all", "totaal", ":0=10 :1=10");
    has(it, 0, 0, 19, 0);
    has(it, 0, 1, 12, 0);
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "0");
    own(it, 2, "all", "totaal", ":0=13 :1=7"); /* what counts is of that moment: six and five */
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "");
    own(it, 3, "all", "totaal", ":0=10 :1=10"); /* and not of later */
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "");
    it->n_own = 0;
    own(it, 3, "all", "totaal", ":0=10 :1=10"); /* of later only: not known */
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "");
    it->n_own = 0;
    own(it, 1, "part", "totaal", ":0=10 :1=10"); /* of another indicator, breakdown and year */
    own(it, 1, "all", "instrument", ":0=10 :1=10");
    own(it, 1, "all", "totaal", ":0=10 :1=10");
    it->own[4].school_year = it->own[5].school_year = 2024;
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "");
    it->n_own = 0;
    own(it, 1, "all", "totaal", ":0=13 :1=7");
    own(it, 2, "all", "totaal", ":0=10 :1=10");
    own(it, 2, "part", "totaal", ":0=13 :1=7");
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "0"); /* each moment by itself, and each table */
    it->shown[0].indicator = "part";
    CHECK_TEXT(asked(it, "part", "totaal", "=31"), "");
    it->own[4].events = it->own[5].events = 10;
    CHECK_TEXT(asked(it, "part", "totaal", "=31"), "0");
    it->shown[0].indicator = "all";
    it->n_own = 0;
    own(it, 1, "all", "totaal", ""); /* nobody had anything then, and that is known */
    it->shown[0].events = 0;
    it->n_had[0] = 0;
    has(it, 0, 0, 28, 0);
    has(it, 0, 1, 3, 0);
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "0");
    it->n_own = 0; /* nothing is known */
    CHECK_TEXT(asked(it, "all", "totaal", "=31"), "");
}

TEST("what a school had of a union is what it had of its cells together")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* Then x and y together 30, of which 12 and 8 of school 0; now 40, of which 26: six more than its twenty, and four of others. */
    shown(it, 1, "all", "vorm", "x,y=30 z=9");
    own(it, 1, "all", "vorm", "x:0=12 x:1=5 y:0=8 y:1=5 z:0=9");
    has(it, 0, 0, 26, 0);
    has(it, 0, 1, 14, 0);
    has(it, 1, 0, 9, 0);
    CHECK_TEXT(asked(it, "all", "vorm", "x,y=40 z=9"), "0");
    it->n_had[0] = 0;
    has(it, 0, 0, 25, 0);
    has(it, 0, 1, 15, 0);
    CHECK_TEXT(asked(it, "all", "vorm", "x,y=40 z=9"), "");
    /* It hid then, so three who moved are asked too: school 0 six, 1 and 2 two each, where they stand by themselves now. */
    it->n_had[0] = it->n_had[1] = 0;
    it->n_own = 0;
    own(it, 1, "all", "vorm", "x:0=12 x:1=5 x:2=5 y:0=8 z:0=9");
    has(it, 0, 0, 18, 0);
    has(it, 0, 1, 7, 0);
    has(it, 0, 2, 7, 0);
    has(it, 1, 0, 8, 0);
    has(it, 2, 0, 9, 0);
    CHECK_TEXT(asked(it, "all", "vorm", "x=32 y=8 z=9"), "01");
}

TEST("who said yes then is asked of shares only")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* The very same print, 27 of 100, and school 0 had two more who said yes. */
    shown(it, 1, "share", "school", "1=100:27");
    own(it, 1, "share", "school", "1:0=50/14 1:1=50/13");
    has(it, 0, 0, 50, 16);
    has(it, 0, 1, 50, 11);
    CHECK_TEXT(asked(it, "share", "school", "1=100:27"), "0");
    it->n_had[0] = 0;
    has(it, 0, 0, 50, 14);
    has(it, 0, 1, 50, 13);
    CHECK_TEXT(asked(it, "share", "school", "1=100:27"), "");
    /* Of several cells together: twelve and two of school 0. Had it two more who said yes, it would find two fewer of others. */
    it->n_shown = it->n_own = 0;
    shown(it, 1, "share", "school", "1,2=100:27");
    own(it, 1, "share", "school", "1:0=25/12 1:1=25/7 2:0=25/2 2:1=25/6");
    CHECK_TEXT(asked(it, "share", "school", "1,2=100:27"), "");
    it->own[2].yes = 0;
    CHECK_TEXT(asked(it, "share", "school", "1,2=100:27"), "0");
    /* Of a count who said yes is nothing: nine more of school 0 and two of school 1, and school 2 did not move. */
    it->n_shown = it->n_own = 0;
    it->n_had[0] = 0;
    shown(it, 1, "all", "school", "1=30");
    own(it, 1, "all", "school", "1:0=10/10 1:1=10/10 1:2=10/10");
    has(it, 0, 0, 19, 0);
    has(it, 0, 1, 12, 0);
    has(it, 0, 2, 10, 0);
    CHECK_TEXT(asked(it, "all", "school", "1=41"), "0");
}

TEST("a share then was rounded with the decimals it was printed with")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* 27 % of 398 to 402 is anything from 106 to 110; with a decimal 107 or 108. Now 36 % of 300: 107 to 109. */
    shown(it, 1, "share", "school", "1=400:27");
    CHECK_TEXT(asked(it, "share", "school", "1=300:36"), "");
    it->shown[0].decimals = 0;
    CHECK_TEXT(asked(it, "share", "school", "1=300:36"), "");
    it->shown[0].decimals = 1;
    CHECK_TEXT(asked(it, "share", "school", "1=300:36"), "0");
    it->half = 0.05; /* now 36.33 % of 300: 109 */
    CHECK_TEXT(asked(it, "share", "school", "1=300:36.33"), "0");
    it->shown[0].decimals = 0; /* with none then, whatever it has now */
    CHECK_TEXT(asked(it, "share", "school", "1=300:36.33"), "");
    it->half = 0.5;
    it->shown[0].events = 250; /* 27 % of 250: 67 or 68. Now 68 of 100 */
    CHECK_TEXT(asked(it, "share", "school", "1=100:68"), "0");
}

/* -- months ---------------------------------------------------------------------------------------- */

TEST("a total that was shown without its months is the number of the months until then")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    const char *months = "2025-10=9 2025-11=9 2025-12=9 2026-01=9 2026-02=9";

    it->threshold = 5;
    /* Until December there are 27 now, until January 36, until November 18, until October 9, until February 45. */
    shown_of(it, "a", 2025, 1, "2026-01", "all", "totaal", "=33");
    CHECK_TEXT(asked(it, "all_month", "maand", months), "0123"); /* released in January: three more until then */
    it->shown[0].events = 25;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "012"); /* one month before */
    it->shown[0].events = 16;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "01"); /* two */
    it->shown[0].events = 11;
    CHECK_TEXT(asked(it, "all_month", "maand", months), ""); /* three before there are 9, fewer than that: not those months. Seven more than it until November */
    it->shown[0].events = 7;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "0"); /* any month that has as many: October */
    it->shown[0].events = 42;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "01234"); /* also one after it */
    it->shown[0].events = 22;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "01"); /* two months before its release it may have been four more than there are now */
    it->shown[0].events = 13;
    CHECK_TEXT(asked(it, "all_month", "maand", months), ""); /* five more than there are until November; October's nine are fewer than it */
    /* Where the months were shown too they say more than that. */
    it->shown[0].events = 33;
    shown_of(it, "a", 2025, 1, "2026-01", "all_month", "maand", "2025-10=4 2025-11=4 2025-12=4 2026-01=4 2026-02=17");
    CHECK_TEXT(asked(it, "all_month", "maand", months), "");
    it->shown[1].moment = it->shown[2].moment = it->shown[3].moment = it->shown[4].moment = it->shown[5].moment = 2; /* at another moment */
    CHECK_TEXT(asked(it, "all_month", "maand", months), "0123");
    it->n_shown = 1;
    shown_of(it, "a", 2025, 2, "2026-01", "all", "totaal", "=16");
    it->shown[0].events = 13;
    CHECK_TEXT(asked(it, "all_month", "maand", months), "01"); /* each total that was shown */
    it->n_shown = 1;
    it->shown[0].events = 33;
    CHECK_TEXT(asked(it, "all", "vorm", "2025-10=9 2025-11=9 2025-12=9 2026-01=9"), ""); /* months only */
}

TEST("a quarter that begins by then counts as a whole, and the year before ends in December")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* Until November, long before July: the quarter of September to November has nine, and 20 are in that of December. */
    shown_of(it, "a", 2025, 1, "2026-07", "all", "totaal", "=6");
    CHECK_TEXT(asked(it, "all_month", "maand", "2025-09,2025-10,2025-11=9 2025-12,2026-01,2026-02=20"), "0");
    it->shown[0].events = 12;
    CHECK_TEXT(asked(it, "all_month", "maand", "2025-09,2025-10,2025-11=9 2025-12,2026-01,2026-02=20"), "");
    /* Released in January: one month before is December of the year before. */
    it->shown[0].month = "2026-01";
    it->shown[0].events = 20;
    CHECK_TEXT(asked(it, "all_month", "maand", "2025-11=9 2025-12=9 2026-01=9 2026-02=9"), "01");
}

TEST("what the months of a whole leave beside those of its part, until then")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    const char *part = "2025-12=10 2026-01=10", *whole = "2025-12=30 2026-01=30";

    /* 40 beside the part until January; it was 37. */
    shown(it, 1, "all", "totaal", "=52");
    shown(it, 1, "part", "totaal", "=15");
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "01");
    it->shown[0].events = 50; /* 35 */
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "");
    it->shown[0].events = 32; /* 17, and 20 until December */
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "0");
    it->shown[0].events = 52;
    shown(it, 1, "all_month", "maand", "2025-12=20 2026-01=32");
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "01"); /* the months of the whole alone tell less than that */
    shown(it, 1, "part_month", "maand", "2025-12=5 2026-01=10");
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "1"); /* 15 and 20, 22 and 20 */
    it->shown[2].events = 15;
    it->shown[3].events = 20; /* 10 and 20, 10 and 20: both with their months */
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "");
    it->n_shown = 2;
    shown(it, 1, "part_month", "maand", "2025-12=5 2026-01=10");
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "01"); /* nor do those of the part alone */
    it->n_shown = 2;
    it->shown[0].moment = 2; /* never both */
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "");
    it->n_shown = 0;
    shown_of(it, "a", 2025, 1, "2026-07", "all", "totaal", "=52");
    shown_of(it, "a", 2025, 1, "2026-07", "part", "totaal", "=15");
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "01"); /* any month of now that has as many */
    it->shown[0].events = 63;
    it->shown[1].events = 26; /* more than there are now until any month: then it was not until that one. 37 and 40 */
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "01"); /* but May to July it may be in any case */
    it->shown[0].events = 27; /* 27 and 10, of 30 and 10 until December: 17 beside it, and 20 */
    it->shown[1].events = 10;
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "0");
    it->shown[0].events = 30; /* 13 of the part, more than until December */
    it->shown[1].events = 13;
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "");
    it->shown[0].events = 32; /* and so many of the whole: 22 beside it */
    it->shown[1].events = 10;
    CHECK_TEXT(rests(it, "part_month", "all_month", "maand", part, whole), "");
    CHECK_TEXT(rests(it, "part", "all", "school", "2025-12=10 2026-01=10", "2025-12=30 2026-01=30"), "");
}

/* -- beside a part, sums, and who is gone ----------------------------------------------------------- */

TEST("what a whole leaves beside its part is held at every moment both were of")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    shown(it, 1, "all", "school", "1=20 2=30");
    shown(it, 2, "all", "school", "1=30 2=40");
    shown(it, 1, "part", "school", "1=7 2=9");
    shown(it, 2, "part", "school", "1=15 2=15");
    /* Beside: 13 and 21 then, 15 and 25 at the last. */
    CHECK_TEXT(rests(it, "part", "all", "school", "1=20 2=20", "1=40 2=50"), "");
    CHECK_TEXT(rests(it, "part", "all", "school", "1=23 2=20", "1=40 2=50"), "0"); /* 17: two more than at the last */
    CHECK_TEXT(rests(it, "part", "all", "school", "1=20 2=32", "1=40 2=50"), "1"); /* 18: three fewer than at the first */
    it->shown[2].moment = it->shown[3].moment = 3; /* the whole stayed at the second moment, the part was shown */
    CHECK_TEXT(rests(it, "part", "all", "school", "1=23 2=20", "1=40 2=50"), "0");
    it->shown[2].moment = it->shown[3].moment = 2;
    it->shown[6].moment = it->shown[7].moment = 3;
    CHECK_TEXT(rests(it, "part", "all", "school", "1=24 2=20", "1=43 2=50"), "");
}

TEST("the share of all is the sum of its schools, or groups, where they were shown beside it")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    for (int way = 0; way < 2; way++) {
        it->n_shown = 0;
        /* 6, 8, 8 and 9 of 75: 31 of 300, printed as 10 %: 29 to 31. Now 34 of 300, 11 %: 32 to 34. */
        shown(it, 1, "share", "totaal", "=300:10");
        shown(it, 1, "share", way ? "groep" : "school", "1=75:8 2=75:11 3=75:11 4=75:12");
        CHECK_TEXT(asked(it, "share", "totaal", "=300:11"), "0");
        it->shown[0].events = 320; /* 4 of 5 are rounding; of twenty it is not known in which group they are */
        CHECK_TEXT(asked(it, "share", "totaal", "=300:11"), "");
        it->shown[0].events = 300;
        CHECK_TEXT(asked(it, "share", "totaal", "=320:10"), "0"); /* 31 to 33: the same percentage of others is not the same print */
        it->shown[0].events = 290; /* 10 fewer may be rounding of five numbers */
        CHECK_TEXT(asked(it, "share", "totaal", "=300:11"), "0");
    }
    it->n_shown = 0;
    shown(it, 1, "share", "totaal", "=1000:10"); /* 95 to 105 of about a thousand */
    shown(it, 1, "share", "school", "1=250:10 2=250:10 3=250:10 4=250:10");
    CHECK_TEXT(asked(it, "share", "totaal", "=1000:11"), "");
    it->n_shown = 0;
    shown(it, 1, "share", "totaal", "=300:10");
    shown(it, 2, "share", "school", "1=75:8 2=75:11 3=75:11 4=75:12"); /* at another moment it is not the sum */
    CHECK_TEXT(asked(it, "share", "totaal", "=300:11"), "");
    it->n_shown = 0;
    shown(it, 1, "share", "totaal", "=300:11");
    shown(it, 1, "share", "school", "1=75:8 2=75:11 3=75:11 4=75:12");
    CHECK_TEXT(asked(it, "share", "totaal", "=300:11"), ""); /* the very same print */
}

TEST("the total less a school that is gone is the number of the others")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    shown(it, 1, "all", "totaal", "=60");
    shown(it, 1, "all", "school", "1=30 2=20 3=10 4=0");
    CHECK_TEXT(asked(it, "all", "totaal", "=53"), "0"); /* 50 without the third */
    CHECK_TEXT(asked(it, "all", "totaal", "=27"), "0"); /* 30 without the first */
    CHECK_TEXT(asked(it, "all", "totaal", "=50"), ""); /* nobody else moved */
    CHECK_TEXT(asked(it, "all", "totaal", "=54"), "0");
    CHECK_TEXT(asked(it, "all", "totaal", "=55"), ""); /* five did */
    CHECK_TEXT(asked(it, "all", "totaal", "=65"), "");
    it->n_shown = 0;
    shown(it, 1, "all", "totaal", "=60");
    shown(it, 2, "all", "totaal", "=80");
    shown(it, 2, "all", "school", "1=30 2=30 3=20"); /* 50 without one of two, at that moment: 40 and 30 at the other are not known */
    CHECK_TEXT(asked(it, "all", "totaal", "=53"), "0");
    CHECK_TEXT(asked(it, "all", "totaal", "=43"), "");
    /* Answers are printed in fives. */
    it->n_shown = 0;
    it->threshold = 10;
    shown(it, 1, "share", "totaal", "=60");
    shown(it, 1, "share", "school", "1=30 2=30");
    CHECK_TEXT(asked(it, "share", "totaal", "=35"), "");
}
