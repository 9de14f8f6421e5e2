#include <getopt.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/place.h"
#include "tests/sim/bulk.h"
#include "tests/sim/complaint.h"
#include "tests/sim/crosstab.h"
#include "tests/sim/goal.h"
#include "tests/sim/incident.h"
#include "tests/sim/measure.h"
#include "tests/sim/plant.h"
#include "tests/sim/register.h"
#include "tests/sim/survey.h"

typedef struct Options {
    World       world;
    const char *kind; /* NULL: the whole demo set */
    long        rows;
    bool        help;
} Options;

static const char usage[] =
    "usage: sim --out DIR --data DIR [--seed N] [--first YEAR] [--last YEAR] [--markers TEXT]\n"
    "       sim --out FILE --data DIR --rows N --kind incident|enquete [--seed N] [--last YEAR] [--markers TEXT]\n"
    "\n"
    "  --out      directory (or, with --rows, the file) to write\n"
    "  --data     directory with the holiday files of OpenHolidays\n"
    "  --seed     same seed, same bytes (default 1)\n"
    "  --first    first school year, by the year it begins: 2020 to 2025 (default 2021)\n"
    "  --last     last school year (default 2025)\n"
    "  --markers  letters; names then hold TEXT+\"N\", addresses, free text and e-mail TEXT+\"T\"\n"
    "  --rows     write one large file of this many rows instead, for board 99001\n"
    "  --kind     what the large file holds; dense, sparse, months or groups: tables for disclose --table in the directory --out, of N schools or boards\n";

static bool number_read(const char *name, const char *text, long min, long max, long *number, Err *err)
{
    char *end;

    *number = strtol(text, &end, 10);
    return (*text && !*end && *number >= min && *number <= max) ||
           err_set(err, ERR_USAGE, "--%s must be a number from %ld to %ld", name, min, max);
}

static bool option_take(Options *options, int letter, const char *value, Err *err)
{
    World *world = &options->world;
    long number = 0;
    bool good = true;

    switch (letter) {
    case 'o': world->out = value; break;
    case 'd': world->data = value; break;
    case 'm': world->marker = value; break;
    case 'k': options->kind = value; break;
    case 'h': options->help = true; break;
    case 's': good = number_read("seed", value, 0, 4294967295L, &number, err); world->seed = (uint64_t) number; break;
    case 'f': good = number_read("first", value, YEAR_FIRST, YEAR_LAST, &number, err); world->first = (int) number; break;
    case 'l': good = number_read("last", value, YEAR_FIRST, YEAR_LAST, &number, err); world->last = (int) number; break;
    case 'r': good = number_read("rows", value, 1, 99999999, &options->rows, err); break;
    default: good = err_set(err, ERR_USAGE, "unknown option; sim --help lists them");
    }
    return good;
}

/* A marker goes into CSV and JSON as it is, and a test greps for it: letters and digits only. */
static bool marker_is_plain(const char *marker)
{
    return !marker || (*marker && strspn(marker, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") == strlen(marker));
}

static bool options_check(const Options *options, Err *err)
{
    if (options->help)
        return true;
    if (!options->world.out || !options->world.data)
        return err_set(err, ERR_USAGE, "--out and --data must be given");
    if (options->world.first > options->world.last)
        return err_set(err, ERR_USAGE, "--first must not be after --last");
    if (!marker_is_plain(options->world.marker))
        return err_set(err, ERR_USAGE, "--markers takes letters and digits only");
    if ((options->rows > 0) != (options->kind != NULL))
        return err_set(err, ERR_USAGE, "--rows and --kind belong together");
    return true;
}

static bool options_read(int argc, char *argv[], Options *options, Err *err)
{
    static const struct option names[] = {
        {"out", required_argument, NULL, 'o'}, {"data", required_argument, NULL, 'd'}, {"seed", required_argument, NULL, 's'},
        {"first", required_argument, NULL, 'f'}, {"last", required_argument, NULL, 'l'}, {"markers", required_argument, NULL, 'm'},
        {"rows", required_argument, NULL, 'r'}, {"kind", required_argument, NULL, 'k'}, {"help", no_argument, NULL, 'h'}, {0}};
    int letter;

    opterr = 0;
    while ((letter = getopt_long(argc, argv, "", names, NULL)) != -1)
        if (!option_take(options, letter, optarg, err))
            return false;
    if (optind < argc)
        return err_set(err, ERR_USAGE, "only options are taken; sim --help lists them");
    return options_check(options, err);
}

static bool year_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err)
{
    return sim_incident_store(arena, world, ledger, year, err) && sim_survey_store(world, ledger, year, err) &&
           sim_complaint_store(arena, world, ledger, year, err) && sim_measure_store(arena, world, ledger, year, err) &&
           (year < world->last - 1 || sim_goal_store(world, ledger, year, err));
}

static bool demo_store(Arena *arena, const World *world, Ledger *ledger, Err *err)
{
    for (int year = world->first; year <= world->last; year++)
        if (!year_store(arena, world, ledger, year, err))
            return err_frame(err, "school year %d", year);
    sim_plant_list(world, ledger);
    return sim_register_store(arena, world, err) && sim_plant_refused_store(arena, world, err) &&
           sim_ledger_manifests_store(ledger, world, err) && sim_ledger_plants_store(ledger, world, err);
}

static bool run(Arena *arena, Options *options, Err *err)
{
    World *world = &options->world;
    Ledger ledger = {.arena = arena};

    if (!sim_world_build(arena, world, err))
        return false;
    if (options->kind && sim_crosstab_kind(options->kind))
        return sim_crosstab_store(world, options->kind, options->rows, err);
    if (options->kind)
        return sim_bulk_store(world, options->kind, options->rows, err);
    bool good = demo_store(arena, world, &ledger, err);
    sim_ledger_free(&ledger);
    return good;
}

int main(int argc, char *argv[])
{
    gsl_set_error_handler_off();
    ARENA_AUTO arena = arena_new();
    Options *options = arena_alloc(arena, sizeof *options);
    Err err = {0};

    options->world = (World) {.seed = 1, .first = 2021, .last = 2025};
    if (!options_read(argc, argv, options, &err) || (!options->help && !run(arena, options, &err))) {
        char line[2048];
        err_line(&err, line, sizeof line);
        fprintf(stderr, "sim: %s\n", line);
        return (int) err.kind;
    }
    if (options->help)
        fputs(usage, stdout);
    return fflush(stdout) == 0 ? 0 : ERR_IO;
}
