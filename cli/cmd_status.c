#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/app.h"
#include "common/pg.h"
#include "sql_embed.h"

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
        printf("%-6s %-7s %-19s %-22s %-10s %8s %8s %8s %8s %8s %-10s\n", "board", "school", "kind", "form", "received", "read", "loaded", "rejected", "superse.", "duplic.", "due");
    for (size_t row = 0; row < pg_rows(rows); row++) {
#define C(column) pg_text(rows, row, column)
        json_t *text = app->json ? json_string(C(12)) : NULL;
        char *column = text ? json_dumps(text, JSON_ENCODE_ANY) : NULL; /* headers of forms may hold quotation marks */
        if (app->json)
            printf("%s\n  {\"board\": %s, \"school\": \"%s\", \"kind\": \"%s\", \"form\": \"%s\", \"received\": \"%s\", \"read\": %s, \"loaded\": %s, \"rejected\": %s, \"superseded\": %s, \"duplicate\": %s, \"due\": \"%s\", \"state\": \"%s\", \"column\": %s}",
                   row ? "," : "", C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), column ? column : "\"\"");
        else
            printf("%-6s %-7s %-19s %-22s %-10s %8s %8s %8s %8s %8s %-10s %s%s%s\n", C(0), C(1), C(2), *C(3) ? C(3) : "(nothing received)", C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), *C(12) ? ": " : "", C(12));
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
