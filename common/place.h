/**
 * Where things are: config/ and templates/ (beside the program in a checkout, below PREFIX/share when
 * installed), and the two directories that a run writes: var/ (database, keys) and out/ (documents).
 * $VEILIGBEELD_HOME names another place for all of them.
 */
#ifndef VB_COMMON_PLACE_H
#define VB_COMMON_PLACE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/err.h"

typedef struct Place {
    const char *config;    /* directory with forms/, codes/, ... */
    const char *overlay;   /* directory of a board's own files, same layout; NULL = none ($VEILIGBEELD_CONFIG) */
    const char *templates; /* html.xsl, style.css */
    const char *var, *out; /* created when first used */
} Place;

bool place_find(Arena *out, Place *place, Err *err); /* strings owned by arena */
bool place_make_dir(const char *path, unsigned mode, Err *err); /* with parents, like mkdir -p */

/** Names of the files in a directory that end in suffix, sorted bytewise. Owned by arena, NULL-terminated. */
bool place_list(Arena *out, const char *directory, const char *suffix, char ***names, Err *err);

/** Whole file into memory, terminated by a NUL that *bytes does not count. Owned by arena. At most 64 MiB. */
bool place_read(Arena *out, const char *path, char **data, size_t *bytes, Err *err);
/** Write a file as a whole: temporary name, checked writes, fsync-free rename. ERR_IO when the disk is full. */
bool place_write(const char *path, const void *data, size_t bytes, Err *err);

/** Run a program with arguments, standard input from /dev/null; \return false, ERR_IO when it does not exit 0.
 *  The last line it printed on stderr is part of the message. \param argv NULL-terminated */
bool place_run(const char *const argv[], Err *err);

#endif
