#include "common/pg.h"

#include <libpq-fe.h>

#include <inttypes.h>
#include <math.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PARAMS_MAX = 24, COPY_BUFFER = 256 * 1024, PG_EPOCH = 10957 /* 2000-01-01 in days since 1970 */ };

struct Pg {
    PGconn *conn;
    char    target[256];
};

struct PgCopy {
    Pg    *db;
    char   table[64];
    size_t used, room;
    bool   failed;
    char  *data;
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
    const char *why = !state                        ? "the connection to the server broke"
                      : strcmp(state, "42501") == 0 ? "permission denied"
                      : strcmp(state, "42P01") == 0 ? "no such table"
                      : strncmp(state, "23", 2) == 0 ? "constraint violated"
                      : strncmp(state, "22", 2) == 0 ? "value out of range"
                      : strncmp(state, "53", 2) == 0 ? "server out of resources"
                      : strncmp(state, "57", 2) == 0 ? "cancelled or server shutting down"
                      : strncmp(state, "40", 2) == 0 ? "transaction rolled back by the server"
                                                     : "refused by the server";

    err_set(err, ERR_DB, "%s: %s%s%s%s%s%s%s%s%s%s", what, why, state ? " (SQLSTATE " : "", state ? state : "",
            state ? ")" : "", table ? ", table " : "", table ? table : "", column ? ", column " : "",
            column ? column : "", constraint ? ", constraint " : "", constraint ? constraint : "");
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
    static const char pin[] = "SET search_path = pg_catalog; SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; "
                              "SET TimeZone = 'UTC'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1";
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
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK || server_error(result, "cannot prepare the session", err);
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
        return err_set(err, ERR_BUG, "%s: %d rows where %s is right", what, rows,
                       shape == PG_ONE_ROW ? "exactly one" : "at most one");
    }
    if (shape == PG_NO_ROWS)
        PQclear(result);
    else
        *out = (PgResult *) result;
    return true;
}

bool pg_query(Pg *db, const PgQuery *query, PgShape shape, PgResult **out, Err *err, const char *types, ...)
{
    const char *value[PARAMS_MAX];
    char room[PARAMS_MAX][40];
    int count = 0;
    va_list args;

    va_start(args, types);
    for (const char *type = types; *type && count < PARAMS_MAX; type++, count++) {
        char *text = room[count];
        value[count] = text;
        switch (*type) {
        case 'i': snprintf(text, sizeof room[0], "%" PRId64, va_arg(args, int64_t)); break;
        case 'd': snprintf(text, sizeof room[0], "%.17g", va_arg(args, double)); break;
        case 'b': snprintf(text, sizeof room[0], "%s", va_arg(args, int) ? "t" : "f"); break;
        case 'D': {
            Date date = va_arg(args, Date);
            if (date == DATE_NONE)
                value[count] = NULL;
            else
                date_format_iso(date, text);
            break;
        }
        case 't': value[count] = va_arg(args, const char *); break;
        default: value[count] = NULL;
        }
    }
    va_end(args);
    return result_check(PQexecParams(db->conn, query->text, count, NULL, value, NULL, NULL, 0), query->name, shape, out, err);
}

bool pg_script(Pg *db, const PgQuery *query, Err *err)
{
    return result_check(PQexec(db->conn, query->text), query->name, PG_NO_ROWS, NULL, err);
}

