/**
 * One person in the facts of one board: what is held about her (inzage, AVG 15) and its erasure (forget, AVG 17). The name becomes a
 * pseudonym here and goes no further.
 *
 * Lists of involved persons mostly come without birth dates, so a person is looked for twice: with the birth date, and by name only.
 * What was found by name only may be of somebody else with that name.
 */
#ifndef VB_INGEST_PERSON_H
#define VB_INGEST_PERSON_H

#include "common/date.h"
#include "ingest/person_db.h"

typedef enum PersonMatch { PERSON_BY_BIRTH, PERSON_BY_NAME, PERSON_MATCHES } PersonMatch;

typedef struct Person {
    char id[PERSON_MATCHES][33]; /* "" = not known */
} Person;

typedef struct PersonRow {
    PersonMatch match;
    const char *kind, *school, *school_name, *day, *until, *what, *place, *role, *group; /* labels; "" = not known */
} PersonRow;

/**
 * \param db under the lock "ingest", because an interrupted rotation of the key is ended first
 * \param birth DATE_NONE when not known
 * \return ERR_USAGE: no such board; ERR_CONFIG: the board has no key; ERR_INPUT: the name tells nobody apart
 */
bool person_identify(Pg *db, const char *var, int board_no, const char *name, Date birth, Person *person, Err *err);
/** Does the board have a key at all? The errors of person_identify, to be asked before a name is. */
bool person_board_check(Pg *db, const char *var, int board_no, Err *err);

/** Owned by arena, in order of match, kind, school and day. */
bool person_rows(Arena *out, Pg *db, int board_no, const Person *person, PersonRow **rows, size_t *count, Err *err);

/** Take the person out of the rows of the board, in one transaction. Incidents stay, without her. \param match which of the two, true = erase */
bool person_forget(Arena *out, Pg *db, int board_no, const Person *person, const bool match[static PERSON_MATCHES], PersonChanges *changes, Err *err);

/** "2015-03-02" or "02-03-2015"; empty is DATE_NONE. \return false: not a date */
bool person_birth_parse(const char *text, Date *birth);

#endif
