/**
 * Has this natural key come by before? In fixed memory, whatever the number of rows: a table of fingerprints, of 32 bits up to four
 * million rows and of 16 beyond, so the answer is "surely not" or "perhaps": about one row in twenty thousand at ten million rows. Perhaps is settled
 * with the exact keys by held.h, and by the server where the same key really came by before.
 */
#ifndef VB_INGEST_SEEN_H
#define VB_INGEST_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Seen Seen;

enum { SEEN_BYTES_MAX = 32 * 1024 * 1024 };

/** In SEEN_BYTES_MAX at most, or in less where VEILIGBEELD_SEEN_KIB says so: the answer "perhaps" then comes earlier and more often, which is what tests want.
 *  The memory of a large one is fetched meanwhile by a thread, which may take longer than all its keys will (measured: 18 ms for 8 MiB).
 *  \param expected keys that will be added; more are allowed. Owned by caller: seen_free */
Seen *seen_new(uint64_t expected);
bool seen_exact(const Seen *seen); /* as good as: prints of 32 bits, so "perhaps" nearly always means yes */
void seen_free(Seen *seen);
/** Tell the processor that seen_add of this key comes soon: its place lies anywhere in 32 MiB. */
void seen_soon(const Seen *seen, int64_t key);
/** \param key uniformly distributed (a keyed hash). \return true: perhaps seen before; false: surely not, and remembered now.
 *  A table that is full says perhaps to everything new: slow, never wrong. */
bool seen_add(Seen *seen, int64_t key);

#endif
