/* The Handle with Care guard sixteen bytes at a time against its definition, byte by byte, wherever the input is cut. */
#include <stdint.h>
#include <stdlib.h>

#include "ingest/guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *) data;
    size_t cut = size ? data[0] % size : 0;
    Guard fast = {0}, slow = {0};

    guard_look(&fast, text, cut);
    guard_look(&fast, text + cut, size - cut);
    guard_look_slowly(&slow, text, size);
    if (guard_end(&fast) != guard_end(&slow) || (!fast.found && fast.spelled != slow.spelled))
        abort();
    return 0;
}
