#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/alarm_verify.h"
#include "analyze/disclosure/derive.h"
#include "analyze/disclosure/disclose.h"
#include "analyze/disclosure/outside.h"
#include "cli/app.h"

/* \param alone asked for by itself: nothing to do is a mistake then. In a run it is not: files that were refused are reported all the same */
static int disclose(App *app, bool alone)
{
    DiscloseOptions options = {.school_year = app_school_year(app), .board = app->board, .dry_run = app->dry_run};
    DiscloseTotals totals;
    DeriveTotals derived;

    if (!disclose_run(app_dsn(app, "vb_disclose"), &app->place, &options, &totals, &app->err) ||
        (!app->dry_run && !derive_run(app_dsn(app, "vb_disclose"), &app->place, options.board, &derived, &app->err)))
        return (int) app->err.kind;
    if (alone && totals.boards == 0)
        return err_set(&app->err, ERR_DISCLOSURE, "there are no results of school year %d-%d; run: veiligbeeld analyze --schooljaar %d-%d", options.school_year,
                       options.school_year + 1, options.school_year, options.school_year + 1), ERR_DISCLOSURE;
    if (totals.computed)
        log_info(_("disclose: %zu of %zu boards: %zu tables = %zu as they are + %zu coarsened + %zu withheld; %zu cells published"), totals.computed,
                 totals.boards, totals.tables, totals.released, totals.coarsened, totals.withheld, totals.cells);
    else
        log_info(ngettext("disclose: nothing new for %zu board", "disclose: nothing new for %zu boards", totals.boards), totals.boards);
    if (totals.refused)
        return err_set(&app->err, ERR_DISCLOSURE,
                       ngettext("%zu board was not released: an outsider could work out too much (see above)", "%zu boards were not released: an outsider could work out too much (see above)", totals.refused),
                       totals.refused), ERR_DISCLOSURE;
    if (totals.kept)
        log_warn(ngettext("disclose: %zu table stands as released before: the change is too small to show", "disclose: %zu tables stand as released before: the change is too small to show", totals.kept),
                 totals.kept);
    return 0;
}

int app_disclose(App *app)
{
    return disclose(app, false);
}

static void report_say(Arena *out, const OutsideReport *report)
{
    const char *holds = "";

    for (const char *at = report->holds; *at; at += strcspn(at, ","), at += *at == ',')
        holds = arena_format(out, "%s%s%.*s", holds, *holds ? ", " : "", (int) strcspn(at, ","), at);
    printf(_("Board %d, audience %s\n"), report->board_no, report->audience);
    printf(ngettext("  An outsider who keeps every edition of %s holds %zu figure of this board.\n", "  An outsider who keeps every edition of %s holds %zu figures of this board.\n", report->n_figures), holds,
           report->n_figures);
    printf(_("  Together they are %zu numbers, tied by %zu relations and %zu limits (parts and wholes, roundings).\n"), report->n_cells, report->n_lines,
           report->n_ranges);
    if (report->n_hidden)
        printf(_("  %zu groups are hidden in larger ones. He solved %zu programs to find out how many children each has.\n"), report->n_hidden, report->n_programs);
    else
        printf(_("  No group is hidden in a larger one: what is too small is not there at all.\n"));
    if (report->n_hidden && report->narrowest >= 0)
        printf(ngettext("  The hidden group he knows most about can have only %lld number.\n", "  The hidden group he knows most about can still have any of %lld numbers.\n",
                        (unsigned long) report->narrowest + 1), (long long) report->narrowest + 1);
    printf(ngettext("  He compared %zu pair of an earlier and a later showing of the same group.\n", "  He compared %zu pairs of an earlier and a later showing of the same group.\n", report->n_pairs), report->n_pairs);
    if (report->history.n_attackers)
        printf(ngettext("  Of everything that was ever shown of one school year, taken together, he asked %zu number.\n",
                        "  Of everything that was ever shown of one school year, taken together, he asked %zu numbers.\n", report->history.n_asked), report->history.n_asked);
    if (outside_stands(report)) {
        printf(_("  Result: he finds no number of children from 1 to %d. The release stands.\n"), report->threshold - 1);
        return;
    }
    printf(_("  Result: NOT SAFE. %zu printed counts are too small, %zu hidden groups can be narrowed down, %zu corrections are too small to hide.\n"), report->n_small,
           report->n_narrow, report->n_moved);
    if (report->history.n_told)
        printf(ngettext("  All showings together tell him %zu number that is too small.\n", "  All showings together tell him %zu numbers that are too small.\n", report->history.n_told), report->history.n_told);
    if (report->first)
        printf(_("  Look first at: %s\n"), report->first);
    printf(_("  Do not publish. Run veiligbeeld disclose again; if this remains, tell the makers.\n"));
}

static json_t *report_json(const OutsideReport *report)
{
    return json_pack("{s:s,s:i,s:s,s:i,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:b}", "audience", report->audience, "board", report->board_no, "holds", report->holds,
                     "threshold", report->threshold, "figures", (json_int_t) report->n_figures, "numbers", (json_int_t) report->n_cells, "relations",
                     (json_int_t) report->n_lines, "limits", (json_int_t) report->n_ranges, "hidden", (json_int_t) report->n_hidden, "programs",
                     (json_int_t) report->n_programs, "narrowest", (json_int_t) report->narrowest, "showings_compared", (json_int_t) report->n_pairs, "too_small",
                     (json_int_t) report->n_small, "narrowed_down", (json_int_t) report->n_narrow, "moved_too_little", (json_int_t) report->n_moved, "asked_together", (json_int_t) report->history.n_asked, "told_together", (json_int_t) report->history.n_told, "stands",
                     outside_stands(report));
}

