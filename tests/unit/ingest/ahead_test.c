#include "ingest/ahead.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/unit/scratch.h"

enum { LARGE = 9 * 1024 * 1024 };

static char *large_file(Arena *arena, const Scratch *scratch, const char *name, const char *within)
{
    char *data = malloc(LARGE), *path;

    memset(data, 'a', LARGE);
    memcpy(data + LARGE / 2, within, strlen(within));
    path = scratch_bytes(arena, scratch, name, data, LARGE);
    free(data);
    return path;
}

static int opened(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC);
}

TEST("what was read ahead is what a reading of the file tells")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO scratch = scratch_new();
    static const char *const within[] = {"\nRen\xC3\xA9;x\n", "\nRen\xE9;x\n", ";HwC;", ";H.W.C.;"};

    for (size_t at = 0; at < sizeof within / sizeof *within; at++) {
        const char *paths[] = {large_file(arena, &scratch, "een.csv", within[at]), NULL};
        AHEAD_AUTO ahead = ahead_begin(paths);
        FileFacts got = {0}, want = {0};
        Err err = {0};
        int file = opened(paths[0]);
        BYTES_AUTO bytes = bytes_of_file(file);
        CHECK(ahead && ahead_take(ahead, file, &got) && facts_read(bytes, &want, &err));
        CHECK_TEXT(got.sha256, want.sha256);
        CHECK_INT(got.encoding, want.encoding);
        CHECK_INT(got.bytes, LARGE);
        CHECK_INT(got.lines, want.lines);
        CHECK(got.handle_with_care == want.handle_with_care && got.spelled == want.spelled && got.valid == want.valid);
        CHECK(got.handle_with_care == (at == 2) && got.spelled == (at == 3) && got.valid == (at != 1));
        close(file);
    }
}

TEST("it is taken for the file that was read, as it was then")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO scratch = scratch_new();
    const char *paths[] = {large_file(arena, &scratch, "een.csv", "x"), NULL}, *other = large_file(arena, &scratch, "twee.csv", "x");
    AHEAD_AUTO ahead = ahead_begin(paths);
    FileFacts facts;
    int file = opened(paths[0]), another = opened(other);

    CHECK(!ahead_take(NULL, file, &facts));
    CHECK(!ahead_take(ahead, another, &facts));
    CHECK(ahead_take(ahead, file, &facts));
    int writer = open(paths[0], O_WRONLY | O_APPEND);
    CHECK(write(writer, ";HwC;", 5) == 5);
    CHECK(!ahead_take(ahead, file, &facts)); /* it has grown since */
    close(writer);
    close(another);
    close(file);
}

TEST("only a single large text file is read ahead, and nobody need take it")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO scratch = scratch_new();
    const char *large = large_file(arena, &scratch, "een.csv", "x"), *small = scratch_text(arena, &scratch, "klein.csv", "a;b\n1;2\n");
    const char *none[] = {NULL}, *one[] = {large, NULL}, *two[] = {large, large, NULL}, *little[] = {small, NULL}, *folder[] = {scratch.path, NULL},
               *gone[] = {"/nonexistent/een.csv", NULL}, *zip[] = {large_file(arena, &scratch, "een.json", "x"), NULL};

    CHECK(!ahead_begin(none));
    CHECK(!ahead_begin(two));
    CHECK(!ahead_begin(little));
    CHECK(!ahead_begin(folder));
    CHECK(!ahead_begin(gone));
    CHECK(!ahead_begin(zip));
    for (int round = 0; round < 20; round++)
        ahead_end(ahead_begin(one));
    ahead_end(NULL);
}
