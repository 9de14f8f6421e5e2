/**
 * Who makes rows: the batches of a file (batch.h), each read and made ready by one of several threads, judged one after the other in the order of the file, and sent
 * on by the thread that made it. Whatever their number, the same rows are judged in the same order.
 *
 * All of a batch but its judging happens in one thread, from the file's bytes to the server's socket: what goes from one processor to another cost as much as was won
 * (docs/architectuur.md).
 *
 * Where parts end is a guess (reader.h). The batch of a torn part, and whatever was made of what stands behind it, is thrown away before it is judged; the rows there are read one after
 * the other, and the threads go on behind them.
 *
 * Memory: per thread CREW_BATCHES batches and what a RowReader remembers (about 3 MiB).
 */
#ifndef VB_INGEST_CREW_H
#define VB_INGEST_CREW_H

#include "ingest/batch.h"

enum { CREW_WORKERS_MAX = 8, CREW_BATCHES = 3 /* of a thread: one with the server, one to be judged, one in the making */ };

/* What becomes of batches. */
typedef struct CrewTake {
    /* One at a time, in the order of the file, by any of the threads. May write to the batch. \return false: err, and the crew stops */
    bool (*judge)(void *context, Batch *batch, Err *err);
    /* Of what was judged. One at a time per worker, by the thread that made it. worker: from 0 */
    void (*send)(void *context, const Batch *batch, int worker);
    void *context;
} CrewTake;

/** How many workers a large file gets here besides the caller's thread: none on one processor, else one. The environment's VEILIGBEELD_WORKERS, one digit, decides otherwise. */
int crew_workers(void);
/** How many threads read a file, given so many workers. Where cells must be copied from one to another that is one fewer up to two processors: it would gain nothing there. */
int crew_threads(const Reader *reader, int workers);

/**
 * \param reader of the file, behind the header; failed is set when any part of it could not be read   borrowed
 * \param rows reads in order, with everything set                                                    borrowed
 * \param threads 1: all in the caller's; at most CREW_WORKERS_MAX + 1; fewer when threads cannot be had
 * \return false: judge did
 */
bool crew_run(Reader *reader, RowReader *rows, size_t key_at, int threads, const CrewTake *take, Err *err);

#endif
