#include "tests/sim/draw.h"

#include <gsl/gsl_randist.h>

/* splitmix64: neighbouring seeds, schools and years must not give related streams. */
static uint64_t mix(uint64_t value)
{
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

gsl_rng *sim_draw_open(uint64_t seed, int unit, int year, DrawPurpose purpose)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    uint64_t stream = mix(mix(mix(mix(seed) + (uint64_t) unit) + (uint64_t) year) + (uint64_t) purpose);

    gsl_rng_set(rng, (unsigned long) (stream & 0xFFFFFFFFU));
    return rng;
}

bool sim_draw_chance(gsl_rng *rng, double probability)
{
    return gsl_rng_uniform(rng) < probability;
}

int sim_draw_between(gsl_rng *rng, int first, int last)
{
    return last <= first ? first : first + (int) gsl_rng_uniform_int(rng, (unsigned long) (last - first + 1));
}

double sim_draw_normal(gsl_rng *rng)
{
    return gsl_ran_gaussian_ziggurat(rng, 1);
}

int sim_draw_weighted(gsl_rng *rng, const double *weight, int count)
{
    double sum = 0;

    for (int at = 0; at < count; at++)
        sum += weight[at];
    double left = gsl_rng_uniform(rng) * sum;
    for (int at = 0; at < count; at++) {
        left -= weight[at];
        if (left < 0)
            return at;
    }
    return count - 1;
}
