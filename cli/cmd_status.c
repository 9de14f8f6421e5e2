#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/app.h"
#include "common/pg.h"
#include "sql_embed.h"

/* How a delivery stands, of which the query says one word. */
static const char *state_text(const char *state)
{
    static const char *const known[] = {N_("late"), N_("missing"), N_("refused"), N_("left out")};

    for (size_t at = 0; at < sizeof known / sizeof *known; at++)
        if (strcmp(state, known[at]) == 0)
            return _(known[at]);
    return state;
}

/* For the data officer: what came in and what each delivery's rows became. No results. */
int cmd_status(App *app)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO rows = NULL;
    int year = app_school_year(app);

    if (!app_database(app) || !pg_open(&db, app_dsn(app, "vb_ingest"), &app->err) ||
        !pg_query(db, &sql_ingest_status, PG_ANY_ROWS, &rows, &app->err, "iiD", (int64_t) year, (int64_t) app->board, app->as_of))
        return (int) app->err.kind;
    if (app->json)
        fputs("[", stdout);
    else
        printf("%-6s %-7s %-19s %-22s %-10s %8s %8s %8s %8s %8s %-10s\n", _("board"), _("school"), _("kind"), _("form"), _("received"), _("read"),
               _("loaded"), _("rejected"), _("superse."), _("duplic."), _("due"));
    for (size_t row = 0; row < pg_rows(rows); row++) {
#define C(column) pg_text(rows, row, column)
        json_t *text = app->json ? json_string(C(12)) : NULL;
        char *column = text ? json_dumps(text, JSON_ENCODE_ANY) : NULL; /* headers of forms may hold quotation marks */
        if (app->json)
            printf("%s\n  {\"board\": %s, \"school\": \"%s\", \"kind\": \"%s\", \"form\": \"%s\", \"received\": \"%s\", \"read\": %s, \"loaded\": %s, \"rejected\": %s, \"superseded\": %s, \"duplicate\": %s, \"due\": \"%s\", \"state\": \"%s\", \"column\": %s}",
                   row ? "," : "", C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), column ? column : "\"\"");
        else
            printf("%-6s %-7s %-19s %-22s %-10s %8s %8s %8s %8s %8s %-10s %s%s%s\n", C(0), C(1), C(2), *C(3) ? C(3) : _("(nothing received)"), C(4), C(5), C(6), C(7), C(8), C(9), C(10), state_text(C(11)), *C(12) ? ": " : "", C(12));
        free(column);
        json_decref(text);
#undef C
    }
    if (app->json) {
        fputs("\n]\n", stdout);
        return 0;
    }
    PG_AUTO findings = NULL;
    if (!pg_query(db, &sql_ingest_findings, PG_ANY_ROWS, &findings, &app->err, ""))
        return (int) app->err.kind;
    for (size_t row = 0; row < pg_rows(findings); row++)
        printf(_("register: %s: %s (for example %s)\n"), pg_text(findings, row, 0), pg_text(findings, row, 1), pg_text(findings, row, 2));
    return 0;
}
