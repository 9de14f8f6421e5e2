#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/app.h"
#include "common/sweep.h"
#include "ingest/ingest_db.h"
#include "ingest/person.h"
#include "ingest/rotate.h"
#include "sql_embed.h"

enum { LINE_BYTES = 1024 };

/* One line of standard input, byte by byte: a buffered reader would keep the name in memory that nobody wipes.
 * \return false: the input ended, or the line is too long (then it is "?": no date, no word) */
static bool line_read(char line[static LINE_BYTES])
{
    size_t used = 0;
    ssize_t got;
    char byte = 0;

    while ((got = read(STDIN_FILENO, &byte, 1)) == 1 && byte != '\n')
        if (used < LINE_BYTES)
            line[used++] = byte;
    bool good = used < LINE_BYTES && (used > 0 || got == 1);
    while (good && used && line[used - 1] == '\r')
        used--;
    if (used == LINE_BYTES) {
        line[0] = '?';
        used = 1;
    }
    line[used] = '\0';
    return good;
}

static bool ask(const char *question, char line[static LINE_BYTES])
{
    if (isatty(STDIN_FILENO)) {
        fputs(question, stderr);
        fflush(stderr);
    }
    return line_read(line);
}

static bool confirmed(const char *question, const char *word)
{
    char line[LINE_BYTES];

    return ask(question, line) && strcmp(line, word) == 0;
}

/* Nobody but this function sees the name; person holds hashes. */
static bool person_ask(App *app, Pg *db, Person *person)
{
    char name[LINE_BYTES] = "", birth[LINE_BYTES] = "";
    Date date;

    if (!person_board_check(db, app->place.var, app->board, &app->err))
        return false;
    bool good = ask(_("name: "), name) || err_set(&app->err, ERR_INPUT, "no name was given, or one of more than 1000 bytes");
    if (good) {
        ask(_("birth date (yyyy-mm-dd or dd-mm-yyyy, empty when not known): "), birth); /* the end of the input is an empty line */
        good = person_birth_parse(birth, &date) || err_set(&app->err, ERR_INPUT, "what was given as birth date is no date");
    }
    good = good && person_identify(db, app->place.var, app->board, name, date, person, &app->err);
    sodium_memzero(name, sizeof name);
    sodium_memzero(birth, sizeof birth);
    return good;
}

static bool start(App *app, const char *role, Pg **db)
{
    if (app->n_args)
        return err_set(&app->err, ERR_USAGE, "name and birth date are asked for, never given as arguments: those stay behind in the history of the shell");
    if (!app->board)
        return err_set(&app->err, ERR_USAGE, "name the board: --board NUMBER");
    return app_database(app) && pg_open(db, app_dsn(app, role), &app->err) && ingest_db_lock(*db, &app->err);
}

/* -- what is held -------------------------------------------------------------------------------- */

static size_t match_count(const PersonRow *rows, size_t count, PersonMatch match)
{
    size_t found = 0;

    for (size_t at = 0; at < count; at++)
        found += rows[at].match == match;
    return found;
}

/* The rows of one school and kind lie together. */
static size_t group_end(const PersonRow *rows, size_t count, size_t at)
{
    size_t end = at;

    while (end < count && rows[end].match == rows[at].match && strcmp(rows[end].kind, rows[at].kind) == 0 && strcmp(rows[end].school, rows[at].school) == 0)
        end++;
    return end;
}

static void row_print(const PersonRow *row)
{
    const char *const labels[] = {row->what, row->place, row->role, row->group};
    const char *between = "  ";

    printf("    %s%s%s", row->day, *row->until ? _(" until ") : "", row->until);
    for (size_t at = 0; at < sizeof labels / sizeof *labels; at++)
        if (*labels[at]) {
            printf("%s%s", between, labels[at]);
            between = "; ";
        }
    puts("");
}

static void rows_print(const PersonRow *rows, size_t count, bool each)
{
    for (int match = 0; match < PERSON_MATCHES; match++) {
        size_t found = match_count(rows, count, (PersonMatch) match);
        if (found == 0)
            continue;
        printf(match == PERSON_BY_BIRTH ? ngettext("with birth date: %zu record\n", "with birth date: %zu records\n", found)
                                        : ngettext("by name only, it may be somebody else of that name: %zu record\n", "by name only, it may be somebody else of that name: %zu records\n", found), found);
        for (size_t at = 0, end; at < count; at = end) {
            end = group_end(rows, count, at);
            if (rows[at].match != (PersonMatch) match)
                continue;
            printf("  %s, %s%s%s: %zu\n", rows[at].kind, rows[at].school, *rows[at].school_name ? " " : "", rows[at].school_name, end - at);
            for (size_t row = at; each && row < end; row++)
                row_print(&rows[row]);
        }
    }
    if (count == 0)
        puts(_("nothing is held about this person"));
}

