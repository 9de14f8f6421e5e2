#include "ingest/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct FileBytes {
    Bytes base;
    int   file;
} FileBytes;

typedef struct PlacedBytes {
    Bytes    base;
    int      file;
    uint64_t at;
} PlacedBytes;

typedef struct MemoryBytes {
    Bytes       base;
    const char *data;
    size_t      size, at;
} MemoryBytes;

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

static size_t file_read(Bytes *bytes, void *to, size_t room)
{
    FileBytes *file = (FileBytes *) bytes;
    ssize_t got;

    do
        got = read(file->file, to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        bytes->failed = true;
    return got > 0 ? (size_t) got : 0;
}

static void file_free(Bytes *bytes)
{
    close(((FileBytes *) bytes)->file);
    free(bytes);
}

bool bytes_open_file(const char *path, Bytes **out, Err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return err_set(err, ERR_INPUT, "cannot open the file: %s", strerror(errno));
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    FileBytes *bytes = made(calloc(1, sizeof *bytes));
    *bytes = (FileBytes) {.base = {.read = file_read, .free = file_free}, .file = file};
    *out = &bytes->base;
    return true;
}

static size_t placed_read_at(const Bytes *bytes, uint64_t at, void *to, size_t room, bool *failed)
{
    ssize_t got;

    do
        got = pread(((const PlacedBytes *) bytes)->file, to, room, (off_t) at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        *failed = true;
    return got > 0 ? (size_t) got : 0;
}

static size_t placed_read(Bytes *bytes, void *to, size_t room)
{
    PlacedBytes *placed = (PlacedBytes *) bytes;
    size_t got = placed_read_at(bytes, placed->at, to, room, &bytes->failed);

    placed->at += got;
    return got;
}

static void memory_free(Bytes *bytes)
{
    free(bytes);
}

Bytes *bytes_of_file(int file)
{
    PlacedBytes *bytes = made(calloc(1, sizeof *bytes));

    *bytes = (PlacedBytes) {.base = {.read = placed_read, .read_at = placed_read_at, .free = memory_free}, .file = file};
    return &bytes->base;
}

static bool write_whole(int file, const char *data, size_t bytes)
{
    while (bytes > 0) {
        ssize_t put = write(file, data, bytes);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        data += put;
        bytes -= (size_t) put;
    }
    return true;
}

int bytes_hold(Bytes *bytes, size_t most, Err *err)
{
    enum { PIECE = 64 * 1024 };
    char *piece = made(malloc(PIECE));
    int file = memfd_create("veiligbeeld", MFD_CLOEXEC);
    size_t have = 0;
    bool written = file >= 0;

    for (size_t got; written && have <= most && (got = bytes_fill(bytes, piece, PIECE)) > 0; have += got)
        written = write_whole(file, piece, got);
    explicit_bzero(piece, PIECE);
    free(piece);
    if (written && have <= most && !bytes->failed)
        return file;
    if (!written)
        err_set(err, ERR_INPUT, "the file cannot be held in memory: %s", strerror(errno));
    else if (bytes->failed)
        err_set(err, ERR_INPUT, "the file could not be read to its end");
    else
        err_set(err, ERR_INPUT, "the file is larger than %zu MiB once it is unpacked; deliver it in parts, or as CSV", most / (1024 * 1024));
    if (file >= 0)
        close(file);
    return -1;
}

static size_t memory_read_at(const Bytes *bytes, uint64_t at, void *to, size_t room, bool *failed)
{
    const MemoryBytes *memory = (const MemoryBytes *) bytes;
    size_t left = at < memory->size ? memory->size - (size_t) at : 0, got = left < room ? left : room;

    (void) failed;
    memcpy(to, memory->data + memory->size - left, got);
    return got;
}

static size_t memory_read(Bytes *bytes, void *to, size_t room)
{
    MemoryBytes *memory = (MemoryBytes *) bytes;
    size_t got = memory_read_at(bytes, memory->at, to, room, &bytes->failed);

    memory->at += got;
    return got;
}

Bytes *bytes_of(const void *data, size_t size)
{
    MemoryBytes *bytes = made(calloc(1, sizeof *bytes));

    *bytes = (MemoryBytes) {.base = {.read = memory_read, .read_at = memory_read_at, .free = memory_free}, .data = size ? data : "", .size = size};
    return &bytes->base;
}

size_t bytes_fill(Bytes *bytes, void *to, size_t room)
{
    size_t have = 0;

    for (size_t got; have < room && (got = bytes->read(bytes, (char *) to + have, room - have)) > 0;)
        have += got;
    return have;
}

void bytes_free(Bytes *bytes)
{
    if (bytes)
        bytes->free(bytes);
}
