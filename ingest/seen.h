/**
 * Has this natural key come by before? In fixed memory, whatever the number of rows: a table of fingerprints, of 32 bits up to four
 * million rows and of 16 beyond, so the answer is "surely not" or "perhaps". Perhaps is settled by the caller with the exact keys (load.c holds such rows back
 * and asks the server once the rest is in): about one row in twenty thousand at ten million rows.
 */
#ifndef VB_INGEST_SEEN_H
#define VB_INGEST_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Seen Seen;

enum { SEEN_BYTES_MAX = 32 * 1024 * 1024 };

/** \param expected keys that will be added; more are allowed. Owned by caller: seen_free */
Seen *seen_new(uint64_t expected);
void seen_free(Seen *seen);
/** Tell the processor that seen_add of this key comes soon: its place lies anywhere in 32 MiB. */
void seen_soon(const Seen *seen, int64_t key);
/** \param key uniformly distributed (a keyed hash). \return true: perhaps seen before; false: surely not, and remembered now.
 *  A table that is full says perhaps to everything new: slow, never wrong. */
bool seen_add(Seen *seen, int64_t key);

#endif
