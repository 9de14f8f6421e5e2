/* Any bytes as a zip file and as a workbook: an entry never gives more than it said, all of them no more than the bounds, and what is read is read alike twice. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/archive.h"
#include "ingest/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* \return bytes of the entry; *sum tells one content from another */
static uint64_t entry_size(int file, const ArchiveEntry *entry, uint64_t *sum)
{
    BYTES_AUTO bytes = NULL;
    char piece[4096];
    uint64_t total = 0;
    Err err;

    if (!archive_open(file, entry->no, &bytes, &err))
        return 0;
    for (size_t got; (got = bytes_fill(bytes, piece, sizeof piece)) > 0; total += got)
        for (size_t at = 0; at < got; at++)
            *sum = *sum * 31 + (unsigned char) piece[at];
    if (total > entry->bytes || (!bytes->failed && total != entry->bytes))
        abort();
    return total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO arena = arena_new();
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    ArchiveEntry *entries;
    size_t count;
    SheetBook book;
    Err err = {0};

    if (file < 0 || write(file, data, size) != (ssize_t) size)
        abort();
    archive_guard(file);
    if (archive_entries(arena, file, &entries, &count, &err)) {
        uint64_t total = 0, first = 0, again = 0;
        for (size_t at = 0; at < count; at++)
            total += entry_size(file, &entries[at], &first);
        if (count > ARCHIVE_ENTRIES_MAX || total > ARCHIVE_BYTES_FREE + ARCHIVE_RATIO_MAX * (uint64_t) size)
            abort();
        for (size_t at = 0; at < count; at++)
            entry_size(file, &entries[at], &again);
        if (first != again)
            abort();
    }
    if (sheet_book(arena, file, &book, &err) && !book.handle_with_care && book.count > SHEETS_MAX)
        abort();
    close(file);
    return 0;
}
