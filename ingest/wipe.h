/**
 * jansson and libxml2 parse rows that hold names into memory of their own and hand it back as it is. From here on what they
 * free is overwritten first, so that a name outlives its row neither in the heap nor in a core file.
 */
#ifndef VB_INGEST_WIPE_H
#define VB_INGEST_WIPE_H

/** For the whole process; as often as wanted. Blocks that were allocated before are freed in the same way. */
void wipe_libraries(void);

#endif