static json_t *text_or_null(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static const char *match_word(PersonMatch match)
{
    return match == PERSON_BY_BIRTH ? "birth_date" : "name_only";
}

static json_t *counts_json(const PersonRow *rows, size_t count)
{
    json_t *counts = json_array();

    for (size_t at = 0, end; at < count; at = end) {
        end = group_end(rows, count, at);
        json_array_append_new(counts, json_pack("{s:s, s:s, s:s, s:I}", "matched", match_word(rows[at].match), "kind", rows[at].kind, "school",
                                                rows[at].school, "records", (json_int_t) (end - at)));
    }
    return counts;
}

static json_t *rows_json(const PersonRow *rows, size_t count)
{
    json_t *list = json_array();

    for (const PersonRow *row = rows; row < rows + count; row++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "matched", match_word(row->match), "kind", row->kind,
                                              "school", row->school, "school_name", text_or_null(row->school_name), "date", row->day, "until",
                                              text_or_null(row->until), "what", text_or_null(row->what), "place", text_or_null(row->place), "role",
                                              text_or_null(row->role), "group", text_or_null(row->group)));
    return list;
}

static bool json_print(App *app, json_t *object)
{
    bool good = object && json_dumpf(object, stdout, JSON_INDENT(2)) == 0;

    json_decref(object);
    puts("");
    return good || err_set(&app->err, ERR_BUG, "cannot write JSON");
}

int cmd_inzage(App *app)
{
    PG_DB_AUTO db = NULL;
    Person person;
    PersonRow *rows;
    size_t count;

    if (!start(app, "vb_ingest", &db) || !person_ask(app, db, &person) ||
        !person_rows(app->run, db, app->board, &person, &rows, &count, &app->err))
        return (int) app->err.kind;
    if (app->json)
        return json_print(app, json_pack("{s:i, s:o, s:o}", "board", app->board, "counts", counts_json(rows, count), "records", rows_json(rows, count)))
                   ? 0 : (int) app->err.kind;
    rows_print(rows, count, true);
    return 0;
}

/* -- erasure ------------------------------------------------------------------------------------- */

/* Which of the two kinds of matches may go. \return false: nothing was confirmed */
static bool erase_choose(App *app, const PersonRow *rows, size_t count, bool erase[static PERSON_MATCHES])
{
    erase[PERSON_BY_BIRTH] = erase[PERSON_BY_NAME] = false;
    if (match_count(rows, count, PERSON_BY_BIRTH)) {
        erase[PERSON_BY_BIRTH] = app->yes || confirmed(arena_format(app->run, _("type \"%s\" to erase these records: "), _("forget")), _("forget"));
        if (!erase[PERSON_BY_BIRTH]) /* whoever does not mean the first question is not asked the second */
            return err_set(&app->err, ERR_INPUT, "not confirmed; nothing was erased");
    }
    if (match_count(rows, count, PERSON_BY_NAME)) {
        erase[PERSON_BY_NAME] = app->namesakes && (app->yes || erase[PERSON_BY_BIRTH]);
        if (!erase[PERSON_BY_NAME] && !app->yes)
            erase[PERSON_BY_NAME] = confirmed(arena_format(app->run, _("type \"%s\" to erase also what was found by name only: "), _("namesakes")), _("namesakes"));
    }
    return erase[PERSON_BY_BIRTH] || erase[PERSON_BY_NAME] ||
           err_set(&app->err, ERR_INPUT, "only records by name were found, and erasing those was not confirmed (--naamgenoten); nothing was erased");
}

