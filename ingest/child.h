/**
 * Work on a file that we do not trust, in a process of its own: what a converter or a library does with a damaged or malicious
 * file then ends that process and not ours, and can neither eat the machine nor leave anything on it.
 *
 * The child has the file, a pipe to us, and nothing else: no input, no error stream (messages may repeat values), no other
 * descriptor, no core file, CHILD_MEMORY bytes of memory, CHILD_CPU_SECONDS, and it cannot write a single byte to a file.
 */
#ifndef VB_INGEST_CHILD_H
#define VB_INGEST_CHILD_H

#include "ingest/bytes.h"

#define CHILD_MEMORY (1536UL * 1024 * 1024)
enum { CHILD_CPU_SECONDS = 120, CHILD_FILE = 3, CHILD_OUT = 1 };

/** Runs in the child: reads CHILD_FILE, writes CHILD_OUT. \return exit status; 0 = all was written. May execute a program instead. */
typedef int ChildWork(const void *context);

/**
 * Start it; what it writes is the stream, which fails when the child does not exit with 0. Freed before its end, the child is ended.
 * \param file    borrowed, readable; its position is shared with the child
 * \param context borrowed during the call
 * \return ERR_INPUT: no process could be made
 */
bool child_start(int file, ChildWork *work, const void *context, Bytes **out, Err *err);
/** After the stream's end: exit status, or 128 plus the signal that ended it. */
int child_status(const Bytes *child);

#endif
