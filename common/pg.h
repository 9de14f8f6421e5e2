/**
 * The only file of the project that speaks libpq. Not a general client: named queries with bound
 * parameters, one expected shape per query, and typed binary COPY.
 *
 * Personal data leaks through database messages (a duplicate key prints the key, a bad COPY field is
 * printed), so the message, detail and context fields of the server are never read: our text is built from
 * SQLSTATE, table, column and constraint. Nothing raw reaches the server either: values are converted here.
 */
#ifndef VB_COMMON_PG_H
#define VB_COMMON_PG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/pgrow.h"
#include "common/err.h"

typedef struct PgQuery {
    const char *name; /* "ingest/delivery_find" = sql/query/ingest/delivery_find.sql */
    const char *text;
} PgQuery;

extern const PgQuery *const pg_queries[]; /* all embedded files, NULL at the end */
const PgQuery *pg_query_find(const char *name); /* NULL: no such file */

typedef struct Pg       Pg;
typedef struct PgResult PgResult;

typedef enum PgShape { PG_NO_ROWS, PG_ONE_ROW, PG_MAYBE_ROW, PG_ANY_ROWS } PgShape;

/** Connect as a role of DESIGN ("vb_ingest"); dsn comes from cluster_dsn(). Owned by caller: pg_close. */
bool pg_open(Pg **out, const char *dsn, Err *err);
void pg_close(Pg *db); /* NULL is allowed */
static inline void pg_drop(Pg **db) { pg_close(*db); }
#define PG_DB_AUTO __attribute__((cleanup(pg_drop))) Pg *

/** "host/port/database" without any secret, for messages. Borrowed. */
const char *pg_target(const Pg *db);
int pg_server_version(const Pg *db); /* 150018 */

/**
 * Run one named query. types: one letter per parameter: i int64_t, d double, b int (0/1), t const char *
 * (NULL allowed), D Date, n NULL without an argument.
 * \param out  filled, owned by caller (pg_result_free); NULL for PG_NO_ROWS
 * \return false, ERR_DB with the SQLSTATE, or when the number of rows does not fit the shape
 */
bool pg_query(Pg *db, const PgQuery *query, PgShape shape, PgResult **out, Err *err, const char *types, ...);
/** Called with a result of one row; it is gone afterwards. */
typedef void PgEach(void *context, const PgResult *row);
/** Run a query of any number of rows and hand over one at a time, so that memory does not grow with them. */
bool pg_each(Pg *db, const PgQuery *query, PgEach *each, void *context, Err *err, const char *types, ...);
/** A whole script of several statements, in one transaction of the server's making; only for embedded files. */
bool pg_script(Pg *db, const PgQuery *query, Err *err);
/** Write a table anew and remove the old file (VACUUM FULL): a plain VACUUM leaves the bytes of deleted rows in the free space
 *  of their pages. Holds the table alone meanwhile and needs room for a copy of it. Names of our own only. */
bool pg_rewrite(Pg *db, const char *schema, const char *table, Err *err);
bool pg_begin(Pg *db, Err *err);
bool pg_commit(Pg *db, Err *err);
void pg_rollback(Pg *db); /* no transaction: does nothing */

/** Advisory lock of the session, by name; *got false when somebody else holds it. */
bool pg_lock_try(Pg *db, const char *name, bool *got, Err *err);

size_t pg_rows(const PgResult *result);
bool pg_is_null(const PgResult *result, size_t row, int column);
const char *pg_text(const PgResult *result, size_t row, int column); /* "" for NULL; borrowed */
int64_t pg_int(const PgResult *result, size_t row, int column); /* 0 for NULL */
double pg_real(const PgResult *result, size_t row, int column); /* NaN for NULL */
bool pg_bool(const PgResult *result, size_t row, int column);
Date pg_date(const PgResult *result, size_t row, int column); /* DATE_NONE for NULL */
void pg_result_free(PgResult *result);
static inline void pg_result_drop(PgResult **result) { pg_result_free(*result); }
#define PG_AUTO __attribute__((cleanup(pg_result_drop))) PgResult *

/* -- binary COPY -------------------------------------------------------------------------------
 * begin, then per row pg_copy_row(n) and n values of pgrow.h in the order of columns, then end. One COPY per
 * connection at a time. Memory: one buffer of 32 KiB. */
typedef struct PgCopy PgCopy;

/** \param table "fact.incident"; \param columns "location_no, occurred_on"; \param options NULL or "FREEZE"; all from our own
 *  tables, never from input */
bool pg_copy_begin(Pg *db, const char *table, const char *columns, const char *options, PgCopy **out, Err *err);
PgRow *pg_copy_row(PgCopy *copy, int n_columns); /* where to write the row's values; borrowed until the next row */
void pg_copy_rows(PgCopy *copy, const void *rows, size_t bytes); /* whole rows that were written elsewhere */
enum { PG_COPY_READY_MAX = 8 };
/** Which of several takes rows without making us wait: the first that does from `first` on, else whichever does first. \param count 1 to PG_COPY_READY_MAX */
int pg_copy_ready(PgCopy *const *copy, int count, int first);
/** Finish and check; frees copy in any case. \param rows filled with the rows the server took, may be NULL */
bool pg_copy_end(PgCopy *copy, int64_t *rows, Err *err);
void pg_copy_abort(PgCopy *copy); /* give up; frees */

#endif
