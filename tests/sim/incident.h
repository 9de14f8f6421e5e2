/** Incidents of one school and school year: what happened (sim_incident_year) and how the school
 * writes it down (sim_incident_store). */
#ifndef VB_SIM_INCIDENT_H
#define VB_SIM_INCIDENT_H

#include <gsl/gsl_randist.h>

#include "tests/sim/ledger.h"

enum { INVOLVED_MAX = 4 };

typedef enum Vorm {
    VORM_FYSIEK, VORM_VERBAAL, VORM_DREIGEN, VORM_VERNIELZUCHT, VORM_DIEFSTAL, VORM_SEKSUEEL, VORM_PESTEN, VORM_DIGITAAL,
    VORM_DISCRIMINATIE, VORM_RADICALISERING, VORM_WAPENS, VORM_VUURWERK, VORM_DRUGS, VORM_ANDERS, VORM_COUNT
} Vorm;
typedef enum Role { ROLE_INITIATIVE, ROLE_OVERCAME, ROLE_FOLLOWER, ROLE_WITNESS, ROLE_COUNT } Role;
typedef enum Answer { ANSWER_NONE, ANSWER_NO, ANSWER_YES } Answer;

typedef struct Involved {
    const Person *person;
    int           group;
    Role          role;
} Involved;

typedef struct Incident {
    Date     date;
    int      hour, minute;
    int      place;               /* index of the place list */
    Vorm     vorm[2];
    int      n_vorm;
    int      victim_role;         /* index of the role list; 0 leerling, 1 werknemer */
    Person   victim;
    Involved involved[INVOLVED_MAX]; /* the victim too, when a pupil */
    int      n_involved;
    int      treatment;           /* index of the treatment list, -1 not filled in */
    long     damage_cents;        /* 0 none */
    Answer   police, labour, aftercare;
    int      flag, phase, step;   /* 0 = not filled in */
    Person   reporter;
    int      reporter_role;
} Incident;

/** The days of a school year with the weights by which incidents fall on them. */
typedef struct Season {
    Date               day[366];
    int                days;
    gsl_ran_discrete_t *chance;
} Season;

void sim_season_begin(Season *season, const Calendar *calendar, int year);
void sim_season_free(Season *season);
#define SEASON_AUTO __attribute__((cleanup(sim_season_free))) Season
Date sim_season_draw(const Season *season, gsl_rng *rng);

void sim_incident_draw(const School *school, int year, const Season *season, gsl_rng *rng, Incident *incident);
/** All incidents of the year, in order of date. Owned by arena. */
Incident *sim_incident_year(Arena *arena, const World *world, const School *school, int year, int *count);

/** The files of all schools for one school year, into the ledger and below world->out. */
bool sim_incident_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err);

/* The codes as the canonical layout writes them. */
const char *sim_incident_place(int place);
const char *sim_incident_vorm(Vorm vorm);
const char *sim_incident_role(Role role);
const char *sim_incident_person_role(int role);
const char *sim_incident_treatment(int treatment); /* "" for -1 */
void sim_incident_prose(Buf *out, const Incident *incident, gsl_rng *rng, const char *marker);

#endif
