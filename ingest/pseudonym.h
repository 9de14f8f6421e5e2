/**
 * Names become keyed pseudonyms in memory, before anything is written: BLAKE2b-128 under a key per board, over the
 * normalised name and the birth date. Lose the key on purpose and the pseudonyms are anonymous.
 *
 * Normalisation: NFC and case folded, diacritics removed, "Vries, Jan de" and "de Vries, Jan" become "jan de vries",
 * v.d. and vd become "van de", punctuation and double spaces vanish. A name of fewer than two letters gives no pseudonym.
 */
#ifndef VB_INGEST_PSEUDONYM_H
#define VB_INGEST_PSEUDONYM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/date.h"
#include "common/err.h"

typedef struct Pseudonymizer Pseudonymizer;

/**
 * Keys of one board from var/keys/<board_no>.key: 32 random bytes, mode 0600, made when missing.
 * ERR_CONFIG: the file is readable by others, or of the wrong size. Owned by caller: pseudonym_close (which wipes it).
 */
bool pseudonym_open(const char *var, int board_no, Pseudonymizer **out, Err *err);
void pseudonym_close(Pseudonymizer *pseudonymizer);

/** \param birth DATE_NONE when not known. \return false: no pseudonym (empty, too short or not UTF-8) */
bool pseudonym_person(const Pseudonymizer *pseudonymizer, const char *name, size_t bytes, Date birth, uint8_t out[static 16]);
/** A 64-bit keyed hash of a natural key (an incident number may hold initials, so it is not stored either). */
int64_t pseudonym_key(const Pseudonymizer *pseudonymizer, const char *text, size_t bytes);
/** The normalised name, for tests. Owned by arena; NULL: not UTF-8. */
char *pseudonym_name(Arena *out, const char *name, size_t bytes);

#endif
