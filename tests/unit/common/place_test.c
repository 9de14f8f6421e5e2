#include "common/place.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/unit/scratch.h"

static Err err; /* of the last call */

#define CHECK_REFUSED(call, message)                                                                                   \
    do {                                                                                                               \
        err = (Err){0};                                                                                               \
        CHECK(!(call));                                                                                                \
        CHECK_INT(err.kind, ERR_IO);                                                                                   \
        CHECK_TEXT(err.text, message);                                                                                 \
    } while (0)

static unsigned mode_of(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 ? info.st_mode & 0777 : 0;
}

TEST("directories are made with their parents, and again without complaint")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = arena_format(arena, "%s/a/b/c", dir.path);

    CHECK(place_make_dir(path, 0700, &err));
    CHECK_INT(mode_of(path), 0700);
    CHECK(place_make_dir(path, 0700, &err));
    CHECK(place_make_dir(arena_format(arena, "%s/d/", dir.path), 0750, &err));
    CHECK(mode_of(arena_format(arena, "%s/d", dir.path)) != 0);
}

TEST("a directory cannot be made below or in place of a file")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *file = scratch_text(arena, &dir, "file", "x");

    CHECK_REFUSED(place_make_dir(arena_format(arena, "%s/below", file), 0700, &err),
                  arena_format(arena, "cannot make directory \"%s/below\": Not a directory", file));
    CHECK(!place_make_dir(file, 0700, &err)); /* as mkdir -p */
}

TEST("a directory is listed by suffix, sorted bytewise, without hidden files")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char **names = NULL;

    static const char *const files[] = {"b.json", "B.json", "a.json", "a.txt", ".c.json", "json", "10.json", "9.json"};
    for (size_t at = 0; at < sizeof files / sizeof *files; at++)
        scratch_text(arena, &dir, files[at], "");
    CHECK(place_list(arena, dir.path, ".json", &names, &err));
    static const char *const want[] = {"10.json", "9.json", "B.json", "a.json", "b.json"};
    for (size_t at = 0; at < 5; at++)
        if (!names[at] || strcmp(names[at], want[at]) != 0) {
            test_fail(__FILE__, __LINE__, "name %zu is %s, expected %s", at, names[at] ? names[at] : "(null)", want[at]);
            return;
        }
    CHECK(names[5] == NULL);
    for (int at = 0; at < 300; at++)
        scratch_text(arena, &dir, arena_format(arena, "many/%03d.x", at), "");
    CHECK(place_list(arena, arena_format(arena, "%s/many", dir.path), "", &names, &err));
    size_t count = 0;
    while (names[count])
        count++;
    CHECK_INT(count, 300);
    CHECK_TEXT(names[299], "299.x");
    CHECK_REFUSED(place_list(arena, arena_format(arena, "%s/none", dir.path), "", &names, &err),
                  arena_format(arena, "cannot read directory \"%s/none\": No such file or directory", dir.path));
}

TEST("a file is read whole, with a NUL behind it")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *data = NULL;
    size_t bytes = 0;

    CHECK(place_read(arena, scratch_bytes(arena, &dir, "nul", "a\0b", 3), &data, &bytes, &err));
    CHECK_INT(bytes, 3);
    CHECK(memcmp(data, "a\0b", 4) == 0);
    CHECK(place_read(arena, scratch_text(arena, &dir, "empty", ""), &data, &bytes, &err));
    CHECK_INT(bytes, 0);
    CHECK_TEXT(data, "");
}

TEST("what is no file, not there or too large is not read")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *data = NULL, *big = scratch_text(arena, &dir, "big", "");
    size_t bytes = 0;

    CHECK_REFUSED(place_read(arena, arena_format(arena, "%s/none", dir.path), &data, &bytes, &err),
                  arena_format(arena, "cannot open \"%s/none\": No such file or directory", dir.path));
    CHECK_REFUSED(place_read(arena, dir.path, &data, &bytes, &err), arena_format(arena, "\"%s\" is no file, or larger than 64 MiB", dir.path));
    CHECK(truncate(big, 64L * 1024 * 1024 + 1) == 0);
    CHECK_REFUSED(place_read(arena, big, &data, &bytes, &err), arena_format(arena, "\"%s\" is no file, or larger than 64 MiB", big));
}

