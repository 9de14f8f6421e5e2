/*
 * What alarms cost and what they find, on simulated schools: the shape of the peer's benchmark (weekly series of 323 weeks, the last 60
 * evaluated, 10 seasonal periods, past 26, nbPlugin, alpha 1 %), and the same schools with reporting breaks and missing reports through
 * the whole engine. Usage: alarms SCHOOLS SEED [FILE FIRST]; FILE gets the first schools for the peer. Prints JSON.
 *
 * Outbreaks as Noufaily e.a. 2013: Poisson with mean k standard deviations of a week, spread over weeks by a lognormal time; k 2, 3, 5, 8, 10
 * in turn. Found: an alarm in a week that got cases.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analyze/sim_school.h"
#include "analyze/watch.h"

enum { WEEKS = 323, EVALUATED = 60, FIRST = WEEKS - EVALUATED, SIZES = 5, MEANS = 6 };
static const double size_sd[SIZES] = {2, 3, 5, 8, 10};

typedef struct Shape {
    double observed[WEEKS], planted[WEEKS], exposure[WEEKS], complete[WEEKS];
    Date   day[WEEKS], breaks[1];
    size_t start, last;
    bool   broken;
} Shape;

/* first_*: of as many schools as the peer gets */
typedef struct Counted { size_t first_planted, first_found; size_t open, unusual, planted[SIZES], found[SIZES], mean_open[MEANS], mean_unusual[MEANS]; double seconds; } Counted;

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static Date first_day(void)
{
    Date day;

    date_from_parts((DateParts){2015, 8, 24}, &day);
    return day;
}

static void shape_draw(Shape *shape, gsl_rng *rng, size_t number)
{
    SimSchool school = sim_school_draw(rng);
    double extra[WEEKS] = {0};

    *shape = (Shape){0};
    for (size_t week = 0; week < WEEKS; week++) {
        shape->observed[week] = sim_week_count(&school, week, rng);
        shape->exposure[week] = school.pupils * sim_week_days(week);
        shape->complete[week] = 1;
        shape->day[week] = first_day() + (Date) (7 * week);
    }
    do
        shape->start = FIRST + (size_t) gsl_rng_uniform_int(rng, EVALUATED - 8);
    while (sim_week_days(shape->start) == 0);
    double sd = sqrt(sim_week_mean(&school, shape->start) * school.phi);
    unsigned cases = 0;
    while (cases == 0)
        cases = gsl_ran_poisson(rng, size_sd[number % SIZES] * sd);
    shape->last = sim_outbreak(rng, shape->start, cases, shape->exposure, extra, WEEKS);
    for (size_t week = 0; week < WEEKS; week++)
        shape->planted[week] = shape->observed[week] + extra[week];
}

/* One school in five doubles what it registers from some week of its third to fifth year on; one in five skips a term. */
static void shape_break(Shape *shape, gsl_rng *rng, size_t number)
{
    size_t week = 104 + (size_t) gsl_rng_uniform_int(rng, 156);

    if (number % 5 == 1) {
        shape->broken = true;
        shape->breaks[0] = shape->day[week];
        for (size_t at = week; at < WEEKS; at++) {
            shape->planted[at] += shape->observed[at];
            shape->observed[at] *= 2;
        }
    }
    for (size_t at = week; number % 5 == 2 && at < week + 12; at++)
        shape->observed[at] = shape->planted[at] = NAN;
}

static int mean_class(double expected)
{
    return expected < .25 ? 0 : expected < .5 ? 1 : expected < 1 ? 2 : expected < 2 ? 3 : expected < 4 ? 4 : 5;
}

/* Without a database and without the rest of the engine: the method as the peer offers it. */
static void plain(const Shape *shape, size_t number, size_t first, Counted *counted)
{
    static const FarringtonParams params = {.b = 5, .w = 3, .periods = 10, .past = 26, .freq = 52, .alpha = .01, .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1,
                                            .reweight = 2.58, .limit54_cases = 5, .limit54_periods = 4};
    ARENA_AUTO arena = arena_new();
    FarringtonSeries series = {.n = WEEKS, .observed = shape->observed, .exposure = shape->exposure};
    FarringtonResult result;
    Err err = {0};
    bool found = false;
    double begin = seconds_now();

    for (size_t k = FIRST; k < WEEKS; k++) {
        arena_reset(arena);
        farrington_evaluate(arena, &series, &params, k, &result, &err);
        if (shape->exposure[k] > 0 && result.status == FARRINGTON_OK) {
            counted->open++;
            counted->unusual += result.alarm;
            counted->mean_open[mean_class(result.expected)]++;
            counted->mean_unusual[mean_class(result.expected)] += result.alarm;
        }
    }
    counted->seconds += seconds_now() - begin;
    series.observed = shape->planted;
    for (size_t k = shape->start; k <= shape->last; k++) {
        arena_reset(arena);
        farrington_evaluate(arena, &series, &params, k, &result, &err);
        found = found || result.alarm;
    }
    counted->planted[number % SIZES]++;
    counted->found[number % SIZES] += found;
    counted->first_planted += number < first;
    counted->first_found += number < first && found;
}

/* -- boards with breaks, through the engine ------------------------------------------------------ */

typedef struct Engine {
    AlarmMethod klein, week;
    const AlarmMethod *method[1];
    SeriesRule  rule;
    AlarmConfig config;
} Engine;

