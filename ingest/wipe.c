#include "ingest/wipe.h"

#include <jansson.h>
#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* malloc_usable_size: neither library tells a size when it frees. */
static void wipe_free(void *memory)
{
    if (memory)
        explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

/* Not realloc: it may move a block and leave the old one as it was. */
static void *wipe_realloc(void *memory, size_t bytes)
{
    size_t had = memory ? malloc_usable_size(memory) : 0;
    if (had >= bytes && had / 2 <= bytes && memory)
        return memory;
    void *moved = malloc(bytes);
    if (!moved)
        return NULL;
    if (memory)
        memcpy(moved, memory, had < bytes ? had : bytes);
    wipe_free(memory);
    return moved;
}

void wipe_libraries(void)
{
    static bool done;

    if (done)
        return;
    done = true;
    json_set_alloc_funcs(malloc, wipe_free);
    xmlMemSetup(wipe_free, malloc, wipe_realloc, strdup);
}
