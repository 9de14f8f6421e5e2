/**
 * One file into the database: read, decode, map, check, pseudonymise in memory, and send as one typed binary COPY in one
 * transaction. Either the whole delivery is there afterwards, with its account, or nothing of it.
 *
 * A natural key that was there before, in the file or in another delivery of the board: the same content is a duplicate, other content
 * supersedes, and the later one stands (sql/function/held says what later is).
 *
 * Memory does not grow with the file: the reader's 2 MiB, a batch of rows (or a few for each thread that makes them, and what it remembers), and at most 32 MiB to recognise natural keys by.
 */
#ifndef VB_INGEST_LOAD_H
#define VB_INGEST_LOAD_H

#include "common/pg.h"
#include "ingest/ahead.h"
#include "ingest/delivery.h"
#include "ingest/ingest_db.h"
#include "ingest/rule.h"

typedef enum LoadOutcome {
    LOAD_DONE,
    LOAD_KNOWN,        /* the same file is loaded already: nothing changed */
    LOAD_REFUSED,      /* refused whole: err says why; nothing was written */
    LOAD_SECRET        /* Handle with Care: refused, and nothing may be said in a log */
} LoadOutcome;

enum { LOAD_REJECTS_KEPT = 100000 };

typedef struct LoadReport {
    LoadOutcome outcome;
    const Form *form;      /* NULL when it was not recognised */
    DeliveryRow delivery;  /* counts */
    RowReject  *reject;    /* the first LOAD_REJECTS_KEPT, in order */
    size_t      n_rejects;
    Replaced    replaced;
    Rule        why;       /* of a file that was refused */
    const char *missing;   /* the column that it was refused for, as config/ writes its header; NULL */
} LoadReport;

typedef struct LoadContext {
    Pg             *db;
    const Forms    *forms;
    const Register *reg;
    const Place    *place;
    Date            as_of;
    bool            dry_run; /* do everything, then roll back */
    const char     *dsn;     /* of a second connection for large files */
    int             workers; /* for large files (crew.h); 0: the caller's thread does all */
    Ahead          *ahead;   /* the first reading of a file that was begun already; NULL */
    int            *first_delivery; /* number of the first delivery of this run, 0 until there is one */
} LoadContext;

/**
 * \param batch memory of report
 * \return false and err only when the run cannot go on (database, configuration). A bad file is an outcome; then err holds
 *         the reason as ERR_INPUT text.
 */
bool load_file(Arena *batch, const LoadContext *context, const Task *task, LoadReport *report, Err *err);

/** Form and public/private kind of a file by its header alone, to order the work; NULL when not recognised. */
const Form *load_peek_form(const LoadContext *context, const Task *task);

#endif
