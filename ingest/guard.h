/**
 * The Handle with Care refusal: police tell a school that a child witnessed domestic violence, on the promise that the
 * signal is stored nowhere. A file with such a signal is refused whole before anything of it is written anywhere.
 *
 * Reads a stream of bytes, keeps a tail so that a name cut in two by a buffer is still seen, and knows: "handle with
 * care" with any run of spaces, underscores, hyphens or quotes between the words (also none), and HwC as a word of its own.
 */
#ifndef VB_INGEST_GUARD_H
#define VB_INGEST_GUARD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Guard {
    char   tail[64];
    size_t tail_bytes;
    bool   found;
} Guard;

/** Look at the next bytes of a file, in any encoding that holds ASCII. \return guard->found */
bool guard_look(Guard *guard, const char *data, size_t bytes);
/** The end of the file: a word may end here. \return guard->found */
bool guard_end(Guard *guard);
/** One whole text, such as a file name. */
bool guard_text(const char *text);

#endif
