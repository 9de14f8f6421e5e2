#include "common/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/err.h"

static LogLevel     level_max = LOG_INFO;
static ProgressMode progress_mode = PROGRESS_AUTO;
static const char  *progress_what;
static double       progress_total, progress_drawn_at;
static bool         progress_on_screen;

static bool progress_visible(void)
{
    return progress_mode == PROGRESS_ALWAYS || (progress_mode == PROGRESS_AUTO && isatty(STDERR_FILENO));
}

static void progress_wipe(void)
{
    if (progress_on_screen)
        fputs("\r\033[K", stderr);
    progress_on_screen = false;
}

void log_level_set(LogLevel level)
{
    level_max = level;
}

void log_line(LogLevel level, const char *format, ...)
{
    static const char *const name[] = {N_("error: "), N_("warning: "), "", "debug: "};
    va_list args;

    if (level > level_max)
        return;
    progress_wipe();
    fputs("veiligbeeld: ", stderr);
    fputs(err_word(name[level]), stderr);
    va_start(args, format);
    vfprintf(stderr, err_word(format), args);
    va_end(args);
    fputc('\n', stderr);
}

static double now_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

void progress_mode_set(ProgressMode mode)
{
    progress_mode = mode;
}

void progress_begin(const char *what, double total)
{
    progress_what = err_word(what);
    progress_total = total;
    progress_drawn_at = 0;
}

void progress_update(double done)
{
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];

    if (!progress_what || !progress_visible())
        return;
    double now = now_seconds();
    if (now - progress_drawn_at < 0.1)
        return;
    progress_drawn_at = now;
    double share = progress_total > 0 ? done / progress_total : 0;
    if (share > 1)
        share = 1;
    memset(bar, ' ', WIDTH);
    memset(bar, '#', (size_t) (share * WIDTH));
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r\033[K%-28.28s [%s] %3.0f%%", progress_what, bar, share * 100);
    fflush(stderr);
    progress_on_screen = true;
}

void progress_end(void)
{
    progress_wipe();
    fflush(stderr);
    progress_what = NULL;
}
