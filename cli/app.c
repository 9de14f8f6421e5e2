#include "cli/app.h"

#include "common/config.h"
#include "common/schema.h"
#include "sql_embed.h"

bool app_database(App *app)
{
    SchemaChange change;

    if (!cluster_find(app->run, &app->place, app->dsn, &app->cluster, &app->err) || !cluster_start(&app->cluster, &app->err) ||
        !schema_migrate(&app->cluster, &app->place, &change, &app->err))
        return false;
    if (change.migrations)
        log_info(ngettext("schema brought up to date: %zu migration", "schema brought up to date: %zu migrations", change.migrations), change.migrations);
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

bool app_run_begin(App *app, Pg *db, const char *command, int64_t *run_no)
{
    PG_AUTO number = NULL;
    char hash[65];

    if (!config_hash(&app->place, hash, &app->err) ||
        !pg_query(db, &sql_ops_run_begin, PG_ONE_ROW, &number, &app->err, "tttDi", command, VB_VERSION, hash, app->as_of, (int64_t) app_school_year(app)))
        return false;
    *run_no = pg_int(number, 0, 0);
    return true;
}

void app_run_end(App *app, Pg *db, int64_t run_no, bool good)
{
    Err ignored = {0};

    pg_query(db, &sql_ops_run_end, PG_NO_ROWS, NULL, good ? &app->err : &ignored, "it", run_no, good ? "done" : "failed");
}
