/**
 * Seeded random numbers. Every file draws from a stream of its own (seed, school, year, purpose), so that a change in one
 * generator does not move what the others make.
 */
#ifndef VB_SIM_DRAW_H
#define VB_SIM_DRAW_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum DrawPurpose {
    DRAW_WORLD, DRAW_SCHOOL, DRAW_INCIDENT, DRAW_INCIDENT_WRITE, DRAW_SURVEY, DRAW_COMPLAINT, DRAW_COMPLAINT_WRITE, DRAW_MEASURE,
    DRAW_GOAL, DRAW_MESS, DRAW_RECEIVED, DRAW_BENCH
} DrawPurpose;

gsl_rng *sim_draw_open(uint64_t seed, int unit, int year, DrawPurpose purpose); /* owned by caller: gsl_rng_free */
static inline void draw_drop(gsl_rng **rng) { gsl_rng_free(*rng); }
#define DRAW_AUTO __attribute__((cleanup(draw_drop))) gsl_rng *

bool sim_draw_chance(gsl_rng *rng, double probability);
int sim_draw_between(gsl_rng *rng, int first, int last); /* both included */
double sim_draw_normal(gsl_rng *rng); /* mean 0, standard deviation 1 */
int sim_draw_weighted(gsl_rng *rng, const double *weight, int count); /* index; weights need not add up to 1 */

#define DRAW_ITEM(rng, array) ((array)[sim_draw_between((rng), 0, (int) (sizeof(array) / sizeof *(array)) - 1)])

#endif
