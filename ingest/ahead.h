/**
 * The first reading of one large file (facts.h), begun by a thread before anything else: while the program connects, looks at the schema and reads its
 * configuration. Nothing of the file goes anywhere before that reading has ended, and what it tells is only taken for the file that it read.
 *
 * Memory: that of facts_read, 2 MiB.
 */
#ifndef VB_INGEST_AHEAD_H
#define VB_INGEST_AHEAD_H

#include "ingest/facts.h"

typedef struct Ahead Ahead;

/** \param paths NULL-terminated; only a single one that is a large text file is read ahead. \return NULL: nothing is. Owned by caller: ahead_end */
Ahead *ahead_begin(const char *const *paths);
/** Wait for its end. \param file open, is it the same and unchanged? \return false: read it yourself. ahead: NULL is allowed */
bool ahead_take(Ahead *ahead, int file, FileFacts *facts);
void ahead_end(Ahead *ahead); /* gives up at once when nobody took it; NULL is allowed */

static inline void ahead_drop(Ahead **ahead) { ahead_end(*ahead); }
#define AHEAD_AUTO __attribute__((cleanup(ahead_drop))) Ahead *

#endif
