#include "tests/sim/world.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "common/place.h"

static const struct { int no, n_schools; const char *name, *place, *province, *region; } boards[N_BOARDS] = {
    {99001, 17, "Stichting Voorbeeldig Onderwijs", "Voorbeeldstad", "Midden-Voorbeeldland", "MI"},
    {99002, 8, "Stichting Fantasia Primair", "Verzonnendam", "Noord-Voorbeeldland", "NO"},
    {99003, 4, "Stichting De Verzonnen Scholen", "Fantasiehoek", "Zuid-Voorbeeldland", "ZU"}};

/* One letter of the layout per school: C canonical, K comma, P export of a pupil administration, W web form. */
static const char layouts[N_SCHOOLS + 1] = "CKPCWCKPCCWPCKCCP" "CWKPCCKC" "WCPK";

static const char *const school_names[N_SCHOOLS] = {
    "De Zilverkikker", "De Drie Regenwolken", "Het Maanhuisje", "De Kiezelboot", "'t Sterrenpontje", "De Lampionvis", "Het Windorgel",
    "De Appelbrug", "De Fluisterbeuk", "De Vlinderkade", "Het Glazen Anker", "De Rode Paraplu", "De Zonnekikker", "Het Notenbootje",
    "Het Papieren Schip", "Het Krekelhof", "De Wolkenvanger", "De Zevensprongbrug", "Het Kompaspad", "De IJsvogelkade",
    "De Maanzaadmolen", "'t Klaverdal", "De Sterrenmolen", "De Bosbeskade", "De Egelhoeve", "De Zandkastelen", "De Blauwe Boomgaard",
    "De Theepotten", "Het Café der Letters"};

static const char *const villages[N_BOARDS][4] = {
    {"Voorbeeldstad", "Voorbeeldstad", "Droomwijk", "Sprookjesveen"},
    {"Verzonnendam", "Nergenshuizen", "Ergenshoven", "Zomaarstad"},
    {"Fantasiehoek", "Fantasiehoek", "Verzinsel", "Verzinsel"}};

/* -- calendars ------------------------------------------------------------------------------- */

enum { HOLIDAY_CELLS = 8, CELL_BEGIN = 2, CELL_END = 3, CELL_REGIONS = 7 };

/* The holiday files have no quotes, so a line can be cut at its semicolons. */
static int line_split(char *line, char *cell[HOLIDAY_CELLS])
{
    int count = 0;

    while (line && count < HOLIDAY_CELLS)
        cell[count++] = strsep(&line, ";");
    return count;
}

static void line_close(const World *world, Calendar *const calendar[N_BOARDS], char *line)
{
    char *cell[HOLIDAY_CELLS];
    int cells = line_split(line, cell);
    Date begin, end;

    if (cells < CELL_REGIONS || !date_parse_iso(cell[CELL_BEGIN], &begin))
        return;
    if (!date_parse_iso(cell[CELL_END], &end))
        end = begin;
    for (int at = 0; at < N_BOARDS; at++)
        if (cells <= CELL_REGIONS || strstr(cell[CELL_REGIONS], world->board[at].region))
            calendar_close(calendar[at], begin, end, true);
}

static bool holidays_read(Arena *arena, const World *world, Calendar *const calendar[N_BOARDS], const char *name, Err *err)
{
    char *data;
    size_t bytes;
    const char *path = arena_format(arena, "%s/%s", world->data, name);

    if (!place_read(arena, path, &data, &bytes, err))
        return false;
    for (char *line = strsep(&data, "\r\n"); line; line = strsep(&data, "\r\n"))
        line_close(world, calendar, line);
    return true;
}

static bool calendars_build(Arena *arena, World *world, Err *err)
{
    Calendar *calendar[N_BOARDS];
    Date to = date_school_year_end(YEAR_LAST + 1);

    for (int at = 0; at < N_BOARDS; at++)
        world->board[at].calendar = calendar[at] = calendar_new(arena, date_school_year_begin(YEAR_FIRST), to);
    return holidays_read(arena, world, calendar, "nl_school_holidays_2019-2030.openholidays.csv", err) &&
           holidays_read(arena, world, calendar, "nl_public_holidays.openholidays.csv", err);
}

/* -- schools --------------------------------------------------------------------------------- */

static double size_draw(gsl_rng *rng, int index)
{
    double size;

    switch (index) {
    case PLANT_OUTBREAK: return 300;
    case PLANT_TREND: case PLANT_BREAK: return 260;
    case PLANT_TINY: return 78;
    }
    do
        size = gsl_ran_lognormal(rng, log(210), 0.45);
    while (size < 70 || size > 480); /* leaves room to grow and shrink within 60 to 520 */
    return size;
}

/* Intake of group 1 per year: a slow walk around an eighth of the school. */
static void cohorts_draw(Arena *arena, School *school, gsl_rng *rng, double size)
{
    double level = size / N_GROUPS;

    for (int at = 0; at < N_COHORTS; at++) {
        level *= exp(0.02 * sim_draw_normal(rng));
        int pupils = (int) lround(level * exp(0.08 * sim_draw_normal(rng)));
        bool tiny = pupils < 4 || (school->index == PLANT_TINY && COHORT_FIRST + at == 2020);
        school->cohort_size[at] = tiny ? 4 : pupils;
        school->cohort[at] = arena_array(arena, (size_t) school->cohort_size[at], sizeof(Person));
        for (int slot = 0; slot < school->cohort_size[at]; slot++)
            school->cohort[at][slot] = sim_person_child(rng, COHORT_FIRST + at);
    }
}

