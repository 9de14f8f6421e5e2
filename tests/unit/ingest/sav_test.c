#include "ingest/sav.h"

#include <signal.h>

#include "ingest/child.h"
#include "tests/unit/ingest/pack.h"

static const char *sav_text(Arena *arena, const char *path, SavPart part)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    BYTES_AUTO bytes = NULL;
    Err err = {0};
    const char *text = file >= 0 && sav_open(file, part, &bytes, &err) ? pack_text(arena, bytes) : arena_text(arena, err.text);

    close(file);
    return text;
}

static const char expected[] = "\"naam\",\"v1\",\"datum\",\"tijd\",\"moment\",\"getal\"\n"
                               "\"Ren\xC3\xA9\",\"ja\",\"2026-01-12\",\"13:45:00\",\"2026-01-12 01:01:01\",\"0.1\"\n"
                               "\"Ren\xC3\xA9\",\"nee, \"\"nooit\"\"\",\"2026-01-13\",\"\",\"2026-01-13 01:01:01\",\"123456789012\"\n"
                               "\"Ren\xC3\xA9\",\"\",\"2026-01-14\",\"13:45:00\",\"2026-01-14 01:01:01\",\"-1e+21\"\n";

TEST("an SPSS file is rows of text: labels, ISO dates and times, unrounded numbers, missing values empty")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();

    CHECK_TEXT(sav_text(arena, pack_sav(arena, &dir, "a.sav", "Ren\xC3\xA9", "Vraag 1", NULL, READSTAT_COMPRESS_NONE), SAV_ROWS), expected);
    CHECK_TEXT(sav_text(arena, pack_sav(arena, &dir, "b.sav", "Ren\xC3\xA9", "Vraag 1", NULL, READSTAT_COMPRESS_ROWS), SAV_ROWS), expected);
    CHECK_TEXT(sav_text(arena, pack_sav(arena, &dir, "c.zsav", "Ren\xC3\xA9", "Vraag 1", NULL, READSTAT_COMPRESS_BINARY), SAV_ROWS), expected);
}

TEST("all text beside the rows can be looked at")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const char *text = sav_text(arena, pack_sav(arena, &dir, "a.sav", "x", "Een vraag", "Een notitie", READSTAT_COMPRESS_NONE), SAV_LABELS);

    static const char *const wanted[] = {"\nnaam\n", "\nEen vraag\n", "Een notitie", "\nnee, \"nooit\"\n", "\nweet niet\n"};
    for (size_t at = 0; at < sizeof wanted / sizeof *wanted; at++)
        if (!strstr(arena_format(arena, "\n%s", text), wanted[at]))
            test_fail(__FILE__, __LINE__, "no %s in: %s", wanted[at], text);
}

TEST("a damaged file fails and gives no more rows than it has")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *data;
    size_t bytes;
    Err err;

    CHECK(place_read(arena, pack_sav(arena, &dir, "a.sav", "x", "y", NULL, READSTAT_COMPRESS_NONE), &data, &bytes, &err));
    for (size_t cut = 1; cut < bytes; cut += 61) {
        const char *text = sav_text(arena, scratch_bytes(arena, &dir, "b.sav", data, cut), SAV_ROWS);
        if (!strstr(text, "(failed)"))
            test_fail(__FILE__, __LINE__, "cut at %zu: %s", cut, text);
    }
    CHECK_TEXT(sav_text(arena, scratch_text(arena, &dir, "c.sav", "$FL2 and then nothing"), SAV_ROWS), "(failed)");
}

TEST("an SPSS file is known by its first bytes")
{
    CHECK(sav_is("$FL2", 4) && sav_is("$FL3@", 5));
    CHECK(!sav_is("$FL", 3) && !sav_is("$FL4", 4));
}

/* --- the child it runs in --- */

static int crash(const void *context)
{
    (void) context;
    return raise(SIGSEGV);
}

static int write_a_file(const void *context)
{
    int file = open(context, O_CREAT | O_WRONLY, 0600);
    int good = write(file, "Jansen", 6) == 6 ? 0 : 1;
    return good;
}

static int say_what_is_open(const void *context)
{
    (void) context;
    for (int at = 0; at < 64; at++)
        if (fcntl(at, F_GETFD) >= 0)
            dprintf(CHILD_OUT, "%d ", at);
    dprintf(STDERR_FILENO, "Jansen");
    return 0;
}

static int forever(const void *context)
{
    (void) context;
    for (;;)
        if (write(CHILD_OUT, "x", 1) != 1)
            return 1;
}

static const char *child_text(Arena *arena, ChildWork *work, const void *context, int *status)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    BYTES_AUTO bytes = NULL;
    Err err = {0};
    const char *text = child_start(null, work, context, &bytes, &err) ? pack_text(arena, bytes) : arena_text(arena, err.text);

    *status = bytes ? child_status(bytes) : -1;
    close(null);
    return text;
}

TEST("a child that crashes is a stream that failed")
{
    ARENA_AUTO arena = arena_new();
    int status;

    CHECK_TEXT(child_text(arena, crash, NULL, &status), "(failed)");
    CHECK(status != 0);
}

TEST("a child can write nothing to a file")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    const char *path = scratch_path(arena, &dir, "names");
    char *data;
    size_t bytes = 99;
    int status;
    Err err;

    CHECK_TEXT(child_text(arena, write_a_file, path, &status), "(failed)");
    CHECK(status != 0);
    CHECK(place_read(arena, path, &data, &bytes, &err) && bytes == 0);
}

TEST("a child has the file, the pipe, and nothing else of ours")
{
    ARENA_AUTO arena = arena_new();
    int status, ours = open("/dev/null", O_RDONLY); /* not even what would be inherited */

    CHECK_TEXT(child_text(arena, say_what_is_open, NULL, &status), "0 1 2 3 ");
    CHECK_INT(status, 0);
    close(ours);
}

TEST("a child nobody listens to any more is ended")
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    Bytes *bytes = NULL;
    char some[16];
    Err err;

    CHECK(child_start(null, forever, NULL, &bytes, &err));
    CHECK_INT(bytes_fill(bytes, some, sizeof some), sizeof some);
    bytes_free(bytes); /* does not return before it is */
    close(null);
}
