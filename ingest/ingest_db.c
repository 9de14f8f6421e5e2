#include "ingest/ingest_db.h"

#include <stdio.h>
#include <string.h>

#include "sql_embed.h"

static size_t code_hash(const char *code)
{
    size_t hash = 1469598103934665603UL;

    for (; *code; code++)
        hash = (hash ^ (unsigned char) *code) * 1099511628211UL;
    return hash ^ hash >> 29;
}

bool ingest_db_register(Arena *out, Pg *db, Register *reg, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_register, PG_ANY_ROWS, &result, err, ""))
        return false;
    reg->count = pg_rows(result);
    reg->period = arena_array(out, reg->count + 1, sizeof *reg->period);
    for (reg->n_buckets = 64; reg->n_buckets < reg->count * 2; reg->n_buckets *= 2)
        continue;
    reg->bucket = arena_array(out, reg->n_buckets, sizeof *reg->bucket);
    memset(reg->bucket, 0xFF, reg->n_buckets * sizeof *reg->bucket);
    for (size_t row = 0; row < reg->count; row++) {
        LocationPeriod *period = &reg->period[row];
        *period = (LocationPeriod){.code = arena_text(out, pg_text(result, row, 0)), .location_no = (int) pg_int(result, row, 1),
                                   .office = pg_bool(result, row, 2), .board_no = (int) pg_int(result, row, 3),
                                   .from = pg_date(result, row, 4), .to = pg_date(result, row, 5)};
        if (row && period->location_no == reg->period[row - 1].location_no)
            continue;
        size_t bucket = code_hash(period->code) & (reg->n_buckets - 1);
        while (reg->bucket[bucket] >= 0)
            bucket = (bucket + 1) & (reg->n_buckets - 1);
        reg->bucket[bucket] = (int32_t) row;
    }
    return true;
}

const LocationPeriod *ingest_register_find(const Register *reg, const char *code)
{
    for (size_t bucket = code_hash(code) & (reg->n_buckets - 1); reg->bucket[bucket] >= 0; bucket = (bucket + 1) & (reg->n_buckets - 1)) {
        const LocationPeriod *period = &reg->period[reg->bucket[bucket]];
        if (strcmp(period->code, code) == 0)
            return period;
    }
    return NULL;
}

const LocationPeriod *ingest_register_at(const Register *reg, const char *code, Date date)
{
    const LocationPeriod *period = ingest_register_find(reg, code), *best = period;
    const LocationPeriod *end = reg->period + reg->count;

    for (; period && period < end && strcmp(period->code, code) == 0; period++) {
        if (period->from <= date)
            best = period;
    }
    return best;
}

bool ingest_db_known(Pg *db, const DeliveryRow *delivery, Date period_begin, Date period_end, Date received, bool *known, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_delivery_known, PG_ONE_ROW, &result, err, "tttiiDDD", delivery->sha256, delivery->kind, delivery->form,
                  (int64_t) delivery->board_no, (int64_t) delivery->location_no, period_begin, period_end, received))
        return false;
    *known = pg_int(result, 0, 0) > 0;
    return true;
}

bool ingest_db_insert(Pg *db, DeliveryRow *delivery, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_delivery_insert, PG_ONE_ROW, &result, err, "tttiiiDDDt", delivery->sha256, delivery->kind,
                  delivery->form, (int64_t) delivery->form_version, (int64_t) delivery->board_no, (int64_t) delivery->location_no,
                  delivery->period_begin, delivery->period_end, delivery->received, delivery->respondents))
        return false;
    delivery->delivery_no = (int) pg_int(result, 0, 0);
    return true;
}

/* The rows of what a delivery has replaced as a whole. */
static bool replaced_clear(Pg *db, int delivery_no, int64_t *stale, Err *err)
{
    PG_AUTO swept = NULL;
    PG_AUTO cleared = NULL;

    if (!pg_query(db, &sql_ingest_bulk_sweep, PG_ONE_ROW, &swept, err, "") ||
        !pg_query(db, &sql_ingest_delivery_clear, PG_ONE_ROW, &cleared, err, "i", (int64_t) delivery_no))
        return false;
    *stale = pg_int(cleared, 0, 0);
    return true;
}

