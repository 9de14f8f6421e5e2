/**
 * Rows that perhaps came by before (seen.h), held back in their binary form until the rest is in and the exact keys can be
 * compared. They lie in an unlinked file: pseudonyms and codes, as the database will hold them, never a name. And an
 * exact set of keys, for one batch of such rows and for small files.
 */
#ifndef VB_INGEST_HELD_H
#define VB_INGEST_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/pgrow.h"

typedef struct KeySet KeySet;

KeySet *keyset_new(void); /* owned by caller: keyset_free */
void keyset_free(KeySet *set); /* NULL is allowed */
bool keyset_add(KeySet *set, int64_t key); /* false: was there already */
bool keyset_has(const KeySet *set, int64_t key);
size_t keyset_count(const KeySet *set);

typedef struct Held Held;

/** \param directory of the unlinked file. Made at the first row. */
Held *held_new(const char *directory);
void held_free(Held *held); /* NULL is allowed */
bool held_put(Held *held, int64_t key, const PgRow *row, Err *err); /* ERR_IO: no room on the disk */
bool held_rewind(Held *held, Err *err);
/** \return false: no more. \param row emptied and filled with one row */
bool held_next(Held *held, int64_t *key, PgRow *row);
uint64_t held_count(const Held *held);

#endif
