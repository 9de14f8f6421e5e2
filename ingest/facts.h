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
    bool         spelled; /* its initials letter by letter (guard.h): a signal, unless this is public data */
    bool         bom, utf16;
    TextEncoding encoding;
    bool         valid; /* every byte is well-formed in that encoding, so cells need not be looked at again */
    uint64_t     bytes;
    uint64_t     lines; /* line ends among them */
    char         delimiter; /* as for CSV */
} FileFacts;

/* Large pieces: handing one to the thread that hashes costs a wake at each end (measured for 175 MB, both threads: 220 ms in pieces of 256 KiB, 155 ms of 1 MiB). */
enum { FACTS_PIECE = 1024 * 1024 };

/** \param bytes read to its end. \return false: it could not be (ERR_INPUT) */
bool facts_read(Bytes *bytes, FileFacts *facts, Err *err);
/**
 * The same for bytes that are no text but hold text in some packed form: only the words of the guard are looked for, and
 * encoding is that of what a reader will unpack, UTF-8.
 * \param part which table of the file; two tables of one file are two deliveries with a hash of their own. "": the only one
 */
bool facts_read_packed(Bytes *bytes, const char *part, FileFacts *facts, Err *err);
/** More text of the same file, for the guard only; bytes grows to its size, if that is larger. \return false: it could not be read to its end */
bool facts_look(Bytes *bytes, FileFacts *facts, Err *err);

#endif
