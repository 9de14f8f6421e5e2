/**
 * Rows in the server's binary COPY format, written into memory: pg.h sends them. Inline, because a large delivery passes
 * here twenty times a row. No libpq in this file.
 *
 * A row is pgrow_begin with the number of columns and then one pgrow_* per column in order.
 */
#ifndef VB_COMMON_PGROW_H
#define VB_COMMON_PGROW_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/date.h"

typedef struct PgRow {
    char  *data;   /* owned: pgrow_free */
    size_t used, room;
} PgRow;

void pgrow_grow(PgRow *row, size_t bytes); /* exits with 70 when out of memory */
void pgrow_free(PgRow *row); /* wipes */

static inline void pgrow_room(PgRow *row, size_t bytes)
{
    if (__builtin_expect(row->used + bytes > row->room, 0))
        pgrow_grow(row, bytes);
}

static inline void pgrow_put(PgRow *row, const void *data, size_t bytes)
{
    memcpy(row->data + row->used, data, bytes);
    row->used += bytes;
}

static inline void pgrow_put16(PgRow *row, uint16_t value)
{
    uint16_t big = __builtin_bswap16(value);
    pgrow_put(row, &big, 2);
}

static inline void pgrow_put32(PgRow *row, uint32_t value)
{
    uint32_t big = __builtin_bswap32(value);
    pgrow_put(row, &big, 4);
}

static inline void pgrow_begin(PgRow *row, int n_columns)
{
    pgrow_room(row, 2);
    pgrow_put16(row, (uint16_t) n_columns);
}

static inline void pgrow_null(PgRow *row)
{
    pgrow_room(row, 4);
    pgrow_put32(row, UINT32_MAX);
}

static inline void pgrow_int2(PgRow *row, int value)
{
    pgrow_room(row, 6);
    pgrow_put32(row, 2);
    pgrow_put16(row, (uint16_t) value);
}

static inline void pgrow_int4(PgRow *row, int32_t value)
{
    pgrow_room(row, 8);
    pgrow_put32(row, 4);
    pgrow_put32(row, (uint32_t) value);
}

static inline void pgrow_int8(PgRow *row, int64_t value)
{
    pgrow_room(row, 12);
    pgrow_put32(row, 8);
    pgrow_put32(row, (uint32_t) ((uint64_t) value >> 32));
    pgrow_put32(row, (uint32_t) value);
}

static inline void pgrow_real(PgRow *row, double value) /* float8; NaN becomes NULL */
{
    int64_t bits;

    memcpy(&bits, &value, 8);
    if (isnan(value))
        pgrow_null(row);
    else
        pgrow_int8(row, bits);
}

static inline void pgrow_bool(PgRow *row, bool value)
{
    pgrow_room(row, 5);
    pgrow_put32(row, 1);
    pgrow_put(row, value ? "\1" : "\0", 1);
}

static inline void pgrow_date(PgRow *row, Date value) /* DATE_NONE becomes NULL */
{
    enum { PG_EPOCH = 10957 }; /* 2000-01-01 */

    if (value == DATE_NONE)
        pgrow_null(row);
    else
        pgrow_int4(row, value - PG_EPOCH);
}

static inline void pgrow_bytes(PgRow *row, const void *data, size_t bytes) /* uuid (16 bytes), bytea or text */
{
    pgrow_room(row, 4 + bytes);
    pgrow_put32(row, (uint32_t) bytes);
    pgrow_put(row, data, bytes);
}

static inline void pgrow_text(PgRow *row, const char *value) /* NULL becomes NULL */
{
    if (value)
        pgrow_bytes(row, value, strlen(value));
    else
        pgrow_null(row);
}

void pgrow_int2s(PgRow *row, const int16_t *values, size_t count, int16_t null_value); /* smallint[] */
void pgrow_reals(PgRow *row, const double *values, size_t count); /* float8[]; NaN becomes NULL */
void pgrow_counts(PgRow *row, const double *values, size_t count); /* integer[] of whole numbers; NaN becomes NULL */
void pgrow_dates(PgRow *row, const Date *values, size_t count); /* date[] */

#endif
