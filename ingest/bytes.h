/**
 * A stream of bytes read from front to end: a file, an entry of an archive, the output of a converter. Who needs a second pass
 * opens the stream again; only what lies whole in a file or in memory can be read from any place as well. Buffering is the reader's business, so that names lie in one buffer only.
 */
#ifndef VB_INGEST_BYTES_H
#define VB_INGEST_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

typedef struct Bytes Bytes;
struct Bytes {
    /** Up to room bytes; 0 = the end, or failed is set. */
    size_t (*read)(Bytes *bytes, void *to, size_t room);
    /** The same from any place, for any number of threads at once; what read gives stays as it is. NULL: only from front to end. \param failed set when it does */
    size_t (*read_at)(const Bytes *bytes, uint64_t at, void *to, size_t room, bool *failed);
    void (*free)(Bytes *bytes);
    bool failed; /* could not be read to its end */
};

/* Opens the same stream from its beginning, as often as asked: for readers that must look at a file before they can read it. */
typedef struct BytesMaker BytesMaker;
struct BytesMaker {
    bool (*open)(const BytesMaker *maker, Bytes **out, Err *err);
};

/** ERR_INPUT with the system's reason. Owned by caller: bytes_free. */
bool bytes_open_file(const char *path, Bytes **out, Err *err);
/** The whole of an open file from its beginning, wherever its own position is. file: borrowed, seekable */
Bytes *bytes_of_file(int file);
/**
 * A stream into a file that lives in memory only (memfd), for what must be read more than once or out of order and may not
 * touch a disk. \return its descriptor, owned by caller: close; -1: ERR_INPUT, the stream failed or is larger than most
 */
int bytes_hold(Bytes *bytes, size_t most, Err *err);
/** Bytes in memory, borrowed; for tests and for what was unpacked already. */
Bytes *bytes_of(const void *data, size_t size);
/** Read until to is full or the stream ends. \return bytes read */
size_t bytes_fill(Bytes *bytes, void *to, size_t room);
void bytes_free(Bytes *bytes); /* NULL is allowed */

static inline void bytes_drop(Bytes **bytes) { bytes_free(*bytes); }
#define BYTES_AUTO __attribute__((cleanup(bytes_drop))) Bytes *

#endif
