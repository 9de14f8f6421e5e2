#include "cli/app.h"

#include "common/schema.h"

bool app_database(App *app)
{
    SchemaChange change;

    if (!cluster_find(app->run, &app->place, app->dsn, &app->cluster, &app->err) || !cluster_start(&app->cluster, &app->err) ||
        !schema_migrate(&app->cluster, &app->place, &change, &app->err))
        return false;
    if (change.migrations)
        log_info(_("schema brought up to date: %zu migrations"), change.migrations);
    return true;
}

const char *app_dsn(App *app, const char *role)
{
    return cluster_dsn(app->run, &app->cluster, role);
}

int app_school_year(const App *app)
{
    if (app->school_year >= 0)
        return app->school_year;
    return date_school_year(app->as_of) - 1;
}
