#include "tests/sim/incident.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACE_PLEIN = 0, PLACE_ONLINE = 10, N_PLACES = 14, N_TREATMENTS = 7, TREATMENT_ADMITTED = 3, OUTBREAK_EXTRA = 9 };

static const double rate_per_pupil = 0.12;

/* -- days ------------------------------------------------------------------------------------ */

/* Autumn and spring are busier; in the first three weeks people are still kind, or do not yet write things down. */
static double day_weight(Date date, int school_day)
{
    static const double month[13] = {0, .95, .95, 1.2, 1.2, 1.2, 1, .7, .8, .95, 1.2, 1.25, .9};
    static const double weekday[8] = {0, 1, 1.05, .8, 1.05, 1.15, 0, 0};

    return month[date_parts(date).month] * weekday[date_weekday(date)] * (school_day < 15 ? 0.5 : 1);
}

void sim_season_begin(Season *season, const Calendar *calendar, int year)
{
    double weight[366];

    season->days = sim_days_open(calendar, year, season->day);
    for (int at = 0; at < season->days; at++)
        weight[at] = day_weight(season->day[at], at);
    season->chance = gsl_ran_discrete_preproc((size_t) season->days, weight);
}

void sim_season_free(Season *season)
{
    gsl_ran_discrete_free(season->chance);
}

Date sim_season_draw(const Season *season, gsl_rng *rng)
{
    return season->day[gsl_ran_discrete(rng, season->chance)];
}

/* -- one incident ---------------------------------------------------------------------------- */

static void vorm_draw(Incident *incident, gsl_rng *rng)
{
    static const double share[VORM_COUNT] = {.27, .20, .075, .06, .035, .03, .20, .07, .035, .002, .008, .008, .004, .10};

    incident->vorm[0] = (Vorm) sim_draw_weighted(rng, share, VORM_COUNT);
    incident->n_vorm = 1;
    if (sim_draw_chance(rng, 0.12)) {
        /* a second form only from the plain three, so that the share of pest incidents stays as drawn */
        incident->vorm[1] = (Vorm) sim_draw_between(rng, VORM_FYSIEK, VORM_DREIGEN);
        incident->n_vorm += incident->vorm[1] != incident->vorm[0];
    }
}

static void place_draw(Incident *incident, gsl_rng *rng)
{
    static const double usual[N_PLACES] = {36, 20, 12, 4, 4, 5, 2, 5, 2, 5, 1, 1, 1, 2};
    bool online = incident->vorm[0] == VORM_DIGITAAL && sim_draw_chance(rng, 0.75);

    incident->place = online ? PLACE_ONLINE : sim_draw_weighted(rng, usual, N_PLACES);
}

static void time_draw(Incident *incident, gsl_rng *rng)
{
    static const double share[24] = {[8] = 9, [9] = 8, [10] = 20, [11] = 10, [12] = 26, [13] = 10, [14] = 11, [15] = 6};

    incident->hour = incident->place == PLACE_ONLINE ? sim_draw_between(rng, 8, 21) : sim_draw_weighted(rng, share, 24);
    incident->minute = sim_draw_between(rng, 0, 11) * 5;
}

/* Low slots are involved more often: a few children take part in much of what happens. */
static const Person *pupil_draw(const School *school, int year, int group, gsl_rng *rng)
{
    double skew = pow(gsl_rng_uniform(rng), 1.8);

    return sim_school_pupil(school, year, group, (int) (skew * sim_school_pupils(school, year, group)));
}

static bool involved_has(const Incident *incident, const Person *person)
{
    for (int at = 0; at < incident->n_involved; at++)
        if (incident->involved[at].person == person)
            return true;
    return false;
}

static void involve(Incident *incident, const Person *person, int group, Role role)
{
    if (!involved_has(incident, person))
        incident->involved[incident->n_involved++] = (Involved) {person, group, role};
}

