/** What every command shares: options, places, the database. Only cli/ prints results and chooses the exit status. */
#ifndef VB_CLI_APP_H
#define VB_CLI_APP_H

#include <libintl.h>

#include "common/arena.h"
#include "common/cluster.h"
#include "common/date.h"
#include "common/err.h"
#include "common/log.h"
#include "common/pg.h"
#include "common/place.h"

#define _(text) gettext(text)

typedef struct App {
    Arena      *run;
    Place       place;
    Cluster     cluster;
    Date        as_of;
    bool        as_of_given, json, dry_run, verbose, fail_on_alarm;
    bool        yes, namesakes, keep, cut; /* forget, key */
    const char *dsn, *role, *form, *edition, *out, *audit, *in;
    int         board, school_year, jobs; /* 0 / -1 = not given */
    const char *table, *zeros, *certificate, *contributors, *must, *earlier, *coarsen; /* disclose --table */
    const char *hier[8]; /* DIM=FILE, n_hier of them */
    int         n_hier, threshold; /* 0 = not given */
    const char *school, *event; /* alarms; school also: report */
    Date        date;
    int         sim, seed;
    const char **args; /* what is left behind the command, NULL-terminated */
    int         n_args;
    Err         err;
} App;

typedef int CommandRun(App *app); /* returns the exit status; app->err is printed by main when it holds something */

typedef struct Command {
    const char *name, *usage, *summary;
    CommandRun *run;
} Command;

int cmd_db(App *app);
int cmd_ingest(App *app);
int cmd_analyze(App *app);
int cmd_disclose(App *app);
int cmd_disclose_table(App *app); /* disclose --table */
int cmd_report(App *app);
int cmd_run(App *app);
int cmd_status(App *app);
int cmd_config(App *app);
int cmd_verify(App *app);
int cmd_doctor(App *app);
int cmd_inzage(App *app);
int cmd_forget(App *app);
int cmd_key(App *app);
int cmd_alarms(App *app);
int cmd_stat(App *app); /* reads what is behind its name by itself */

/** Place, cluster and schema, started where it is the private one. */
bool app_database(App *app);
/** Connection string for a role of DESIGN. */
const char *app_dsn(App *app, const char *role);
/** A line in ops.run for a command of its own, and its end. */
bool app_run_begin(App *app, Pg *db, const char *command, int64_t *run_no);
void app_run_end(App *app, Pg *db, int64_t run_no, bool good);
/** The school year asked for, else the last one that has ended by the as-of date. */
int app_school_year(const App *app);

/* stages, used by their own command and by run */
struct Ahead;
int app_ingest(App *app, const char *const *paths, struct Ahead *ahead); /* ahead: NULL, or ahead_begin(paths) */
int app_analyze(App *app);
int app_disclose(App *app);
int app_report(App *app);
int app_backtest(App *app);

#endif
