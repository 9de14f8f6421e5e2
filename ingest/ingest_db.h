/** Every question that ingest asks the database; the rest of the room sees neither SQL nor results. */
#ifndef VB_INGEST_DB_H
#define VB_INGEST_DB_H

#include "common/arena.h"
#include "common/pg.h"

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
    int         form_version, board_no, location_no; /* 0 = none */
    Date        period_begin, period_end, received;
    int64_t     read, loaded, rejected, superseded, duplicate;
    int         ignored_columns;
} DeliveryRow;

bool ingest_db_register(Arena *out, Pg *db, Register *reg, Err *err);
/** First period of a code, or NULL. The periods of one code follow each other. */
const LocationPeriod *ingest_register_find(const Register *reg, const char *code);
/** The period of a code that holds on a date, else the one nearest to it. */
const LocationPeriod *ingest_register_at(const Register *reg, const char *code, Date date);

bool ingest_db_known(Pg *db, const DeliveryRow *delivery, bool *known, Err *err);
bool ingest_db_insert(Pg *db, DeliveryRow *delivery, Err *err); /* fills delivery_no */
/** Delete the rows of earlier deliveries that this one replaces and mark them. \param instrument 0 unless a questionnaire */
bool ingest_db_replace(Pg *db, const DeliveryRow *delivery, int instrument, int64_t *replaced, Err *err);
bool ingest_db_done(Pg *db, const DeliveryRow *delivery, Err *err);
/** Natural keys that the board's other deliveries of this kind hold. Owned by arena. */
bool ingest_db_keys(Arena *out, Pg *db, const DeliveryRow *delivery, int64_t **keys, size_t *count, Err *err);
bool ingest_db_refresh_register(Pg *db, Err *err);
bool ingest_db_statistics(Pg *db, Err *err); /* of fact, for the planner of the stages that follow */

#endif
