/*
 * What alarms cost and what they find, on simulated schools: the shape of the peer's benchmark (weekly series of 323 weeks, the last 60 evaluated, 10
 * seasonal periods, past 26, nbPlugin, alpha 1 %). Usage: alarms SCHOOLS SEED [FILE FIRST]; FILE gets the first schools for the peer. Prints JSON.
 *
 * Outbreaks as Noufaily e.a. 2013: Poisson with mean k standard deviations of the week in which they begin, spread over school weeks by a
 * lognormal time. Found: an alarm in a week that got cases. How large those of the peer's published figures were is not known: PEER_SIZE is the k
 * at which his settings find the share that he found (0.68; docs/methoden.md), fixed on seeds 101 to 104. Settings were chosen on those seeds; never
 * report on them.
 *
 * The same schools go through three settings: "peer", his (closed weeks are weeks of zero, and where nothing was counted before one incident alarms);
 * "calendar", the same with closed weeks left out and an offset of exposure; "shipped", method "week" of config/alarms.json in the whole engine,
 * at alpha 1 % and at its own alpha. Then one school in five doubles what it registers: declared, not declared, and not declared with likely breaks not looked for.
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analyze/rate.h"
#include "analyze/sim_school.h"
#include "analyze/watch.h"

enum { WEEKS = 323, EVALUATED = 60, FIRST = WEEKS - EVALUATED, SIZES = 6, PEER = 3, MEANS = 6, EVALUATE_MONTHS = 14, YOUNG = 26 };
#define PEER_SIZE 6.6
static const double size_sd[SIZES] = {2, 3, 5, PEER_SIZE, 8, 10};

typedef struct Outbreak {
    double planted[WEEKS];
    size_t start, last;
} Outbreak;

typedef struct School {
    SimSchool kind;
    double    observed[WEEKS], exposure[WEEKS], complete[WEEKS];
    Date      day[WEEKS], breaks[1];
    bool      broken;
    Outbreak  outbreak[SIZES];
} School;

/* What one setting said of all schools. */
typedef struct Counted {
    size_t *open, *unusual;      /* per school */
    size_t *young_open, *young_unusual; /* of these, in the half year after a break */
    bool   *found[SIZES];        /* per school */
    size_t  mean_open[MEANS], mean_unusual[MEANS];
    double  seconds;
} Counted;

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static void outbreak_draw(School *school, gsl_rng *rng, size_t size)
{
    Outbreak *outbreak = &school->outbreak[size];
    double extra[WEEKS] = {0};

    do
        outbreak->start = FIRST + (size_t) gsl_rng_uniform_int(rng, EVALUATED - 8);
    while (sim_week_days(outbreak->start) == 0);
    double sd = sqrt(sim_week_mean(&school->kind, outbreak->start) * school->kind.phi);
    unsigned cases = 0;
    while (cases == 0)
        cases = gsl_ran_poisson(rng, size_sd[size] * sd);
    outbreak->last = sim_outbreak(rng, outbreak->start, cases, school->exposure, extra, WEEKS);
    for (size_t week = 0; week < WEEKS; week++)
        outbreak->planted[week] = school->observed[week] + extra[week];
}

static void school_draw(School *school, gsl_rng *rng)
{
    Date first;

    date_from_parts((DateParts){2015, 8, 24}, &first);
    *school = (School){.kind = sim_school_draw(rng)};
    for (size_t week = 0; week < WEEKS; week++) {
        school->observed[week] = sim_week_count(&school->kind, week, rng);
        school->exposure[week] = school->kind.pupils * sim_week_days(week);
        school->complete[week] = 1;
        school->day[week] = first + (Date) (7 * week);
    }
    for (size_t size = 0; size < SIZES; size++)
        outbreak_draw(school, rng, size);
}

/* One school in five doubles what it registers from some week of its third to fifth year on; one in five skips a term. */
static void school_break(School *school, gsl_rng *rng, size_t number)
{
    size_t week = 104 + (size_t) gsl_rng_uniform_int(rng, 156);

    school->broken = number % 5 == 1;
    school->breaks[0] = school->day[week];
    for (size_t at = week; at < (school->broken ? WEEKS : number % 5 == 2 ? week + 12 : week); at++) {
        for (size_t size = 0; size < SIZES; size++)
            school->outbreak[size].planted[at] += school->broken ? school->observed[at] : (double) NAN;
        school->observed[at] += school->broken ? school->observed[at] : (double) NAN;
    }
}

