/**
 * Rows that perhaps came by before (seen.h), held back in their binary form until the rest is in and the exact keys can be
 * compared. They lie in an unlinked file: pseudonyms and codes, as the database will hold them, never a name. Beside it, for a very
 * large delivery, lies a journal of the keys of all rows that were not held back, 8 bytes each and written one after the other: reading it once
 * tells the few rows that only look alike from those that the server must look at, which costs it a reading of everything the board has.
 * And an exact set of keys.
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

enum { HELD_SIFTED_MAX = 131072 }; /* rows; 2.4 MB of keys. With more, every row is doubtful: slow, never wrong */

/** \param directory of the unlinked files, made when there is something to put in them. \param journal keep one */
Held *held_new(const char *directory, bool journal);
void held_free(Held *held); /* NULL is allowed */
/** A row was not held back, or another delivery has this key. ERR_IO: no room on the disk. Nothing without a journal. */
bool held_passed(Held *held, int64_t key, Err *err);
bool held_put(Held *held, int64_t key, const void *row, size_t bytes, Err *err); /* ERR_IO */
/** Nothing more comes: find out which rows are doubtful, and go to the first. Those are all whose key passed or was put twice; without a
 *  journal all of them. */
bool held_sift(Held *held, Err *err);
bool held_rewind(Held *held, Err *err); /* after held_sift */
/** \return false: no more. \param row emptied and filled with one row. \param doubtful filled */
bool held_next(Held *held, int64_t *key, PgRow *row, bool *doubtful);
uint64_t held_count(const Held *held);
uint64_t held_doubtful(const Held *held); /* after held_sift */

#endif
