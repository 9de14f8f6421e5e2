/** Every question that ingest asks the database; the rest of the room sees neither SQL nor results. */
#ifndef VB_INGEST_DB_H
#define VB_INGEST_DB_H

#include "common/arena.h"
#include "common/pg.h"
#include "ingest/rule.h"

/** Where a location code belonged to which board. */
typedef struct LocationPeriod {
    const char *code;
    int         location_no, board_no;
    bool        office;
    Date        from, to;
} LocationPeriod;

typedef struct Register {
    LocationPeriod *period; /* sorted by code, then date */
    size_t          count;
    int32_t        *bucket; /* hash of code -> first period, -1 = free */
    size_t          n_buckets;
} Register;

typedef struct DeliveryRow {
    int         delivery_no;
    const char *sha256, *kind, *form;
    const char *respondents; /* of a questionnaire; NULL: it is none */
    const char *siblings; /* hashes of all tables of the same file, as an array of the server; NULL: it has no other */
    int         form_version, board_no, location_no; /* 0 = none */
    Date        period_begin, period_end, received;
    int64_t     read, loaded, rejected, superseded, duplicate;
    int         ignored_columns;
} DeliveryRow;

typedef struct RowReject {
    int64_t     row;    /* the one below the header is 1, blank ones are counted as a spreadsheet does; 0 = the header */
    int         column; /* 1-based, 0 = the row as a whole */
    const char *field;  /* our name */
    Rule        rule;
    bool        finding; /* the row was loaded all the same */
} RowReject;

/** What became of earlier deliveries. */
typedef struct Replaced {
    int64_t deliveries; /* whole or in part */
    int64_t stale;      /* others that counted duplicates of what is gone now, and should be delivered again */
    int64_t left_out;   /* schools of those that were corrected in part, of which this one says nothing: their rows stay (fact.left_out) */
} Replaced;

/** A file that was refused as a whole, as far as anybody knows what it is. */
typedef struct Refusal {
    const char *sha256, *kind, *form; /* NULL: not known */
    int         board_no, location_no; /* 0: not known, or for the whole board */
    Date        period_begin, period_end; /* DATE_NONE: not known */
    Date        refused;
    const char *rule, *missing; /* missing: the column that it was refused for, as config/ calls it; NULL */
    int64_t     read, rejected;
    const RowReject *reject;
    size_t      n_rejects;
} Refusal;

bool ingest_db_register(Arena *out, Pg *db, Register *reg, Err *err);
/** First period of a code, or NULL. The periods of one code follow each other. */
const LocationPeriod *ingest_register_find(const Register *reg, const char *code);
/** The period of a code that holds on a date, else the one nearest to it. */
const LocationPeriod *ingest_register_at(const Register *reg, const char *code, Date date);

/** \param period_begin, period_end, received as manifest or file name say; DATE_NONE: they do not */
bool ingest_db_known(Pg *db, const DeliveryRow *delivery, Date period_begin, Date period_end, Date received, bool *known, Err *err);
bool ingest_db_insert(Pg *db, DeliveryRow *delivery, Err *err); /* fills delivery_no */
/** Delete the rows of earlier deliveries that this one replaces and mark them. \param instrument 0 unless a questionnaire
 *  \param first_of_run deliveries from this one on came in the same run: replaced only when received earlier
 *  \param complete it is the whole of its period (sql/view/fact_delivered)
 *  \param schools that it holds, as an array of the server, for a file of the whole board; NULL: the earlier ones go as a whole */
bool ingest_db_replace(Pg *db, const DeliveryRow *delivery, int instrument, int first_of_run, const char *schools, bool complete, Replaced *what, Err *err);
/** Are there other files for the whole board of its kind and period? */
bool ingest_db_rivals(Pg *db, const DeliveryRow *delivery, bool *any, Err *err);
bool ingest_db_done(Pg *db, const DeliveryRow *delivery, Err *err);
/** What is wrong with rows, into a table whose first column is a number. \param table "fact.reject" */
bool ingest_db_rejects(Pg *db, const char *table, const char *number_column, int number, const RowReject *reject, size_t count, Err *err);
/** A file that is loaded is the whole of its period after all. \param received as the manifest says; DATE_NONE \param first_of_run or 0
 *  \param since filled with the day that it counts as received, when there is something that it speaks for: then load it again; else DATE_NONE */
bool ingest_db_complete(Pg *db, const DeliveryRow *delivery, Date received, int instrument, int first_of_run, Date *since, Err *err);
bool ingest_db_stale(Pg *db, const DeliveryRow *delivery, Err *err); /* this file is about to be loaded again */
/** Keep that it was refused, with at most REFUSAL_ROWS_MAX of its rows. In a transaction of the caller. */
enum { REFUSAL_ROWS_MAX = 1000 };
bool ingest_db_refuse(Pg *db, const Refusal *refusal, Err *err);
/** What was refused before and is here now. */
bool ingest_db_refusals_settle(Pg *db, const DeliveryRow *delivery, Err *err);
/** How many rows the board's deliveries in force of this kind hold. */
bool ingest_db_board_rows(Pg *db, const DeliveryRow *delivery, int64_t *rows, Err *err);
/** Their natural keys, one by one. */
typedef void IngestKey(void *context, int64_t key);
bool ingest_db_keys(Pg *db, const DeliveryRow *delivery, IngestKey *take, void *context, Err *err);
/** A temporary table for rows held back, "pg_temp.held_rows", gone at the end of the transaction. \param table "fact.incident" */
bool ingest_db_held_begin(Pg *db, const char *table, Err *err);
/** What became of them, into the account: loaded, duplicate, or superseded by a later row (sql/function/held). */
bool ingest_db_held_settle(Pg *db, const char *table, DeliveryRow *delivery, Err *err);
/** Nobody else ingests, forgets or rotates from now on; what a killed run left is removed. ERR_DB: somebody does. */
bool ingest_db_lock(Pg *db, Err *err);
/** A table for one part of a large delivery, made in this transaction; *table is its name, owned by arena. \param parent "fact.incident" */
bool ingest_db_bulk_begin(Arena *out, Pg *db, const DeliveryRow *delivery, const char *parent, int part, const char **table, Err *err);
bool ingest_db_bulk_index(Pg *db, const DeliveryRow *delivery, const char *parent, int part, Err *err);
bool ingest_db_bulk_attach(Pg *db, const DeliveryRow *delivery, const char *parent, int part, Err *err); /* part of parent from now on */
bool ingest_db_bulk_orphans(Pg *db, Err *err);
bool ingest_db_refresh_register(Pg *db, bool *changed, Err *err); /* changed: what was read of it before is old */

#endif