/* Mostly classmates; a third comes from the group above or below. */
static void others_draw(const School *school, int year, int group, gsl_rng *rng, Incident *incident)
{
    static const double number[INVOLVED_MAX] = {0.12, 0.55, 0.23, 0.10}, role[ROLE_COUNT] = {0.62, 0.08, 0.18, 0.12};
    int wanted = sim_draw_weighted(rng, number, INVOLVED_MAX) + 1;

    for (int tries = 0; incident->n_involved < wanted && tries < 12; tries++) {
        int other = sim_draw_chance(rng, 0.67) ? group : group + sim_draw_between(rng, -1, 1);
        other = other < 1 ? 1 : other > N_GROUPS ? N_GROUPS : other;
        Role as = incident->n_involved < 2 ? ROLE_INITIATIVE : (Role) sim_draw_weighted(rng, role, ROLE_COUNT);
        involve(incident, pupil_draw(school, year, other, rng), other, as);
    }
}

static void people_draw(const School *school, int year, gsl_rng *rng, Incident *incident)
{
    static const double by_group[N_GROUPS + 1] = {0, .3, .4, .8, 1, 1.2, 1.4, 1.5, 1.4};
    static const double by_role[] = {92, 5, 0.7, 0.9, 0.6, 0.4, 0.4};
    int group = sim_school_group_draw(school, year, rng, by_group);
    const Person *pupil = pupil_draw(school, year, group, rng);

    incident->victim_role = sim_draw_weighted(rng, by_role, 7);
    if (incident->victim_role == 0) {
        incident->victim = *pupil;
        involve(incident, pupil, group, ROLE_OVERCAME);
    } else {
        incident->victim = incident->victim_role == 1 ? DRAW_ITEM(rng, school->staff) : sim_person_adult(rng);
        involve(incident, pupil, group, ROLE_INITIATIVE);
    }
    others_draw(school, year, group, rng, incident);
    incident->reporter = DRAW_ITEM(rng, school->staff);
    incident->reporter_role = 1;
    if (sim_draw_chance(rng, 0.08)) {
        incident->reporter = sim_person_parent(rng, incident->involved[0].person);
        incident->reporter_role = 3;
    }
}

static void harm_draw(Incident *incident, gsl_rng *rng)
{
    static const double hurt[N_TREATMENTS] = {64, 26, 2, .4, .6, 1, 3}, calm[N_TREATMENTS] = {96, .5, 0, 0, .5, 1, 2};
    Vorm vorm = incident->vorm[0];

    incident->treatment = sim_draw_chance(rng, 0.06) ? -1 : sim_draw_weighted(rng, vorm == VORM_FYSIEK ? hurt : calm, N_TREATMENTS);
    if (incident->treatment == TREATMENT_ADMITTED)
        incident->labour = sim_draw_chance(rng, 0.7) ? ANSWER_YES : ANSWER_NO;
    if ((vorm == VORM_VERNIELZUCHT || vorm == VORM_DIEFSTAL) && sim_draw_chance(rng, 0.7))
        incident->damage_cents = 50 * lround(gsl_ran_lognormal(rng, log(80), 0.9));
}

static void follow_up_draw(Incident *incident, gsl_rng *rng)
{
    static const double flags[] = {20, 45, 28, 7}, phases[] = {45, 33, 17, 5}, steps[] = {30, 25, 25, 14, 4, 1.8, .2};
    Vorm vorm = incident->vorm[0];
    bool grave = vorm == VORM_WAPENS || vorm == VORM_DRUGS || vorm == VORM_SEKSUEEL || vorm == VORM_DIEFSTAL;

    incident->police = sim_draw_chance(rng, grave ? 0.15 : 0.004) ? ANSWER_YES : ANSWER_NO;
    incident->aftercare = sim_draw_chance(rng, 0.08) ? ANSWER_NONE : sim_draw_chance(rng, 0.72) ? ANSWER_YES : ANSWER_NO;
    incident->flag = vorm == VORM_SEKSUEEL && sim_draw_chance(rng, 0.85) ? sim_draw_weighted(rng, flags, 4) + 1 : 0;
    if ((vorm == VORM_PESTEN || vorm == VORM_DIGITAAL) && sim_draw_chance(rng, 0.8))
        incident->phase = sim_draw_weighted(rng, phases, 4) + 1;
    if (sim_draw_chance(rng, 0.7))
        incident->step = sim_draw_weighted(rng, steps, 7) + 1;
}