static bool steps_add(App *app, Pg *db, int64_t run_no, const PersonRow *rows, size_t count, const PersonChanges *changes, double seconds)
{
    for (int kind = 0; kind < PERSON_KINDS; kind++) {
        int64_t held = 0;
        for (size_t at = 0; at < count; at++)
            held += strcmp(rows[at].kind, person_kinds[kind]) == 0;
        if (held && !pg_query(db, &sql_ops_step_add, PG_NO_ROWS, NULL, &app->err, "itdii", run_no, person_kinds[kind], seconds, held, changes->rows[kind]))
            return false;
    }
    return true;
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static bool erase_run(App *app, Pg *db, const Person *person, const PersonRow *rows, size_t count, const bool erase[static PERSON_MATCHES], PersonChanges *changes)
{
    int64_t run_no;
    size_t tables;
    double begin = seconds_now();

    if (!app_run_begin(app, db, "forget", &run_no))
        return false;
    bool good = person_forget(app->run, db, app->board, person, erase, changes, &app->err) &&
                steps_add(app, db, run_no, rows, count, changes, seconds_now() - begin) &&
                sweep_amendments(db, &app->cluster, &tables, &app->err);
    app_run_end(app, db, run_no, good);
    return good && app->err.kind == ERR_NONE;
}

static void erased_tell(const App *app, const PersonRow *rows, size_t count, const bool erase[static PERSON_MATCHES])
{
    size_t left = erase[PERSON_BY_NAME] ? 0 : match_count(rows, count, PERSON_BY_NAME);

    if (left)
        log_info(ngettext("%zu record by name only was left: it may be of somebody else (--naamgenoten)", "%zu records by name only were left: they may be of somebody else (--naamgenoten)", left), left);
    log_info("%s", _("the figures of this board follow at the next run; a file delivered again with this person in it brings her back"));
    if (app->cluster.dsn)
        log_warn("%s", _("the tables were written anew; the write-ahead log, its archive and backups of this server are its administrator's to clear"));
}

int cmd_forget(App *app)
{
    PG_DB_AUTO db = NULL;
    Person person;
    PersonRow *rows;
    PersonChanges changes = {.parts = "{}"};
    size_t count, tables;
    bool erase[PERSON_MATCHES];

    /* First what a forget that was killed left in the files: then giving it again is enough. */
    if (!start(app, "vb_owner", &db) || (!app->dry_run && !sweep_amendments(db, &app->cluster, &tables, &app->err)) ||
        !person_ask(app, db, &person) || !person_rows(app->run, db, app->board, &person, &rows, &count, &app->err))
        return (int) app->err.kind;
    if (!app->json)
        rows_print(rows, count, false);
    else if (count == 0 || app->dry_run)
        return json_print(app, json_pack("{s:i, s:o, s:{}}", "board", app->board, "found", counts_json(rows, count), "erased")) ? 0 : (int) app->err.kind;
    if (count == 0 || app->dry_run)
        return 0;
    fflush(stdout); /* before the question */
    if (!erase_choose(app, rows, count, erase) || !erase_run(app, db, &person, rows, count, erase, &changes))
        return (int) app->err.kind;
    if (app->json) {
        json_t *erased = json_object();
        for (int kind = 0; kind < PERSON_KINDS; kind++)
            if (changes.rows[kind])
                json_object_set_new(erased, person_kinds[kind], json_integer(changes.rows[kind]));
        if (!json_print(app, json_pack("{s:i, s:o, s:o}", "board", app->board, "found", counts_json(rows, count), "erased", erased)))
            return (int) app->err.kind;
    } else {
        for (int kind = 0; kind < PERSON_KINDS; kind++)
            if (changes.rows[kind])
                printf(ngettext("erased from %lld row of kind %s\n", "erased from %lld rows of kind %s\n", (unsigned long) changes.rows[kind]), (long long) changes.rows[kind], person_kinds[kind]);
    }
    erased_tell(app, rows, count, erase);
    return 0;
}

/* -- the key of a board -------------------------------------------------------------------------- */

int cmd_key(App *app)
{
    PG_DB_AUTO db = NULL;
    PersonChanges changes = {.parts = "{}"};
    int64_t run_no, people = 0;
    size_t tables;

    if (app->n_args != 1 || strcmp(app->args[0], "rotate") != 0 || app->keep == app->cut || !app->board) {
        err_set(&app->err, ERR_USAGE, "usage: veiligbeeld key rotate --board N --keep|--cut");
        return ERR_USAGE;
    }
    if (!app_database(app) || !pg_open(&db, app_dsn(app, "vb_owner"), &app->err) || !ingest_db_lock(db, &app->err) ||
        !person_board_check(db, app->place.var, app->board, &app->err))
        return (int) app->err.kind;
    if (app->dry_run)
        return 0;
    if (!app_run_begin(app, db, app->keep ? "key rotate --keep" : "key rotate --cut", &run_no))
        return (int) app->err.kind;
    double begin = seconds_now();
    bool good = rotate_board(app->run, db, app->place.var, app->board, app->keep, &changes, &people, &app->err);
    for (int kind = 0; good && kind < PERSON_KINDS; kind++)
        good = !changes.rows[kind] || pg_query(db, &sql_ops_step_add, PG_NO_ROWS, NULL, &app->err, "itdii", run_no, person_kinds[kind],
                                               seconds_now() - begin, changes.rows[kind], changes.rows[kind]);
    good = good && sweep_amendments(db, &app->cluster, &tables, &app->err);
    app_run_end(app, db, run_no, good);
    if (app->err.kind != ERR_NONE)
        return (int) app->err.kind;
    if (app->json)
        return json_print(app, json_pack("{s:i, s:b, s:I, s:I}", "board", app->board, "kept", (int) app->keep, "people", (json_int_t) people, "rows",
                                         (json_int_t) changes.total)) ? 0 : (int) app->err.kind;
    if (app->keep)
        printf(_("board %05d has a new key; %lld pseudonyms in %lld rows were hashed once more and are still found\n"), app->board, (long long) people,
               (long long) changes.total);
    else
        printf(_("board %05d has a new key and the linkage is cut: what was stored before can no longer be found by name (inzage, forget), and nobody in "
                 "it is recognised in later deliveries. This cannot be undone once copies of the old key file are gone: destroy those too.\n"), app->board);
    return 0;
}
