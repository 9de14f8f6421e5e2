/* The wall (wall.h), by hand: one board of four schools, an audience that asks five and one that asks ten; nothing was shown before but where a test says so. */
#include "analyze/disclosure/wall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/test.h"

enum { SCHOOLS = 4, TABLES = 16, CELLS = 16, ROWS = 60, NARROW = 0, WIDE = 1 };

typedef struct Fixture {
    Arena       *memory;
    Audiences    audiences;
    Indicator    indicator[10];
    WallTable    table[TABLES];
    Wall         wall;
    EarlierShown shown[ROWS];
    size_t       n_shown;
} Fixture;

static Fixture *fixture_new(Arena *memory)
{
    Fixture *it = arena_alloc(memory, sizeof *it);

    *it = (Fixture){.memory = memory, .audiences = {.item = {{"narrow", NULL, 5}, {"wide", "narrow", 10}}, .n = 2}};
    it->indicator[0] = (Indicator){.name = "all", .adds_up_to = "all"};
    it->indicator[1] = (Indicator){.name = "part", .adds_up_to = "part", .subset_of = "all", .twin_breakdown = "vorm", .twin_category = "pesten"};
    it->indicator[2] = (Indicator){.name = "all_month", .adds_up_to = "all"};
    it->indicator[3] = (Indicator){.name = "part_month", .adds_up_to = "part", .subset_of = "all_month"};
    it->indicator[4] = (Indicator){.name = "ratio", .adds_up_to = "ratio", .subset_of = "part", .twin_breakdown = "totaal", .twin_category = "", .share_of = "share", .method = INDICATOR_RATIO};
    it->indicator[5] = (Indicator){.name = "share", .adds_up_to = "share", .method = INDICATOR_SHARE, .disclosure = INDICATOR_CLASS_SURVEY, .in_fives = true};
    it->indicator[6] = (Indicator){.name = "mean", .adds_up_to = "mean", .method = INDICATOR_MEAN, .disclosure = INDICATOR_CLASS_MEAN, .in_fives = true, .decimals = 2};
    it->indicator[7] = (Indicator){.name = "term", .adds_up_to = "term", .subset_of = "all", .method = INDICATOR_SHARE, .disclosure = INDICATOR_CLASS_PROCESS,
                                   .beside_breakdown = "oordeel", .beside_category = "ingetrokken", .left_breakdown = "oordeel", .left_category = "onbekend"};
    it->indicator[8] = (Indicator){.name = "response", .adds_up_to = "response", .method = INDICATOR_SHARE, .disclosure = INDICATOR_CLASS_PROCESS, .in_fives = true};
    it->indicator[9] = (Indicator){.name = "counts", .adds_up_to = "counts", .method = INDICATOR_COUNT, .disclosure = INDICATOR_CLASS_OVERLAP};
    it->wall = (Wall){.memory = memory, .n_schools = SCHOOLS, .audiences = &it->audiences, .table = it->table};
    return it;
}

static double *each(Fixture *it, double value)
{
    double *made = arena_array(it->memory, SCHOOLS + 1, sizeof *made);

    for (size_t at = 0; at < SCHOOLS; at++)
        made[at] = value;
    return made;
}

/* "x=5+3+0+2 y=7": what each school has; of shares "x=20/7+30/12" how many answered and how many said yes; by school "1=9 3=7". Months are in the order of the year, August first. */
static WallTable *table(Fixture *it, const char *indicator, const char *breakdown, const char *cells)
{
    WallTable *made = &it->table[it->wall.n_tables++];
    bool schools = strcmp(breakdown, "school") == 0;

    *made = (WallTable){.year = 2025, .breakdown = breakdown, .total_persons = NAN, .total_schools = SCHOOLS, .told_from = SIZE_MAX, .cell = arena_array(it->memory, CELLS, sizeof(WallCell))};
    for (made->indicator = it->indicator; strcmp(made->indicator->name, indicator) != 0;)
        made->indicator++;
    bool share = made->indicator->disclosure == INDICATOR_CLASS_SURVEY;
    for (const char *at = cells; *at;) {
        const char *is = strchr(at, '='), *label = arena_text_n(it->memory, at, (size_t) (is - at));
        WallCell *cell = &made->cell[made->n_cells];
        double *own = each(it, 0), *yes = each(it, share ? 0 : NAN);
        *cell = (WallCell){.location_no = schools ? atoi(label) : 0, .ord = (int) made->n_cells, .category = schools ? "" : label, .persons = NAN, .counts = {.sd = NAN, .extra = NAN}, .own = own,
                           .own_yes = yes, .own_persons = each(it, NAN), .own_rest_persons = each(it, NAN), .own_sd = each(it, NAN), .parent_events = NAN, .rest_persons = NAN, .p_change = NAN,
                           .members = "", .n_members = 1};
        if (strlen(label) == 7 && label[4] == '-')
            cell->ord = (atoi(label + 5) + 4) % 12;
        for (size_t school = schools ? (size_t) atoi(label) - 1 : 0; at = is + 1, school < SCHOOLS; school++) {
            own[school] = strtod(at, (char **) &is);
            if (*is == '/')
                yes[school] = strtod(is + 1, (char **) &is);
            cell->counts.events += own[school];
            cell->counts.numerator += share ? yes[school] : own[school];
            cell->counts.denominator += own[school];
            cell->schools += own[school] > 0;
            if (*is != '+')
                break;
        }
        at = *is == ' ' ? is + 1 : is;
        made->n_cells++;
    }
    return made;
}

/* What the larger group has beside each cell of a part: so many of each school. */
static void beside(Fixture *it, WallTable *part, const WallTable *whole)
{
    for (size_t at = 0; at < part->n_cells; at++) {
        double *rest = each(it, 0);
        for (size_t school = 0; school < SCHOOLS; school++)
            rest[school] = whole->cell[at].own[school] - part->cell[at].own[school];
        part->cell[at].own_rest = rest;
        part->cell[at].parent_events = whole->cell[at].counts.events;
    }
}

static void shown(Fixture *it, int moment, const char *audience, const char *indicator, const char *breakdown, const char *groups)
{
    for (const char *at = groups; *at;) {
        const char *is = strchr(at, '=');
        EarlierShown *row = &it->shown[it->n_shown++];
        *row = (EarlierShown){.audience = audience, .indicator = indicator, .breakdown = breakdown, .month = "2026-08", .members = arena_text_n(it->memory, at, (size_t) (is - at)), .school_year = 2025,
                              .decimals = -1, .moment = moment, .value = NAN};
        row->events = strtod(is + 1, (char **) &at);
        if (*at == ':')
            row->value = strtod(at + 1, (char **) &at);
        at += *at == ' ';
    }
}

static void build(Fixture *it)
{
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, NULL, 0);
    for (WallTable *at = it->table; at < it->table + it->wall.n_tables; at++)
        for (size_t audience = 0; audience < it->audiences.n; audience++) {
            at->stale[audience] = false;
            at->n_out[audience] = 0;
        }
    for (size_t audience = 0; audience < it->audiences.n; audience++)
        wall_build(&it->wall, audience);
    wall_stale_spread(&it->wall);
}

/* "x=20 y,z=7" and, where it is not as it is, the reason before it; "withheld" and the reason; "stale" */
static const char *seen_by(const Fixture *it, const WallTable *table, size_t audience)
{
    if (table->stale[audience])
        return "stale";
    const char *text = strcmp(table->decision[audience], "released") == 0 ? "" : strcmp(table->decision[audience], "coarsened") == 0 ? arena_format(it->memory, "(%s) ", table->reason[audience])
                                                                       : arena_format(it->memory, "withheld (%s) ", table->reason[audience]);
    for (size_t at = 0; at < table->n_out[audience]; at++) {
        const WallCell *cell = &table->out[audience][at];
        text = arena_format(it->memory, "%s%s=%lld%s", text, *cell->members ? cell->members : cell->location_no ? arena_format(it->memory, "%d", cell->location_no) : cell->category,
                            (long long) wall_events(table, cell), at + 1 < table->n_out[audience] ? " " : "");
    }
    return text;
}
#define SEEN(table, want) CHECK_TEXT(seen_by(it, table, NARROW), want)
#define SEEN_WIDE(table, want) CHECK_TEXT(seen_by(it, table, WIDE), want)