/* disclose --audit all, AUDIENCE or AUDIENCE/BOARD */
static int audit(App *app)
{
    const char *slash = strchr(app->audit, '/'), *audience = strcmp(app->audit, "all") == 0 ? NULL : app->audit;
    int board = app->board;
    OutsideReport *reports;
    size_t n, bad = 0;

    if (slash) {
        char *end;
        audience = arena_text_n(app->run, app->audit, (size_t) (slash - app->audit));
        board = (int) strtol(slash + 1, &end, 10);
        if (*end || board < 1)
            return err_set(&app->err, ERR_USAGE, "\"%s\" is not the number of a board", slash + 1), ERR_USAGE;
    }
    if (!app_database(app) || !outside_attack(app->run, app_dsn(app, "vb_report"), &app->place, audience, board, &reports, &n, &app->err))
        return (int) app->err.kind;
    if (n == 0)
        return err_set(&app->err, ERR_DISCLOSURE, "nothing was released for \"%s\"; run: veiligbeeld disclose", app->audit), ERR_DISCLOSURE;
    json_t *list = json_array();
    for (size_t at = 0; at < n; at++) {
        bad += !outside_stands(&reports[at]);
        if (app->json)
            json_array_append_new(list, report_json(&reports[at]));
        else
            report_say(app->run, &reports[at]);
    }
    if (app->json)
        json_dumpf(list, stdout, JSON_INDENT(1));
    else
        printf(ngettext("%zu release attacked, not safe: %zu\n", "%zu releases attacked, not safe: %zu\n", n), n, bad);
    json_decref(list);
    return bad ? ERR_DISCLOSURE : 0;
}

/* Without --table disclose releases the results of the boards: nobody may come there who meant a table of his own. */
static bool options_agree(App *app)
{
    const struct { const char *option; bool given; } of_table[] = {
        {"--hier", app->n_hier > 0}, {"--threshold", app->threshold != 0}, {"--zeros", app->zeros != NULL}, {"--contributors", app->contributors != NULL},
        {"--must", app->must != NULL}, {"--earlier", app->earlier != NULL}, {"--coarsen", app->coarsen != NULL}, {"--certificate", app->certificate != NULL}};

    if (app->n_args && !app->table && !app->audit)
        return err_set(&app->err, ERR_USAGE, "disclose takes options only; did you mean --table %s?", app->args[0]);
    if (app->n_args)
        return err_set(&app->err, ERR_USAGE, "disclose takes options only, and \"%s\" is none", app->args[0]);
    if (app->table && app->audit)
        return err_set(&app->err, ERR_USAGE, "--table protects a table and --audit attacks a release; give one of them");
    for (size_t at = 0; at < sizeof of_table / sizeof *of_table && !app->table; at++)
        if (of_table[at].given)
            return err_set(&app->err, ERR_USAGE, "%s goes with --table FILE; without it disclose releases the results of the boards, or attacks them (--audit)", of_table[at].option);
    return true;
}

int cmd_disclose(App *app)
{
    if (!options_agree(app))
        return (int) app->err.kind;
    if (app->audit)
        return audit(app);
    if (app->table)
        return cmd_disclose_table(app);
    return app_database(app) ? disclose(app, true) : (int) app->err.kind;
}

/* What stands in release against its certificates, and every stored alarm against what it was computed from. */
int cmd_verify(App *app)
{
    PG_DB_AUTO db = NULL;
    AlarmVerified alarms;
    DeriveTotals derived;
    size_t certificates, bad;

    if (!app_database(app) || !disclose_verify(app_dsn(app, "vb_report"), &certificates, &bad, &app->err) ||
        !derive_verify(app->run, app_dsn(app, "vb_report"), &app->place, &derived, &app->err) ||
        !pg_open(&db, app_dsn(app, "vb_analyze"), &app->err) || !alarm_verify(app->run, db, &alarms, &app->err))
        return (int) app->err.kind;
    if (app->json) {
        printf("{\"certificates\": %zu, \"certificates_bad\": %zu, \"alarms\": %zu, \"alarm_periods\": %zu, \"series\": %zu, \"alarms_bad\": %zu, \"trends\": %zu, \"comparisons\": %zu, \"derived_bad\": %zu}\n",
               certificates, bad, alarms.alarms, alarms.points, alarms.series, alarms.differ, derived.trends, derived.comparisons, derived.differ);
    } else {
        printf(_("%zu certificates, %zu do not match what stands in release\n"), certificates, bad);
        printf(_("%zu trends and %zu schools compared made again from released cells alone, %zu differ\n"), derived.trends, derived.comparisons, derived.differ);
        printf(_("%zu alarms (%zu unusual periods in %zu series) computed again, %zu differ\n"), alarms.alarms, alarms.points, alarms.series, alarms.differ);
    }
    if (alarms.first)
        log_error("%s", alarms.first);
    if (derived.first)
        log_error("%s", derived.first);
    return bad || derived.differ ? ERR_DISCLOSURE : alarms.differ ? ERR_STAT : 0;
}
