#include "ingest/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/guard.h"

enum { PIECE = 64 * 1024, END_RECORD = 22, COMMENT_MAX = 65535, CONTENTS_MAX = 4 * 1024 * 1024 };

/* libarchive reads through these, so that several streams can share one descriptor. */
typedef struct Source {
    int   file;
    off_t at, size;
    char  piece[PIECE];
} Source;

typedef struct EntryBytes {
    Bytes           base;
    struct archive *zip;
    uint64_t        left; /* of what the entry said */
} EntryBytes;

static la_ssize_t source_read(struct archive *zip, void *context, const void **data)
{
    Source *source = context;
    ssize_t got;

    (void) zip;
    do
        got = pread(source->file, source->piece, sizeof source->piece, source->at);
    while (got < 0 && errno == EINTR);
    *data = source->piece;
    source->at += got > 0 ? got : 0;
    return got;
}

static la_int64_t source_seek(struct archive *zip, void *context, la_int64_t offset, int whence)
{
    Source *source = context;
    off_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->at : source->size;

    (void) zip;
    if (offset < -base)
        return ARCHIVE_FATAL;
    source->at = base + offset;
    return source->at;
}

static la_int64_t source_skip(struct archive *zip, void *context, la_int64_t bytes)
{
    Source *source = context;

    (void) zip;
    if (bytes > source->size - source->at)
        bytes = source->size - source->at;
    source->at += bytes > 0 ? bytes : 0;
    return bytes > 0 ? bytes : 0;
}

static int source_close(struct archive *zip, void *context)
{
    Source *source = context;

    (void) zip;
    explicit_bzero(source->piece, sizeof source->piece); /* an entry that is only stored lies here as it is */
    free(source);
    return ARCHIVE_OK;
}

static bool damaged(Err *err)
{
    return err_set(err, ERR_INPUT, "the archive is damaged; make it again");
}

/* Only the reader that goes by the list of contents at the end: the other one would believe what lies between the entries. */
static bool zip_begin(int file, struct archive **out, Source **source, Err *err)
{
    struct stat info;
    struct archive *zip = archive_read_new();

    *source = calloc(1, sizeof **source);
    if (!zip || !*source)
        _exit(70);
    (*source)->file = file;
    if (fstat(file, &info) == 0)
        (*source)->size = info.st_size;
    archive_read_support_format_zip_seekable(zip);
    archive_read_set_read_callback(zip, source_read);
    archive_read_set_seek_callback(zip, source_seek);
    archive_read_set_skip_callback(zip, source_skip);
    archive_read_set_close_callback(zip, source_close);
    archive_read_set_callback_data(zip, *source);
    if (archive_read_open1(zip) != ARCHIVE_OK) {
        archive_read_free(zip);
        return damaged(err);
    }
    *out = zip;
    return true;
}

static void zip_drop(struct archive **zip)
{
    if (*zip)
        archive_read_free(*zip);
}

/* The name as far as it can be shown: a terminal obeys some bytes. */
static const char *name_of(Arena *out, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);

    if (!name)
        name = archive_entry_pathname(entry);
    char *shown = arena_text(out, name && *name ? name : "?");
    for (char *at = shown; *at; at++)
        if ((unsigned char) *at < 0x20 || *at == 0x7F)
            *at = '?';
    return shown;
}

/* ARCHIVE_WARN is about names in another encoding than ours, which name_of copes with. */
static int header_next(struct archive *zip, struct archive_entry **entry)
{
    int got = archive_read_next_header(zip, entry);

    return got == ARCHIVE_WARN ? ARCHIVE_OK : got;
}

bool archive_entries(Arena *out, int file, ArchiveEntry **entries, size_t *count, Err *err)
{
    __attribute__((cleanup(zip_drop))) struct archive *zip = NULL;
    struct archive_entry *entry;
    Source *source;
    uint64_t total = 0;
    int got;

    if (!zip_begin(file, &zip, &source, err))
        return false;
    *entries = arena_array(out, ARCHIVE_ENTRIES_MAX, sizeof **entries);
    *count = 0;
    for (size_t no = 1; (got = header_next(zip, &entry)) == ARCHIVE_OK; no++) {
        if (no > ARCHIVE_ENTRIES_MAX)
            return err_set(err, ERR_INPUT, "the archive holds more than %d files; deliver it in parts", ARCHIVE_ENTRIES_MAX);
        if (archive_entry_is_encrypted(entry))
            return err_set(err, ERR_INPUT, "the archive is encrypted; deliver it without a password, over a connection that is safe");
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (archive_entry_filetype(entry) != AE_IFREG || !archive_entry_size_is_set(entry) || archive_entry_size(entry) < 0)
            return err_set(err, ERR_INPUT, "the archive holds something that is no file; make it again with files only");
        uint64_t bytes = (uint64_t) archive_entry_size(entry);
        total = bytes > ARCHIVE_BYTES_MAX ? UINT64_MAX : total + bytes;
        if (total > ARCHIVE_BYTES_MAX || total > ARCHIVE_BYTES_FREE + ARCHIVE_RATIO_MAX * (uint64_t) source->size)
            return err_set(err, ERR_INPUT, "the archive unpacks to far more than its size; deliver the files themselves");
        (*entries)[(*count)++] = (ArchiveEntry) {.name = name_of(out, entry), .no = no, .bytes = bytes};
    }
    return got == ARCHIVE_EOF || damaged(err);
}

