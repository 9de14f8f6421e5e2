#include "analyze/sim_school.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { WEEKS = 52 };

SimSchool sim_school_draw(gsl_rng *rng)
{
    SimSchool school = {.pupils = (int) fmin(fmax(gsl_ran_lognormal(rng, log(170), 0.55), 40), 1200)};

    school.rate = gsl_ran_lognormal(rng, log(0.0058), 0.6) / 5;
    school.phi = 1 + fmin(gsl_ran_exponential(rng, 0.5), 3);
    school.season = 0.3 * gsl_rng_uniform(rng);
    school.phase = WEEKS * gsl_rng_uniform(rng);
    school.trend = gsl_ran_gaussian(rng, 0.05);
    return school;
}

/* Autumn, Christmas, spring, May and summer holidays, and a short week. */
int sim_week_days(size_t week)
{
    static const char days[WEEKS + 1] = "5555555505555555555005555555055555255555555500000000";

    return days[week % WEEKS] - '0';
}

double sim_week_mean(const SimSchool *school, size_t week)
{
    double years = (double) week / WEEKS;

    return school->pupils * sim_week_days(week) * school->rate * (1 + school->season * cos(2 * M_PI * ((double) week - school->phase) / WEEKS)) * pow(1 + school->trend, years);
}

unsigned sim_week_count(const SimSchool *school, size_t week, gsl_rng *rng)
{
    double mean = sim_week_mean(school, week);

    if (mean <= 0)
        return 0;
    if (school->phi > 1.001)
        mean = gsl_ran_gamma(rng, mean / (school->phi - 1), school->phi - 1);
    return gsl_ran_poisson(rng, mean);
}

size_t sim_outbreak(gsl_rng *rng, size_t week, unsigned cases, const double *exposure, double *extra, size_t n)
{
    size_t last = week;

    for (unsigned at = 0; at < cases; at++) {
        size_t open = (size_t) gsl_ran_lognormal(rng, 0, 0.5), when = week;
        while (when < n && (!(exposure[when] > 0) || open > 0))
            open -= exposure[when++] > 0;
        if (when >= n)
            continue;
        extra[when]++;
        last = when > last ? when : last;
    }
    return last;
}
