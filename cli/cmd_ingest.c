#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/app.h"
#include "ingest/ingest.h"

enum { REJECTS_SHOWN = 10 };

typedef struct Told {
    bool json, first;
} Told;

static void tell_rejects(const Task *task, const LoadReport *report)
{
    for (size_t at = 0; at < report->n_rejects && at < REJECTS_SHOWN; at++) {
        const RowReject *reject = &report->reject[at];
        if (reject->finding)
            log_info(_("%s: row %lld, column %d (%s): loaded, but %s [%s]; %s"), task->path, (long long) reject->row, reject->column, reject->field,
                     _(rule_what(reject->rule)), rule_id(reject->rule), _(rule_action(reject->rule)));
        else if (reject->column)
            log_warn(_("%s: row %lld, column %d (%s): %s [%s]; %s"), task->path, (long long) reject->row, reject->column, reject->field,
                     _(rule_what(reject->rule)), rule_id(reject->rule), _(rule_action(reject->rule)));
        else
            log_warn(_("%s: row %lld: %s [%s]; %s"), task->path, (long long) reject->row, _(rule_what(reject->rule)), rule_id(reject->rule),
                     _(rule_action(reject->rule)));
    }
    if (report->delivery.rejected > REJECTS_SHOWN)
        log_warn(ngettext("%s: and %lld more rejected row", "%s: and %lld more rejected rows", (unsigned long) (report->delivery.rejected - REJECTS_SHOWN)), task->path,
                 (long long) report->delivery.rejected - REJECTS_SHOWN);
}

static void tell(void *context, const Task *task, const LoadReport *report, const char *why)
{
    Told *told = context;
    static const char *const words[] = {"loaded", "known", "refused"};

    if (report->outcome == LOAD_SECRET) {
        /* DOMAIN: shown on a terminal, where it scrolls away, and nowhere that keeps it. */
        if (isatty(STDERR_FILENO))
            log_warn(_("%s: refused; it holds data that may not be registered (Handle with Care). Nothing of it was stored. Remove the file."), task->path);
        return;
    }
    if (report->outcome == LOAD_REFUSED)
        log_error(_("%s: refused: %s"), task->path, why);
    tell_rejects(task, report);
    const DeliveryRow *delivery = &report->delivery;
    if (report->outcome == LOAD_DONE && report->replaced.stale)
        log_warn(ngettext("%s: this replaces an earlier delivery; %lld other delivery of the board held duplicates, perhaps of rows that are gone now: ingest that file again",
                          "%s: this replaces an earlier delivery; %lld other deliveries of the board held duplicates, perhaps of rows that are gone now: ingest those files again",
                          (unsigned long) report->replaced.stale),
                 task->path, (long long) report->replaced.stale);
    if (report->outcome == LOAD_DONE && report->replaced.left_out)
        log_warn(ngettext("%s: %lld school of an earlier file for this period is not in this one, and its rows stay; if it has none any more, say \"complete\": true in the manifest and ingest the file again",
                          "%s: %lld schools of an earlier file for this period are not in this one, and their rows stay; if they have none any more, say \"complete\": true in the manifest and ingest the file again",
                          (unsigned long) report->replaced.left_out),
                 task->path, (long long) report->replaced.left_out);
    if (report->outcome == LOAD_DONE)
        log_debug(_("%s: %s: %lld rows read, %lld loaded, %lld rejected, %lld duplicate"), task->path, report->form->name,
                  (long long) delivery->read, (long long) delivery->loaded, (long long) delivery->rejected, (long long) delivery->duplicate);
    if (told->json) {
        printf("%s\n  {\"outcome\": \"%s\", \"form\": \"%s\", \"read\": %lld, \"loaded\": %lld, \"rejected\": %lld, \"superseded\": %lld, \"duplicate\": %lld, \"rule\": \"%s\", \"column\": ",
               told->first ? "" : ",", words[report->outcome], report->form ? report->form->name : "", (long long) delivery->read,
               (long long) delivery->loaded, (long long) delivery->rejected, (long long) delivery->superseded, (long long) delivery->duplicate, rule_id(report->why));
        json_t *column = json_string(report->missing ? report->missing : ""); /* headers of forms may hold quotation marks */
        json_dumpf(column, stdout, JSON_ENCODE_ANY);
        json_decref(column);
        putchar('}');
        told->first = false;
    }
}

int app_ingest(App *app, const char *const *paths, Ahead *ahead)
{
    IngestOptions options = {.form = app->form, .board = app->board, .as_of = app->as_of, .dry_run = app->dry_run, .ahead = ahead, .workers = -1};
    IngestTotals totals;
    Told told = {.json = app->json, .first = true};

    if (app->json)
        fputs("{\"files\": [", stdout);
    if (!ingest_paths(app_dsn(app, "vb_ingest"), &app->place, paths, &options, tell, &told, &totals, &app->err))
        return (int) app->err.kind;
    if (app->json)
        printf("%s], \"files_read\": %zu, \"read\": %lld, \"loaded\": %lld, \"rejected\": %lld, \"superseded\": %lld, \"duplicate\": %lld}\n", told.first ? "" : "\n",
               totals.files, (long long) totals.read, (long long) totals.rows, (long long) totals.rejected, (long long) totals.superseded,
               (long long) totals.duplicate);
    if (totals.loaded)
        log_info(_("ingest: %zu files loaded, %zu known already, %zu refused; %lld rows read = %lld loaded + %lld rejected + %lld superseded + %lld duplicate"),
                 totals.loaded, totals.known, totals.refused, (long long) totals.read, (long long) totals.rows, (long long) totals.rejected,
                 (long long) totals.superseded, (long long) totals.duplicate);
    else
        log_info(_("ingest: nothing new; %zu files known already, %zu refused"), totals.known, totals.refused);
    if (totals.replaced)
        log_info(ngettext("ingest: %zu earlier delivery was replaced by a correction", "ingest: %zu earlier deliveries were replaced by corrections", totals.replaced), totals.replaced);
    /* An unattended run says no more than this: no file, no school, no reason. */
    if (totals.secret && !isatty(STDERR_FILENO))
        log_warn("%s", _("some input was refused because it may not be processed"));
    return totals.refused || totals.rejected || totals.secret ? ERR_INPUT : 0;
}

int cmd_ingest(App *app)
{
    if (app->n_args == 0) {
        err_set(&app->err, ERR_USAGE, "name the files or directories to ingest");
        return ERR_USAGE;
    }
    AHEAD_AUTO ahead = ahead_begin((const char *const *) app->args);
    return app_database(app) ? app_ingest(app, app->args, ahead) : (int) app->err.kind;
}