static size_t entry_read(Bytes *base, void *to, size_t room)
{
    EntryBytes *bytes = (EntryBytes *) base;
    char more;

    if (base->failed || room == 0)
        return 0;
    if (bytes->left == 0) { /* this also makes the library hold the sum against what was read */
        base->failed = archive_read_data(bytes->zip, &more, 1) != 0;
        return 0;
    }
    la_ssize_t got = archive_read_data(bytes->zip, to, bytes->left < room ? (size_t) bytes->left : room);
    if (got <= 0) {
        base->failed = true;
        return 0;
    }
    bytes->left -= (uint64_t) got;
    return (size_t) got;
}

static void entry_free(Bytes *base)
{
    EntryBytes *bytes = (EntryBytes *) base;

    archive_read_free(bytes->zip);
    free(bytes);
}

bool archive_open(int file, size_t no, Bytes **out, Err *err)
{
    struct archive *zip;
    struct archive_entry *entry;
    Source *source;

    if (!zip_begin(file, &zip, &source, err))
        return false;
    for (size_t at = 1; header_next(zip, &entry) == ARCHIVE_OK; at++) {
        if (at < no)
            continue;
        EntryBytes *bytes = calloc(1, sizeof *bytes);
        if (!bytes)
            _exit(70);
        *bytes = (EntryBytes) {.base = {.read = entry_read, .free = entry_free}, .zip = zip,
                               .left = archive_entry_size(entry) > 0 ? (uint64_t) archive_entry_size(entry) : 0};
        *out = &bytes->base;
        return true;
    }
    archive_read_free(zip);
    return damaged(err);
}

static uint32_t little(const char *at)
{
    const unsigned char *byte = (const unsigned char *) at;

    return byte[0] | (uint32_t) byte[1] << 8 | (uint32_t) byte[2] << 16 | (uint32_t) byte[3] << 24;
}

/* The list of contents is text for the most part, so the initials are looked for too. */
static bool contents_guard(int file)
{
    struct stat info;
    Guard guard = {0};

    if (fstat(file, &info) != 0 || info.st_size < END_RECORD)
        return false;
    size_t tail = info.st_size < CONTENTS_MAX ? (size_t) info.st_size : CONTENTS_MAX;
    off_t begin = info.st_size - (off_t) tail;
    char *data = malloc(tail);
    if (!data)
        _exit(70);
    ssize_t got = pread(file, data, tail, begin);
    size_t have = got > 0 ? (size_t) got : 0;
    for (size_t back = END_RECORD; back <= END_RECORD + COMMENT_MAX && back <= have; back++) {
        const char *end = data + have - back;
        if (memcmp(end, "PK\x05\x06", 4) != 0)
            continue;
        off_t from = (off_t) little(end + 16);
        /* Where it cannot be found (beyond 4 GiB, or in front of what we read) at least the comment behind it is looked at. */
        const char *at = from >= begin && from < begin + (off_t) (have - back) ? data + (from - begin) : end;
        guard_look(&guard, at, (size_t) (data + have - at));
        break;
    }
    free(data);
    return guard_end(&guard) || guard.spelled;
}

bool archive_guard(int file)
{
    BYTES_AUTO bytes = bytes_of_file(file);
    Guard guard = {.words_only = true};
    char *piece = malloc(PIECE);

    if (!piece)
        _exit(70);
    for (size_t got; (got = bytes_fill(bytes, piece, PIECE)) > 0;)
        guard_look(&guard, piece, got);
    free(piece);
    return guard_end(&guard) || contents_guard(file);
}

bool archive_is_zip(const char *head, size_t bytes)
{
    return bytes >= 4 && (memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "PK\x05\x06", 4) == 0);
}