/* A table by itself, of which nothing was shown: as the narrow audience sees it. */
static const char *by_itself(Fixture *it, const char *indicator, const char *breakdown, const char *cells)
{
    it->wall.n_tables = it->n_shown = 0;
    WallTable *made = table(it, indicator, breakdown, cells);
    build(it);
    return seen_by(it, made, NARROW);
}
#define ITSELF(indicator, breakdown, cells, want) CHECK_TEXT(by_itself(it, indicator, breakdown, cells), want)

/* -- one table --------------------------------------------------------------------------------------- */

TEST("a breakdown is shown as it is, with a remainder, or not")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("all", "vorm", "x=5+5+5+5 y=3+3+3", "x=20 y=9");
    ITSELF("all", "vorm", "x=5+5+5+5 y=1+1+1+1 z=6+6+6 u=1+1+1+1", "(samen) x=20 z=18 y,u=8");
    ITSELF("all", "vorm", "x=5+5+5+5 y=1+1+1+1", "withheld (weinig_per_groep) ");
    ITSELF("all", "vorm", "x=0 y=1+1+1+1 z=1+1+1+1", "withheld (weinig_per_groep) "); /* beside nothing it is the total */
    ITSELF("all", "vorm", "", "withheld (vervallen) ");
    /* Behind a remainder are three schools; of two, only where the board has two. */
    ITSELF("all", "vorm", "x=9+9+9+9 y=2+2 z=2+2 u=2+2 v=5+5+5", "(samen) x=36 y,z,u,v=27");
    it->wall.n_tables = 0;
    WallTable *two = table(it, "all", "vorm", "x=9+9 y=2+2 z=8+8 u=5+5 v=4");
    two->total_schools = 2;
    build(it);
    SEEN(two, "(samen) x=18 z=16 y,u,v=18"); /* of y and v six are of one, and two of the other */
}

TEST("a remainder of schools has three of them")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("all", "school", "1=9 2=8 3=7 4=2", "(samen_scholen) 1=9 2,3,4=17");
    ITSELF("all", "school", "1=9 2=8 3=7 4=6", "1=9 2=8 3=7 4=6");
    ITSELF("all", "school", "1=9 2=8 4=2", "withheld (weinig_per_groep) ");
}

TEST("a total stands by itself or not at all")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("all", "totaal", "=2+2+1", "=5");
    ITSELF("all", "totaal", "=2+2", "withheld (weinig) ");
    ITSELF("share", "instrument", "a=20/8+20/8+10/4 b=2/1+1/1+1/1", "(weinig) a=50");
}

TEST("what is too little of whom, by the class of the indicator")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* Shares: who answered, yes and no, and nobody of them is an answer too. Printed in fives. */
    ITSELF("share", "totaal", "=10/4+10/4+12/4", "=30");
    ITSELF("share", "totaal", "=10/1+10/2+12/1", "withheld (weinig) ");
    ITSELF("share", "totaal", "=10/0+10/0+12/0", "withheld (weinig) ");
    ITSELF("share", "totaal", "=10/9+10/9+12/10", "withheld (weinig) ");
    ITSELF("share", "totaal", "=10/10+10/10+12/12", "withheld (weinig) ");
    /* How many cases are in time is not asked, but of whom: nobody is safe there. */
    ITSELF("term", "totaal", "=2+2+2", "=6");
    ITSELF("term", "totaal", "=1+1+1", "withheld (weinig) ");
    ITSELF("term", "totaal", "=0", "=0");
    /* Nobody who answered may be two, in fives. */
    it->wall.n_tables = 0;
    WallTable *response = table(it, "response", "totaal", "=50+50+50");
    response->cell[0].counts.events = response->cell[0].counts.numerator = 0;
    build(it);
    SEEN(response, "withheld (weinig) ");
    response->cell[0].counts.events = 5;
    build(it);
    SEEN(response, "=5");
    /* A mean: answers, and not all the same one. */
    it->wall.n_tables = 0;
    WallTable *mean = table(it, "mean", "totaal", "=8+8+8");
    mean->cell[0].counts.sd = 0.5;
    build(it);
    SEEN(mean, "=25");
    mean->cell[0].counts.sd = 0;
    build(it);
    SEEN(mean, "withheld (weinig) ");
    mean->cell[0].counts.sd = NAN; /* not known */
    build(it);
    SEEN(mean, "=25");
    mean->cell[0].counts.denominator = 4;
    build(it);
    SEEN(mean, "withheld (weinig) ");
    mean->cell[0].counts.denominator = 0; /* nobody answered */
    build(it);
    SEEN(mean, "withheld (weinig) ");
}

TEST("of counts, distinct persons and the rest of the larger group are asked too, and the share in a ratio")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *whole = table(it, "all", "totaal", "=20+20+20"), *part = table(it, "part", "totaal", "=15+15+15");

    beside(it, part, whole);
    part->cell[0].persons = 4;
    build(it);
    SEEN(part, "withheld (weinig) ");
    part->cell[0].persons = 5;
    build(it);
    SEEN(part, "=45");
    part->cell[0].rest_persons = 4; /* fifteen incidents, of four */
    build(it);
    SEEN(part, "withheld (weinig) ");
    part->cell[0].rest_persons = 5;
    part->cell[0].parent_events = 49; /* four beside it */
    build(it);
    SEEN(part, "withheld (weinig) ");
    SEEN(whole, "=60");
    it->wall.n_tables = 0;
    WallTable *cases = table(it, "term", "totaal", "=15+15+15");
    cases->cell[0].parent_events = 49;
    build(it);
    SEEN(cases, "withheld (weinig) ");
    cases->cell[0].parent_events = 50;
    build(it);
    SEEN(cases, "=45");
    it->wall.n_tables = 0;
    WallTable *share = table(it, "share", "totaal", "=30/10+30/10+30/10"), *ratio = table(it, "ratio", "totaal", "=15+15+15");
    ratio->cell[0].counts.numerator = 4;
    ratio->cell[0].counts.denominator = 90;
    build(it);
    SEEN(ratio, "withheld (weinig) ");
    ratio->cell[0].counts.numerator = 86;
    build(it);
    SEEN(ratio, "withheld (weinig) ");
    ratio->cell[0].counts.numerator = 30;
    build(it);
    SEEN(ratio, "=45");
    ratio->cell[0].counts.numerator = 90;
    build(it);
    SEEN(ratio, "withheld (weinig) ");
    ratio->cell[0].counts.numerator = 0;
    build(it);
    SEEN(ratio, "withheld (weinig) ");
    SEEN(share, "=90");
}

