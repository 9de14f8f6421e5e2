#include "common/pgrow.h"

#include <stdlib.h>
#include <unistd.h>

void pgrow_grow(PgRow *row, size_t bytes)
{
    size_t room = row->room ? row->room : 4096;

    while (room < row->used + bytes)
        room *= 2;
    char *grown = realloc(row->data, room);
    if (!grown)
        _exit(70);
    row->data = grown;
    row->room = room;
}

void pgrow_free(PgRow *row)
{
    /* It held pseudonyms at most, but nothing of a delivery should outlive its use. */
    if (row->data)
        explicit_bzero(row->data, row->room);
    free(row->data);
    *row = (PgRow) {0};
}

/* One-dimensional array: dimensions, has-null flag, element type, length, lower bound, elements. \return there are any */
static bool array_begin(PgRow *row, uint32_t type, size_t bytes, size_t count, size_t nulls)
{
    size_t body = count ? 20 + count * (4 + bytes) - nulls * bytes : 12;

    pgrow_room(row, 4 + body + 4);
    pgrow_put32(row, (uint32_t) body);
    pgrow_put32(row, count ? 1 : 0);
    pgrow_put32(row, nulls ? 1 : 0);
    pgrow_put32(row, type);
    if (count == 0)
        return false;
    pgrow_put32(row, (uint32_t) count);
    pgrow_put32(row, 1);
    return true;
}

enum { INT2OID = 21, INT4OID = 23, FLOAT8OID = 701, DATEOID = 1082 };

void pgrow_int2s(PgRow *row, const int16_t *values, size_t count, int16_t null_value)
{
    size_t nulls = 0;

    for (size_t item = 0; item < count; item++)
        nulls += values[item] == null_value;
    if (!array_begin(row, INT2OID, 2, count, nulls))
        return;
    for (size_t item = 0; item < count; item++) { /* length and value in one go; of the last ones there is always room for more */
        bool null = values[item] == null_value;
        uint64_t both = __builtin_bswap64(null ? UINT64_MAX : UINT64_C(2) << 32 | (uint64_t) (uint16_t) values[item] << 16);
        memcpy(row->data + row->used, &both, 8);
        row->used += null ? 4 : 6;
    }
}

static size_t unknown(const double *values, size_t count)
{
    size_t nulls = 0;

    for (size_t item = 0; item < count; item++)
        nulls += isnan(values[item]) ? 1 : 0;
    return nulls;
}

/* The elements of an array have the same form as columns: a length and the bytes, or -1. */
void pgrow_reals(PgRow *row, const double *values, size_t count)
{
    if (array_begin(row, FLOAT8OID, 8, count, unknown(values, count)))
        for (size_t item = 0; item < count; item++)
            pgrow_real(row, values[item]);
}

void pgrow_counts(PgRow *row, const double *values, size_t count)
{
    if (!array_begin(row, INT4OID, 4, count, unknown(values, count)))
        return;
    for (size_t item = 0; item < count; item++) {
        if (isnan(values[item]))
            pgrow_null(row);
        else
            pgrow_int4(row, (int32_t) values[item]);
    }
}

void pgrow_dates(PgRow *row, const Date *values, size_t count)
{
    if (array_begin(row, DATEOID, 4, count, 0))
        for (size_t item = 0; item < count; item++)
            pgrow_date(row, values[item]);
}
