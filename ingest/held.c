#include "ingest/held.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct KeySet {
    int64_t *slot;
    uint8_t *used;
    size_t   room, count;
};

struct Held {
    char    *directory;
    FILE    *file, *passed; /* passed: the journal */
    bool     journal;
    uint64_t count, doubtful;
    KeySet  *keys, *doubts; /* of rows held back; of those that are doubtful. NULL: all are */
};

static void *made(void *memory)
{
    if (!memory)
        _exit(70);
    return memory;
}

KeySet *keyset_new(void)
{
    KeySet *set = made(calloc(1, sizeof *set));

    set->room = 1024;
    set->slot = made(malloc(set->room * sizeof *set->slot));
    set->used = made(calloc(set->room, 1));
    return set;
}

void keyset_free(KeySet *set)
{
    if (!set)
        return;
    free(set->slot);
    free(set->used);
    free(set);
}

static size_t key_place(int64_t key, size_t room)
{
    return (uint64_t) key * 0x9E3779B97F4A7C15u >> 20 & (room - 1);
}

static bool place_key(int64_t *slot, uint8_t *used, size_t room, int64_t key)
{
    size_t at = key_place(key, room);

    for (; used[at]; at = (at + 1) & (room - 1))
        if (slot[at] == key)
            return false;
    slot[at] = key;
    used[at] = 1;
    return true;
}

bool keyset_add(KeySet *set, int64_t key)
{
    if (set->count * 2 >= set->room) {
        size_t room = set->room * 2;
        int64_t *slot = made(malloc(room * sizeof *slot));
        uint8_t *used = made(calloc(room, 1));
        for (size_t at = 0; at < set->room; at++)
            if (set->used[at])
                place_key(slot, used, room, set->slot[at]);
        free(set->slot);
        free(set->used);
        set->slot = slot;
        set->used = used;
        set->room = room;
    }
    bool added = place_key(set->slot, set->used, set->room, key);
    set->count += added;
    return added;
}

bool keyset_has(const KeySet *set, int64_t key)
{
    for (size_t at = key_place(key, set->room); set->used[at]; at = (at + 1) & (set->room - 1))
        if (set->slot[at] == key)
            return true;
    return false;
}

size_t keyset_count(const KeySet *set)
{
    return set->count;
}

Held *held_new(const char *directory, bool journal)
{
    Held *held = made(calloc(1, sizeof *held));

    held->directory = made(strdup(directory));
    held->journal = journal;
    held->keys = keyset_new();
    return held;
}

void held_free(Held *held)
{
    if (!held)
        return;
    if (held->file)
        fclose(held->file);
    if (held->passed)
        fclose(held->passed);
    keyset_free(held->keys);
    keyset_free(held->doubts);
    free(held->directory);
    free(held);
}

uint64_t held_count(const Held *held)
{
    return held->count;
}

uint64_t held_doubtful(const Held *held)
{
    return held->doubtful;
}

static FILE *file_make(const Held *held)
{
    char path[4096];

    if (snprintf(path, sizeof path, "%s/held.XXXXXX", held->directory) >= (int) sizeof path)
        return NULL;
    int file = mkostemp(path, O_CLOEXEC);
    if (file < 0)
        return NULL;
    unlink(path);
    return fdopen(file, "w+b");
}

/* \param file made when it is not there yet */
static bool file_ready(const Held *held, FILE **file, Err *err)
{
    if (!*file)
        *file = file_make(held);
    return *file || err_set(err, ERR_IO, "cannot make a temporary file in \"%s\": %s", held->directory, strerror(errno));
}

static bool cannot_write(const Held *held, Err *err)
{
    return err_set(err, ERR_IO, "cannot write a temporary file in \"%s\": %s", held->directory, strerror(errno));
}

bool held_passed(Held *held, int64_t key, Err *err)
{
    if (!held->journal)
        return true;
    return file_ready(held, &held->passed, err) && (fwrite(&key, sizeof key, 1, held->passed) == 1 || cannot_write(held, err));
}

bool held_put(Held *held, int64_t key, const void *row, size_t bytes, Err *err)
{
    uint32_t size = (uint32_t) bytes;

    if (!file_ready(held, &held->file, err))
        return false;
    if (fwrite(&key, sizeof key, 1, held->file) != 1 || fwrite(&size, sizeof size, 1, held->file) != 1 || (size && fwrite(row, size, 1, held->file) != 1))
        return cannot_write(held, err);
    if (held->journal && held->count < HELD_SIFTED_MAX && !keyset_add(held->keys, key)) {
        held->doubts = held->doubts ? held->doubts : keyset_new();
        keyset_add(held->doubts, key);
    }
    held->count++;
    return true;
}

static bool file_rewind(FILE *file, Err *err)
{
    return !file || (fflush(file) == 0 && fseek(file, 0, SEEK_SET) == 0) || err_set(err, ERR_IO, "cannot read a temporary file back: %s", strerror(errno));
}

bool held_rewind(Held *held, Err *err)
{
    return file_rewind(held->file, err);
}

bool held_next(Held *held, int64_t *key, PgRow *row, bool *doubtful)
{
    uint32_t bytes;

    row->used = 0;
    if (!held->file || fread(key, sizeof *key, 1, held->file) != 1 || fread(&bytes, sizeof bytes, 1, held->file) != 1)
        return false;
    pgrow_room(row, bytes + 1);
    if (bytes && fread(row->data, bytes, 1, held->file) != 1)
        return false;
    row->used = bytes;
    *doubtful = !held->journal || keyset_has(held->doubts, *key);
    return true;
}

bool held_sift(Held *held, Err *err)
{
    PgRow row = {0};
    int64_t key;
    bool doubtful;

    held->journal = held->journal && held->count <= HELD_SIFTED_MAX;
    held->doubtful = held->count;
    if (!held->journal)
        return held_rewind(held, err);
    held->doubts = held->doubts ? held->doubts : keyset_new();
    if (held->count > 0 && held->passed) {
        if (!file_rewind(held->passed, err))
            return false;
        while (fread(&key, sizeof key, 1, held->passed) == 1)
            if (keyset_has(held->keys, key))
                keyset_add(held->doubts, key);
        if (ferror(held->passed))
            return err_set(err, ERR_IO, "cannot read a temporary file back: %s", strerror(errno));
    }
    if (!held_rewind(held, err))
        return false;
    for (held->doubtful = 0; held_next(held, &key, &row, &doubtful);)
        held->doubtful += doubtful;
    pgrow_free(&row);
    return held_rewind(held, err);
}
