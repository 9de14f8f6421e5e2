/**
 * Memory by lifetime. Three arenas and no more: run (configuration, names), batch (one file or one
 * indicator) and row (reset per row). Not a general allocator: nothing can be freed by itself.
 *
 * An allocation never returns NULL: out of memory prints one line and exits with status 70, because
 * no caller could do better. Memory is zeroed and aligned for any type.
 */
#ifndef VB_COMMON_ARENA_H
#define VB_COMMON_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void); /* owned by caller: arena_free */
void arena_free(Arena *arena); /* NULL is allowed */
void arena_reset(Arena *arena); /* all that was handed out becomes invalid; the first block is kept */

void arena_wipe(Arena *arena); /* overwrite all memory it holds now */

void *arena_alloc(Arena *out, size_t bytes);
void *arena_array(Arena *out, size_t count, size_t bytes); /* refuses a product that overflows */
/** Room for one more in an array that grows: old itself, or a copy of twice the size (what it leaves behind is at most as large as itself).
 *  \param used items in it; *room items it has room for, updated */
void *arena_grow(Arena *out, void *old, size_t used, size_t *room, size_t bytes);
char *arena_text(Arena *out, const char *text); /* a copy; NULL gives NULL */
/** The parts of a text between these characters, as copies; of "" one that is empty. */
const char **arena_split(Arena *out, const char *text, char by, size_t *n);
char *arena_text_n(Arena *out, const char *text, size_t bytes);
char *arena_format(Arena *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** What an allocation that fails does, for the few that keep memory of their own: one line, exit status 70. */
void arena_exhausted(void) __attribute__((noreturn));

static inline void arena_drop(Arena **arena) { arena_free(*arena); }
#define ARENA_AUTO __attribute__((cleanup(arena_drop))) Arena *

#endif
