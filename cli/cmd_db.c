#include <stdio.h>
#include <string.h>

#include "cli/app.h"
#include "common/schema.h"

static const char *const roles[] = {"vb_owner", "vb_ingest", "vb_analyze", "vb_disclose", "vb_report", "vb_bulletin", "vb_feedback"};

static int dsn(App *app)
{
    bool known = !app->role;

    for (size_t at = 0; at < sizeof roles / sizeof *roles; at++)
        known = known || strcmp(app->role, roles[at]) == 0;
    if (!known) {
        err_set(&app->err, ERR_USAGE, "no role \"%s\"; roles are vb_owner, vb_ingest, vb_analyze, vb_disclose, vb_report, vb_bulletin and vb_feedback", app->role);
        return ERR_USAGE;
    }
    if (!cluster_find(app->run, &app->place, app->dsn, &app->cluster, &app->err))
        return (int) app->err.kind;
    puts(app_dsn(app, app->role));
    return 0;
}

int cmd_db(App *app)
{
    const char *verb = app->n_args == 1 ? app->args[0] : "";

    if (strcmp(verb, "dsn") == 0)
        return dsn(app);
    if (strcmp(verb, "init") == 0 || strcmp(verb, "start") == 0 || strcmp(verb, "migrate") == 0) {
        if (!app_database(app))
            return (int) app->err.kind;
        return 0;
    }
    if (strcmp(verb, "stop") == 0) {
        if (!cluster_find(app->run, &app->place, app->dsn, &app->cluster, &app->err) || !cluster_stop(&app->cluster, &app->err))
            return (int) app->err.kind;
        return 0;
    }
    err_set(&app->err, ERR_USAGE, "usage: veiligbeeld db init|start|stop|migrate|dsn");
    return ERR_USAGE;
}
