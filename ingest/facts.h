/**
 * What a first reading of the whole file tells, before a single row goes anywhere: which file it is (SHA-256), whether it
 * holds a Handle with Care signal, how its letters are coded. Nothing of the file is kept.
 */
#ifndef VB_INGEST_FACTS_H
#define VB_INGEST_FACTS_H

#include <stdint.h>

#include "common/text.h"
#include "ingest/bytes.h"
#include "ingest/guard.h"

typedef struct FileFacts {
    char         sha256[65];
    bool         handle_with_care;
    bool         bom, utf16;
    TextEncoding encoding;
    bool         valid; /* every byte is well-formed in that encoding, so cells need not be looked at again */
    uint64_t     bytes;
    char         delimiter; /* as for CSV */
} FileFacts;

/** \param bytes read to its end. \return false: it could not be (ERR_INPUT) */
bool facts_read(Bytes *bytes, FileFacts *facts, Err *err);

#endif