TEST("behind a number that stands by itself each of two schools finds enough of the other")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("all", "totaal", "=12+4", "withheld (weinig) ");
    ITSELF("all", "totaal", "=12+5", "=17");
    ITSELF("all", "totaal", "=12", "=12");
    ITSELF("all", "totaal", "=34+6", "=40");
    ITSELF("all", "totaal", "=35+6", "withheld (weinig) "); /* more than 85 % is of one */
    it->wall.n_tables = 0;
    WallTable *two = table(it, "all", "totaal", "=35+6");
    for (size_t total = 1; total < 4; total++) {
        two->total_schools = total;
        build(it);
        SEEN(two, total < 3 ? "=41" : "withheld (weinig) "); /* where only two register, it has most of everything */
    }
    two->total_schools = 0; /* not known */
    build(it);
    SEEN(two, "withheld (weinig) ");
    /* What the larger group has beside it. */
    it->wall.n_tables = 0;
    WallTable *whole = table(it, "all", "totaal", "=20+20+20"), *part = table(it, "part", "totaal", "=10+16+20");
    beside(it, part, whole);
    build(it);
    SEEN(part, "withheld (weinig) "); /* ten of one school, four of another */
    it->wall.n_tables = 0;
    whole = table(it, "all", "totaal", "=20+20+20");
    part = table(it, "part", "totaal", "=10+14+20");
    beside(it, part, whole);
    build(it);
    SEEN(part, "=44");
    /* Persons: of the other's, and of the other's beside the part. */
    double *persons = each(it, 9);
    part->cell[0].own_rest_persons = persons;
    persons[1] = 4;
    build(it);
    SEEN(part, "withheld (weinig) ");
    persons[1] = 0; /* nobody is known for sure: six of nobody are too few */
    build(it);
    SEEN(part, "withheld (weinig) ");
    persons[1] = 5;
    build(it);
    SEEN(part, "=44");
    it->wall.n_tables = 0;
    two = table(it, "all", "totaal", "=12+6");
    two->cell[0].own_persons = persons;
    build(it);
    SEEN(two, "=18");
    persons[1] = 4;
    build(it);
    SEEN(two, "withheld (weinig) ");
    /* Answers: yes and no of the other, nobody too. */
    ITSELF("share", "totaal", "=30/15+30/15", "=60");
    ITSELF("share", "totaal", "=30/15+30/4", "withheld (weinig) ");
    ITSELF("share", "totaal", "=30/15+30/0", "withheld (weinig) ");
    ITSELF("share", "totaal", "=30/15+30/26", "withheld (weinig) ");
    ITSELF("share", "totaal", "=30/15+30/30", "withheld (weinig) ");
    /* One group counted in several ways: what is left is all less its own. */
    ITSELF("counts", "soort", "a=20+20", "a=40");
    it->wall.n_tables = 0;
    WallTable *counts = table(it, "counts", "soort", "a=20+20");
    counts->cell[0].counts.events = counts->cell[0].counts.numerator = 24; /* sixteen are known at both */
    build(it);
    SEEN(counts, "withheld (weinig) "); /* four are at one of them only */
    counts->cell[0].counts.events = counts->cell[0].counts.numerator = 25;
    build(it);
    SEEN(counts, "a=25");
    counts->cell[0].counts.events = counts->cell[0].counts.numerator = 20; /* all of them */
    build(it);
    SEEN(counts, "a=20");
    /* A union is asked what it leaves, not this. */
    it->wall.n_tables = 0;
    WallTable *schools = table(it, "share", "school", "1=60/30 2=30/26 3=0/0 4=30/15"); /* of the second four said no */
    build(it);
    SEEN(schools, "(samen_scholen) 1=60 2,3,4=60");
    SEEN_WIDE(schools, "(samen_scholen) 1=60 2,3,4=60");
}

TEST("of two schools behind a mean neither may have given one answer")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *mean = table(it, "mean", "totaal", "=20+12");
    double *sd = each(it, 0.4);

    mean->cell[0].counts.sd = 0.5;
    mean->cell[0].own_sd = sd;
    build(it);
    SEEN(mean, "=30");
    sd[1] = 0;
    build(it);
    SEEN(mean, "withheld (weinig) ");
    sd[1] = NAN;
    build(it);
    SEEN(mean, "withheld (weinig) ");
    it->wall.n_tables = 0;
    mean = table(it, "mean", "totaal", "=20+7");
    mean->cell[0].counts.sd = 0.5;
    mean->cell[0].own_sd = each(it, 0.4);
    build(it);
    SEEN(mean, "=25");
    SEEN_WIDE(mean, "withheld (weinig) ");
}

TEST("what is put together is counted together")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *of = table(it, "all", "vorm", "x=9+9+9+9 u=9+9+9+9 y=2+2+1+1 z=2+1+2+2");

    of->one_base = true;
    for (size_t at = 0; at < 4; at++) {
        of->cell[at].counts.denominator = 200;
        of->cell[at].counts.extra = at == 2 ? NAN : 7; /* what is not known of one is that of the other */
        of->cell[at].persons = at < 2 ? 20 : 4;
        of->cell[at].rest_persons = at == 2 ? 6 : at == 3 ? 8 : 20;
        of->cell[at].parent_events = 100 + (double) at;
        of->cell[at].p_change = 0.1;
    }
    of->total_persons = 46; /* forty of them elsewhere: six at least */
    build(it);
    SEEN(of, "(samen) x=36 u=36 y,z=13");
    const WallCell *rest = &of->out[NARROW][2];
    CHECK(rest->counts.events == 13 && rest->counts.numerator == 13 && rest->counts.denominator == 200 && rest->counts.extra == 7);
    CHECK(rest->parent_events == 205 && rest->rest_persons == 8 && rest->persons == 6 && isnan(rest->p_change));
    CHECK(rest->n_members == 2 && rest->schools == 4 && rest->location_no == 0 && rest->own[0] == 4 && rest->own[1] == 3 && rest->own[3] == 3);
    CHECK_TEXT(rest->category, "*");
    of->cell[3].own = NULL; /* what is not known of one is not of both */
    build(it);
    CHECK(of->n_out[NARROW] == 3 && !of->out[NARROW][2].own);
    of->cell[1].persons = NAN; /* who is elsewhere is not known: four are sure, which is too few */
    build(it);
    SEEN(of, "(samen) u=36 x,y,z=49");
    CHECK(of->out[NARROW][1].persons == 20);
    /* Schools are others each, and so are their pupils. */
    it->wall.n_tables = 0;
    of = table(it, "all", "school", "1=9 2=2 3=4 4=3");
    build(it);
    SEEN(of, "(samen_scholen) 1=9 2,3,4=9");
    rest = &of->out[NARROW][1];
    CHECK(rest->schools == 3 && rest->counts.denominator == 9 && rest->n_members == 3 && rest->own[1] == 2 && rest->own[2] == 4 && rest->own[3] == 3);
    CHECK(of->cell[1].own[2] == 0); /* and those of the cells stay theirs */
}

TEST("means are pooled with what lies between them")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *mean = table(it, "mean", "school", "1=20 2=2 3=3 4=4");
    static const double m[] = {3, 2, 4, 3}, sd[] = {0.5, NAN, 1, 0.5};

    for (size_t at = 0; at < 4; at++) {
        mean->cell[at].counts.numerator = m[at];
        mean->cell[at].counts.sd = sd[at];
    }
    build(it);
    const WallCell *rest = &mean->out[NARROW][1];
    CHECK_INT(mean->n_out[NARROW], 2);
    CHECK_TEXT(rest->members, "2,3,4");
    /* (2 * 2 + 3 * 4 + 4 * 3) / 9; squares 2 * 1 + 3 * 0.25 within, 2 * (28/9 - 2)^2 + 3 * (4 - 28/9)^2 + 4 * (28/9 - 3)^2 between */
    CHECK_NEAR(rest->counts.numerator, 28.0 / 9, 1e-12);
    CHECK_NEAR(rest->counts.denominator, 9, 1e-12);
    CHECK_NEAR(rest->counts.sd, sqrt((2 + 0.75 + 2 * 100.0 / 81 + 3 * 64.0 / 81 + 4 * 1.0 / 81) / 8), 1e-12);
}

TEST("months are put together to quarters and halves of the school year")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("all_month", "maand", "2025-08=3+3+3 2025-09=3+3+3 2026-07=2+2+2", "2025-08=9 2025-09=9 2026-07=6");
    ITSELF("all_month", "maand", "2025-08=3+3+3 2025-09=1+1+1 2025-10=3+3+3 2025-11=9+9+9", "(per_kwartaal) 2025-08,2025-09,2025-10=21 2025-11=27");
    ITSELF("all_month", "maand", "2025-08=1+1+1 2025-11=3+3+3 2026-02=9+9+9", "(per_halfjaar) 2025-08,2025-11=12 2026-02=27");
    ITSELF("all_month", "maand", "2025-08=9+9+9 2026-02=1+1+1", "withheld (weinig_per_halfjaar) ");
    ITSELF("all_month", "maand", "2025-08=1+3 2025-09=4+4 2025-10=9+9 2026-02=9+9+9", "withheld (weinig_per_halfjaar) "); /* two schools behind a quarter, and a half year */
    ITSELF("all_month", "maand", "2025-08=6+1+1 2025-09=2+1+1 2025-10=0 2026-02=9+9+9", "withheld (weinig_per_halfjaar) "); /* eight of twelve are one school's: four are left */
    it->wall.n_tables = 0;
    WallTable *months = table(it, "all_month", "maand", "2025-08=3+3+3 2025-09=1+1+1 2025-10=3+3+3 2025-11=9+9+9");
    build(it);
    SEEN_WIDE(months, "(per_kwartaal) 2025-08,2025-09,2025-10=21 2025-11=27");
    CHECK_TEXT(months->out[NARROW][0].category, "kwartaal 1");
    CHECK_TEXT(months->out[NARROW][1].category, "kwartaal 2");
    CHECK(months->out[NARROW][1].ord == 3 && months->out[NARROW][1].n_members == 1 && months->out[NARROW][0].n_members == 3 && months->out[NARROW][0].own[1] == 7);
    it->wall.n_tables = 0;
    months = table(it, "all_month", "maand", "2025-08=3+3+3 2025-09=3+3+3 2025-10=3+3+3 2025-11=9+9+9"); /* nine are enough for the one and not for the other */
    build(it);
    SEEN(months, "2025-08=9 2025-09=9 2025-10=9 2025-11=27");
    SEEN_WIDE(months, "(per_kwartaal) 2025-08,2025-09,2025-10=27 2025-11=27");
    it->wall.n_tables = 0;
    months = table(it, "all_month", "maand", "2025-08=1+3 2025-09=4+4 2025-10=9+9 2026-02=9+9");
    months->total_schools = 2; /* where there are no three */
    build(it);
    SEEN(months, "(per_kwartaal) 2025-08,2025-09,2025-10=30 2026-02=18");
}