static bool is_case_week(const School *school, const Outbreak *outbreak, size_t k)
{
    return k >= outbreak->start && k <= outbreak->last && outbreak->planted[k] > school->observed[k];
}

static Counted counted_new(size_t schools)
{
    Counted made = {.open = calloc(schools, sizeof(size_t)), .unusual = calloc(schools, sizeof(size_t)), .young_open = calloc(schools, sizeof(size_t)),
                    .young_unusual = calloc(schools, sizeof(size_t))};

    for (int size = 0; size < SIZES; size++)
        made.found[size] = calloc(schools, sizeof(bool));
    return made;
}

static void counted_free(Counted *counted)
{
    free(counted->open);
    free(counted->unusual);
    free(counted->young_open);
    free(counted->young_unusual);
    for (int size = 0; size < SIZES; size++)
        free(counted->found[size]);
}

/* -- the method as the peer offers it, without the engine ---------------------------------------- */

static int mean_class(double expected)
{
    return expected < .25 ? 0 : expected < .5 ? 1 : expected < 1 ? 2 : expected < 2 ? 3 : expected < 4 ? 4 : 5;
}

/* \param calendar false: as he does, without exposure; his limit is 0 where every count of the level was zero */
static bool plain_alarm(Arena *batch, const School *school, const double *observed, size_t k, bool calendar, FarringtonResult *result)
{
    static const FarringtonParams params = {.b = 5, .w = 3, .periods = 10, .past = 26, .freq = 52, .alpha = .01, .limit = FARRINGTON_NB_PLUGIN, .trend_p = 1,
                                            .reweight = 2.58, .limit54_cases = 0, .limit54_periods = 4};
    FarringtonSeries series = {.n = WEEKS, .observed = observed, .exposure = calendar ? school->exposure : NULL};
    Err err = {0};

    arena_reset(batch);
    if (!farrington_evaluate(batch, &series, &params, k, result, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    return result->alarm || (!calendar && result->status == FARRINGTON_ZERO_BASELINE && observed[k] > 0);
}

static void plain(const School *school, size_t number, bool calendar, Counted *counted)
{
    ARENA_AUTO batch = arena_new();
    FarringtonResult result;
    double begin = seconds_now();

    for (size_t k = FIRST; k < WEEKS; k++) {
        bool alarm = plain_alarm(batch, school, school->observed, k, calendar, &result);
        if (!(school->exposure[k] > 0) || (calendar && result.status != FARRINGTON_OK))
            continue;
        counted->open[number]++;
        counted->unusual[number] += alarm;
        if (result.status == FARRINGTON_OK) {
            counted->mean_open[mean_class(result.expected)]++;
            counted->mean_unusual[mean_class(result.expected)] += alarm;
        }
    }
    counted->seconds += seconds_now() - begin;
    for (size_t size = 0; size < SIZES; size++) {
        const Outbreak *outbreak = &school->outbreak[size];
        for (size_t k = outbreak->start; k <= outbreak->last; k++)
            if (is_case_week(school, outbreak, k) && plain_alarm(batch, school, outbreak->planted, k, calendar, &result))
                counted->found[size][number] = true;
    }
}

/* -- the shipped method in the engine, boards of twenty schools ---------------------------------- */

typedef struct Engine {
    AlarmConfig config;
    AlarmMethod week, fallback;
    const AlarmMethod *method[1];
    SeriesRule  rule;
} Engine;

/* \param alpha 0 = the shipped one */
static void engine_make(Arena *out, double alpha, Engine *engine)
{
    Place place = {.config = "config"};
    Err err = {0};

    *engine = (Engine){.rule = {.name = "alles", .title = "incidenten", .step = STEP_WEEK, .units = UNIT_SCHOOL, .main = true, .n_methods = 1}};
    if (!alarm_config_load(out, &place, &engine->config, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    for (size_t at = 0; at < engine->config.n_methods; at++)
        if (strcmp(engine->config.method[at].name, "week") == 0)
            engine->week = engine->config.method[at];
    engine->fallback = *engine->week.fallback;
    engine->week.fallback = &engine->fallback;
    if (alpha > 0)
        engine->week.alpha = engine->week.farrington.alpha = engine->fallback.alpha = alpha;
    engine->config.evaluate_months = EVALUATE_MONTHS;
    engine->method[0] = &engine->week;
    engine->rule.method = engine->method;
}

static bool is_young(const School *school, size_t k)
{
    return school->broken && school->day[k] < school->breaks[0] + 7 * YOUNG;
}

/* \param size of the outbreaks; SIZES = none \param declared whether breaks are known */
static void boards(Engine *engine, School *school, size_t n, size_t size, bool declared, Counted *counted)
{
    ARENA_AUTO batch = arena_new();
    SeriesList list = {.series = arena_array(batch, n, sizeof *list.series), .n = n};
    Watch watch;
    Err err = {0};

    for (size_t at = 0; at < n; at++)
        list.series[at] = (Series){.board_no = 1 + (int) at / 20, .location_no = (int) at + 1, .unit = "school", .name = "alles", .title = "incidenten", .rule = &engine->rule,
                                   .counted = "pupils", .n = WEEKS, .day = school[at].day, .observed = size < SIZES ? school[at].outbreak[size].planted : school[at].observed,
                                   .exposure = school[at].exposure, .complete = school[at].complete, .breaks = school[at].breaks, .n_breaks = declared && school[at].broken,
                                   .until = school[at].day[WEEKS - 1] + 6};
    if (!watch_run(batch, alarm_engine_new(batch), &engine->config, &list, &watch, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    for (size_t at = 0; at < watch.n; at++) {
        size_t number = (size_t) (watch.point[at].series - list.series), k = watch.point[at].k;
        if (size == SIZES) {
            counted->unusual[number]++;
            counted->young_unusual[number] += is_young(&school[number], k);
        } else if (is_case_week(&school[number], &school[number].outbreak[size], k))
            counted->found[size][number] = true;
    }
    for (size_t at = 0; at < n && size == SIZES; at++)
        for (size_t k = watch_begin(&list.series[at], EVALUATE_MONTHS); k < WEEKS; k++) {
            counted->open[at] += isnan(watch.expected[at][k]) ? 0 : 1;
            counted->young_open[at] += !isnan(watch.expected[at][k]) && is_young(&school[at], k);
        }
}

/* \param looked whether likely breaks are looked for */
static Counted engine_count(Arena *arena, School *school, size_t n, double alpha, bool declared, bool looked)
{
    Counted counted = counted_new(n);
    Engine engine;

    engine_make(arena, alpha, &engine);
    engine.config.breaks = engine.config.breaks && looked;
    boards(&engine, school, n, SIZES, declared, &counted);
    for (size_t size = 0; size < SIZES; size++)
        boards(&engine, school, n, size, declared, &counted);
    return counted;
}

/* -- print --------------------------------------------------------------------------------------- */

/* Share of open weeks; schools are drawn, not weeks: a ratio of their sums. */
static void print_share(const size_t *of, const size_t *in, size_t n)
{
    double open = 0, unusual = 0, squares = 0;

    for (size_t at = 0; at < n; at++) {
        open += (double) in[at];
        unusual += (double) of[at];
    }
    for (size_t at = 0; at < n; at++) {
        double away = (double) of[at] - unusual / open * (double) in[at];
        squares += away * away;
    }
    double half = 1.96 * sqrt(squares) / fmax(1, open);
    printf("[%.5f, %.5f, %.5f]", unusual / fmax(1, open), fmax(0, unusual / fmax(1, open) - half), unusual / fmax(1, open) + half);
}

/* All open weeks, and without the half year after a break. */
static void print_false(const Counted *counted, size_t n)
{
    size_t *open = calloc(n, sizeof *open), *unusual = calloc(n, sizeof *unusual);

    for (size_t at = 0; at < n; at++) {
        open[at] = counted->open[at] - counted->young_open[at];
        unusual[at] = counted->unusual[at] - counted->young_unusual[at];
    }
    printf("\"false\": ");
    print_share(counted->unusual, counted->open, n);
    printf(", \"false_later\": ");
    print_share(unusual, open, n);
    free(open);
    free(unusual);
}

static void print_setting(const char *name, const Counted *counted, size_t n, size_t first)
{
    printf("  \"%s\": {", name);
    print_false(counted, n);
    for (int size = 0; size < SIZES; size++) {
        Estimate share;
        Err err = {0};
        size_t found = 0;
        for (size_t at = 0; at < n; at++)
            found += counted->found[size][at];
        share_wilson((double) found, (double) n, &share, &err);
        printf(", \"%g\": [%.4f, %.4f, %.4f]", size_sd[size], share.value, share.low, share.high);
    }
    size_t unusual = 0, open = 0, found = 0;
    for (size_t at = 0; at < first; at++) {
        unusual += counted->unusual[at];
        open += counted->open[at];
        found += counted->found[PEER][at];
    }
    printf(", \"of_the_first\": {\"schools\": %zu, \"unusual\": %zu, \"open\": %zu, \"found\": %zu}},\n", first, unusual, open, found);
}

/* The same outbreaks by two settings: how much oftener the one finds them, with what chance would do to schools found by only one of the two. */
static void print_paired(const Counted *one, const Counted *other, size_t n)
{
    double only_one = 0, only_other = 0;

    for (size_t at = 0; at < n; at++) {
        only_one += one->found[PEER][at] && !other->found[PEER][at];
        only_other += !one->found[PEER][at] && other->found[PEER][at];
    }
    double gain = (only_one - only_other) / (double) n, half = 1.96 * sqrt(only_one + only_other - gain * gain * (double) n) / (double) n;
    printf("  \"shipped_minus_peer\": [%.4f, %.4f, %.4f],\n", gain, gain - half, gain + half);
}

static void file_write(FILE *file, const School *school, size_t number)
{
    for (size_t week = 0; week < WEEKS; week++)
        fprintf(file, "%s%zu,%zu,%g,%g,%g\n", number == 0 && week == 0 ? "school,week,count,planted,exposure\n" : "", number, week + 1, school->observed[week],
                school->outbreak[PEER].planted[week], school->exposure[week]);
}

int main(int argc, char **argv)
{
    size_t schools = argc > 1 ? (size_t) atol(argv[1]) : 2000;
    unsigned long seed = argc > 2 ? (unsigned long) atol(argv[2]) : 1;
    FILE *file = argc > 4 ? fopen(argv[3], "w") : NULL;
    size_t first = argc > 4 ? (size_t) atol(argv[4]) : 0;
    ARENA_AUTO arena = arena_new();
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    School *school = calloc(schools, sizeof *school);
    Counted peer = counted_new(schools), calendar = counted_new(schools);

    gsl_set_error_handler_off();
    gsl_rng_set(rng, seed);
    first = first < schools ? first : schools;
    for (size_t at = 0; at < schools; at++) {
        school_draw(&school[at], rng);
        plain(&school[at], at, false, &peer);
        plain(&school[at], at, true, &calendar);
        if (file && at < first)
            file_write(file, &school[at], at);
    }
    Counted shipped = engine_count(arena, school, schools, 0.01, true, true), own = engine_count(arena, school, schools, 0, true, true);
    for (size_t at = 0; at < schools; at++)
        school_break(&school[at], rng, at);
    Counted declared = engine_count(arena, school, schools, 0.01, true, true), undeclared = engine_count(arena, school, schools, 0.01, false, true);
    Counted unasked = engine_count(arena, school, schools, 0.01, false, false);

    printf("{\n  \"schools\": %zu, \"seed\": %lu, \"weeks\": %d, \"evaluated\": %d, \"nominal\": 0.01, \"peer_size\": %g,\n  \"series_per_second\": %.0f,\n", schools, seed, WEEKS,
           EVALUATED, PEER_SIZE, (double) schools / calendar.seconds);
    printf("  \"calendar_by_expected\": {");
    static const char *const classes[MEANS] = {"<0.25", "<0.5", "<1", "<2", "<4", ">=4"};
    for (int mean = 0; mean < MEANS; mean++)
        printf("%s\"%s\": %.5f", mean ? ", " : "", classes[mean], (double) calendar.mean_unusual[mean] / fmax(1, (double) calendar.mean_open[mean]));
    printf("},\n");
    print_setting("peer", &peer, schools, first);
    print_setting("calendar", &calendar, schools, first);
    print_setting("shipped", &shipped, schools, first);
    print_setting("shipped_own_alpha", &own, schools, first);
    print_paired(&shipped, &peer, schools);
    print_setting("breaks_declared", &declared, schools, 0);
    print_setting("breaks_not_declared", &undeclared, schools, 0);
    print_setting("breaks_not_looked_for", &unasked, schools, 0);
    printf("  \"young_weeks\": %d\n}\n", YOUNG);
    Counted *all[] = {&peer, &calendar, &shipped, &own, &declared, &undeclared, &unasked};
    for (size_t at = 0; at < sizeof all / sizeof *all; at++)
        counted_free(all[at]);
    free(school);
    gsl_rng_free(rng);
    return file && fclose(file) != 0;
}