bool ingest_db_replace(Pg *db, const DeliveryRow *delivery, int instrument, int first_of_run, const char *schools, bool complete, Replaced *what, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_delivery_replace, PG_ONE_ROW, &result, err, "itiiDDittiDtb", (int64_t) delivery->delivery_no,
                  delivery->kind, (int64_t) delivery->board_no, (int64_t) delivery->location_no, delivery->period_begin,
                  delivery->period_end, (int64_t) instrument, delivery->form, delivery->siblings ? delivery->siblings : "{}",
                  (int64_t) first_of_run, delivery->received, schools, (int) complete))
        return false;
    int64_t whole = pg_int(result, 0, 0);
    *what = (Replaced) {.deliveries = whole + pg_int(result, 0, 1), .left_out = pg_int(result, 0, 2)};
    return whole == 0 || replaced_clear(db, delivery->delivery_no, &what->stale, err);
}

bool ingest_db_complete(Pg *db, const DeliveryRow *delivery, Date received, int instrument, int first_of_run, Date *since, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_delivery_complete, PG_ANY_ROWS, &result, err, "tttiiDDDii", delivery->sha256, delivery->kind, delivery->form, (int64_t) delivery->board_no,
                  (int64_t) delivery->location_no, delivery->period_begin, delivery->period_end, received, (int64_t) instrument, (int64_t) first_of_run))
        return false;
    *since = pg_rows(result) ? pg_date(result, 0, 0) : DATE_NONE;
    return true;
}

bool ingest_db_stale(Pg *db, const DeliveryRow *delivery, Err *err)
{
    return pg_query(db, &sql_ingest_delivery_stale, PG_NO_ROWS, NULL, err, "tttii", delivery->sha256, delivery->kind, delivery->form, (int64_t) delivery->board_no,
                    (int64_t) delivery->location_no);
}

bool ingest_db_rejects(Pg *db, const char *table, const char *number_column, int number, const RowReject *reject, size_t count, Err *err)
{
    char columns[128];
    PgCopy *copy;

    if (count == 0)
        return true;
    snprintf(columns, sizeof columns, "%s, row_no, column_no, field, rule, finding", number_column);
    if (!pg_copy_begin(db, table, columns, NULL, &copy, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        PgRow *to = pg_copy_row(copy, 6);
        pgrow_int4(to, number);
        pgrow_int8(to, reject[at].row);
        pgrow_int2(to, reject[at].column);
        pgrow_text(to, reject[at].field);
        pgrow_text(to, rule_id(reject[at].rule));
        pgrow_bool(to, reject[at].finding);
    }
    return pg_copy_end(copy, NULL, err);
}

bool ingest_db_refuse(Pg *db, const Refusal *refusal, Err *err)
{
    PG_AUTO result = NULL;

    return pg_query(db, &sql_ingest_refusal_add, PG_ONE_ROW, &result, err, "tttiiDDDtiit", refusal->sha256, refusal->kind, refusal->form, (int64_t) refusal->board_no,
                    (int64_t) refusal->location_no, refusal->period_begin, refusal->period_end, refusal->refused, refusal->rule, refusal->read, refusal->rejected, refusal->missing) &&
           ingest_db_rejects(db, "ops.refusal_row", "refusal_no", (int) pg_int(result, 0, 0), refusal->reject,
                             refusal->n_rejects < REFUSAL_ROWS_MAX ? refusal->n_rejects : REFUSAL_ROWS_MAX, err);
}

bool ingest_db_refusals_settle(Pg *db, const DeliveryRow *delivery, Err *err)
{
    return pg_query(db, &sql_ingest_refusal_settle, PG_NO_ROWS, NULL, err, "i", (int64_t) delivery->delivery_no);
}

bool ingest_db_rivals(Pg *db, const DeliveryRow *delivery, bool *any, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_delivery_rivals, PG_ONE_ROW, &result, err, "itiDD", (int64_t) delivery->delivery_no, delivery->kind, (int64_t) delivery->board_no,
                  delivery->period_begin, delivery->period_end))
        return false;
    *any = pg_int(result, 0, 0) > 0;
    return true;
}