TEST("countings of one group lie no few apart, and not few at one of two schools")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    ITSELF("counts", "soort", "a=10+10+10 b=9+9+8", "(tellingen) a=30");
    ITSELF("counts", "soort", "a=10+10+10 b=9+8+8", "a=30 b=25");
    ITSELF("counts", "soort", "a=10+10+10 b=10+10+10", "a=30 b=30");
    ITSELF("counts", "soort", "a=10+10+10 b=9+8+8 c=9+8+10", "(tellingen) a=30 b=25");
    ITSELF("counts", "soort", "a=10+10+10 b=9+8+8 c=11+10+10", "(tellingen) a=30 b=25");
    ITSELF("counts", "soort", "a=1+1+1 b=9+8+8", "(weinig) b=25");
    /* Two schools: six fewer at the first, three at the second. */
    ITSELF("counts", "soort", "a=20+20 b=14+17", "(tellingen) a=40");
    ITSELF("counts", "soort", "a=20+20 b=14+15", "a=40 b=29");
    ITSELF("counts", "soort", "a=20+20 b=14+20", "a=40 b=34"); /* and none at the second */
    ITSELF("counts", "soort", "a=20 b=23+8", "(tellingen) a=20"); /* three more at the first, to the second, who is in one of them only */
    it->wall.n_tables = 0;
    WallTable *counts = table(it, "counts", "soort", "a=20+20 b=10+10");
    counts->cell[0].counts.events = counts->cell[0].counts.numerator = 32; /* eight are known at both: of the first twelve are left to the second, of the others ten */
    build(it);
    SEEN(counts, "(tellingen) a=32");
    it->wall.n_tables = 0;
    counts = table(it, "counts", "soort", "a=10+10+10 b=8+8+7");
    build(it);
    SEEN(counts, "a=30 b=23");
    SEEN_WIDE(counts, "(tellingen) a=30");
}

/* -- audiences --------------------------------------------------------------------------------------- */

TEST("a wider audience is shown unions of what the narrower one is")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *of = table(it, "all", "vorm", "x=9+9+9+9 y=1+1+1+1 z=1+1+1+1 u=2+2+2 v=9+9+9");

    build(it);
    SEEN(of, "(samen) x=36 u=6 v=27 y,z=8");
    SEEN_WIDE(of, "(samen) x=36 v=27 u,y,z=14");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=9+9+9+9 y=1+1+1+1 z=4+4+4+4 u=1+1+1+1 v=9+9+9 w=2+2+2"); /* 8, and 6 that must join it: the remainder of before stays in it */
    build(it);
    SEEN(of, "(samen) x=36 z=16 v=27 w=6 y,u=8");
    SEEN_WIDE(of, "(samen) x=36 z=16 v=27 w,y,u=14");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=9+9+9+9 y=2+2+2+2 z=2+2+2+2 u=3+3+3+3 v=1+1+1+1 w=1+1+1+1 q=1+1+1+1"); /* twelve together are enough for the wider one: the others join them all the same */
    build(it);
    SEEN(of, "(samen) x=36 y=8 z=8 u=12 v,w,q=12");
    SEEN_WIDE(of, "(samen) x=36 u=12 y,z,v,w,q=28");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=3+3+2 y=2+3+3 z=1+1+1+1 u=1+1+1+1 v=1+1+1+1 w=1+1+1+1 q=0"); /* x and y are sixteen, and so is what was merged before: beside nothing it is the total */
    build(it);
    SEEN(of, "(samen) x=8 y=8 q=0 z,u,v,w=16");
    SEEN_WIDE(of, "withheld (weinig_per_groep) ");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=9+9+9+9 y=1+1+1+1 z=1+1+1+1 u=9+9+9");
    build(it);
    SEEN(of, "(samen) x=36 u=27 y,z=8");
    SEEN_WIDE(of, "(samen) x=36 u,y,z=35");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=9+9+9+9 y=2+2+2+2 u=9+9+9");
    build(it);
    SEEN(of, "x=36 y=8 u=27");
    SEEN_WIDE(of, "(samen) x=36 y,u=35");
    it->wall.n_tables = 0;
    of = table(it, "all", "totaal", "=2+2+2");
    build(it);
    SEEN(of, "=6");
    SEEN_WIDE(of, "withheld (weinig) ");
    it->wall.n_tables = 0;
    of = table(it, "all", "totaal", "=1+1+1");
    build(it);
    SEEN_WIDE(of, "withheld (weinig) ");
    it->wall.n_tables = 0;
    of = table(it, "all", "vorm", "x=9+9+9+9 y=3+3+2+2 z=1+1+1+1 u=1+1+1+1 v=1+1+1+1 q=1+1+1+1 w=9+9+9"); /* what is coarser stays so called, with its reason */
    build(it);
    SEEN(of, "(samen) x=36 y=10 w=27 z,u,v,q=16");
    SEEN_WIDE(of, "(samen) x=36 y=10 w=27 z,u,v,q=16");
}

TEST("a union that leaves a school few of the others joins again, where more is asked")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *of = table(it, "all", "vorm", "x=9+9+9+9 y=3+3+2+2 z=1+1+1+1 u=2+2+2+2 w=9+9+9");

    build(it);
    SEEN(of, "(samen) x=36 y=10 w=27 z,u=12"); /* less three of one school it is nine */
    SEEN_WIDE(of, "(samen) x=36 w=27 y,z,u=22");
    /* And what the larger group has beside it. */
    for (int more = 2; more < 4; more++) {
        it->wall.n_tables = 0;
        WallTable *part = table(it, "part", "school", "1=20 2=2 3=4 4=3"), *whole = table(it, "all", "school", arena_format(it->memory, "1=40 2=11 3=%d 4=5", 4 + more));
        beside(it, part, whole);
        build(it);
        SEEN(part, more == 2 ? "withheld (weinig_per_groep) " : "(samen_scholen) 1=20 2,3,4=9"); /* nine of thirteen, or of fourteen, are the second's */
    }
    ITSELF("share", "school", "1=60/30 2=40/20 3=2/1 4=2/1", "(samen_scholen) 1=60 2,3,4=45"); /* not of what is printed in fives */
}

TEST("what a school would find is left out, for that audience and all wider ones")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *of = table(it, "all", "vorm", "x=9+9+9+9 y=9+9+9+9");

    of->told_from = WIDE;
    build(it);
    SEEN(of, "x=36 y=36");
    SEEN_WIDE(of, "withheld (eigen_school) ");
    of->told_from = NARROW;
    build(it);
    SEEN(of, "withheld (eigen_school) ");
    SEEN_WIDE(of, "withheld (eigen_school) ");
}

/* -- tables together --------------------------------------------------------------------------------- */

