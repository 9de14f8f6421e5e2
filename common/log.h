/**
 * The log: stderr, one line per event, for the operator. Levels inform and never steer.
 * There is no switch that logs row values, not even debug: callers pass counts, codes of ours and
 * names of files the operator named himself.
 */
#ifndef VB_COMMON_LOG_H
#define VB_COMMON_LOG_H

#include <stdbool.h>

typedef enum LogLevel { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } LogLevel;

void log_level_set(LogLevel level); /* lines above it are dropped; LOG_INFO from the start */
void log_line(LogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

/* -- progress ---------------------------------------------------------------------------------
 * A bar on stderr while it is a terminal (or --progress=always), nothing otherwise. The log wipes
 * the bar before it writes a line, so the two never mix. */
typedef enum ProgressMode { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } ProgressMode;

void progress_mode_set(ProgressMode mode);
void progress_begin(const char *what, double total); /* what: borrowed until progress_end */
void progress_update(double done); /* redraws at most ten times a second */
void progress_end(void);

#endif
