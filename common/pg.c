#include "common/pg.h"

#include <libpq-fe.h>

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PARAMS_MAX = 24, COPY_BUFFER = 32 * 1024 };

struct Pg {
    PGconn *conn;
    char    target[256];
};

struct PgCopy {
    Pg    *db;
    char   table[64];
    PgRow  row;    /* rows not yet sent */
    bool   failed;
};

const PgQuery *pg_query_find(const char *name)
{
    for (const PgQuery *const *query = pg_queries; *query; query++)
        if (strcmp((*query)->name, name) == 0)
            return *query;
    return NULL;
}

/* Our own words for a server error: never its message, detail or context, which may hold a value. */
static bool server_error(const PGresult *result, const char *what, Err *err)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *table = result ? PQresultErrorField(result, PG_DIAG_TABLE_NAME) : NULL;
    const char *column = result ? PQresultErrorField(result, PG_DIAG_COLUMN_NAME) : NULL;
    const char *constraint = result ? PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME) : NULL;
    const char *why = !state                        ? N_("the connection to the server broke")
                      : strcmp(state, "42501") == 0 ? N_("permission denied")
                      : strcmp(state, "42P01") == 0 ? N_("no such table")
                      : strncmp(state, "23", 2) == 0 ? N_("constraint violated")
                      : strncmp(state, "22", 2) == 0 ? N_("value out of range")
                      : strncmp(state, "53", 2) == 0 ? N_("server out of resources")
                      : strncmp(state, "57", 2) == 0 ? N_("cancelled or server shutting down")
                      : strncmp(state, "40", 2) == 0 ? N_("transaction rolled back by the server")
                                                     : N_("refused by the server");

    err_set(err, ERR_DB, "%s: %s%s%s%s%s%s%s%s%s%s", what, err_word(why), state ? " (SQLSTATE " : "", state ? state : "",
            state ? ")" : "", table ? err_word(", table ") : "", table ? table : "", column ? err_word(", column ") : "",
            column ? column : "", constraint ? err_word(", constraint ") : "", constraint ? constraint : "");
    if (state)
        snprintf(err->sqlstate, sizeof err->sqlstate, "%s", state);
    return false;
}

static void notice_ignore(void *unused, const PGresult *result)
{
    (void) unused;
    (void) result;
}

bool pg_open(Pg **out, const char *dsn, Err *err)
{
    /* No compiler in the server: over temporary tables, which have no statistics, it takes seconds for queries of milliseconds. */
    static const char pin[] = "SET search_path = pg_catalog; SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; "
                              "SET TimeZone = 'UTC'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1; SET jit = off";
    Pg *db = calloc(1, sizeof *db);

    if (!db)
        return err_set(err, ERR_BUG, "out of memory");
    *out = db;
    db->conn = PQconnectdb(dsn);
    if (PQstatus(db->conn) != CONNECTION_OK) {
        /* Host, port and database are no secrets; the rest of the string may be. */
        const char *host = PQhost(db->conn), *name = PQdb(db->conn);
        err_set(err, ERR_DB, "cannot connect to database \"%s\" at \"%s\"; is the server running? (veiligbeeld db start)",
                name ? name : "", host ? host : "");
        pg_close(db);
        *out = NULL;
        return false;
    }
    snprintf(db->target, sizeof db->target, "%s/%s/%s", PQhost(db->conn), PQport(db->conn), PQdb(db->conn));
    PQsetErrorVerbosity(db->conn, PQERRORS_SQLSTATE);
    PQsetNoticeReceiver(db->conn, notice_ignore, NULL);
    PGresult *result = PQexec(db->conn, pin);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK || server_error(result, err_word("cannot prepare the session"), err);
    PQclear(result);
    if (good && PQserverVersion(db->conn) < 150000)
        good = err_set(err, ERR_DB, "the server is older than PostgreSQL 15");
    if (!good) {
        pg_close(db);
        *out = NULL;
    }
    return good;
}

void pg_close(Pg *db)
{
    if (!db)
        return;
    PQfinish(db->conn);
    free(db);
}

const char *pg_target(const Pg *db)
{
    return db->target;
}

int pg_server_version(const Pg *db)
{
    return PQserverVersion(db->conn);
}

static bool result_check(PGresult *result, const char *what, PgShape shape, PgResult **out, Err *err)
{
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        server_error(result, what, err);
        PQclear(result);
        return false;
    }
    int rows = PQntuples(result);
    if ((shape == PG_ONE_ROW && rows != 1) || (shape == PG_MAYBE_ROW && rows > 1)) {
        PQclear(result);
        return err_set(err, ERR_BUG, shape == PG_ONE_ROW ? "%s: %d rows where exactly one is right" : "%s: %d rows where at most one is right", what, rows);
    }
    if (shape == PG_NO_ROWS)
        PQclear(result);
    else
        *out = (PgResult *) result;
    return true;
}

