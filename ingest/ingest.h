/**
 * The room's front door: load everything below some paths, and say per file what happened.
 * Public registers first (schools must be known before their deliveries), then by date of reception.
 */
#ifndef VB_INGEST_H
#define VB_INGEST_H

#include "common/pg.h"
#include "ingest/load.h"
#include "ingest/suggest.h"

typedef struct IngestOptions {
    const char *form;     /* --form: read every file as this form; NULL */
    int         board;    /* --board; 0 */
    Date        as_of;    /* received date of files that do not say, and bound of "the future" */
    bool        dry_run;
    Ahead      *ahead;    /* of the same paths (ahead.h), borrowed; NULL */
    int         workers;  /* threads that make rows ready, for large files; -1: as many as suit this machine */
} IngestOptions;

typedef struct IngestTotals {
    size_t  files, loaded, known, refused, replaced;
    size_t  secret; /* refused under Handle with Care: shown on a terminal only, stored nowhere */
    int64_t read, rows, rejected, superseded, duplicate;
} IngestTotals;

/** Called after every file, in order. report and text are valid during the call only; why is "" unless refused. */
typedef void IngestTell(void *context, const Task *task, const LoadReport *report, const char *why);

/**
 * \param dsn connection string of role vb_ingest
 * \param paths NULL-terminated
 * \return false and err only when the run cannot go on. Holds the advisory lock "ingest" for the whole time:
 *         ERR_DB when another run holds it.
 */
bool ingest_paths(const char *dsn, const Place *place, const char *const *paths, const IngestOptions *options, IngestTell *tell,
                  void *context, IngestTotals *totals, Err *err);

/** A draft of a form for a file that none knows (suggest.h). Owned by arena. */
bool ingest_suggest(Arena *out, const Place *place, const char *path, Suggestion *suggestion, Err *err);

/** Read and check kinds, forms and delivery rules only. */
bool ingest_config_check(const Place *place, Err *err);

#endif
