#include "common/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 64 * 1024, ALIGN = 16 };

typedef struct Block {
    struct Block *next;
    size_t        size, used;
    _Alignas(ALIGN) char data[];
} Block;

struct Arena {
    Block *first, *current;
};

void arena_exhausted(void)
{
    static const char line[] = "veiligbeeld: out of memory\n";

    if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
        _exit(70);
    _exit(70);
}

static Block *block_new(size_t size)
{
    Block *block = size > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + size);

    if (!block)
        arena_exhausted();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);

    if (!arena)
        arena_exhausted();
    arena->first = arena->current = block_new(BLOCK_BYTES);
    return arena;
}

static void blocks_free(Block *block)
{
    while (block) {
        Block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->first);
    free(arena);
}

void arena_reset(Arena *arena)
{
    blocks_free(arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
    arena->current = arena->first;
}

void arena_wipe(Arena *arena)
{
    for (Block *block = arena->first; block; block = block->next)
        explicit_bzero(block->data, block->size);
}

void *arena_alloc(Arena *out, size_t bytes)
{
    if (bytes > SIZE_MAX - ALIGN)
        arena_exhausted();
    bytes = (bytes + ALIGN - 1) & ~(size_t) (ALIGN - 1);
    if (bytes > out->current->size - out->current->used) {
        out->current->next = block_new(bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES);
        out->current = out->current->next;
    }
    void *result = out->current->data + out->current->used;
    out->current->used += bytes;
    return memset(result, 0, bytes);
}

void *arena_array(Arena *out, size_t count, size_t bytes)
{
    if (bytes && count > SIZE_MAX / bytes)
        arena_exhausted();
    return arena_alloc(out, count * bytes);
}

char *arena_text_n(Arena *out, const char *text, size_t bytes)
{
    char *copy = arena_alloc(out, bytes + 1);

    memcpy(copy, text, bytes);
    return copy;
}

void *arena_grow(Arena *out, void *old, size_t used, size_t *room, size_t bytes)
{
    if (used < *room)
        return old;
    *room = *room ? *room * 2 : 16;
    void *fresh = arena_array(out, *room, bytes);
    if (used)
        memcpy(fresh, old, used * bytes);
    return fresh;
}

char *arena_text(Arena *out, const char *text)
{
    return text ? arena_text_n(out, text, strlen(text)) : NULL;
}

char *arena_format(Arena *out, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(out, need < 0 ? 1 : (size_t) need + 1);
    if (need > 0)
        vsnprintf(text, (size_t) need + 1, format, again);
    va_end(again);
    return text;
}

const char **arena_split(Arena *out, const char *text, char by, size_t *n)
{
    char *copy = arena_text(out, text);
    size_t count = 1;

    for (const char *at = copy; *at; at++)
        count += *at == by;
    const char **list = arena_array(out, count, sizeof *list);
    *n = 0;
    for (char *at = copy; at;) {
        char *end = strchr(at, by);
        if (end)
            *end++ = '\0';
        list[(*n)++] = at;
        at = end;
    }
    return list;
}