typedef struct Params {
    const char *value[PARAMS_MAX];
    char        room[PARAMS_MAX][40];
    int         count;
} Params;

static void params_read(Params *params, const char *types, va_list args)
{
    params->count = 0;
    for (const char *type = types; *type && params->count < PARAMS_MAX; type++, params->count++) {
        char *text = params->room[params->count];
        const char **value = &params->value[params->count];
        *value = text;
        switch (*type) {
        case 'i': snprintf(text, sizeof params->room[0], "%" PRId64, va_arg(args, int64_t)); break;
        case 'd': snprintf(text, sizeof params->room[0], "%.17g", va_arg(args, double)); break;
        case 'b': snprintf(text, sizeof params->room[0], "%s", va_arg(args, int) ? "t" : "f"); break;
        case 'D': {
            Date date = va_arg(args, Date);
            if (date == DATE_NONE)
                *value = NULL;
            else
                date_format_iso(date, text);
            break;
        }
        case 't': *value = va_arg(args, const char *); break;
        default: *value = NULL;
        }
    }
}

bool pg_query(Pg *db, const PgQuery *query, PgShape shape, PgResult **out, Err *err, const char *types, ...)
{
    Params params;
    va_list args;

    va_start(args, types);
    params_read(&params, types, args);
    va_end(args);
    return result_check(PQexecParams(db->conn, query->text, params.count, NULL, params.value, NULL, NULL, 0), query->name, shape, out, err);
}

bool pg_each(Pg *db, const PgQuery *query, PgEach *each, void *context, Err *err, const char *types, ...)
{
    Params params;
    va_list args;
    bool good = true;

    va_start(args, types);
    params_read(&params, types, args);
    va_end(args);
    if (PQsendQueryParams(db->conn, query->text, params.count, NULL, params.value, NULL, NULL, 0) != 1)
        return err_set(err, ERR_DB, "%s: the connection is broken", query->name);
    PQsetSingleRowMode(db->conn);
    for (PGresult *result; (result = PQgetResult(db->conn)); PQclear(result)) {
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_SINGLE_TUPLE)
            each(context, (const PgResult *) result);
        else if (status != PGRES_TUPLES_OK && good)
            good = server_error(result, query->name, err);
    }
    return good;
}

bool pg_script(Pg *db, const PgQuery *query, Err *err)
{
    return result_check(PQexec(db->conn, query->text), query->name, PG_NO_ROWS, NULL, err);
}

static bool command(Pg *db, const char *text, Err *err)
{
    return result_check(PQexec(db->conn, text), text, PG_NO_ROWS, NULL, err);
}

bool pg_rewrite(Pg *db, const char *schema, const char *table, Err *err)
{
    char text[512];
    char *left = PQescapeIdentifier(db->conn, schema, strlen(schema)), *right = PQescapeIdentifier(db->conn, table, strlen(table));
    bool good = left && right && snprintf(text, sizeof text, "VACUUM (FULL) %s.%s", left, right) < (int) sizeof text;

    PQfreemem(left);
    PQfreemem(right);
    return good ? command(db, text, err) : err_set(err, ERR_BUG, "no such table name");
}

bool pg_begin(Pg *db, Err *err)
{
    return command(db, "BEGIN", err);
}

bool pg_commit(Pg *db, Err *err)
{
    return command(db, "COMMIT", err);
}

void pg_rollback(Pg *db)
{
    if (PQtransactionStatus(db->conn) != PQTRANS_IDLE)
        PQclear(PQexec(db->conn, "ROLLBACK"));
}

bool pg_lock_try(Pg *db, const char *name, bool *got, Err *err)
{
    static const PgQuery lock = {"advisory lock", "SELECT pg_try_advisory_lock(hashtextextended('veiligbeeld:' || $1, 0))"};
    PG_AUTO result = NULL;

    if (!pg_query(db, &lock, PG_ONE_ROW, &result, err, "t", name))
        return false;
    *got = pg_bool(result, 0, 0);
    return true;
}

size_t pg_rows(const PgResult *result)
{
    return (size_t) PQntuples((const PGresult *) result);
}

bool pg_is_null(const PgResult *result, size_t row, int column)
{
    return PQgetisnull((const PGresult *) result, (int) row, column) != 0;
}

