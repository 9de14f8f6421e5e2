#include "ingest/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct ChildBytes {
    Bytes base;
    int   pipe;
    pid_t child; /* 0 = waited for */
    int   status;
} ChildBytes;

static void wait_for(ChildBytes *bytes)
{
    int status = 0;

    if (bytes->child == 0)
        return;
    while (waitpid(bytes->child, &status, 0) < 0 && errno == EINTR)
        continue;
    bytes->child = 0;
    bytes->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static size_t child_read(Bytes *base, void *to, size_t room)
{
    ChildBytes *bytes = (ChildBytes *) base;
    ssize_t got;

    if (bytes->child == 0)
        return 0;
    do
        got = read(bytes->pipe, to, room);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        return (size_t) got;
    wait_for(bytes);
    base->failed = got < 0 || bytes->status != 0;
    return 0;
}

static void child_free(Bytes *base)
{
    ChildBytes *bytes = (ChildBytes *) base;

    close(bytes->pipe);
    if (bytes->child > 0)
        kill(bytes->child, SIGKILL);
    wait_for(bytes);
    free(bytes);
}

static bool limit(int what, rlim_t most)
{
    return setrlimit((__rlimit_resource_t) what, &(struct rlimit) {.rlim_cur = most, .rlim_max = most}) == 0;
}

/* Everything a child may not have, before it sees the first byte of the file. */
static bool confine(int file, int out)
{
    /* Clear of the numbers that dup2 is about to fill. */
    int file_high = fcntl(file, F_DUPFD, 16), out_high = fcntl(out, F_DUPFD, 16), null = open("/dev/null", O_RDWR);

    if (file_high < 0 || out_high < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
        dup2(out_high, CHILD_OUT) < 0 || dup2(file_high, CHILD_FILE) < 0 || close_range(CHILD_FILE + 1, ~0U, 0) != 0)
        return false;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
#ifndef __SANITIZE_ADDRESS__ /* its shadow alone is larger than any limit */
    if (!limit(RLIMIT_AS, CHILD_MEMORY))
        return false;
#endif
    /* A core of one byte is none, and unlike 0 it also keeps the core from a program that the kernel would pipe it to. */
    return limit(RLIMIT_CPU, CHILD_CPU_SECONDS) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 1);
}

bool child_start(int file, ChildWork *work, const void *context, Bytes **out, Err *err)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_INPUT, "cannot start a process to read the file: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        int good = confine(file, ends[1]) ? work(context) : 126;
        _exit(good);
    }
    int reason = errno;
    close(ends[1]);
    ChildBytes *bytes = child < 0 ? NULL : calloc(1, sizeof *bytes);
    if (!bytes) {
        close(ends[0]);
        return err_set(err, ERR_INPUT, "cannot start a process to read the file: %s", strerror(reason));
    }
    *bytes = (ChildBytes) {.base = {.read = child_read, .free = child_free}, .pipe = ends[0], .child = child};
    *out = &bytes->base;
    return true;
}

int child_status(const Bytes *child)
{
    return ((const ChildBytes *) child)->status;
}
