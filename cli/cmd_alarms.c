#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/app.h"
#include "common/pg.h"
#include "reports/alarm_text.h"
#include "sql_embed.h"

/* -- whose alarms -------------------------------------------------------------------------------- */

typedef struct Owner {
    int  location_no;
    bool office;
} Owner;

/* One school, or a board as a whole: the views of the bulletin show no more than that. */
static bool owner_find(App *app, Owner *owner)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO row = NULL;
    const char *code = app->school ? app->school : arena_format(app->run, "B%05d", app->board);

    if (!app->school && !app->board)
        return err_set(&app->err, ERR_USAGE, "whose alarm? give --school CODE (a school's own) or --board NUMBER (of the board as a whole)");
    if (app->school && app->board)
        return err_set(&app->err, ERR_USAGE, "give --school (a school's own alarms) or --board (those of the board as a whole), not both");
    if (!pg_open(&db, app_dsn(app, "vb_report"), &app->err) || !pg_query(db, &sql_reports_location_find, PG_MAYBE_ROW, &row, &app->err, "t", code))
        return false;
    if (pg_rows(row) == 0)
        return err_set(&app->err, ERR_USAGE, "no school or board \"%s\" in the register", code);
    *owner = (Owner){(int) pg_int(row, 0, 0), pg_bool(row, 0, 1)};
    return true;
}

/* The alarms of one owner; the session is set to him, so that he is the one who does something with them. */
typedef struct Shelf {
    Pg         *db;
    AlarmWords *words;
    AlarmList   list;
} Shelf;

static void shelf_close(Shelf *shelf)
{
    pg_close(shelf->db);
}

#define SHELF_AUTO __attribute__((cleanup(shelf_close))) Shelf

static bool shelf_open(App *app, Shelf *shelf)
{
    Owner owner = {0};

    return alarm_words_load(app->run, &app->place, &shelf->words, &app->err) && owner_find(app, &owner) && pg_open(&shelf->db, app_dsn(app, "vb_bulletin"), &app->err) &&
           reports_db_alarms(app->run, shelf->db, owner.location_no, app->as_of, &shelf->list, &app->err);
}

static bool number_read(App *app, int *number)
{
    char *end = NULL;
    long value = 0;

    errno = 0;
    if (app->n_args == 2)
        value = strtol(app->args[1], &end, 10);
    bool good = end && end != app->args[1] && !*end && errno == 0 && value > 0 && value <= INT_MAX;
    *number = good ? (int) value : 0;
    return good || err_set(&app->err, ERR_USAGE, "usage: veiligbeeld alarms %s NUMBER --school CODE", app->args[0]);
}

static const BulletinAlarm *alarm_find(const AlarmList *list, int number)
{
    for (size_t at = 0; at < list->n; at++)
        if (list->alarm[at].alarm_no == number)
            return &list->alarm[at];
    return NULL;
}

static const BulletinGone *gone_find(const AlarmList *list, int number)
{
    for (size_t at = 0; at < list->n_gone; at++)
        if (list->gone[at].alarm_no == number)
            return &list->gone[at];
    return NULL;
}

static int not_here(App *app, int number)
{
    err_set(&app->err, ERR_USAGE, "no alarm %d here; see: veiligbeeld alarms list", number);
    return ERR_USAGE;
}

/* -- as JSON ------------------------------------------------------------------------------------- */

