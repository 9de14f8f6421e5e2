#include <unistd.h>

#include "cli/app.h"
#include "reports/report.h"

int app_report(App *app)
{
    ReportOptions options = {.edition = app->edition, .school = app->school, .school_year = app_school_year(app), .board = app->board, .jobs = app->jobs, .made_on = app->as_of};
    const ReportDsn dsn = {.report = app_dsn(app, "vb_report"), .bulletin = app_dsn(app, "vb_bulletin"), .feedback = app_dsn(app, "vb_feedback")};
    ReportTotals totals;

    if (app->dry_run)
        return 0;
    if (options.jobs == 0)
        options.jobs = (int) sysconf(_SC_NPROCESSORS_ONLN);
    if (!report_run(&dsn, &app->place, &options, &totals, &app->err))
        return (int) app->err.kind;
    log_info(_("report: %zu documents for %zu boards in %s, %zu of them bulletins and %zu feedback to schools"), totals.documents, totals.boards, app->place.out,
             totals.bulletins, totals.feedbacks);
    return 0;
}

int cmd_report(App *app)
{
    return app_database(app) ? app_report(app) : (int) app->err.kind;
}
