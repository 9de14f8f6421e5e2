#include "common/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_dir(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool place_find(Arena *out, Place *place, Err *err)
{
    const char *home = getenv("VEILIGBEELD_HOME"), *base = NULL;
    char program[PATH_MAX], cwd[PATH_MAX];

    memset(place, 0, sizeof *place);
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length > 0) {
        program[length] = '\0';
        /* In a checkout the program lies in build/plain or build/san; look one to three levels up. */
        for (int up = 0; up < 4 && !base; up++) {
            char *slash = strrchr(program, '/');
            if (!slash)
                break;
            *slash = '\0';
            if (is_dir(arena_format(out, "%s/config/forms", program)) &&
                is_dir(arena_format(out, "%s/reports/templates", program)))
                base = arena_text(out, program);
        }
    }
    if (!getcwd(cwd, sizeof cwd))
        return err_set(err, ERR_IO, "cannot name the current directory: %s", strerror(errno));
    if (home) {
        place->config = arena_format(out, "%s/config", home);
        place->templates = arena_format(out, "%s/reports/templates", home);
    }
    if (!home || !is_dir(place->config))
        place->config = base ? arena_format(out, "%s/config", base) : VB_SHARE "/config";
    if (!home || !is_dir(place->templates))
        place->templates = base ? arena_format(out, "%s/reports/templates", base) : VB_SHARE "/templates";
    if (!home)
        home = base ? base : cwd;
    place->var = getenv("VEILIGBEELD_VAR") ? arena_text(out, getenv("VEILIGBEELD_VAR")) : arena_format(out, "%s/var", home);
    place->out = getenv("VEILIGBEELD_OUT") ? arena_text(out, getenv("VEILIGBEELD_OUT")) : arena_format(out, "%s/out", home);
    place->overlay = arena_text(out, getenv("VEILIGBEELD_CONFIG"));
    if (!is_dir(place->config))
        return err_set(err, ERR_CONFIG, "no configuration at \"%s\"; set VEILIGBEELD_HOME", place->config);
    return true;
}

bool place_make_dir(const char *path, unsigned mode, Err *err)
{
    char part[PATH_MAX];

    if (snprintf(part, sizeof part, "%s", path) >= (int) sizeof part)
        return err_set(err, ERR_IO, "path too long");
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char keep = *at;
        *at = '\0';
        if (mkdir(part, keep ? 0777 : mode) != 0 && errno != EEXIST)
            return err_set(err, ERR_IO, "cannot make directory \"%s\": %s", part, strerror(errno));
        *at = keep;
        if (!keep)
            return is_dir(part) || err_set(err, ERR_IO, "\"%s\" is there and is no directory", part);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

bool place_list(Arena *out, const char *directory, const char *suffix, char ***names, Err *err)
{
    DIR *handle = opendir(directory);
    size_t count = 0, room = 64;

    if (!handle)
        return err_set(err, ERR_IO, "cannot read directory \"%s\": %s", directory, strerror(errno));
    char **list = arena_array(out, room + 1, sizeof *list);
    for (struct dirent *entry; (entry = readdir(handle));) {
        size_t length = strlen(entry->d_name), tail = strlen(suffix);
        if (entry->d_name[0] == '.' || length < tail || strcmp(entry->d_name + length - tail, suffix) != 0)
            continue;
        if (count == room) {
            char **grown = arena_array(out, room * 2 + 1, sizeof *list);
            memcpy(grown, list, count * sizeof *list);
            list = grown;
            room *= 2;
        }
        list[count++] = arena_text(out, entry->d_name);
    }
    closedir(handle);
    qsort(list, count, sizeof *list, by_bytes);
    list[count] = NULL;
    *names = list;
    return true;
}

bool place_read(Arena *out, const char *path, char **data, size_t *bytes, Err *err)
{
    FILE *file = fopen(path, "rb");
    struct stat info;

    if (!file || fstat(fileno(file), &info) != 0) {
        err_set(err, ERR_IO, "cannot open \"%s\": %s", path, strerror(errno));
        if (file)
            fclose(file);
        return false;
    }
    if (!S_ISREG(info.st_mode) || info.st_size > 64 * 1024 * 1024) {
        fclose(file);
        return err_set(err, ERR_IO, "\"%s\" is no file, or larger than 64 MiB", path);
    }
    *data = arena_alloc(out, (size_t) info.st_size + 1);
    *bytes = fread(*data, 1, (size_t) info.st_size, file);
    bool good = !ferror(file);
    fclose(file);
    return good || err_set(err, ERR_IO, "cannot read \"%s\"", path);
}

bool place_write(const char *path, const void *data, size_t bytes, Err *err)
{
    char temporary[PATH_MAX];

    if (snprintf(temporary, sizeof temporary, "%s.tmp", path) >= (int) sizeof temporary)
        return err_set(err, ERR_IO, "path too long");
    FILE *file = fopen(temporary, "wb");
    bool good = file && fwrite(data, 1, bytes, file) == bytes;
    good = file && fflush(file) == 0 && good;
    int reason = errno;
    if (file && fclose(file) != 0)
        good = false;
    if (!good || rename(temporary, path) != 0) {
        if (good)
            reason = errno;
        unlink(temporary);
        return err_set(err, ERR_IO, "cannot write \"%s\": %s", path, strerror(reason));
    }
    return true;
}

bool place_run(const char *const argv[], Err *err)
{
    int ends[2], status;

    if (pipe(ends) != 0)
        return err_set(err, ERR_IO, "cannot start %s: %s", argv[0], strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(argv[0], (char *const *) argv);
        _exit(127);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return err_set(err, ERR_IO, "cannot start %s: %s", argv[0], strerror(errno));
    }
    char tail[2048];
    size_t used = 0;
    for (ssize_t got; (got = read(ends[0], tail + used, sizeof tail - 1 - used)) > 0;) {
        used += (size_t) got;
        if (used > sizeof tail / 2) { /* the end says why: keep that */
            size_t keep = sizeof tail / 4;
            memmove(tail, tail + used - keep, keep);
            used = keep;
        }
    }
    close(ends[0]);
    tail[used] = '\0';
    while (used && tail[used - 1] == '\n')
        tail[--used] = '\0';
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127 && !used)
        return err_set(err, ERR_IO, "%s is not there; run make deps", argv[0]);
    const char *last = strrchr(tail, '\n');
    return err_set(err, ERR_IO, "%s failed: %s", argv[0], last ? last + 1 : tail);
}
