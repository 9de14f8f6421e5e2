#include "analyze/analyze.h"
#include "cli/app.h"

int app_analyze(App *app)
{
    AnalyzeOptions options = {.school_year = app_school_year(app), .board = app->board, .as_of = app->as_of, .dry_run = app->dry_run};
    AnalyzeTotals totals;

    if (!analyze_run(app_dsn(app, "vb_analyze"), &app->place, &options, &totals, &app->err))
        return (int) app->err.kind;
    if (totals.computed)
        log_info(_("analyze: %zu of %zu boards computed: %zu indicators, %zu figures, %zu alarms, %zu goals"), totals.computed, totals.boards,
                 totals.indicators, totals.figures, totals.alarms.alarms, totals.goals);
    else
        log_info(ngettext("analyze: nothing new for %zu board", "analyze: nothing new for %zu boards", totals.boards), totals.boards);
    return 0;
}

int cmd_analyze(App *app)
{
    return app_database(app) ? app_analyze(app) : (int) app->err.kind;
}