void sim_incident_draw(const School *school, int year, const Season *season, gsl_rng *rng, Incident *incident)
{
    *incident = (Incident) {.date = sim_season_draw(season, rng)};
    vorm_draw(incident, rng);
    place_draw(incident, rng);
    time_draw(incident, rng);
    people_draw(school, year, rng, incident);
    harm_draw(incident, rng);
    follow_up_draw(incident, rng);
}

/* -- a year ---------------------------------------------------------------------------------- */

static double expected(const World *world, const School *school, int year)
{
    double mean = rate_per_pupil * sim_school_pupils(school, year, 0) * school->effect;

    if (school->index == PLANT_TREND)
        mean *= pow(1.25, year - world->first);
    if (school->index == PLANT_BREAK && year >= sim_world_break_year(world))
        mean *= 2;
    return mean;
}

/* A planted trend or break has no chance in it: it must be there for every seed. */
static int number_draw(const World *world, const School *school, int year, gsl_rng *rng)
{
    double mean = expected(world, school, year);
    bool planted = school->index == PLANT_TREND || school->index == PLANT_BREAK;

    return planted ? (int) lround(mean) : (int) gsl_ran_poisson(rng, mean);
}

static Date outbreak_day(const Season *season, int year, gsl_rng *rng)
{
    for (;;) {
        Date date = season->day[sim_draw_between(rng, 0, season->days - 1)];
        DateParts parts = date_parts(date);
        if (parts.year == year + 1 && (parts.month == 3 || parts.month == 4))
            return date;
    }
}

/* The same two children of group 6 against a few others, at noon in the playground. */
static void outbreak_draw(const School *school, int year, const Season *season, gsl_rng *rng, Incident *incident)
{
    enum { GROUP = 6 };

    sim_incident_draw(school, year, season, rng, incident);
    incident->date = outbreak_day(season, year, rng);
    incident->vorm[0] = VORM_PESTEN;
    incident->n_vorm = 1;
    incident->place = sim_draw_chance(rng, 0.8) ? PLACE_PLEIN : 2;
    incident->hour = 12;
    incident->victim_role = incident->n_involved = incident->flag = 0;
    incident->damage_cents = 0;
    incident->labour = ANSWER_NONE;
    incident->police = ANSWER_NO;
    incident->phase = sim_draw_between(rng, 1, 3);
    incident->treatment = 0;
    const Person *victim = sim_school_pupil(school, year, GROUP, sim_draw_between(rng, 4, 6));
    incident->victim = *victim;
    involve(incident, victim, GROUP, ROLE_OVERCAME);
    involve(incident, sim_school_pupil(school, year, GROUP, 1), GROUP, ROLE_INITIATIVE);
    involve(incident, sim_school_pupil(school, year, GROUP, 2), GROUP, sim_draw_chance(rng, 0.5) ? ROLE_FOLLOWER : ROLE_INITIATIVE);
}

static int incident_order(const void *left, const void *right)
{
    const Incident *a = left, *b = right;
    int minutes_a = a->hour * 60 + a->minute, minutes_b = b->hour * 60 + b->minute;

    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    return minutes_a != minutes_b ? minutes_a - minutes_b : (a->vorm[0] > b->vorm[0]) - (a->vorm[0] < b->vorm[0]);
}

Incident *sim_incident_year(Arena *arena, const World *world, const School *school, int year, int *count)
{
    DRAW_AUTO rng = sim_draw_open(world->seed, school->index, year, DRAW_INCIDENT);
    SEASON_AUTO season;
    int usual = number_draw(world, school, year, rng);
    int extra = school->index == PLANT_OUTBREAK && year == world->last ? OUTBREAK_EXTRA : 0;
    Incident *incident = arena_array(arena, (size_t) (usual + extra) + 1, sizeof *incident);

    sim_season_begin(&season, school->board->calendar, year);
    for (int at = 0; at < usual; at++)
        sim_incident_draw(school, year, &season, rng, &incident[at]);
    for (int at = usual; at < usual + extra; at++)
        outbreak_draw(school, year, &season, rng, &incident[at]);
    *count = usual + extra;
    qsort(incident, (size_t) *count, sizeof *incident, incident_order);
    return incident;
}
