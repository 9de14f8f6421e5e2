#include "common/arena.h"

#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/buf.h"
#include "tests/harness/test.h"

static bool all_zero(const char *at, size_t bytes)
{
    for (size_t byte = 0; byte < bytes; byte++)
        if (at[byte])
            return false;
    return true;
}

TEST("memory is zeroed, aligned and never handed out twice")
{
    ARENA_AUTO arena = arena_new();
    char *got[300];

    for (size_t at = 0; at < 300; at++) {
        size_t bytes = at * 7 % 1000 + 1;
        got[at] = arena_alloc(arena, bytes);
        CHECK((uintptr_t) got[at] % _Alignof(max_align_t) == 0);
        CHECK(all_zero(got[at], bytes));
        memset(got[at], (int) (at % 255 + 1), bytes);
    }
    for (size_t at = 0; at < 300; at++)
        for (size_t byte = 0; byte < at * 7 % 1000 + 1; byte++)
            if ((unsigned char) got[at][byte] != at % 255 + 1) {
                test_fail(__FILE__, __LINE__, "allocation %zu was overwritten", at);
                return;
            }
}

TEST("an allocation larger than a block is given whole, and small ones go on behind it")
{
    ARENA_AUTO arena = arena_new();
    char *before = arena_text(arena, "before"), *big = arena_alloc(arena, 1 << 20), *after = arena_text(arena, "after");

    CHECK(all_zero(big, 1 << 20));
    memset(big, 1, 1 << 20);
    CHECK_TEXT(before, "before");
    CHECK_TEXT(after, "after");
}

TEST("after a reset the first block is used again, zeroed")
{
    ARENA_AUTO arena = arena_new();
    char *first = arena_alloc(arena, 100);

    memset(first, 'x', 100);
    arena_alloc(arena, 200000);
    arena_reset(arena);
    char *again = arena_alloc(arena, 100);
    CHECK(again == first);
    CHECK(all_zero(again, 100));
}

TEST("texts are copied, and nothing stays nothing")
{
    ARENA_AUTO arena = arena_new();
    char source[] = "Jansen";
    char *copy = arena_text(arena, source), *part = arena_text_n(arena, source, 3), *empty = arena_text_n(arena, source, 0);

    source[0] = 'X';
    CHECK_TEXT(copy, "Jansen");
    CHECK_TEXT(part, "Jan");
    CHECK_TEXT(empty, "");
    CHECK(arena_text(arena, NULL) == NULL);
}

TEST("a formatted text may have any length")
{
    ARENA_AUTO arena = arena_new();
    char *text = arena_format(arena, "%0*d", 100000, 7);

    CHECK_INT(strlen(text), 100000);
    CHECK(text[99999] == '7' && text[99998] == '0');
    CHECK_TEXT(arena_format(arena, "%s-%d", "a", 1), "a-1");
    CHECK_TEXT(arena_format(arena, "%s", ""), "");
}

/* Run in a child: \return exit status; *said = what it wrote on stderr. */
static int child_status(void (*body)(void), char said[static 200])
{
    int ends[2], status = -1;
    ssize_t got = 0;

    if (pipe(ends) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        body();
        _exit(0);
    }
    close(ends[1]);
    got = read(ends[0], said, 199);
    said[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow_product(void)
{
    arena_array(arena_new(), SIZE_MAX / 2, 3);
}

static void overflow_size(void)
{
    arena_alloc(arena_new(), SIZE_MAX - 3);
}

TEST("a size that cannot be had ends the program with one line and status 70")
{
    char said[200];

    CHECK_INT(child_status(overflow_product, said), 70);
    CHECK_TEXT(said, "veiligbeeld: out of memory\n");
    CHECK_INT(child_status(overflow_size, said), 70);
    CHECK_TEXT(said, "veiligbeeld: out of memory\n");
}

TEST("an array of nothing is allowed and nothing can be freed")
{
    ARENA_AUTO arena = arena_new();

    CHECK(arena_array(arena, 0, 100) != NULL);
    CHECK(arena_array(arena, 100, 0) != NULL);
    arena_free(NULL);
}

TEST("a buffer grows piece by piece and is always terminated")
{
    BUF_AUTO buf = {0};

    CHECK(buf.data == NULL);
    buf_text(&buf, "");
    CHECK_TEXT(buf.data, "");
    for (int at = 0; at < 5000; at++) {
        buf_format(&buf, "%d;", at % 10);
        CHECK(buf.length == (size_t) (at + 1) * 2 && strlen(buf.data) == buf.length);
    }
    buf_add(&buf, "a\0b", 3);
    CHECK_INT(buf.length, 10003);
    CHECK(memcmp(buf.data + 10000, "a\0b", 4) == 0);
    CHECK(memcmp(buf.data, "0;1;2;3;4;5;6;7;8;9;0;", 22) == 0);
    buf_free(&buf);
    CHECK(buf.data == NULL && buf.length == 0);
}

TEST("a piece longer than what there is doubles as often as needed")
{
    BUF_AUTO buf = {0};

    buf_text(&buf, "x");
    buf_format(&buf, "%0*d", 70000, 1);
    CHECK_INT(buf.length, 70001);
    CHECK_INT(strlen(buf.data), 70001);
}
