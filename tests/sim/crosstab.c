#include "tests/sim/crosstab.h"

#include <errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/draw.h"

bool sim_crosstab_kind(const char *kind)
{
    return strcmp(kind, "dense") == 0 || strcmp(kind, "sparse") == 0 || strcmp(kind, "months") == 0 || strcmp(kind, "groups") == 0;
}

static FILE *file_open(const World *world, const char *name, Err *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", world->out, name);
    FILE *file = fopen(path, "w");

    if (!file)
        err_set(err, ERR_IO, "cannot write \"%s\": %s", path, strerror(errno));
    return file;
}

static bool file_close(FILE *file, Err *err)
{
    bool good = !ferror(file);

    return (fclose(file) == 0 && good) || err_set(err, ERR_IO, "cannot write a table to its end");
}

/* Schools in boards of 10, 8, 6, 4 and 2, and again; or all of 10. */
static bool schools_store(const World *world, long schools, bool alike, Err *err)
{
    static const int size[] = {10, 8, 6, 4, 2};
    FILE *file = file_open(world, "school.csv", err);

    if (!file)
        return false;
    fputs("parent,child\n", file);
    for (long school = 0, board = 0; school < schools; board++) {
        fprintf(file, "Total,B%ld\n", board + 1);
        for (int at = 0; at < (alike ? 10 : size[board % 5]) && school < schools; at++, school++)
            fprintf(file, "B%ld,S%ld\n", board + 1, school + 1);
    }
    return file_close(file, err);
}

static bool forms_store(const World *world, Err *err)
{
    FILE *file = file_open(world, "form.csv", err);

    if (!file)
        return false;
    fputs("parent,child\n", file);
    for (int category = 0; category < 4; category++) {
        fprintf(file, "Total,C%d\n", category + 1);
        for (int form = 0; form < 3; form++)
            fprintf(file, "C%d,F%d\n", category + 1, 3 * category + form + 1);
    }
    return file_close(file, err);
}

bool sim_crosstab_store(const World *world, const char *kind, long units, Err *err)
{
    bool sparse = strcmp(kind, "sparse") == 0, months = strcmp(kind, "months") == 0, groups = strcmp(kind, "groups") == 0;
    int forms = groups ? 4 : 12, periods = groups ? 1 : months ? 10 : 8;
    double rate[12];
    DRAW_AUTO rng = sim_draw_open(world->seed, (int) units, sparse, DRAW_BENCH);

    if ((!months && !schools_store(world, units, groups, err)) || (!groups && !forms_store(world, err)))
        return false;
    FILE *file = file_open(world, "table.csv", err);
    if (!file)
        return false;
    fprintf(file, "%s,%s,value\n", months ? "board" : "school", groups ? "group" : "form,period");
    for (int form = 0; form < forms; form++)
        rate[form] = gsl_ran_lognormal(rng, 0.7, 0.9);
    for (long unit = 0; unit < units; unit++) {
        double size = gsl_ran_lognormal(rng, 0.8, 0.7);
        for (int form = 0; form < forms; form++) {
            double pair = sparse || months ? 0.18 * gsl_ran_gamma(rng, 1.2, 1 / 1.2) : gsl_ran_gamma(rng, 2, 0.5);
            for (int period = 0; period < periods; period++) {
                unsigned count = gsl_ran_poisson(rng, size * rate[form] * pair * exp(gsl_ran_gaussian(rng, 0.15)));
                if (!count)
                    continue;
                fprintf(file, "%s%ld,F%d,", months ? "B" : "S", unit + 1, form + 1);
                if (groups)
                    fprintf(file, "%u\n", count);
                else
                    fprintf(file, "P%d,%u\n", period + 1, count);
            }
        }
    }
    return file_close(file, err);
}