TEST("a file is written whole, replaces the old one and leaves no temporary name")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = scratch_text(arena, &dir, "report.html", "old"), *data = NULL, **names;
    size_t bytes = 0;

    CHECK(place_write(path, "new\0text", 8, &err));
    CHECK(place_read(arena, path, &data, &bytes, &err) && bytes == 8 && memcmp(data, "new\0text", 8) == 0);
    CHECK(place_write(path, "", 0, &err));
    CHECK(place_read(arena, path, &data, &bytes, &err) && bytes == 0);
    CHECK(place_list(arena, dir.path, "", &names, &err) && names[0] && !names[1]);
    CHECK_REFUSED(place_write(arena_format(arena, "%s/none/x", dir.path), "x", 1, &err),
                  arena_format(arena, "cannot write \"%s/none/x\": No such file or directory", dir.path));
    CHECK_REFUSED(place_write(dir.path, "x", 1, &err), arena_format(arena, "cannot write \"%s\": Is a directory", dir.path));
}

TEST("when a file cannot be written to its end the old one stays")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    char *path = scratch_text(arena, &dir, "report.html", "old"), *data = NULL, **names;
    char *large = arena_alloc(arena, 200000);
    size_t bytes = 0;
    int status = 0;

    /* in a child: a limit on the size of files stands in for a full disk */
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {.rlim_cur = 50000, .rlim_max = 50000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        bool wrote = place_write(path, large, 200000, &err);
        _exit(wrote ? 1 : err.kind != ERR_IO ? 2 : !strstr(err.text, strerror(EFBIG)) ? 3 : 0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
    CHECK(place_read(arena, path, &data, &bytes, &err));
    CHECK_TEXT(data, "old");
    CHECK(place_list(arena, dir.path, "", &names, &err) && names[0] && !names[1]);
}

TEST("a program that fails is an error with the last line it said")
{

    CHECK(place_run((const char *[]){"true", NULL}, &err));
    CHECK(place_run((const char *[]){"sh", "-c", "test \"$1\" = 'a b' && ! read line", "sh", "a b", NULL}, &err));
    CHECK_REFUSED(place_run((const char *[]){"sh", "-c", "echo first >&2; echo last >&2; exit 3", NULL}, &err), "sh failed: last");
    CHECK_REFUSED(place_run((const char *[]){"false", NULL}, &err), "false failed: ");
    CHECK_REFUSED(place_run((const char *[]){"sh", "-c", "yes | head -100000 >&2; echo the end >&2; exit 1", NULL}, &err), "sh failed: the end");
    CHECK_REFUSED(place_run((const char *[]){"/nonexistent/program", NULL}, &err), "/nonexistent/program is not there; run make deps");
    CHECK_REFUSED(place_run((const char *[]){"sh", "-c", "kill -9 $$", NULL}, &err), "sh failed: ");
}

TEST("a place is named by the environment, and each of its directories can be moved")
{
    ARENA_AUTO arena = arena_new();
    SCRATCH_AUTO dir = scratch_new();
    Place place;

    scratch_text(arena, &dir, "home/config/forms/x.json", "{}");
    scratch_text(arena, &dir, "home/reports/templates/html.xsl", "");
    const char *home = arena_format(arena, "%s/home", dir.path);
    setenv("VEILIGBEELD_HOME", home, 1);
    unsetenv("VEILIGBEELD_CONFIG");
    unsetenv("VEILIGBEELD_VAR");
    unsetenv("VEILIGBEELD_OUT");
    CHECK(place_find(arena, &place, &err));
    CHECK_TEXT(place.config, arena_format(arena, "%s/config", home));
    CHECK_TEXT(place.templates, arena_format(arena, "%s/reports/templates", home));
    CHECK_TEXT(place.var, arena_format(arena, "%s/var", home));
    CHECK_TEXT(place.out, arena_format(arena, "%s/out", home));
    CHECK(place.overlay == NULL);
    setenv("VEILIGBEELD_CONFIG", "/over", 1);
    setenv("VEILIGBEELD_VAR", "/elsewhere/var", 1);
    setenv("VEILIGBEELD_OUT", "/elsewhere/out", 1);
    CHECK(place_find(arena, &place, &err));
    CHECK_TEXT(place.overlay, "/over");
    CHECK_TEXT(place.var, "/elsewhere/var");
    CHECK_TEXT(place.out, "/elsewhere/out");
    CHECK(mode_of(arena_format(arena, "%s/var", home)) == 0); /* made when first used, not here */
    unsetenv("VEILIGBEELD_HOME");
    unsetenv("VEILIGBEELD_CONFIG");
    unsetenv("VEILIGBEELD_VAR");
    unsetenv("VEILIGBEELD_OUT");
}