TEST("a total that is not shown takes its breakdowns with it")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *total = table(it, "all", "totaal", "=20+20+20"), *forms = table(it, "all", "vorm", "pesten=8+8+8 y=12+12+12"), *months = table(it, "all_month", "maand", "2025-08=10+10+10 2025-09=10+10+10"),
              *part = table(it, "part", "totaal", "=8+8+8"), *before = table(it, "all", "vorm", "x=9+9+9 y=9+9+9");

    before->year = 2024;
    build(it);
    SEEN(forms, "pesten=24 y=36");
    total->told_from = NARROW;
    build(it);
    SEEN(forms, "withheld (totaal) ");
    SEEN(months, "withheld (totaal) ");
    SEEN(part, "=24");
    SEEN(before, "x=27 y=27");
    total->told_from = WIDE;
    build(it);
    SEEN(forms, "pesten=24 y=36");
    SEEN_WIDE(forms, "withheld (totaal) ");
    /* Of unlike questionnaires there is no total: each stands by itself. */
    it->wall.n_tables = 0;
    total = table(it, "share", "totaal", "");
    forms = table(it, "share", "instrument", "a=20/8+20/8+20/8 b=20/8+20/8+20/8");
    WallTable *groups = table(it, "share", "groep", "7=20/8+20/8+20/8 8=20/8+20/8+20/8");
    build(it);
    SEEN(forms, "a=60 b=60");
    SEEN(groups, "withheld (totaal) ");
    it->wall.n_tables = 0;
    total = table(it, "share", "totaal", "=1/1+1/0+1/1");
    forms = table(it, "share", "instrument", "a=20/8+20/8+20/8");
    build(it);
    SEEN(forms, "withheld (totaal) ");
}

TEST("who answered and is in no group is nobody, or enough of each answer")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    static const struct { double n, yes; bool shown; } left[] = {{0, 0, true}, {4, 2, false}, {10, 5, true}, {10, 4, false}, {10, 6, false}, {9, 5, false}};

    for (size_t at = 0; at < sizeof left / sizeof *left; at++) {
        it->wall.n_tables = 0;
        WallTable *total = table(it, "share", "totaal", "=40/16+40/16+40/16"), *groups = table(it, "share", "groep", "7=20/8+20/8+20/8 8=20/8+20/8+20/8");
        total->cell[0].counts.denominator += left[at].n;
        total->cell[0].counts.events += left[at].n;
        total->cell[0].counts.numerator += left[at].yes;
        build(it);
        SEEN(groups, left[at].shown ? "7=60 8=60" : "withheld (zonder_groep) ");
        SEEN(total, arena_format(it->memory, "=%d", 5 * (int) round((120 + left[at].n) / 5)));
        SEEN_WIDE(groups, left[at].n == 0 ? "7=60 8=60" : "withheld (zonder_groep) "); /* who asks ten, asks ten of each answer */
    }
    /* Means: how many, not what they answered. Of what is no questionnaire this is not asked. */
    for (size_t n = 0; n < 6; n++) {
        it->wall.n_tables = 0;
        WallTable *total = table(it, "mean", "totaal", "=20+20+20"), *groups = table(it, "mean", "groep", "7=10+10+10 8=10+10+10"), *all = table(it, "all", "totaal", "=20+20+20"),
                  *forms = table(it, "all", "vorm", "x=10+10+10 y=10+10+10"), *response = table(it, "response", "totaal", "=20+20+20"), *schools = table(it, "response", "school", "1=20 2=20 3=20");
        total->cell[0].counts.denominator += (double) n;
        all->cell[0].counts.denominator += (double) n;
        response->cell[0].counts.denominator += (double) n;
        build(it);
        SEEN(groups, n == 0 || n == 5 ? "7=30 8=30" : "withheld (zonder_groep) ");
        SEEN(forms, "x=30 y=30");
        SEEN(schools, "1=20 2=20 3=20");
    }
}

TEST("a number that stands under another name lifts nothing out of a remainder")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *all = table(it, "all", "totaal", "=30+30+30"), *forms = table(it, "all", "vorm", "pesten=2+2+2 x=20+20+20 y=1+1+1 z=7+7+7"), *places = table(it, "all", "plaats", "plein=15+15+15 gang=15+15+15"),
              *part = table(it, "part", "totaal", "=2+2+2"), *before = table(it, "part", "totaal", "=9+9+9");

    before->year = 2024;
    build(it);
    SEEN(forms, "withheld (elders_apart) "); /* six, and three: pesten is in the remainder */
    SEEN(part, "=6");
    SEEN(places, "plein=45 gang=45");
    SEEN(all, "=90");
    SEEN_WIDE(part, "withheld (weinig) "); /* there it is nowhere else, but the breakdown was made from nothing */
    it->wall.n_tables = 0;
    forms = table(it, "all", "vorm", "pesten=2+2+2 x=20+20+20 z=7+7+7");
    part = table(it, "part", "totaal", "=2+2+2");
    build(it);
    SEEN(forms, "pesten=6 x=60 z=21");
    SEEN_WIDE(forms, "(samen) x=60 pesten,z=27"); /* it is not shown to them under its other name */
    it->wall.n_tables = 0;
    /* Where it is the total under another name, and that is not shown, it goes itself. */
    part = table(it, "part", "totaal", "=20+20+20");
    WallTable *ratio = table(it, "ratio", "totaal", "=20+20+20");
    ratio->cell[0].counts.numerator = 30;
    ratio->cell[0].counts.denominator = 90;
    table(it, "share", "totaal", "=30/10+30/10+30/10");
    part->told_from = WIDE;
    build(it);
    SEEN(ratio, "=60");
    SEEN_WIDE(part, "withheld (eigen_school) ");
    SEEN_WIDE(ratio, "withheld (elders_apart) ");
}

/* Complaints: of all, of those whose term ended, and withdrawn, not decided yet and founded, so many of each school. */
static const char *complaints(Fixture *it, const char *all, const char *ended, const char *withdrawn, const char *unknown, const char *founded)
{
    it->wall.n_tables = it->n_shown = 0;
    WallTable *before = table(it, "all", "totaal", "=9+9+9+9"), *whole = table(it, "all", "totaal", all), *part = table(it, "term", "totaal", ended),
              *verdicts = table(it, "all", "oordeel", arena_format(it->memory, "ingetrokken=%s onbekend=%s gegrond=%s", withdrawn, unknown, founded));
    before->year = 2024;
    beside(it, part, whole);
    build(it);
    CHECK_TEXT(seen_by(it, whole, NARROW), "=90");
    return *seen_by(it, part, NARROW) == 'w' ? "ended withheld" : seen_by(it, verdicts, NARROW);
}

TEST("what is left of a whole, its part and a cell that is in neither is nothing or enough, also to schools")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    /* Still open: 90 less 59 less 23, of which six at the first school and two at the third. */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=18+17+14+10", "6+6+6+5", "11+9+8+6", "13+10+6+4"), "withheld (naast_andere) ");
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=18+14+14+10", "6+6+6+5", "11+11+8+6", "13+8+6+4"), "ingetrokken=23 onbekend=36 gegrond=31"); /* six and five */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=18+17+12+10", "6+6+6+5", "11+9+8+6", "13+10+6+4"), "ingetrokken=23 onbekend=34 gegrond=33"); /* three schools hide each other */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=23+18+14+10", "6+6+6+5", "9+9+8+6", "15+10+6+4"), "withheld (naast_andere) "); /* two in all */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=24+19+14+10", "6+6+6+5", "9+9+8+6", "15+10+6+4"), "ingetrokken=23 onbekend=32 gegrond=35"); /* nobody */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=22+18+13+10", "6+6+6+5", "9+9+8+6", "15+10+6+4"), "withheld (naast_andere) "); /* four */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=22+18+12+10", "6+6+6+5", "9+9+8+6", "15+10+6+4"), "ingetrokken=23 onbekend=32 gegrond=35"); /* five */
    SEEN_WIDE(&it->table[3], "withheld (naast_andere) "); /* to who asks ten */
    /* Not decided yet, less those still open: whose term ran out. */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=20+15+12+8", "5+5+4+3", "6+5+5+4", "19+15+11+8"), "withheld (naast_andere) "); /* 20 less 18 */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=20+15+12+8", "5+5+4+3", "5+5+4+4", "20+15+12+8"), "ingetrokken=17 onbekend=18 gegrond=55"); /* nobody */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=20+15+12+8", "5+5+4+3", "7+7+5+4", "18+13+11+8"), "ingetrokken=17 onbekend=23 gegrond=50"); /* five of three */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=20+15+12+8", "5+5+4+3", "11+7+4+4", "14+13+12+8"), "withheld (naast_andere) "); /* six and two */
    /* Where both are in one group it is what the ended leave, less that group. */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+21+16+11", "1+1+1+1", "4+3+3+4", "25+21+16+10"), "withheld (naast_andere) ");
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+21+16+11", "1+1+1+1", "3+3+3+3", "26+21+16+11"), "(samen) gegrond=74 ingetrokken,onbekend=16");
    /* In a union all others are asked: of 7 that are left, six at the first school and one at the second and third. */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+21+16+11", "1+1+1+1", "9+4+4+3", "20+20+15+11"), "withheld (naast_andere) ");
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+21+16+11", "1+1+1+1", "6+6+5+3", "23+18+14+11"), "(samen) gegrond=66 ingetrokken,onbekend=24");
    /* Where those withdrawn hide with others, nobody knows how many are still open: not ten less eight, nor twelve less ten. */
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+22+18+14", "1+1+1+1", "28+23+18+13", "1+1+1+1"), "(samen) onbekend=82 ingetrokken,gegrond=8");
    CHECK_TEXT(complaints(it, "=30+25+20+15", "=26+22+17+13", "1+1+1+1", "3+3+2+2", "25+20+16+11 ongegrond=1+1+1+1"), "(samen) onbekend=10 gegrond=72 ingetrokken,ongegrond=8");
}