static json_t *number_or_null(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *date_or_null(Date day)
{
    char text[11];

    if (day == DATE_NONE)
        return json_null();
    date_format_iso(day, text);
    return json_string(text);
}

static json_t *spots_json(const AlarmSpot *spot)
{
    json_t *list = json_array();

    for (size_t at = 0; at < ALARM_SPOTS && spot[at].n; at++)
        json_array_append_new(list, json_pack("[s, i]", spot[at].label, spot[at].n));
    return list;
}

static json_t *text_or_null(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static json_t *history_json(const AlarmList *list, int number)
{
    json_t *made = json_array();

    for (size_t at = 0; at < list->n_steps; at++) {
        const AlarmStep *step = &list->step[at];
        if (step->alarm_no == number)
            json_array_append_new(made, json_pack("{s: s, s: o, s: o, s: o, s: o}", "step", step->step, "on", date_or_null(step->done_on), "event", text_or_null(step->event),
                                                  "event_on", date_or_null(step->event_on), "undone", text_or_null(step->undone)));
    }
    return made;
}

static json_t *gone_json(App *app, const Shelf *shelf, const BulletinGone *gone)
{
    return json_pack("{s: i, s: s, s: s, s: o, s: o, s: o, s: o, s: o, s: o, s: s, s: o}", "alarm", gone->alarm_no, "state", gone->state, "title", gone->title, "from", date_or_null(gone->from),
                     "last", date_or_null(gone->last), "gone_on", date_or_null(gone->gone_on), "gone_break", date_or_null(gone->break_on), "event", text_or_null(gone->event),
                     "event_on", date_or_null(gone->event_on), "reason", alarm_gone(app->run, shelf->words, gone), "history", history_json(&shelf->list, gone->alarm_no));
}

static json_t *alarm_json(App *app, const Shelf *shelf, const BulletinAlarm *alarm)
{
    const char *sentence[ALARM_SENTENCES];
    const AlarmWords *words = shelf->words;
    size_t n = alarm_explain(app->run, words, alarm, sentence);
    json_t *made = json_object(), *explanation = json_array();

    for (size_t at = 0; at < n; at++)
        json_array_append_new(explanation, json_string(sentence[at]));
    json_object_set_new(made, "alarm", json_integer(alarm->alarm_no));
    json_object_set_new(made, "state", json_string(alarm->state));
    json_object_set_new(made, "shown", json_boolean(alarm->shown));
    json_object_set_new(made, "series", json_string(alarm->series));
    json_object_set_new(made, "title", json_string(alarm->title));
    json_object_set_new(made, "unit", json_string(alarm->unit));
    json_object_set_new(made, "direction", json_string(alarm->rise ? "rise" : "silence"));
    json_object_set_new(made, "from", date_or_null(alarm->from));
    json_object_set_new(made, "last", date_or_null(alarm->last));
    json_object_set_new(made, "peak", date_or_null(alarm->peak));
    json_object_set_new(made, "period", json_string(alarm->period));
    json_object_set_new(made, "method", json_string(alarm->method));
    json_object_set_new(made, "observed", number_or_null(alarm->observed));
    json_object_set_new(made, "expected", number_or_null(alarm->expected));
    json_object_set_new(made, "upper", number_or_null(alarm->upper));
    json_object_set_new(made, "pvalue", number_or_null(alarm->pvalue));
    json_object_set_new(made, "certainty", json_integer(alarm->certainty));
    json_object_set_new(made, "trend", json_boolean(alarm->trend));
    json_object_set_new(made, "periods", json_integer(alarm->points));
    json_object_set_new(made, "incomplete", json_boolean(alarm->incomplete));
    json_object_set_new(made, "baseline", json_pack("{s: o, s: o, s: i}", "first", date_or_null(alarm->base_first), "last", date_or_null(alarm->base_last), "n", alarm->base_n));
    json_object_set_new(made, "place", spots_json(alarm->place));
    json_object_set_new(made, "hour", spots_json(alarm->hour));
    json_object_set_new(made, "group", spots_json(alarm->group));
    json_object_set_new(made, "new_on", date_or_null(alarm->new_on));
    json_object_set_new(made, "seen_on", date_or_null(alarm->seen_on));
    json_object_set_new(made, "event", text_or_null(alarm->event));
    json_object_set_new(made, "event_on", date_or_null(alarm->event_on));
    json_object_set_new(made, "closed_on", date_or_null(alarm->closed_on));
    json_object_set_new(made, "went_on", json_boolean(alarm->on));
    json_object_set_new(made, "history", history_json(&shelf->list, alarm->alarm_no));
    json_object_set_new(made, "question", json_string(alarm_question(app->run, words, alarm)));
    json_object_set_new(made, "explanation", explanation);
    return made;
}

static void json_print(json_t *value)
{
    char *text = json_dumps(value, JSON_INDENT(2));

    puts(text ? text : "null");
    free(text);
    json_decref(value);
}

/* -- list and explain ---------------------------------------------------------------------------- */

static const char *days(Arena *out, Date first, Date end)
{
    char from[11], last[11];

    date_format_iso(first, from);
    date_format_iso(end, last);
    return arena_format(out, "%s..%s", from, last);
}

static const char *figure(Arena *out, int decimals, double value)
{
    return isnan(value) ? "" : arena_format(out, "%.*f", decimals, value);
}

/* The words in which the database says how an alarm stands, and what became of a step. */
static const char *state_text(const char *state)
{
    static const char *const known[] = {N_("new"), N_("seen"), N_("explained"), N_("closed"), N_("undone"), N_("done"), N_("unchanged")};

    for (size_t at = 0; at < sizeof known / sizeof *known; at++)
        if (strcmp(state, known[at]) == 0)
            return _(known[at]);
    return state;
}

static int list_one(App *app)
{
    SHELF_AUTO shelf = {0};

    if (!shelf_open(app, &shelf))
        return (int) app->err.kind;
    const AlarmList *list = &shelf.list;
    if (app->json) {
        json_t *made = json_array();
        for (size_t at = 0; at < list->n; at++)
            json_array_append_new(made, alarm_json(app, &shelf, &list->alarm[at]));
        for (size_t at = 0; at < list->n_gone; at++)
            json_array_append_new(made, gone_json(app, &shelf, &list->gone[at]));
        json_print(made);
        return 0;
    }
    if (list->n + list->n_gone == 0)
        puts(_("no alarms"));
    else
        printf("%6s  %-9s  %-22s  %8s  %8s  %6s  %s\n", _("alarm"), _("state"), _("days"), _("counted"), _("expected"), _("limit"), _("what"));
    for (size_t at = 0; at < list->n; at++) {
        const BulletinAlarm *a = &list->alarm[at];
        printf("%6d  %-9s  %-22s  %8s  %8s  %6s  %s%s%s\n", a->alarm_no, state_text(a->state), days(app->run, a->from, a->last), figure(app->run, 0, a->observed), figure(app->run, 1, a->expected),
               figure(app->run, 0, floor(a->upper)), a->title, a->on ? _("  (goes on after it was closed)") : "", a->shown ? "" : _("  (not shown: beyond the yearly budget)"));
    }
    for (size_t at = 0; at < list->n_gone; at++) {
        const BulletinGone *g = &list->gone[at];
        printf("%6d  %-9s  %-22s  %8s  %8s  %6s  %s%s\n", g->alarm_no, state_text(g->state), days(app->run, g->from, g->last), "", "", "", g->title,
               g->break_on == DATE_NONE ? _("  (gone: better data)") : _("  (gone: another way of counting; see explain)"));
    }
    return 0;
}

/* Without a school: who has news to read, and nothing of what it is. */
static int list_all(App *app)
{
    PG_DB_AUTO db = NULL;
    PG_AUTO rows = NULL;

    if (!pg_open(&db, app_dsn(app, "vb_analyze"), &app->err) || !pg_query(db, &sql_analyze_alarm_summary, PG_ANY_ROWS, &rows, &app->err, "i", (int64_t) 0))
        return (int) app->err.kind;
    json_t *list = json_array();
    if (!app->json)
        printf("%-6s %-10s %5s %5s %9s %7s %7s  %s\n", _("board"), _("school"), _("new"), _("seen"), _("explained"), _("closed"), _("hidden"), _("latest"));
    for (size_t row = 0; row < pg_rows(rows); row++) {
#define C(column) pg_text(rows, row, column)
        if (app->json)
            json_array_append_new(list, json_pack("{s: I, s: s, s: I, s: I, s: I, s: I, s: I, s: s}", "board", (json_int_t) pg_int(rows, row, 0), "school", C(1), "new",
                                                  (json_int_t) pg_int(rows, row, 2), "seen", (json_int_t) pg_int(rows, row, 3), "explained", (json_int_t) pg_int(rows, row, 4),
                                                  "closed", (json_int_t) pg_int(rows, row, 5), "hidden", (json_int_t) pg_int(rows, row, 6), "latest", C(7)));
        else
            printf("%-6s %-10s %5s %5s %9s %7s %7s  %s\n", C(0), *C(1) ? C(1) : "-", C(2), C(3), C(4), C(5), C(6), C(7));
#undef C
    }
    if (app->json)
        json_print(list);
    else
        json_decref(list);
    return 0;
}

static int explain(App *app)
{
    SHELF_AUTO shelf = {0};
    const char *sentence[ALARM_SENTENCES];
    int number = 0;

    if (!number_read(app, &number) || !shelf_open(app, &shelf))
        return (int) app->err.kind;
    const BulletinAlarm *one = alarm_find(&shelf.list, number);
    const BulletinGone *gone = one ? NULL : gone_find(&shelf.list, number);
    if (!one && !gone)
        return not_here(app, number);
    if (app->json) {
        json_print(one ? alarm_json(app, &shelf, one) : gone_json(app, &shelf, gone));
        return 0;
    }
    if (one) {
        printf("%s [%s]\n", alarm_question(app->run, shelf.words, one), alarm_certainty(shelf.words, one));
        size_t n = alarm_explain(app->run, shelf.words, one, sentence);
        for (size_t at = 0; at < n; at++)
            printf("- %s\n", sentence[at]);
    } else {
        printf("%s\n", alarm_gone(app->run, shelf.words, gone));
    }
    const char *history = alarm_history(app->run, shelf.words, &shelf.list, number);
    if (*history)
        printf("- %s\n", history);
    return 0;
}

/* -- what the school does with one --------------------------------------------------------------- */

/* What the database said of a step that it did not take. */
static bool refusal_set(App *app, int number, const char *said)
{
    if (strcmp(said, "no such event") == 0)
        return err_set(&app->err, ERR_USAGE, "no event of that code in config/alarms.json; free text is not kept");
    if (strcmp(said, "before new") == 0)
        return err_set(&app->err, ERR_USAGE, "alarm %d was not there yet on that day; give a later --as-of", number);
    if (strcmp(said, "before step") == 0)
        return err_set(&app->err, ERR_USAGE, "the last step of alarm %d is of a later day; give a later --as-of", number);
    if (strcmp(said, "nothing to undo") == 0)
        return err_set(&app->err, ERR_USAGE, "nothing was done with alarm %d that can be undone; see: veiligbeeld alarms explain %d", number, number);
    if (strcmp(said, "closed") == 0)
        return err_set(&app->err, ERR_USAGE, "alarm %d is closed; an event is linked before that", number);
    if (strcmp(said, "long before") == 0)
        return err_set(&app->err, ERR_USAGE, "the day of the event lies more than a year before alarm %d began; check --date", number);
    return err_set(&app->err, ERR_USAGE, "alarm %d was not changed: %s", number, said);
}

/* The same step as without --dry-run, taken back by the database: what it says is what it would do. */
static bool step_take(App *app, Pg *db, int number, const char *what, PgResult **answer)
{
    if (!pg_begin(db, &app->err) ||
        !pg_query(db, &sql_reports_bulletin_mark, PG_ONE_ROW, answer, &app->err, "ittDD", (int64_t) number, what, app->event, app->event ? app->date : DATE_NONE, app->as_of))
        return false;
    if (!app->dry_run)
        return pg_commit(db, &app->err);
    pg_rollback(db);
    return true;
}

static int mark(App *app, const char *what)
{
    SHELF_AUTO shelf = {0};
    PG_AUTO answer = NULL;
    bool undo = strcmp(what, "undone") == 0;
    int number = 0;

    if (!number_read(app, &number) || !shelf_open(app, &shelf))
        return (int) app->err.kind;
    /* what is gone can only be brought back */
    if (!alarm_find(&shelf.list, number) && !(undo && gone_find(&shelf.list, number)))
        return not_here(app, number);
    if (!step_take(app, shelf.db, number, what, &answer))
        return (int) app->err.kind;
    const char *said = pg_text(answer, 0, 0);
    bool unchanged = strcmp(said, "unchanged") == 0;
    bool done = undo ? strcmp(said, "seen") == 0 || strcmp(said, "explained") == 0 || strcmp(said, "closed") == 0 : strcmp(said, "done") == 0;
    if (!done && !unchanged) {
        refusal_set(app, number, said);
        return ERR_USAGE;
    }
    if (app->json) {
        printf("{\"alarm\": %d, \"step\": \"%s\", \"result\": \"%s\"%s}\n", number, what, said, app->dry_run ? ", \"dry_run\": true" : "");
        return 0;
    }
    printf("%d %s: %s%s\n", number, state_text(what), state_text(said), app->dry_run ? _(" (dry run: nothing was kept)") : "");
    if (done && strcmp(what, "explained") == 0 && alarm_event_is_break(shelf.words, app->event))
        printf(_("From the next analyze on nothing before that day is compared with; alarms can disappear by that. Back: veiligbeeld alarms undo %d\n"), number);
    return 0;
}

static int link_event(App *app)
{
    AlarmWords *words;

    if (!app->event || app->date == DATE_NONE) {
        err_set(&app->err, ERR_USAGE, "usage: veiligbeeld alarms link NUMBER --event CODE --date DATE --school CODE");
        return ERR_USAGE;
    }
    if (!alarm_words_load(app->run, &app->place, &words, &app->err))
        return (int) app->err.kind;
    if (!alarm_event_title(words, app->event)) { /* never repeated: somebody may have typed a name */
        err_set(&app->err, ERR_USAGE, "no event of that code in config/alarms.json; free text is not kept");
        return ERR_USAGE;
    }
    if (app->date > app->as_of) {
        err_set(&app->err, ERR_USAGE, "the day of the event lies after the as-of date");
        return ERR_USAGE;
    }
    return mark(app, "explained");
}

int cmd_alarms(App *app)
{
    const char *verb = app->n_args ? app->args[0] : "";

    if (strcmp(verb, "backtest") == 0)
        return app_backtest(app);
    bool known = strcmp(verb, "list") == 0 || strcmp(verb, "explain") == 0 || strcmp(verb, "seen") == 0 || strcmp(verb, "close") == 0 || strcmp(verb, "link") == 0 || strcmp(verb, "undo") == 0;
    if (!known || (strcmp(verb, "list") == 0 && app->n_args != 1)) {
        err_set(&app->err, ERR_USAGE, "usage: veiligbeeld alarms list|explain NUMBER|seen NUMBER|close NUMBER|link NUMBER --event CODE --date DATE|undo NUMBER|backtest");
        return ERR_USAGE;
    }
    if (!app_database(app))
        return (int) app->err.kind;
    if (strcmp(verb, "list") == 0)
        return app->school || app->board ? list_one(app) : list_all(app);
    if (strcmp(verb, "explain") == 0)
        return explain(app);
    if (strcmp(verb, "link") == 0)
        return link_event(app);
    return mark(app, strcmp(verb, "seen") == 0 ? "seen" : strcmp(verb, "undo") == 0 ? "undone" : "closed");
}
