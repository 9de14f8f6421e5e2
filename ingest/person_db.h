/** What inzage, forget and key rotation ask the database; as vb_owner, but for what only reads. Pseudonyms pass here as 32 hexadecimal digits. */
#ifndef VB_INGEST_PERSON_DB_H
#define VB_INGEST_PERSON_DB_H

#include "common/arena.h"
#include "common/pg.h"

enum { PERSON_KINDS = 5 };
extern const char *const person_kinds[PERSON_KINDS]; /* incident, klacht, maatregel, meldcode, ongeval */

/** Rows changed per kind, and the tables they lie in. */
typedef struct PersonChanges {
    int64_t     rows[PERSON_KINDS], total, people; /* people: only of a rotation */
    const char *parts; /* "{incident_0,measure}" */
} PersonChanges;

bool person_db_board(Pg *db, int board_no, bool *known, Err *err);
bool person_db_rows(Pg *db, int board_no, const char *with_birth, const char *name_only, PgResult **rows, Err *err);
bool person_db_erase(Arena *out, Pg *db, int board_no, const char *ids, PersonChanges *changes, Err *err); /* ids: "{hex,hex}" */
bool person_db_amended(Pg *db, int board_no, const char *cause, const PersonChanges *changes, Err *err);

bool person_db_rotation_find(Pg *db, int board_no, const char *key_id, bool *there, bool *done, Err *err);
bool person_db_rotation_begin(Pg *db, int board_no, const char *key_id, bool keep, Err *err);
bool person_db_rotation_done(Pg *db, int board_no, const char *key_id, Err *err);
bool person_db_map_begin(Pg *db, Err *err); /* locks the tables and makes key_map */
bool person_db_map_people(Pg *db, int board_no, PgEach *each, void *context, Err *err); /* rows: pseudonym, places */
bool person_db_map_rows(Arena *out, Pg *db, int board_no, PersonChanges *changes, Err *err);

#endif