TEST("an empty crossing with schools that gives few of them away")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);

    for (double own = 3; own < 7; own += 3) {
        /* November and December are of the first school only: eleven of its fourteen, or seventeen. */
        it->wall.n_tables = 0;
        WallTable *total = table(it, "all", "totaal", arena_format(it->memory, "=%g+6+6+5", 11 + own)), *schools = table(it, "all", "school", arena_format(it->memory, "1=%g 2=6 3=6 4=5", 11 + own)),
                  *months = table(it, "all_month", "maand", arena_format(it->memory, "2025-09=1+3+3+3 2025-10=%g+3+3+2 2025-11=5 2025-12=6", own - 1));
        build(it);
        SEEN(total, arena_format(it->memory, "=%g", 28 + own));
        SEEN(schools, arena_format(it->memory, "1=%g 2=6 3=6 4=5", 11 + own));
        SEEN(months, own < 5 ? "withheld (naast_andere) " : "2025-09=10 2025-10=13 2025-11=5 2025-12=6");
        schools->year = 2024;
        build(it);
        SEEN(months, own < 5 ? "2025-09=10 2025-10=10 2025-11=5 2025-12=6" : "2025-09=10 2025-10=13 2025-11=5 2025-12=6");
    }
    /* What the whole has beside a part: of 2025-11 only the first school has any, nine of its twelve. */
    it->wall.n_tables = 0;
    WallTable *schools = table(it, "part", "school", "1=20 2=20 3=20 4=20"), *all = table(it, "all", "school", "1=32 2=30 3=30 4=30"), *months = table(it, "part_month", "maand", "2025-09=10+10+10+10 2025-11=10+10+10+10"),
              *all_months = table(it, "all_month", "maand", "2025-09=13+20+20+20 2025-11=19+10+10+10");
    beside(it, schools, all);
    beside(it, months, all_months);
    build(it);
    SEEN(months, "withheld (naast_andere) ");
    SEEN(all_months, "2025-09=73 2025-11=49");
    it->wall.n_tables = 0;
    schools = table(it, "part", "school", "1=20 2=20 3=20 4=20");
    all = table(it, "all", "school", "1=34 2=30 3=30 4=30");
    months = table(it, "part_month", "maand", "2025-09=10+10+10+10 2025-11=10+10+10+10");
    all_months = table(it, "all_month", "maand", "2025-09=15+20+20+20 2025-11=19+10+10+10");
    beside(it, schools, all);
    beside(it, months, all_months);
    build(it);
    SEEN(months, "2025-09=40 2025-11=40");
    /* Who answered and is in no group: of the first school all but thirteen, of whom two said yes, or five. */
    for (double yes = 2; yes < 6; yes += 3) {
        it->wall.n_tables = 0;
        schools = table(it, "share", "school", arena_format(it->memory, "1=50/%g 2=30/12 3=25/10 4=20/8", 14 + yes));
        WallTable *groups = table(it, "share", "groep", "7=19/7+15/6+0/0+10/4 8=18/7+15/6+0/0+10/4");
        build(it);
        SEEN(groups, yes < 5 ? "withheld (naast_andere) " : "7=45 8=45");
    }
    /* Of the first school nobody is in a group, of the second four are, and all of the others. */
    for (int in = 4; in < 11; in += 6) {
        it->wall.n_tables = 0;
        schools = table(it, "share", "school", arena_format(it->memory, "1=50/20 2=%d/%d 3=40/16 4=40/16", 10 + in, 5 + in / 2));
        WallTable *groups = table(it, "share", "groep", arena_format(it->memory, "7=0/0+%d/%d+20/8+20/8 8=0/0+0/0+20/8+20/8", in, in / 2));
        build(it);
        SEEN(groups, in == 4 ? "withheld (naast_andere) " : "7=50 8=40");
    }
    /* Six are enough for one audience, and not for the other. */
    it->wall.n_tables = 0;
    schools = table(it, "all", "school", "1=28 2=12 3=12 4=12");
    months = table(it, "all_month", "maand", "2025-09=2+6+6+6 2025-10=4+6+6+6 2025-11=10 2025-12=12");
    build(it);
    SEEN(months, "2025-09=20 2025-10=22 2025-11=10 2025-12=12");
    SEEN_WIDE(months, "withheld (naast_andere) ");
    SEEN_WIDE(schools, "1=28 2=12 3=12 4=12");
}

/* -- beside what was shown before --------------------------------------------------------------------- */

TEST("what moved by too little joins the remainder, or stays as it was")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *forms = table(it, "all", "vorm", "x=9+9+9+9 y=5+5+5 z=5+5+5 u=9+9+9+9 v=5+5+5");

    shown(it, 1, "narrow", "all", "vorm", "x=30 y=13 z=9 u=30 v=9");
    build(it);
    SEEN(forms, "(samen_verschil) x=36 u=36 v=15 y,z=30"); /* y by two: with the cheapest */
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "x=30 y=13 z=14 u=30 v=9"); /* y and z together by three: v joins them */
    build(it);
    SEEN(forms, "(samen_verschil) x=36 u=36 y,z,v=45");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "x=35 y=13 z=14 u=35 v=15"); /* few are left of many: the table stays */
    build(it);
    SEEN(forms, "stale");
    SEEN_WIDE(forms, "stale");
    it->n_shown = 0;
    shown(it, 1, "wide", "all", "vorm", "x=35 y=13 z=14 u=35 v=15"); /* what the wider one was shown does not hold the narrower one */
    build(it);
    SEEN(forms, "x=36 y=15 z=15 u=36 v=15");
    SEEN_WIDE(forms, "stale");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "totaal", "=3");
    build(it);
    SEEN(forms, "x=36 y=15 z=15 u=36 v=15");
    CHECK(!wall_known(&it->wall, forms, NARROW));
    /* Two of them by two and by three: together by five. */
    it->wall.n_tables = it->n_shown = 0;
    forms = table(it, "all", "vorm", "x=9+9+9+9 y=5+5+5 z=5+5+6 u=6+6+6");
    shown(it, 1, "narrow", "all", "vorm", "x=34 y=10 z=11 u=15");
    build(it);
    SEEN(forms, "(samen_verschil) y=15 z=16 x,u=54");
    /* Few are left because the others are small now: that is told. */
    it->wall.n_tables = it->n_shown = 0;
    forms = table(it, "all", "vorm", "x=9+9+9+9 y=1+1+1+1 z=1+1+1+1 u=1+1+1+1 v=1+1+1+1");
    shown(it, 1, "narrow", "all", "vorm", "x=30 y=20 z=20 u=20 v=20");
    build(it);
    SEEN(forms, "(samen) x=36 y,z,u,v=16");
    /* Half of the groups that stood there are enough. */
    it->wall.n_tables = it->n_shown = 0;
    forms = table(it, "all", "vorm", "x=9+9+9+9 y=5+5+5 z=5+5+5");
    shown(it, 1, "narrow", "all", "vorm", "x=30 y=13 z=6 w=0");
    build(it);
    SEEN(forms, "(samen_verschil) x=36 y,z=30");
    it->shown[3].members = "w";
    shown(it, 1, "narrow", "all", "vorm", "v=0");
    build(it);
    SEEN(forms, "stale");
    /* Schools. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *schools = table(it, "all", "school", "1=30 2=20 3=12 4=14");
    shown(it, 1, "narrow", "all", "school", "1=20 2=18 3=6 4=8");
    build(it);
    SEEN(schools, "(samen_verschil_scholen) 1=30 2,3,4=46");
}

TEST("the remainder itself moved by too little: the cheapest that mends it, or the cheapest of all")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *forms = table(it, "all", "vorm", "x=9+9+9+9 y=1+1+1 z=1+1+1 u=6+6+6 v=5+5+5");

    /* y and z stood together as four: two more. v is cheaper than u, and did not move; u moved by ten. */
    shown(it, 1, "narrow", "all", "vorm", "x=20 y,z=4 u=8 v=15");
    build(it);
    SEEN(forms, "(samen_verschil) x=36 v=15 y,z,u=24");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "x=30 y,z=4 u=18 v=15"); /* neither by itself; x does */
    build(it);
    SEEN(forms, "(samen_verschil) u=18 v=15 x,y,z=42");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "x=36 y,z=4 u=23 v=21"); /* two do, that went down by five and six */
    build(it);
    SEEN(forms, "(samen_verschil) x=36 y,z,u,v=39");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "x=36 y,z=4 u=18 v=15"); /* nothing does: few are left */
    build(it);
    SEEN(forms, "stale");
}