static bool command(Pg *db, const char *text, Err *err)
{
    return result_check(PQexec(db->conn, text), text, PG_NO_ROWS, NULL, err);
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

static void copy_room(PgCopy *copy, size_t bytes)
{
    if (copy->used + bytes <= copy->room)
        return;
    if (!copy->failed && copy->used && PQputCopyData(copy->db->conn, copy->data, (int) copy->used) != 1)
        copy->failed = true;
    copy->used = 0;
    if (bytes > copy->room) {
        char *grown = realloc(copy->data, bytes);
        if (!grown)
            _exit(70);
        copy->data = grown;
        copy->room = bytes;
    }
}

static void put(PgCopy *copy, const void *data, size_t bytes)
{
    memcpy(copy->data + copy->used, data, bytes);
    copy->used += bytes;
}

static void put16(PgCopy *copy, uint16_t value)
{
    uint16_t big = __builtin_bswap16(value);
    put(copy, &big, 2);
}

static void put32(PgCopy *copy, uint32_t value)
{
    uint32_t big = __builtin_bswap32(value);
    put(copy, &big, 4);
}

bool pg_copy_begin(Pg *db, const char *table, const char *columns, PgCopy **out, Err *err)
{
    char text[2048];

    if (snprintf(text, sizeof text, "COPY %s (%s) FROM STDIN WITH (FORMAT binary)", table, columns) >= (int) sizeof text)
        return err_set(err, ERR_BUG, "column list of %s too long", table);
    PGresult *result = PQexec(db->conn, text);
    if (PQresultStatus(result) != PGRES_COPY_IN) {
        server_error(result, table, err);
        PQclear(result);
        return false;
    }
    PQclear(result);
    PgCopy *copy = calloc(1, sizeof *copy);
    char *data = malloc(COPY_BUFFER);
    if (!copy || !data)
        _exit(70);
    copy->db = db;
    copy->data = data;
    copy->room = COPY_BUFFER;
    snprintf(copy->table, sizeof copy->table, "%s", table);
    put(copy, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    *out = copy;
    return true;
}

void pg_copy_row(PgCopy *copy, int n_columns)
{
    copy_room(copy, 2);
    put16(copy, (uint16_t) n_columns);
}

void pg_copy_null(PgCopy *copy)
{
    copy_room(copy, 4);
    put32(copy, UINT32_MAX);
}

void pg_copy_int2(PgCopy *copy, int value)
{
    copy_room(copy, 6);
    put32(copy, 2);
    put16(copy, (uint16_t) value);
}

void pg_copy_int4(PgCopy *copy, int32_t value)
{
    copy_room(copy, 8);
    put32(copy, 4);
    put32(copy, (uint32_t) value);
}

void pg_copy_int8(PgCopy *copy, int64_t value)
{
    copy_room(copy, 12);
    put32(copy, 8);
    put32(copy, (uint32_t) ((uint64_t) value >> 32));
    put32(copy, (uint32_t) value);
}

void pg_copy_real(PgCopy *copy, double value)
{
    int64_t bits;

    if (isnan(value)) {
        pg_copy_null(copy);
        return;
    }
    memcpy(&bits, &value, 8);
    pg_copy_int8(copy, bits);
}

void pg_copy_bool(PgCopy *copy, bool value)
{
    copy_room(copy, 5);
    put32(copy, 1);
    put(copy, value ? "\1" : "\0", 1);
}

void pg_copy_date(PgCopy *copy, Date value)
{
    if (value == DATE_NONE)
        pg_copy_null(copy);
    else
        pg_copy_int4(copy, value - PG_EPOCH);
}

void pg_copy_bytes(PgCopy *copy, const void *data, size_t bytes)
{
    copy_room(copy, 4 + bytes);
    put32(copy, (uint32_t) bytes);
    put(copy, data, bytes);
}

void pg_copy_text(PgCopy *copy, const char *value)
{
    if (value)
        pg_copy_bytes(copy, value, strlen(value));
    else
        pg_copy_null(copy);
}

/* One-dimensional array header: dimensions, has-null flag, element type, length, lower bound. */
static void array_begin(PgCopy *copy, size_t count, size_t element_bytes, uint32_t element_type, bool nulls, size_t n_null)
{
    size_t body = count ? 20 + count * (4 + element_bytes) - n_null * element_bytes : 12;

    copy_room(copy, 4 + body);
    put32(copy, (uint32_t) body);
    put32(copy, count ? 1 : 0);
    put32(copy, nulls ? 1 : 0);
    put32(copy, element_type);
    if (count) {
        put32(copy, (uint32_t) count);
        put32(copy, 1);
    }
}

void pg_copy_int2s(PgCopy *copy, const int16_t *values, size_t count, int16_t null_value)
{
    enum { INT2OID = 21 };
    size_t nulls = 0;

    for (size_t item = 0; item < count; item++)
        nulls += values[item] == null_value;
    array_begin(copy, count, 2, INT2OID, nulls != 0, nulls);
    for (size_t item = 0; item < count; item++) {
        if (values[item] == null_value) {
            put32(copy, UINT32_MAX);
        } else {
            put32(copy, 2);
            put16(copy, (uint16_t) values[item]);
        }
    }
}

void pg_copy_uuids(PgCopy *copy, const uint8_t (*values)[16], size_t count)
{
    enum { UUIDOID = 2950 };

    array_begin(copy, count, 16, UUIDOID, false, 0);
    for (size_t item = 0; item < count; item++) {
        put32(copy, 16);
        put(copy, values[item], 16);
    }
}

static void copy_free(PgCopy *copy)
{
    /* The buffer held pseudonyms at most, but nothing of a delivery should outlive its use. */
    sodium_memzero(copy->data, copy->room);
    free(copy->data);
    free(copy);
}

bool pg_copy_end(PgCopy *copy, int64_t *rows, Err *err)
{
    bool good;
    Pg *db = copy->db;

    copy_room(copy, 2);
    put16(copy, UINT16_MAX);
    if (!copy->failed && PQputCopyData(db->conn, copy->data, (int) copy->used) != 1)
        copy->failed = true;
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
