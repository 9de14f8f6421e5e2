/**
 * A board's pseudonym key is replaced, and the stored pseudonyms with it or not.
 *
 * Kept: every stored pseudonym is hashed once more under a new layer, so a stolen copy of the old key file and database tells nothing
 * about the new one. Cut: only the key file changes; what is stored can never be linked to a name or to a later delivery again.
 *
 * Order, so that a kill or power cut at any moment loses nothing: (1) ops.key_rotation says which layer is about to come, (2) it is
 * written as <board>.key.new, (3) one transaction changes the rows and marks that layer done, (4) the file is renamed. A file left
 * behind is completed when its layer is done, else removed: rotate_settle, before anybody uses a key.
 */
#ifndef VB_INGEST_ROTATE_H
#define VB_INGEST_ROTATE_H

#include "ingest/person_db.h"

/** End what a killed rotation left behind. Under the lock "ingest". ERR_CONFIG: the file belongs to another database. */
bool rotate_settle(Pg *db, const char *var, int board_no, Err *err);

/**
 * \param db connection of vb_owner, under the lock "ingest"
 * \param people how many different pseudonyms were hashed again; 48 bytes of memory each
 */
bool rotate_board(Arena *out, Pg *db, const char *var, int board_no, bool keep, PersonChanges *changes, int64_t *people, Err *err);

#endif
