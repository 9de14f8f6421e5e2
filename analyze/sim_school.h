/**
 * Made-up schools for trying out alarms: incidents on school days with a season, a trend and more spread than chance, but no outbreak, so
 * that every alarm is a false one. Drawn after eight schools of the reference (tests/reference/schools): 0.3 to 5 incidents a week, variance
 * over mean 1 to 3, about 40 school weeks a year.
 */
#ifndef VB_ANALYZE_SIM_SCHOOL_H
#define VB_ANALYZE_SIM_SCHOOL_H

#include <gsl/gsl_rng.h>

#include "common/arena.h"
#include "common/date.h"

typedef struct SimSchool {
    int    pupils;
    double rate;               /* incidents per pupil and school day */
    double phi;                /* variance over mean of a week, at least 1 */
    double season, phase;      /* amplitude of the year, 0..1, and when it is busiest, in weeks */
    double trend;              /* growth of the rate in a year, as a ratio - 1 */
} SimSchool;

SimSchool sim_school_draw(gsl_rng *rng);
/** School days of the week that lies so many weeks after the summer: 0, 2 or 5. */
int sim_week_days(size_t week);
/** Expected incidents of a week. */
double sim_week_mean(const SimSchool *school, size_t week);
/** Incidents of a week, drawn. */
unsigned sim_week_count(const SimSchool *school, size_t week, gsl_rng *rng);

/** An outbreak: cases over the school weeks from `week` on, after a lognormal time (meanlog 0, sdlog 0.5 weeks, as Noufaily e.a. 2013); holidays put
 *  them off. \param exposure 0 = closed; extra added to; both n long \return the last week that got a case */
size_t sim_outbreak(gsl_rng *rng, size_t week, unsigned cases, const double *exposure, double *extra, size_t n);

#endif
