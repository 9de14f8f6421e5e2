#include <stdio.h>

#include "analyze/alarm_verify.h"
#include "analyze/disclosure/disclose.h"
#include "cli/app.h"

int app_disclose(App *app)
{
    DiscloseOptions options = {.school_year = app_school_year(app), .board = app->board, .dry_run = app->dry_run};
    DiscloseTotals totals;

    if (!disclose_run(app_dsn(app, "vb_disclose"), &app->place, &options, &totals, &app->err))
        return (int) app->err.kind;
    if (totals.computed)
        log_info(_("disclose: %zu of %zu boards: %zu tables = %zu as they are + %zu coarsened + %zu withheld; %zu cells published"), totals.computed,
                 totals.boards, totals.tables, totals.released, totals.coarsened, totals.withheld, totals.cells);
    else
        log_info(_("disclose: nothing new for %zu boards"), totals.boards);
    if (totals.kept)
        log_warn(_("disclose: %zu tables stand as released before: the change is too small to show"), totals.kept);
    return 0;
}

int cmd_disclose(App *app)
{
    return app_database(app) ? app_disclose(app) : (int) app->err.kind;
}

/* What stands in release against its certificates, and every stored alarm against what it was computed from. */
int cmd_verify(App *app)
{
    PG_DB_AUTO db = NULL;
    AlarmVerified alarms;
    size_t certificates, bad;

    if (!app_database(app) || !disclose_verify(app_dsn(app, "vb_report"), &certificates, &bad, &app->err) ||
        !pg_open(&db, app_dsn(app, "vb_analyze"), &app->err) || !alarm_verify(app->run, db, &alarms, &app->err))
        return (int) app->err.kind;
    if (app->json) {
        printf("{\"certificates\": %zu, \"certificates_bad\": %zu, \"alarms\": %zu, \"alarm_periods\": %zu, \"series\": %zu, \"alarms_bad\": %zu}\n", certificates, bad,
               alarms.alarms, alarms.points, alarms.series, alarms.differ);
    } else {
        printf(_("%zu certificates, %zu do not match what stands in release\n"), certificates, bad);
        printf(_("%zu alarms (%zu unusual periods in %zu series) computed again, %zu differ\n"), alarms.alarms, alarms.points, alarms.series, alarms.differ);
    }
    if (alarms.first)
        log_error("%s", alarms.first);
    return bad ? ERR_DISCLOSURE : alarms.differ ? ERR_STAT : 0;
}
