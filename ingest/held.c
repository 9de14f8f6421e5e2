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
    FILE    *file;
    uint64_t count;
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

Held *held_new(const char *directory)
{
    Held *held = made(calloc(1, sizeof *held));

    held->directory = made(strdup(directory));
    return held;
}

void held_free(Held *held)
{
    if (!held)
        return;
    if (held->file)
        fclose(held->file);
    free(held->directory);
    free(held);
}

uint64_t held_count(const Held *held)
{
    return held->count;
}

static bool file_make(Held *held)
{
    char path[4096];

    if (snprintf(path, sizeof path, "%s/held.XXXXXX", held->directory) >= (int) sizeof path)
        return false;
    int file = mkostemp(path, O_CLOEXEC);
    if (file < 0)
        return false;
    unlink(path);
    held->file = fdopen(file, "w+b");
    return held->file != NULL;
}

bool held_put(Held *held, int64_t key, const PgRow *row, Err *err)
{
    uint32_t bytes = (uint32_t) row->used;

    if (!held->file && !file_make(held))
        return err_set(err, ERR_IO, "cannot make a temporary file in \"%s\": %s", held->directory, strerror(errno));
    if (fwrite(&key, sizeof key, 1, held->file) != 1 || fwrite(&bytes, sizeof bytes, 1, held->file) != 1 ||
        (bytes && fwrite(row->data, bytes, 1, held->file) != 1))
        return err_set(err, ERR_IO, "cannot write a temporary file in \"%s\": %s", held->directory, strerror(errno));
    held->count++;
    return true;
}

bool held_rewind(Held *held, Err *err)
{
    if (held->file && (fflush(held->file) != 0 || fseek(held->file, 0, SEEK_SET) != 0))
        return err_set(err, ERR_IO, "cannot read a temporary file back: %s", strerror(errno));
    return true;
}

bool held_next(Held *held, int64_t *key, PgRow *row)
{
    uint32_t bytes;

    row->used = 0;
    if (!held->file || fread(key, sizeof *key, 1, held->file) != 1 || fread(&bytes, sizeof bytes, 1, held->file) != 1)
        return false;
    pgrow_room(row, bytes + 1);
    if (bytes && fread(row->data, bytes, 1, held->file) != 1)
        return false;
    row->used = bytes;
    return true;
}