TEST("totals, months and countings that moved by too little stay")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *total = table(it, "all", "totaal", "=9+9+9"), *months = table(it, "all_month", "maand", "2025-08=3+3+3 2025-09=3+3+3 2025-10=3+3+3"), *counts = table(it, "counts", "soort", "a=10+10+10 b=9+8+8");

    shown(it, 1, "narrow", "all", "totaal", "=22");
    shown(it, 1, "narrow", "counts", "soort", "a=25 b=20");
    build(it);
    SEEN(total, "=27");
    SEEN(months, "2025-08=9 2025-09=9 2025-10=9");
    SEEN(counts, "a=30 b=25");
    it->shown[0].events = 24;
    it->shown[2].events = 23;
    build(it);
    SEEN(total, "stale");
    SEEN(months, "stale");
    SEEN(counts, "stale");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all_month", "maand", "2025-08=7 2025-09=4 2025-10=4");
    build(it);
    SEEN(months, "(per_kwartaal) 2025-08,2025-09,2025-10=27");
    it->shown[1].events = 8;
    it->shown[2].events = 9;
    build(it);
    SEEN(months, "stale");
    SEEN(total, "=27");
    /* Sixteen were shown without their months: until September there are two more now, in whatever the months are put. */
    it->wall.n_tables = it->n_shown = 0;
    total = table(it, "all", "totaal", "=9+9+9");
    months = table(it, "all_month", "maand", "2025-08=3+3+3 2025-09=3+3+3 2026-02=3+3+3");
    shown(it, 1, "narrow", "all", "totaal", "=16");
    build(it);
    SEEN(total, "=27");
    SEEN(months, "stale");
    it->wall.n_tables = it->n_shown = 0;
    total = table(it, "all", "totaal", "=9+9+9");
    shown(it, 1, "narrow", "all", "totaal", "=20");
    shown(it, 1, "wide", "all", "totaal", "=20");
    build(it);
    SEEN(total, "=27"); /* seven more are enough for the one and not for the other */
    SEEN_WIDE(total, "stale");
    /* Of questionnaires one is gone. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *each_one = table(it, "share", "instrument", "a=20/8+20/8+10/4");
    shown(it, 1, "narrow", "share", "instrument", "a=50:40 b=50:40");
    build(it);
    SEEN(each_one, "stale");
    it->n_shown = 1;
    build(it);
    SEEN(each_one, "a=50");
    /* 34 % of 200 was 67 or 68 of 198, and 67 or 68 of 250 print as 27 % too, as one more or fewer; of 248 it is 66 to 68. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *printed = table(it, "share", "instrument", "a=100/27+75/21+75/20"), *other = table(it, "share", "totaal", "=98/26+75/21+75/20"), *answers = table(it, "mean", "totaal", "=10+9+9");
    shown(it, 1, "narrow", "share", "instrument", "a=200:34");
    shown(it, 1, "narrow", "share", "totaal", "=200:34");
    shown(it, 1, "narrow", "mean", "totaal", "=20"); /* 28 are printed as 30 */
    answers->cell[0].counts.sd = 0.5;
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, NULL, 0);
    wall_build(&it->wall, NARROW);
    SEEN(printed, "stale");
    SEEN(other, "=250");
    SEEN(answers, "=30");
    /* Respondents are printed in fives: four more are asked of them. Of shares who said yes and no. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *share = table(it, "share", "school", "1=60/30 2=60/30 3=60/30 4=60/30"), *mean = table(it, "mean", "totaal", "=10+10+10");
    mean->cell[0].counts.sd = 0.5;
    shown(it, 1, "narrow", "share", "school", "1=40:50 2=40:50 3=40:50 4=40:50");
    shown(it, 1, "narrow", "mean", "totaal", "=20");
    build(it);
    SEEN(share, "1=60 2=60 3=60 4=60");
    SEEN(mean, "=30");
    it->shown[0].value = it->shown[1].value = it->shown[2].value = it->shown[3].value = 72; /* 29 of 40 */
    it->shown[4].events = 25;
    build(it);
    SEEN(share, "stale");
    SEEN(mean, "stale");
}

TEST("what a school moved by itself is taken off by it")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *total = table(it, "all", "totaal", "=19+12");
    const EarlierOwn then[] = {{.indicator = "all", .breakdown = "totaal", .label = "", .school_year = 2025, .school = 0, .moment = 1, .events = 10},
                               {.indicator = "all", .breakdown = "totaal", .label = "", .school_year = 2025, .school = 1, .moment = 1, .events = 10}};

    /* Eleven more: nine of the first, two of the second. */
    shown(it, 1, "narrow", "all", "totaal", "=20");
    build(it);
    SEEN(total, "=31");
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, then, 2);
    wall_build(&it->wall, NARROW);
    SEEN(total, "stale");
    total->cell[0].own = NULL; /* not known now */
    total->stale[NARROW] = false;
    wall_build(&it->wall, NARROW);
    SEEN(total, "=31");
    /* Where it hides, of three too: ten more, six of them of the first, and two of each other. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *forms = table(it, "all", "vorm", "x=9+9+9+9 w=9+9+9+9 y=16+8+6 z=1+1+1+1");
    EarlierOwn had[16];
    for (int at = 0; at < 12; at++) {
        static const char *const label[] = {"x", "w", "y"};
        static const double events[] = {7, 7, 8, 8, 7, 7, 8, 8, 10, 6, 4, 0};
        had[at] = (EarlierOwn){.indicator = "all", .breakdown = "vorm", .label = label[at / 4], .school_year = 2025, .school = (uint32_t) at % 4, .moment = 1, .events = events[at]};
    }
    for (int at = 12; at < 16; at++)
        had[at] = (EarlierOwn){.indicator = "all", .breakdown = "vorm", .label = "z", .school_year = 2025, .school = (uint32_t) at % 4, .moment = 1, .events = 1};
    for (int at = 0; at < 4; at++)
        forms->cell[at].persons = at < 2 ? 20 : 4;
    forms->total_persons = 46;
    shown(it, 1, "narrow", "all", "vorm", "x=30 w=30 y=20 z=4"); /* by themselves then */
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, NULL, 0);
    wall_build(&it->wall, NARROW);
    SEEN(forms, "(samen) x=36 w=36 y,z=34");
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, had, 16);
    wall_build(&it->wall, NARROW);
    SEEN(forms, "(samen_verschil) w=36 x,y,z=70");
    /* A share: the very same print, and two more of the first school said yes. */
    it->wall.n_tables = it->n_shown = 0;
    WallTable *share = table(it, "share", "totaal", "=50/16+50/11");
    EarlierOwn answers[] = {{.indicator = "share", .breakdown = "totaal", .label = "", .school_year = 2025, .school = 0, .moment = 1, .events = 50, .yes = 14},
                            {.indicator = "share", .breakdown = "totaal", .label = "", .school_year = 2025, .school = 1, .moment = 1, .events = 50, .yes = 13}};
    shown(it, 1, "narrow", "share", "totaal", "=100:27");
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, answers, 2);
    wall_build(&it->wall, NARROW);
    SEEN(share, "stale");
    answers[0].yes = 16;
    answers[1].yes = 11;
    share->stale[NARROW] = false;
    it->wall.earlier = earlier_new(it->memory, it->indicator, 10, it->shown, it->n_shown, answers, 2);
    wall_build(&it->wall, NARROW);
    SEEN(share, "=100");
}

