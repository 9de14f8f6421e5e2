#include <string.h>
#include <time.h>

#include "cli/app.h"
#include "common/config.h"
#include "common/pg.h"
#include "sql_embed.h"

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

typedef struct Stage {
    const char *name;
    int (*run)(App *app);
} Stage;

static int ingest_stage(App *app)
{
    return app->n_args ? app_ingest(app, app->args, NULL) : 0;
}

/* Every stage is a transaction of its own and knows what is done already, so a run that was killed is resumed by starting it
 * again. Rejected input does not hold up the rest: it is told, and decides the exit status at the end. */
int cmd_run(App *app)
{
    static const Stage stages[] = {{"ingest", ingest_stage}, {"analyze", app_analyze}, {"disclose", app_disclose}, {"report", app_report}};
    PG_DB_AUTO db = NULL;
    PG_AUTO number = NULL;
    char hash[65];
    int status = 0;

    if (!app_database(app) || !config_hash(&app->place, hash, &app->err) || !pg_open(&db, app_dsn(app, "vb_report"), &app->err) ||
        !pg_query(db, &sql_ops_run_begin, PG_ONE_ROW, &number, &app->err, "tttDi", "run", VB_VERSION, hash, app->as_of, (int64_t) app_school_year(app)))
        return (int) app->err.kind;
    for (size_t at = 0; at < sizeof stages / sizeof *stages; at++) {
        double begin = seconds_now();
        int result = stages[at].run(app);
        if (result != 0 && result != ERR_INPUT) {
            Err ignored;
            pg_query(db, &sql_ops_run_end, PG_NO_ROWS, NULL, &ignored, "it", pg_int(number, 0, 0), "failed");
            return result;
        }
        status = result ? result : status;
        if (!pg_query(db, &sql_ops_step_add, PG_NO_ROWS, NULL, &app->err, "itdii", pg_int(number, 0, 0), stages[at].name, seconds_now() - begin, (int64_t) 0, (int64_t) 0))
            return (int) app->err.kind;
    }
    if (!pg_query(db, &sql_ops_run_end, PG_NO_ROWS, NULL, &app->err, "it", pg_int(number, 0, 0), "done"))
        return (int) app->err.kind;
    if (status == ERR_INPUT)
        log_warn("%s", _("done, but some input was refused; see the lines above"));
    return status;
}
