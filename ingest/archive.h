/**
 * A zip file as a list of entries and a stream per entry. Nothing is written anywhere and no entry is larger in memory than
 * the reader's buffer. Not for other archives, and not for archives in archives.
 *
 * Refused whole (ERR_INPUT), because what lies in them cannot be looked at: encrypted entries, other archives, more than
 * ARCHIVE_ENTRIES_MAX entries, and bombs. A bomb is what says it unpacks to more than ARCHIVE_BYTES_MAX, or, beyond the
 * first ARCHIVE_BYTES_FREE, to more than ARCHIVE_RATIO_MAX times its own size; an entry never gives more than it said.
 * Deflate reaches 1032; exports of schools lie between 5 and 30, and very regular ones near 100.
 */
#ifndef VB_INGEST_ARCHIVE_H
#define VB_INGEST_ARCHIVE_H

#include <stdint.h>

#include "common/arena.h"
#include "ingest/bytes.h"

#define ARCHIVE_BYTES_MAX (UINT64_C(4) << 30)
enum { ARCHIVE_ENTRIES_MAX = 1000, ARCHIVE_RATIO_MAX = 200, ARCHIVE_BYTES_FREE = 8 * 1024 * 1024 };

typedef struct ArchiveEntry {
    const char *name;  /* as the archive gives it, bytes below a blank replaced: it may be shown. Never empty */
    size_t      no;    /* from 1 */
    uint64_t    bytes; /* unpacked */
} ArchiveEntry;

/**
 * Directories are no entries. \param file borrowed, seekable; its position is neither used nor changed
 * \param entries owned by arena
 */
bool archive_entries(Arena *out, int file, ArchiveEntry **entries, size_t *count, Err *err);
/** One entry's bytes. The stream fails when the entry is damaged or gives more than it said. file: borrowed until it is freed */
bool archive_open(int file, size_t no, Bytes **out, Err *err);
/** A Handle with Care signal in what no entry's bytes show: names, comments and extra fields of the list of contents, and the
 *  words anywhere in the file. \return true: found */
bool archive_guard(int file);
/** Do these first bytes begin a zip file? */
bool archive_is_zip(const char *head, size_t bytes);

#endif
