/**
 * Where the rows of a delivery go: a COPY into the table of their kind, or, for a large one, two tables of its own filled through two
 * connections at once, so that the server works on two processors too (sql/function/bulk).
 *
 * The first part belongs to the transaction of the delivery. The second is committed by its own connection just before, as a table that
 * belongs to nothing and that nobody reads; the delivery's transaction attaches both. So either the whole delivery is there, or nothing of it;
 * what a killed run leaves is an orphan, which whoever takes the lock of ingest next removes.
 */
#ifndef VB_INGEST_PARTS_H
#define VB_INGEST_PARTS_H

#include "common/pg.h"
#include "ingest/ingest_db.h"

typedef struct Parts Parts;

typedef struct PartsPlan {
    Pg         *db;        /* in the transaction of the delivery */
    const char *dsn;       /* of a second connection; NULL: one part is enough */
    const char *table;     /* of the kind: "fact.incident" */
    const char *columns;   /* as COPY names them */
    bool        bulk;      /* tables of its own; else straight into table */
    const DeliveryRow *delivery;
    Pg         *second;    /* a second connection that is open already, owned by parts from now on; NULL */
} PartsPlan;

/** Make what belongs to the second connection, before the delivery's own transaction locks anything but its line. plan: borrowed, and what it
 *  names. \param out owned by caller also when this fails: parts_close */
bool parts_open(const PartsPlan *plan, Parts **out, Err *err);
bool parts_copy(Parts *parts, Err *err); /* begin */
/** The COPY that takes the next rows: in turn, but one whose server is busy waits and the other goes on (measured: the program stood still for 0.1 s
 *  and more while one of the servers had nothing to do). Which part a row lies in means nothing. */
PgCopy *parts_turn(Parts *parts);
/** The same for several threads: the COPY of a worker, which nobody else uses until it is given back. worker: from 0 */
PgCopy *parts_take(Parts *parts, int worker);
void parts_give(Parts *parts, int worker);
/** All rows are sent: end, index and attach. \param taken filled with the rows that the server has */
bool parts_end(Parts *parts, int64_t *taken, Err *err);
void parts_abort(Parts *parts); /* give up what COPY has begun, before the transaction is rolled back; NULL is allowed */
/** \param kept the delivery's transaction was committed. If not it must be rolled back by now; what the second connection committed is
 *  removed. NULL is allowed */
void parts_close(Parts *parts, bool kept);

#endif