/* A few children come later or leave earlier: the last one or two slots of a cohort are not always filled. */
static void counts_draw(School *school, gsl_rng *rng)
{
    for (int year = 0; year < N_COUNTS; year++)
        for (int group = 1; group <= N_GROUPS; group++) {
            int full = school->cohort_size[COUNT_FIRST + year - (group - 1) - COHORT_FIRST];
            int away = sim_draw_between(rng, 0, full > 20 ? 2 : 1);
            school->pupils[year][group] = full - away;
            school->pupils[year][0] += full - away;
        }
}

static void school_name(Arena *arena, School *school, const World *world, int board, gsl_rng *rng)
{
    static const char *const denominations[] = {"Openbaar", "Rooms-Katholiek", "Protestants-Christelijk", "Algemeen bijzonder"};
    static const char *const streets[] = {"Voorbeeldlaan", "Sprookjespad", "Kikkerkade", "Wolkenstraat", "Verzinselweg"};
    int index = school->index;

    school->board = &world->board[board];
    school->name = school_names[index];
    school->place = DRAW_ITEM(rng, villages[board]);
    school->denomination = DRAW_ITEM(rng, denominations);
    school->street = DRAW_ITEM(rng, streets);
    school->brin = arena_format(arena, "99%c%c", 'A' + index / 26, 'A' + index % 26);
    school->code = arena_format(arena, "%s00", school->brin);
    school->layout = (Layout) (strchr("CKPW", layouts[index]) - "CKPW");
}

static void school_build(Arena *arena, World *world, int board, int index)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, index, 0, DRAW_SCHOOL);
    School *school = &world->school[index];

    school->index = index;
    school_name(arena, school, world, board, rng);
    cohorts_draw(arena, school, rng, size_draw(rng, index));
    counts_draw(school, rng);
    for (int at = 0; at < N_STAFF; at++)
        school->staff[at] = sim_person_adult(rng);
    school->effect = gsl_ran_gamma(rng, 4, 0.25);
    school->mood = 0.2 * sim_draw_normal(rng);
}

/* What is planted must stand out from a plain background, whatever the seed. */
static void effects_plant(World *world)
{
    world->school[PLANT_OUTBREAK].effect = 0.9;
    world->school[PLANT_TREND].effect = 0.8;
    world->school[PLANT_BREAK].effect = 0.8;
    world->school[PLANT_BREAK].mood = 0;
}

/* Twenty-nine draws of a gamma have a mean of their own: scale it to one, so that the overall rate is what was asked for. */
static void effects_scale(World *world)
{
    double pupils = 0, sum = 0;

    for (int at = 0; at < N_SCHOOLS; at++) {
        int size = world->school[at].pupils[N_COUNTS / 2][0];
        pupils += size;
        sum += size * world->school[at].effect;
    }
    for (int at = 0; at < N_SCHOOLS; at++)
        world->school[at].effect *= pupils / sum;
}

bool sim_world_build(Arena *arena, World *world, Err *err)
{
    int index = 0;

    for (int at = 0; at < N_BOARDS; at++)
        world->board[at] = (Board) {boards[at].no, boards[at].n_schools, boards[at].name, boards[at].place, boards[at].province,
                                    boards[at].region, NULL};
    for (int board = 0; board < N_BOARDS; board++)
        for (int at = 0; at < boards[board].n_schools; at++)
            school_build(arena, world, board, index++);
    effects_scale(world);
    effects_plant(world);
    return calendars_build(arena, world, err);
}

/* -- questions ------------------------------------------------------------------------------- */

int sim_school_pupils(const School *school, int year, int group)
{
    return school->pupils[year - COUNT_FIRST][group];
}

const Person *sim_school_pupil(const School *school, int year, int group, int slot)
{
    return &school->cohort[year - (group - 1) - COHORT_FIRST][slot];
}

int sim_school_group_draw(const School *school, int year, gsl_rng *rng, const double weight[N_GROUPS + 1])
{
    double by_size[N_GROUPS];

    for (int group = 1; group <= N_GROUPS; group++)
        by_size[group - 1] = weight[group] * sim_school_pupils(school, year, group);
    return sim_draw_weighted(rng, by_size, N_GROUPS) + 1;
}

int sim_world_break_year(const World *world)
{
    return world->last - 1;
}

Layout sim_school_layout(const World *world, const School *school, int year)
{
    return school->index == PLANT_BREAK && year >= sim_world_break_year(world) ? LAYOUT_CANONICAL : school->layout;
}

bool sim_school_silent(const World *world, const School *school, int year)
{
    return school->index == PLANT_SILENT && year == world->last;
}

int sim_days_open(const Calendar *calendar, int year, Date *day)
{
    int count = 0;

    for (Date date = date_school_year_begin(year); date <= date_school_year_end(year); date++)
        if (calendar_is_open(calendar, date))
            day[count++] = date;
    return count;
}

Date sim_day_open_before(const Calendar *calendar, Date date)
{
    Date begin = date;

    while (!calendar_is_open(calendar, date) && begin - date < 60)
        date--;
    return date;
}

const char *sim_year_text(Arena *arena, int year)
{
    return arena_format(arena, "%d-%d", year, year + 1);
}