const char *pg_text(const PgResult *result, size_t row, int column)
{
    return PQgetvalue((const PGresult *) result, (int) row, column);
}

int64_t pg_int(const PgResult *result, size_t row, int column)
{
    return strtoll(pg_text(result, row, column), NULL, 10);
}

double pg_real(const PgResult *result, size_t row, int column)
{
    return pg_is_null(result, row, column) ? NAN : strtod(pg_text(result, row, column), NULL);
}

bool pg_bool(const PgResult *result, size_t row, int column)
{
    return pg_text(result, row, column)[0] == 't';
}

Date pg_date(const PgResult *result, size_t row, int column)
{
    Date date;

    return date_parse_iso(pg_text(result, row, column), &date) ? date : DATE_NONE;
}

void pg_result_free(PgResult *result)
{
    PQclear((PGresult *) result);
}

/* -- binary COPY ------------------------------------------------------------------------------- */

bool pg_copy_begin(Pg *db, const char *table, const char *columns, const char *options, PgCopy **out, Err *err)
{
    char text[2048];

    if (snprintf(text, sizeof text, "COPY %s (%s) FROM STDIN WITH (FORMAT binary%s%s)", table, columns, options ? ", " : "",
                 options ? options : "") >= (int) sizeof text)
        return err_set(err, ERR_BUG, "column list of %s too long", table);
    PGresult *result = PQexec(db->conn, text);
    if (PQresultStatus(result) != PGRES_COPY_IN) {
        server_error(result, table, err);
        PQclear(result);
        return false;
    }
    PQclear(result);
    PgCopy *copy = calloc(1, sizeof *copy);
    if (!copy)
        _exit(70);
    copy->db = db;
    snprintf(copy->table, sizeof copy->table, "%s", table);
    pgrow_room(&copy->row, COPY_BUFFER);
    pgrow_put(&copy->row, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    *out = copy;
    return true;
}

/* Pieces that fit in the processor's nearest memory: larger ones measured slower at both ends. */
static void send_bytes(PgCopy *copy, const char *data, size_t bytes)
{
    for (size_t piece; !copy->failed && bytes > 0; data += piece, bytes -= piece) {
        piece = bytes < COPY_BUFFER ? bytes : COPY_BUFFER;
        copy->failed = PQputCopyData(copy->db->conn, data, (int) piece) != 1;
    }
}

static void send_rows(PgCopy *copy)
{
    send_bytes(copy, copy->row.data, copy->row.used);
    copy->row.used = 0;
}

PgRow *pg_copy_row(PgCopy *copy, int n_columns)
{
    if (copy->row.used >= COPY_BUFFER - 1024)
        send_rows(copy);
    pgrow_begin(&copy->row, n_columns);
    return &copy->row;
}

void pg_copy_rows(PgCopy *copy, const void *rows, size_t bytes)
{
    if (copy->row.used)
        send_rows(copy);
    send_bytes(copy, rows, bytes);
}

int pg_copy_ready(PgCopy *const *copy, int count, int first)
{
    struct pollfd end[PG_COPY_READY_MAX];
    int got = 0;

    for (int at = 0; at < count; at++)
        end[at] = (struct pollfd) {.fd = PQsocket(copy[(first + at) % count]->db->conn), .events = POLLOUT};
    for (int wait = 0; wait >= -1 && got <= 0; wait--) { /* at once, else as long as it takes */
        do
            got = poll(end, (nfds_t) count, wait);
        while (got < 0 && errno == EINTR);
        for (int at = 0; got > 0 && at < count; at++)
            if (end[at].revents)
                return (first + at) % count;
    }
    return first;
}

static void copy_free(PgCopy *copy)
{
    pgrow_free(&copy->row);
    free(copy);
}

bool pg_copy_end(PgCopy *copy, int64_t *rows, Err *err)
{
    bool good;
    Pg *db = copy->db;

    pgrow_begin(&copy->row, -1);
    send_rows(copy);
    PQputCopyEnd(db->conn, copy->failed ? "aborted" : NULL);
    PGresult *result = PQgetResult(db->conn);
    good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!good)
        server_error(result, copy->table, err);
    else if (rows)
        *rows = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    while ((result = PQgetResult(db->conn)))
        PQclear(result);
    copy_free(copy);
    return good;
}

void pg_copy_abort(PgCopy *copy)
{
    if (!copy)
        return;
    PGresult *result;
    PQputCopyEnd(copy->db->conn, "aborted");
    while ((result = PQgetResult(copy->db->conn)))
        PQclear(result);
    copy_free(copy);
}
