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

/* One-dimensional array: dimensions, has-null flag, element type, length, lower bound, elements. */
void pgrow_int2s(PgRow *row, const int16_t *values, size_t count, int16_t null_value)
{
    enum { INT2OID = 21 };
    size_t nulls = 0;

    for (size_t item = 0; item < count; item++)
        nulls += values[item] == null_value;
    size_t body = count ? 20 + count * 6 - nulls * 2 : 12;
    pgrow_room(row, 4 + body + 4);
    pgrow_put32(row, (uint32_t) body);
    pgrow_put32(row, count ? 1 : 0);
    pgrow_put32(row, nulls ? 1 : 0);
    pgrow_put32(row, INT2OID);
    if (count == 0)
        return;
    pgrow_put32(row, (uint32_t) count);
    pgrow_put32(row, 1);
    for (size_t item = 0; item < count; item++) { /* length and value in one go; of the last ones there is always room for more */
        bool null = values[item] == null_value;
        uint64_t both = __builtin_bswap64(null ? UINT64_MAX : UINT64_C(2) << 32 | (uint64_t) (uint16_t) values[item] << 16);
        memcpy(row->data + row->used, &both, 8);
        row->used += null ? 4 : 6;
    }
}
