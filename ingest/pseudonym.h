/**
 * Names become keyed pseudonyms in memory, before anything is written: BLAKE2b-128 under a key per board, over the
 * normalised name and the birth date. Lose the key on purpose and the pseudonyms are anonymous.
 *
 * Normalisation: NFC and case folded, diacritics removed, "Vries, Jan de" and "de Vries, Jan" become "jan de vries",
 * v.d. and vd become "van de", punctuation and double spaces vanish. A name of fewer than two letters gives no pseudonym.
 *
 * A key file holds 32 bytes for natural keys and then one layer of 32 bytes or more: a pseudonym is hashed once per layer.
 * Rotation with linkage kept adds a layer (what is stored is hashed once more, so a stolen old copy of key file and database
 * tells nothing about the new one); cutting linkage replaces all layers by a new one.
 */
#ifndef VB_INGEST_PSEUDONYM_H
#define VB_INGEST_PSEUDONYM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/date.h"
#include "common/err.h"
#include "ingest/memo.h"

enum { PSEUDONYM_LAYERS_MAX = 64 };

typedef struct Pseudonymizer Pseudonymizer;

/**
 * Keys of one board from var/keys/<board_no>.key, mode 0600, made when missing.
 * ERR_CONFIG: the file is readable by others, or of the wrong size. Owned by caller: pseudonym_close (which wipes it).
 */
bool pseudonym_open(const char *var, int board_no, Pseudonymizer **out, Err *err);
void pseudonym_close(Pseudonymizer *pseudonymizer); /* NULL is allowed */
/** The same, but a missing file is not made: keys that nobody sees and that end with it, for a run that keeps nothing. */
bool pseudonym_open_dry(const char *var, int board_no, Pseudonymizer **out, Err *err);
/** Another one with the same keys, for another thread. Owned by caller: pseudonym_close. */
Pseudonymizer *pseudonym_twin(const Pseudonymizer *of);
/** Is there a key of this board at all? Asking makes none. */
bool pseudonym_known(const char *var, int board_no);

/**
 * \param scratch of the row: holds the normalised name until it is reset
 * \param birth DATE_NONE when not known. \return false: no pseudonym (empty, too short or not UTF-8)
 */
bool pseudonym_person(Pseudonymizer *pseudonymizer, Arena *scratch, const char *name, size_t bytes, Date birth, uint8_t out[static 16]);
/* A name as it stands in a file, ready to be looked up. */
typedef struct PersonKey {
    uint64_t    part[MEMO_LONG_PARTS];
    size_t      place;
    const char *name;  /* borrowed */
    size_t      bytes; /* 0: nobody */
    Date        birth;
} PersonKey;

/** The same in two steps, for who knows early whom a row names: what pseudonym_of needs comes from memory meanwhile. */
void pseudonym_soon(const Pseudonymizer *pseudonymizer, const char *name, size_t bytes, Date birth, PersonKey *key);
bool pseudonym_of(Pseudonymizer *pseudonymizer, Arena *scratch, const PersonKey *key, uint8_t out[static 16]);
/** A 64-bit keyed hash (SipHash-2-4) of a natural key: an incident number may hold initials, so it is not stored either. */
int64_t pseudonym_key(const Pseudonymizer *pseudonymizer, const void *text, size_t bytes);
/** The normalised name. Owned by arena; NULL: not UTF-8; "" when it tells nobody apart. */
char *pseudonym_name(Arena *out, const char *name, size_t bytes);

/** What a stored pseudonym becomes under a further layer. */
void pseudonym_layer(const uint8_t key[static 32], const uint8_t in[static 16], uint8_t out[static 16]);
/** A new random layer, and what it is called: a hash that says nothing about it. */
void pseudonym_layer_new(uint8_t layer[static 32], char id[static 33]);
/** Write the key file that follows this one: with this layer more (keep), or with it alone.
 *  The new file is <board>.key.new until pseudonym_rotate_done puts it in place, so that the database can follow in between. */
bool pseudonym_rotate(const char *var, int board_no, bool keep, const uint8_t layer[static 32], Err *err);
typedef enum PseudonymNext { PSEUDONYM_NEXT_NONE, PSEUDONYM_NEXT_TORN /* its writing was broken off */, PSEUDONYM_NEXT_WHOLE } PseudonymNext;
/** Is there a <board>.key.new, and which layer is its newest? \param id filled when it is whole */
bool pseudonym_rotate_next(const char *var, int board_no, PseudonymNext *next, char id[static 33], Err *err);
bool pseudonym_rotate_done(const char *var, int board_no, Err *err);
bool pseudonym_rotate_undo(const char *var, int board_no, Err *err);

#endif
