#include "ingest/ahead.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/open.h"

enum { LARGE = 8 * 1024 * 1024 }; /* below, a thread is not worth it */

struct Ahead {
    Bytes       base;  /* what facts_read is given: the file, until it is told to stop */
    Bytes      *inner;
    atomic_bool stop;
    int         file;
    struct stat was;   /* the file, before the first byte was read */
    pthread_t   thread;
    bool        joined, good;
    FileFacts   facts;
};

static size_t ahead_read(Bytes *bytes, void *to, size_t room)
{
    Ahead *ahead = (Ahead *) bytes;

    if (atomic_load(&ahead->stop)) {
        bytes->failed = true;
        return 0;
    }
    size_t got = ahead->inner->read(ahead->inner, to, room);
    bytes->failed = ahead->inner->failed;
    return got;
}

static void *ahead_run(void *context)
{
    Ahead *ahead = context;
    Err ignored; /* who reads it again says what is wrong */

    ahead->good = facts_read(&ahead->base, &ahead->facts, &ignored);
    return NULL;
}

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

Ahead *ahead_begin(const char *const *paths)
{
    struct stat now;

    if (!paths[0] || paths[1] || stat(paths[0], &now) != 0 || !S_ISREG(now.st_mode) || now.st_size < LARGE || open_format_of(paths[0]) != FORMAT_CSV)
        return NULL;
    Ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        _exit(70);
    ahead->base.read = ahead_read;
    ahead->file = open(paths[0], O_RDONLY | O_CLOEXEC);
    if (ahead->file >= 0 && fstat(ahead->file, &ahead->was) == 0) {
        posix_fadvise(ahead->file, 0, 0, POSIX_FADV_SEQUENTIAL);
        ahead->inner = bytes_of_file(ahead->file);
        if (pthread_create(&ahead->thread, NULL, ahead_run, ahead) == 0)
            return ahead;
        bytes_free(ahead->inner);
    }
    if (ahead->file >= 0)
        close(ahead->file);
    free(ahead);
    return NULL;
}

static void ahead_join(Ahead *ahead)
{
    if (!ahead->joined)
        pthread_join(ahead->thread, NULL);
    ahead->joined = true;
}

bool ahead_take(Ahead *ahead, int file, FileFacts *facts)
{
    struct stat now;

    if (!ahead || fstat(file, &now) != 0 || !same(&now, &ahead->was))
        return false;
    ahead_join(ahead);
    if (!ahead->good || fstat(file, &now) != 0 || !open_unchanged(&ahead->was, &now))
        return false;
    *facts = ahead->facts;
    return true;
}

void ahead_end(Ahead *ahead)
{
    if (!ahead)
        return;
    atomic_store(&ahead->stop, true);
    ahead_join(ahead);
    bytes_free(ahead->inner);
    close(ahead->file);
    free(ahead);
}