TEST("what a whole leaves beside its part moved by enough, where both are new")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *total = table(it, "all", "totaal", "=40+40+40+40"), *before = table(it, "all", "school", "1=60 2=60 3=60 4=60"), *whole = table(it, "all", "school", "1=40 2=40 3=40 4=40"),
              *part = table(it, "part", "school", "1=20 2=20 3=20 4=20");

    before->year = 2024;
    beside(it, part, whole);
    shown(it, 1, "narrow", "all", "school", "1=30 2=30 3=30 4=30");
    shown(it, 1, "narrow", "part", "school", "1=15 2=15 3=15 4=15");
    build(it);
    SEEN(part, "1=20 2=20 3=20 4=20");
    it->shown[4].events = 13; /* 17 and 20 beside it */
    build(it);
    SEEN(part, "stale");
    SEEN(whole, "1=40 2=40 3=40 4=40");
    SEEN(total, "=160");
    whole->told_from = NARROW; /* not shown: then it tells nothing of now, and stays as it was */
    build(it);
    SEEN(whole, "stale");
    SEEN(part, "1=20 2=20 3=20 4=20");
}

TEST("what stays takes with it what would tell of it")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *all = table(it, "all", "totaal", "=30+30+30"), *forms = table(it, "all", "vorm", "pesten=12+12+12 x=18+18+18"), *months = table(it, "all_month", "maand", "2025-08=15+15+15 2025-09=15+15+15"),
              *part = table(it, "part", "totaal", "=12+12+12"), *parts = table(it, "part", "school", "1=12 2=12 3=12"), *share_before = table(it, "share", "totaal", "=30/10+30/10+30/10"), *share = table(it, "share", "totaal", "=30/10+30/10+30/10"), *ratio = table(it, "ratio", "totaal", "=12+12+12"),
              *counts = table(it, "counts", "soort", "a=20+20+20"), *before = table(it, "all", "vorm", "pesten=9+9+9 y=9+9+9"), *part_before = table(it, "part", "totaal", "=9+9+9");

    beside(it, part, all);
    before->year = part_before->year = share_before->year = 2024;
    share_before->told_from = NARROW;
    ratio->cell[0].counts.numerator = 30;
    ratio->cell[0].counts.denominator = 90;
    for (WallTable *at = it->table; at < it->table + it->wall.n_tables; at++)
        CHECK(at->n_cells > 0);
    build(it);
    SEEN(ratio, "=36");
    shown(it, 1, "narrow", "all", "totaal", "=88");
    build(it);
    SEEN(all, "stale");
    SEEN_WIDE(all, "stale"); /* the wider audience too */
    SEEN(forms, "stale"); /* its breakdowns */
    SEEN(months, "stale"); /* what adds up to it */
    SEEN(part, "stale"); /* its parts */
    SEEN(parts, "stale"); /* and theirs */
    SEEN(ratio, "stale");
    SEEN(share, "=90");
    SEEN(counts, "a=60");
    SEEN(before, "pesten=27 y=27");
    SEEN(part_before, "=27");
    it->n_shown = 0;
    shown(it, 1, "narrow", "all", "vorm", "pesten=36 x=53"); /* a breakdown takes no part with it, nor the total */
    build(it);
    SEEN(forms, "stale");
    SEEN(part, "=36");
    SEEN(all, "=90");
    it->n_shown = 0;
    shown(it, 1, "wide", "all", "totaal", "=88");
    build(it);
    SEEN(all, "=90"); /* not the narrower one */
    SEEN(forms, "pesten=36 x=54");
    SEEN_WIDE(forms, "stale");
    it->n_shown = 0;
    shown(it, 1, "narrow", "part", "totaal", "=35"); /* a part: the table in which it is a group, under its other name */
    build(it);
    SEEN(part, "stale");
    SEEN(forms, "stale");
    SEEN(all, "=90");
    SEEN(months, "2025-08=45 2025-09=45");
    it->n_shown = 0;
    shown(it, 1, "narrow", "share", "totaal", "=100:33"); /* the share in a ratio, which takes nothing with it */
    shown(it, 1, "narrow", "ratio", "totaal", "=20");
    build(it);
    SEEN(share, "stale");
    SEEN(ratio, "stale");
    SEEN(part, "=36");
    /* Without the share there is no ratio of now; and what was shown and is gone stays. */
    it->wall.n_tables = it->n_shown = 0;
    ratio = table(it, "ratio", "totaal", "=12+12+12");
    ratio->cell[0].counts.numerator = 30;
    ratio->cell[0].counts.denominator = 90;
    build(it);
    SEEN(ratio, "stale");
    it->wall.n_tables = it->n_shown = 0;
    WallTable *gone = table(it, "all", "plaats", ""), *never = table(it, "all", "vorm", "");
    shown(it, 1, "narrow", "all", "plaats", "plein=20 gang=30");
    build(it);
    SEEN(gone, "stale");
    SEEN(never, "withheld (vervallen) ");
    /* A part that was never shown itself tells nothing of what it was. */
    it->wall.n_tables = it->n_shown = 0;
    part = table(it, "part", "totaal", "=12+12+12");
    forms = table(it, "all", "vorm", "pesten=12+12+12 x=18+18+18");
    build(it);
    wall_stale(part, NARROW);
    wall_stale_spread(&it->wall);
    SEEN(part, "stale");
    SEEN(forms, "pesten=36 x=54");
    shown(it, 1, "narrow", "part", "totaal", "=20");
    build(it);
    SEEN(forms, "pesten=36 x=54");
    wall_stale(part, NARROW);
    wall_stale_spread(&it->wall);
    SEEN(forms, "stale");
    /* In whatever order tables are: what follows from what follows. */
    it->wall.n_tables = it->n_shown = 0;
    share = table(it, "share", "totaal", "=30/10+30/10+30/10");
    ratio = table(it, "ratio", "totaal", "=12+12+12");
    part = table(it, "part", "totaal", "=12+12+12");
    all = table(it, "all", "totaal", "=30+30+30");
    ratio->cell[0].counts.numerator = 30;
    ratio->cell[0].counts.denominator = 90;
    shown(it, 1, "narrow", "all", "totaal", "=88");
    build(it);
    SEEN(part, "stale");
    SEEN(ratio, "stale");
    SEEN(share, "=90");
}

TEST("an audience that was added is shown no new countings where the wider ones were shown old ones")
{
    ARENA_AUTO arena = arena_new();
    Fixture *it = fixture_new(arena);
    WallTable *counts = table(it, "counts", "soort", "a=20+20+20"), *mean = table(it, "mean", "totaal", "=20+20+20"), *all = table(it, "all", "totaal", "=20+20+20"), *share = table(it, "share", "totaal", "=30/10+30/10+30/10");

    mean->cell[0].counts.sd = 0.5;
    shown(it, 1, "wide", "counts", "soort", "a=40");
    shown(it, 1, "wide", "mean", "totaal", "=40");
    shown(it, 1, "wide", "all", "totaal", "=40");
    shown(it, 1, "wide", "share", "totaal", "=60:33");
    build(it);
    SEEN(counts, "withheld (verschil_klein) ");
    SEEN(mean, "withheld (verschil_klein) ");
    SEEN(all, "=60"); /* counts and shares are asked elsewhere (history.h) */
    SEEN(share, "=90");
    it->n_shown = 0;
    shown(it, 1, "narrow", "counts", "soort", "a=40");
    shown(it, 1, "narrow", "mean", "totaal", "=40");
    shown(it, 1, "wide", "mean", "totaal", "=40");
    build(it);
    SEEN(counts, "a=60");
    SEEN_WIDE(counts, "a=60");
    SEEN(mean, "=60");
}
