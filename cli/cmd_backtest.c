#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/backtest.h"
#include "cli/app.h"

static const char *class_text(Arena *out, const BacktestRow *row)
{
    if (row->pupils_from < 0)
        return _("pupils unknown");
    if (row->pupils_to == 0)
        return _("all schools");
    return row->pupils_to == INT_MAX ? arena_format(out, _("%d pupils and more"), row->pupils_from) : arena_format(out, _("%d to %d pupils"), row->pupils_from, row->pupils_to);
}

static double share(size_t part, size_t whole)
{
    return whole ? (double) part / (double) whole : (double) NAN;
}

static json_t *real_or_null(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static void print_json(App *app, const Backtest *backtest)
{
    json_t *rows = json_array();

    for (size_t at = 0; at < backtest->n; at++) {
        const BacktestRow *row = &backtest->row[at];
        json_t *found = json_array();
        for (size_t size = 0; size < backtest->n_sizes; size++)
            json_array_append_new(found, json_pack("{s: i, s: I, s: I, s: o, s: o}", "cases", row->found[size].cases, "planted", (json_int_t) row->found[size].planted, "found",
                                                   (json_int_t) row->found[size].found, "share", real_or_null(share(row->found[size].found, row->found[size].planted)), "days",
                                                   real_or_null(row->found[size].days)));
        if (row->schools)
            json_array_append_new(rows, json_pack("{s: s, s: I, s: f, s: I, s: I, s: o, s: o, s: o, s: o}", "schools_of", class_text(app->run, row), "schools", (json_int_t) row->schools,
                                                  "school_years", row->years, "alarms", (json_int_t) row->alarms, "shown", (json_int_t) row->shown, "alarms_per_year",
                                                  real_or_null((double) row->alarms / row->years), "unusual_months", real_or_null(share(row->unusual[0], row->open[0])), "unusual_weeks",
                                                  real_or_null(share(row->unusual[1], row->open[1])), "outbreaks", found));
        else
            json_decref(found);
    }
    char *text = json_dumps(rows, JSON_INDENT(2));
    puts(text);
    free(text);
    json_decref(rows);
}

static void print_table(App *app, const Backtest *backtest)
{
    printf(_("%-22s %8s %14s %8s %8s"), "", _("schools"), _("alarms a year"), _("months"), _("weeks"));
    for (size_t size = 0; size < backtest->n_sizes; size++)
        printf(_("   outbreak of %2d"), backtest->row[0].found[size].cases);
    putchar('\n');
    for (size_t at = 0; at < backtest->n; at++) {
        const BacktestRow *row = &backtest->row[at];
        if (row->schools == 0)
            continue;
        printf("%-22s %8zu %14.2f %7.2f%% %7.2f%%", class_text(app->run, row), row->schools, (double) row->alarms / row->years, 100 * share(row->unusual[0], row->open[0]),
               100 * share(row->unusual[1], row->open[1]));
        for (size_t size = 0; size < backtest->n_sizes; size++) {
            const BacktestFound *found = &row->found[size];
            if (found->planted == 0)
                printf("   %14s", "-");
            else if (found->found == 0)
                printf("   %3.0f%% %9s", 0., "");
            else
                printf(_("   %3.0f%% %4.0f days"), 100 * share(found->found, found->planted), found->days);
        }
        putchar('\n');
    }
}

/* On simulated schools without a database, else on the stored history of a board. */
int app_backtest(App *app)
{
    AlarmConfig config;
    SeriesList list;
    Backtest backtest;
    Arrivals arrivals;

    if (app->n_args != 1 || (app->sim == 0) == (app->board == 0)) {
        err_set(&app->err, ERR_USAGE, "usage: veiligbeeld alarms backtest --sim N [--seed N], or --board NUMBER");
        return ERR_USAGE;
    }
    if (!alarm_config_load(app->run, &app->place, &config, &app->err))
        return (int) app->err.kind;
    if (app->sim) {
        backtest_simulate(app->run, &config, app->sim, (unsigned long) app->seed, &list);
    } else {
        PG_DB_AUTO db = NULL;
        if (!app_database(app) || !pg_open(&db, app_dsn(app, "vb_analyze"), &app->err) || !series_load(app->run, db, &config, app->board, &list, &app->err) ||
            !arrivals_load(app->run, db, app->board, &arrivals, &app->err))
            return (int) app->err.kind;
    }
    if (!backtest_run(app->run, &config, &list, app->sim ? NULL : &arrivals, (unsigned long) app->seed, &backtest, &app->err))
        return (int) app->err.kind;
    if (app->json)
        print_json(app, &backtest);
    else
        print_table(app, &backtest);
    if (!app->json && !app->sim)
        printf(_("Replayed as if run at the end of every month, with what had been delivered by then.\n"));
    return 0;
}
