/** For unit tests: a temporary directory with files, removed afterwards, and where the shipped configuration lies. */
#ifndef VB_TESTS_UNIT_SCRATCH_H
#define VB_TESTS_UNIT_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/place.h"
#include "tests/harness/test.h"

/* Configuration and its patterns live as long as the process (common/config.h): a leak sanitizer need not count them. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libjansson\nleak:regex_internal\nleak:regcomp\nleak:regexec\n";
}

typedef struct Scratch { char path[256]; } Scratch;

static inline Scratch scratch_new(void)
{
    Scratch scratch;
    const char *base = getenv("TMPDIR");

    snprintf(scratch.path, sizeof scratch.path, "%s/veiligbeeld-test-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(scratch.path)) {
        perror("mkdtemp");
        exit(1);
    }
    return scratch;
}

static inline int scratch_remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void) info, (void) type, (void) where;
    return remove(path);
}

static inline void scratch_drop(Scratch *scratch)
{
    nftw(scratch->path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
#define SCRATCH_AUTO __attribute__((cleanup(scratch_drop))) Scratch

/** Path of a name in the directory; what lies in between is made. Owned by arena. */
static inline char *scratch_path(Arena *out, const Scratch *scratch, const char *name)
{
    char *path = arena_format(out, "%s/%s", scratch->path, name), *slash = strrchr(path, '/');
    Err err;

    *slash = '\0';
    if (!place_make_dir(path, 0700, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    *slash = '/';
    return path;
}

static inline char *scratch_bytes(Arena *out, const Scratch *scratch, const char *name, const void *data, size_t bytes)
{
    char *path = scratch_path(out, scratch, name);
    FILE *file = fopen(path, "wb");

    if (!file || fwrite(data, 1, bytes, file) != bytes || fclose(file) != 0)
        test_fail(__FILE__, __LINE__, "cannot write %s", path);
    return path;
}

static inline char *scratch_text(Arena *out, const Scratch *scratch, const char *name, const char *text)
{
    return scratch_bytes(out, scratch, name, text, strlen(text));
}

/** Root of the checkout: $VB_ROOT, else the current directory. */
static inline const char *checkout(void)
{
    const char *root = getenv("VB_ROOT");

    return root && *root ? root : ".";
}

/** The shipped configuration, with an overlay or NULL. */
static inline Place checkout_place(Arena *out, const char *overlay)
{
    return (Place){.config = arena_format(out, "%s/config", checkout()),
                   .overlay = overlay,
                   .templates = arena_format(out, "%s/reports/templates", checkout()),
                   .var = "var",
                   .out = "out"};
}

/** A repeatable stream of numbers: xorshift64*. */
static inline unsigned scratch_random(unsigned long long *state, unsigned below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (unsigned) ((*state * 2685821657736338717ULL) >> 33) % below;
}

#endif
