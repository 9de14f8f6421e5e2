#include "ingest/seen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HUGE_PAGE = 2 * 1024 * 1024 };

struct Seen {
    uint16_t *slot; /* 0 = free */
    uint64_t  room, count;
};

Seen *seen_new(uint64_t expected)
{
    const uint64_t most = SEEN_BYTES_MAX / sizeof(uint16_t);
    Seen *seen = calloc(1, sizeof *seen);

    if (!seen)
        _exit(70);
    for (seen->room = 4096; seen->room < expected * 2 && seen->room < most; seen->room *= 2)
        continue;
    seen->slot = aligned_alloc(HUGE_PAGE, seen->room * sizeof *seen->slot < HUGE_PAGE ? HUGE_PAGE : seen->room * sizeof *seen->slot);
    if (!seen->slot)
        _exit(70);
    if (seen->room * sizeof *seen->slot >= HUGE_PAGE) /* every lookup is somewhere else: small pages would miss the address cache each time */
        madvise(seen->slot, seen->room * sizeof *seen->slot, MADV_HUGEPAGE);
    memset(seen->slot, 0, seen->room * sizeof *seen->slot);
    return seen;
}

void seen_free(Seen *seen)
{
    if (!seen)
        return;
    free(seen->slot);
    free(seen);
}

void seen_soon(const Seen *seen, int64_t key)
{
    __builtin_prefetch(&seen->slot[(uint64_t) key & (seen->room - 1)], 1);
}

bool seen_add(Seen *seen, int64_t key)
{
    uint64_t bits = (uint64_t) key, at = bits & (seen->room - 1);
    uint16_t print = (uint16_t) (bits >> 48);

    print = print ? print : 1;
    for (; seen->slot[at]; at = (at + 1) & (seen->room - 1))
        if (seen->slot[at] == print)
            return true;
    if (seen->count * 8 >= seen->room * 7) /* longer runs would only find more that look alike */
        return true;
    seen->slot[at] = print;
    seen->count++;
    return false;
}