static void engine_make(Engine *engine)
{
    *engine = (Engine){
        .klein = {.name = "klein", .kind = METHOD_GAMMA_POISSON, .alpha = .01, .min_cases = 3, .history = 156, .past = 12},
        .week = {.name = "week", .kind = METHOD_FARRINGTON, .alpha = .01, .past = 26,
                 .farrington = {.b = 5, .w = 3, .periods = 10, .past = 26, .alpha = .01, .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1, .reweight = 2.58, .limit54_cases = 5, .limit54_periods = 4}},
        .rule = {.name = "alles", .title = "incidenten", .step = STEP_WEEK, .units = UNIT_SCHOOL, .main = true, .n_methods = 1},
        .config = {.evaluate_months = 14, .gap = 1, .budget = 4}};
    engine->week.fallback = &engine->klein;
    engine->method[0] = &engine->week;
    engine->rule.method = engine->method;
}

/* \param declared whether breaks are known */
static void boards(Arena *batch, Engine *engine, Shape *shape, size_t n, bool use_planted, bool declared, Counted *counted)
{
    SeriesList list = {.series = arena_array(batch, n, sizeof *list.series), .n = n};
    Watch watch;
    Err err = {0};

    for (size_t at = 0; at < n; at++)
        list.series[at] = (Series){.board_no = 1 + (int) at / 20, .location_no = (int) at + 1, .unit = "school", .name = "alles", .title = "incidenten", .rule = &engine->rule,
                                   .counted = "pupils", .n = WEEKS, .day = shape[at].day, .observed = use_planted ? shape[at].planted : shape[at].observed,
                                   .exposure = shape[at].exposure, .complete = shape[at].complete, .breaks = shape[at].breaks, .n_breaks = declared && shape[at].broken,
                                   .until = shape[at].day[WEEKS - 1] + 6};
    if (!watch_run(batch, alarm_engine_new(batch), &engine->config, &list, &watch, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    bool *found = arena_array(batch, n, sizeof *found);
    for (size_t at = 0; at < watch.n; at++) {
        size_t school = (size_t) (watch.point[at].series - list.series), k = watch.point[at].k;
        counted->unusual += !use_planted;
        found[school] = found[school] || (k >= shape[school].start && k <= shape[school].last);
    }
    for (size_t at = 0; at < n; at++) {
        for (size_t k = watch_begin(&list.series[at], engine->config.evaluate_months); k < WEEKS; k++)
            counted->open += !use_planted && !isnan(watch.expected[at][k]);
        if (use_planted) {
            counted->planted[at % SIZES]++;
            counted->found[at % SIZES] += found[at];
        }
    }
}

/* -- print --------------------------------------------------------------------------------------- */

static void print_found(const char *name, const Counted *counted)
{
    size_t planted = 0, found = 0;

    printf("  \"%s\": {", name);
    for (int size = 0; size < SIZES; size++) {
        planted += counted->planted[size];
        found += counted->found[size];
        printf("\"%g sd\": %.3f, ", size_sd[size], (double) counted->found[size] / (double) counted->planted[size]);
    }
    printf("\"all\": %.3f}", (double) found / (double) planted);
}

int main(int argc, char **argv)
{
    size_t schools = argc > 1 ? (size_t) atol(argv[1]) : 2000;
    unsigned long seed = argc > 2 ? (unsigned long) atol(argv[2]) : 1;
    FILE *file = argc > 4 ? fopen(argv[3], "w") : NULL;
    size_t first = argc > 4 ? (size_t) atol(argv[4]) : 0;
    ARENA_AUTO arena = arena_new();
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    Shape *shape = calloc(schools, sizeof *shape);
    Counted peer = {0}, declared = {0}, undeclared = {0};
    Engine engine;

    gsl_set_error_handler_off();
    gsl_rng_set(rng, seed);
    engine_make(&engine);
    for (size_t at = 0; at < schools; at++) {
        shape_draw(&shape[at], rng, at);
        plain(&shape[at], at, first, &peer);
        for (size_t week = 0; file && at < first && week < WEEKS; week++)
            fprintf(file, "%s%zu,%zu,%g,%g,%g,%g\n", at == 0 && week == 0 ? "school,week,count,planted,exposure,sd\n" : "", at, week + 1, shape[at].observed[week],
                    shape[at].planted[week], shape[at].exposure[week], size_sd[at % SIZES]);
    }
    for (size_t at = 0; at < schools; at++)
        shape_break(&shape[at], rng, at);
    boards(arena, &engine, shape, schools, false, true, &declared);
    boards(arena, &engine, shape, schools, true, true, &declared);
    boards(arena, &engine, shape, schools, false, false, &undeclared);
    printf("{\n  \"schools\": %zu, \"weeks\": %d, \"evaluated\": %d, \"nominal\": 0.01,\n  \"series_per_second\": %.0f,\n  \"false_alarm_share\": %.5f,\n", schools, WEEKS, EVALUATED,
           (double) schools / peer.seconds, (double) peer.unusual / (double) peer.open);
    printf("  \"false_alarm_share_by_expected\": {");
    static const char *const classes[MEANS] = {"<0.25", "<0.5", "<1", "<2", "<4", ">=4"};
    for (int mean = 0; mean < MEANS; mean++)
        printf("%s\"%s\": %.5f", mean ? ", " : "", classes[mean], (double) peer.mean_unusual[mean] / fmax(1, (double) peer.mean_open[mean]));
    printf("},\n");
    print_found("detection", &peer);
    if (first)
        printf(",\n  \"detection_on_the_series_of_the_peer\": %.3f", (double) peer.first_found / (double) peer.first_planted);
    printf(",\n  \"false_alarm_share_breaks_declared\": %.5f,\n  \"false_alarm_share_breaks_not_declared\": %.5f,\n", (double) declared.unusual / (double) declared.open,
           (double) undeclared.unusual / (double) undeclared.open);
    print_found("detection_breaks_declared", &declared);
    printf("\n}\n");
    free(shape);
    gsl_rng_free(rng);
    return file && fclose(file) != 0;
}
