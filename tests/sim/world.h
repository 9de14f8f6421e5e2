/**
 * Three invented boards with 29 schools, their pupils from year to year, their staff and their calendars.
 * Not a record generator: what happens in the schools is in incident.h, survey.h, complaint.h and measure.h.
 *
 * A pupil belongs to a cohort (the year of group 1) and a slot, so the same child is in group 5 one year and in group 6 the next.
 */
#ifndef VB_SIM_WORLD_H
#define VB_SIM_WORLD_H

#include "common/arena.h"
#include "common/calendar.h"
#include "common/err.h"
#include "tests/sim/people.h"

enum {
    YEAR_FIRST = 2020, YEAR_LAST = 2025, /* the holiday file begins in December 2019, the pupil counts end in 2025 */
    COUNT_FIRST = 2019, N_COUNTS = YEAR_LAST - COUNT_FIRST + 1,
    COHORT_FIRST = COUNT_FIRST - 7, N_COHORTS = YEAR_LAST - COHORT_FIRST + 1,
    N_BOARDS = 3, N_SCHOOLS = 29, N_STAFF = 12, N_GROUPS = 8
};

/* Schools with something planted, by index: 0 = 99AA00. */
typedef enum Plant {
    PLANT_REFUSED = 2,       /* 99AC00: a file that must be refused whole */
    PLANT_OUTBREAK = 3,      /* 99AD00: pest outbreak in March and April of the last year */
    PLANT_TREND = 5,         /* 99AF00: incidents rise by a quarter each year */
    PLANT_REDELIVERY = 6,    /* 99AG00: a corrected second file */
    PLANT_BREAK = 7,         /* 99AH00: new layout, twice the registrations, fewer bullied pupils */
    PLANT_LATE_INCIDENT = 9, /* 99AJ00 */
    PLANT_NO_SURVEY = 11,    /* 99AL00 */
    PLANT_SILENT = 13,       /* 99AN00: nothing in the last year */
    PLANT_TINY = 15,         /* 99AP00: groups below five pupils, masked in the pupil counts */
    PLANT_NAMED_SURVEY = 18, /* 99AS00: web form left open, so that it holds names and e-mail addresses */
    PLANT_LATE_SURVEY = 19   /* 99AT00 */
} Plant;

typedef enum Layout { LAYOUT_CANONICAL, LAYOUT_COMMA, LAYOUT_EXPORT, LAYOUT_WEB } Layout;

typedef struct Board {
    int             no, n_schools;
    const char     *name, *place, *province, *region; /* region: NO, MI, ZU as in the holiday file */
    const Calendar *calendar;
} Board;

typedef struct School {
    int          index;
    const Board *board;
    const char  *brin, *code, *name, *street, *place, *denomination;
    Layout       layout;
    double       effect; /* incidents relative to the mean of all schools */
    double       mood;   /* shift of questionnaire answers, in standard deviations */
    Person      *cohort[N_COHORTS];
    int          cohort_size[N_COHORTS];
    int          pupils[N_COUNTS][N_GROUPS + 1]; /* on 1 October; [0] is the total */
    Person       staff[N_STAFF];
} School;

typedef struct World {
    uint64_t    seed;
    int         first, last;
    const char *marker; /* NULL = none */
    const char *out, *data;
    Board       board[N_BOARDS];
    School      school[N_SCHOOLS];
} World;

/** Fill boards and schools; seed, first, last, marker and data must be set. Strings owned by arena. */
bool sim_world_build(Arena *arena, World *world, Err *err);

int sim_school_pupils(const School *school, int year, int group); /* group 0 = all */
const Person *sim_school_pupil(const School *school, int year, int group, int slot);
/** A group, larger ones more often. \param weight per group, [0] unused */
int sim_school_group_draw(const School *school, int year, gsl_rng *rng, const double weight[N_GROUPS + 1]);
Layout sim_school_layout(const World *world, const School *school, int year);
bool sim_school_silent(const World *world, const School *school, int year);
int sim_world_break_year(const World *world); /* first year of the reporting break */

/** The open days of a school year on a calendar. \param day filled, at most 366 \return their number */
int sim_days_open(const Calendar *calendar, int year, Date *day);
Date sim_day_open_before(const Calendar *calendar, Date date); /* this day or the nearest open one before it */
const char *sim_year_text(Arena *arena, int year); /* "2025-2026" */

#endif
