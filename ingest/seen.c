#include "ingest/seen.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HUGE_PAGE = 2 * 1024 * 1024 };

struct Seen {
    void    *slot; /* 0 = free */
    bool     wide; /* prints of 32 bits while the table is small enough for them, else of 16 */
    uint64_t room, count;
    bool     fetching; /* by a thread that has to be waited for */
    pthread_t thread;
};

static size_t slot_bytes(const Seen *seen)
{
    return seen->wide ? sizeof(uint32_t) : sizeof(uint16_t);
}

static uint64_t bytes_max(void)
{
    const char *said = getenv("VEILIGBEELD_SEEN_KIB");
    uint64_t kib = said ? strtoull(said, NULL, 10) : 0;

    return kib > 0 && kib < SEEN_BYTES_MAX / 1024 ? kib * 1024 : SEEN_BYTES_MAX;
}

static void *fetch(void *context)
{
    Seen *seen = context;

    memset(seen->slot, 0, seen->room * slot_bytes(seen));
    return NULL;
}

static void ready(Seen *seen)
{
    if (seen->fetching)
        pthread_join(seen->thread, NULL);
    seen->fetching = false;
}

Seen *seen_new(uint64_t expected)
{
    Seen *seen = calloc(1, sizeof *seen);

    if (!seen)
        _exit(70);
    uint64_t most = bytes_max();
    for (seen->room = 4096; seen->room < expected * 2 && seen->room < most / sizeof(uint16_t); seen->room *= 2)
        continue;
    seen->wide = seen->room <= most / sizeof(uint32_t);
    size_t bytes = seen->room * slot_bytes(seen);
    bytes = bytes < HUGE_PAGE ? HUGE_PAGE : bytes;
    seen->slot = aligned_alloc(HUGE_PAGE, bytes);
    if (!seen->slot)
        _exit(70);
    if (bytes > HUGE_PAGE) { /* every lookup is somewhere else: small pages would miss the address cache each time */
        madvise(seen->slot, bytes, MADV_HUGEPAGE);
        seen->fetching = pthread_create(&seen->thread, NULL, fetch, seen) == 0;
    }
    if (!seen->fetching)
        fetch(seen);
    return seen;
}

bool seen_exact(const Seen *seen)
{
    return seen->wide;
}

void seen_free(Seen *seen)
{
    if (!seen)
        return;
    ready(seen);
    free(seen->slot);
    free(seen);
}

void seen_soon(const Seen *seen, int64_t key)
{
    __builtin_prefetch((const char *) seen->slot + ((uint64_t) key & (seen->room - 1)) * slot_bytes(seen), 1);
}

static inline uint32_t slot_get(const Seen *seen, uint64_t at)
{
    return seen->wide ? ((const uint32_t *) seen->slot)[at] : ((const uint16_t *) seen->slot)[at];
}

bool seen_add(Seen *seen, int64_t key)
{
    uint64_t bits = (uint64_t) key, at = bits & (seen->room - 1);
    uint32_t print = (uint32_t) (bits >> (seen->wide ? 32 : 48)), there;

    if (seen->fetching)
        ready(seen);
    print = print ? print : 1;
    for (; (there = slot_get(seen, at)); at = (at + 1) & (seen->room - 1))
        if (there == print)
            return true;
    if (seen->count * 8 >= seen->room * 7) /* longer runs would only find more that look alike */
        return true;
    if (seen->wide)
        ((uint32_t *) seen->slot)[at] = print;
    else
        ((uint16_t *) seen->slot)[at] = (uint16_t) print;
    seen->count++;
    return false;
}
