/**
 * Row workers: the batches of a file (batch.h), read ahead and made by several threads, given out in the order of the file. With no
 * workers everything happens in crew_next. Whatever their number, the same batches come out.
 *
 * Memory: two batches a worker and one, and per worker what a RowReader remembers (about 3 MiB).
 */
#ifndef VB_INGEST_CREW_H
#define VB_INGEST_CREW_H

#include "ingest/batch.h"

enum { CREW_WORKERS_MAX = 8 };

typedef struct Crew Crew;

/** How many workers make sense here for a large file: none for up to two processors, of which the server needs one, then one or two. The environment's
 *  VEILIGBEELD_WORKERS, one digit, decides otherwise. */
int crew_workers(void);

/**
 * \param reader of the file, behind the header        borrowed
 * \param rows reads in order, with everything set     borrowed
 * \param workers 0 to CREW_WORKERS_MAX; fewer when threads cannot be had
 * Owned by caller: crew_free, before reader and rows
 */
Crew *crew_new(Reader *reader, RowReader *rows, size_t key_at, int workers);
/** The next batch; NULL: there are no more (see Reader.failed). Valid until the next call. */
Batch *crew_next(Crew *crew);
void crew_free(Crew *crew); /* ends and wipes; NULL is allowed */

#endif