bool ingest_db_done(Pg *db, const DeliveryRow *delivery, Err *err)
{
    return pg_query(db, &sql_ingest_delivery_done, PG_NO_ROWS, NULL, err, "iiiiiiiDD", (int64_t) delivery->delivery_no,
                    delivery->read, delivery->loaded, delivery->rejected, delivery->superseded, delivery->duplicate,
                    (int64_t) delivery->ignored_columns, delivery->period_begin, delivery->period_end);
}

bool ingest_db_board_rows(Pg *db, const DeliveryRow *delivery, int64_t *rows, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_board_rows, PG_ONE_ROW, &result, err, "ti", delivery->kind, (int64_t) delivery->board_no))
        return false;
    *rows = pg_int(result, 0, 0);
    return true;
}

typedef struct EachKey {
    IngestKey *take;
    void      *context;
} EachKey;

static void key_take(void *context, const PgResult *row)
{
    const EachKey *each = context;

    each->take(each->context, pg_int(row, 0, 0));
}

bool ingest_db_keys(Pg *db, const DeliveryRow *delivery, IngestKey *take, void *context, Err *err)
{
    EachKey each = {take, context};

    return pg_each(db, &sql_ingest_keys, key_take, &each, err, "ti", delivery->kind, (int64_t) delivery->board_no);
}

static const char *bare_name(const char *table)
{
    const char *dot = strchr(table, '.');

    return dot ? dot + 1 : table;
}

bool ingest_db_held_begin(Pg *db, const char *table, Err *err)
{
    PG_AUTO result = NULL;

    return pg_query(db, &sql_ingest_held_begin, PG_ONE_ROW, &result, err, "t", bare_name(table));
}

bool ingest_db_held_settle(Pg *db, const char *table, DeliveryRow *delivery, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_held_settle, PG_ONE_ROW, &result, err, "ti", bare_name(table), (int64_t) delivery->delivery_no))
        return false;
    delivery->loaded += pg_int(result, 0, 0);
    delivery->superseded += pg_int(result, 0, 1);
    delivery->duplicate += pg_int(result, 0, 2);
    return true;
}

bool ingest_db_lock(Pg *db, Err *err)
{
    bool got;

    if (!pg_lock_try(db, "ingest", &got, err))
        return false;
    if (!got)
        return err_set(err, ERR_DB, "another run is ingesting into this database; wait for it to end");
    return ingest_db_bulk_orphans(db, err);
}

bool ingest_db_bulk_begin(Arena *out, Pg *db, const DeliveryRow *delivery, const char *parent, int part, const char **table, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_bulk_begin, PG_ONE_ROW, &result, err, "tii", bare_name(parent), (int64_t) delivery->delivery_no, (int64_t) part))
        return false;
    *table = arena_text(out, pg_text(result, 0, 0));
    return true;
}

bool ingest_db_bulk_index(Pg *db, const DeliveryRow *delivery, const char *parent, int part, Err *err)
{
    PG_AUTO result = NULL;

    return pg_query(db, &sql_ingest_bulk_index, PG_ONE_ROW, &result, err, "tii", bare_name(parent), (int64_t) delivery->delivery_no, (int64_t) part);
}

bool ingest_db_bulk_attach(Pg *db, const DeliveryRow *delivery, const char *parent, int part, Err *err)
{
    PG_AUTO result = NULL;

    return pg_query(db, &sql_ingest_bulk_attach, PG_ONE_ROW, &result, err, "tii", bare_name(parent), (int64_t) delivery->delivery_no, (int64_t) part);
}

bool ingest_db_bulk_orphans(Pg *db, Err *err)
{
    PG_AUTO result = NULL;

    return pg_query(db, &sql_ingest_bulk_orphans, PG_ONE_ROW, &result, err, "");
}

bool ingest_db_refresh_register(Pg *db, bool *changed, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_register_refresh, PG_ONE_ROW, &result, err, ""))
        return false;
    *changed = pg_bool(result, 0, 0);
    return true;
}
