/* Names: the short way of folding against the library's; normalising never reads or writes outside. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "ingest/pseudonym.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO arena = arena_new();
    const char *text = (const char *) data;

    if (size > 4096)
        return 0;
    char *short_way = text_name_fold(arena, text, size), *long_way = text_name_fold_long(arena, text, size);
    if (!short_way != !long_way || (short_way && strcmp(short_way, long_way) != 0))
        abort();
    pseudonym_name(arena, text, size);
    return 0;
}
