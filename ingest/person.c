#include "ingest/person.h"

#include <sodium.h>
#include <string.h>

#include "ingest/pseudonym.h"
#include "ingest/rotate.h"

bool person_birth_parse(const char *text, Date *birth)
{
    size_t bytes;

    while (*text == ' ' || *text == '\t')
        text++;
    for (bytes = strlen(text); bytes && (text[bytes - 1] == ' ' || text[bytes - 1] == '\t'); bytes--)
        continue;
    *birth = DATE_NONE;
    return bytes == 0 || date_parse(text, bytes, DATE_ISO, birth, NULL) || date_parse(text, bytes, DATE_DMY, birth, NULL);
}

bool person_board_check(Pg *db, const char *var, int board_no, Err *err)
{
    bool known;

    if (!person_db_board(db, board_no, &known, err))
        return false;
    if (!known)
        return err_set(err, ERR_USAGE, "board %05d is not in the register", board_no);
    return pseudonym_known(var, board_no) ||
           err_set(err, ERR_CONFIG, "board %05d has no key: no names were ever delivered, or its key was thrown away and nobody can be found again", board_no);
}

static bool identify(Pseudonymizer *key, Arena *scratch, const char *name, Date birth, Person *person)
{
    const Date dates[PERSON_MATCHES] = {birth, DATE_NONE};

    for (int match = 0; match < PERSON_MATCHES; match++) {
        uint8_t pseudonym[16];
        if (match == PERSON_BY_BIRTH && birth == DATE_NONE)
            continue;
        if (!pseudonym_person(key, scratch, name, strlen(name), dates[match], pseudonym))
            return false;
        sodium_bin2hex(person->id[match], sizeof person->id[match], pseudonym, sizeof pseudonym);
    }
    return true;
}

bool person_identify(Pg *db, const char *var, int board_no, const char *name, Date birth, Person *person, Err *err)
{
    Pseudonymizer *key = NULL;
    Arena *scratch = arena_new();

    memset(person, 0, sizeof *person);
    bool good = person_board_check(db, var, board_no, err) && rotate_settle(db, var, board_no, err) && pseudonym_open(var, board_no, &key, err);
    if (good && !identify(key, scratch, name, birth, person))
        good = err_set(err, ERR_INPUT, "the name has fewer than two letters or is not UTF-8");
    pseudonym_close(key);
    arena_wipe(scratch);
    arena_free(scratch);
    return good;
}

static const char *id_of(const Person *person, PersonMatch match)
{
    return *person->id[match] ? person->id[match] : NULL;
}

bool person_rows(Arena *out, Pg *db, int board_no, const Person *person, PersonRow **rows, size_t *count, Err *err)
{
    PG_AUTO result = NULL;

    if (!person_db_rows(db, board_no, id_of(person, PERSON_BY_BIRTH), id_of(person, PERSON_BY_NAME), &result, err))
        return false;
    *count = pg_rows(result);
    *rows = arena_array(out, *count + 1, sizeof **rows);
    for (size_t row = 0; row < *count; row++)
        (*rows)[row] = (PersonRow){.match = pg_int(result, row, 0) == 0 ? PERSON_BY_BIRTH : PERSON_BY_NAME,
                                   .kind = arena_text(out, pg_text(result, row, 1)), .school = arena_text(out, pg_text(result, row, 2)),
                                   .school_name = arena_text(out, pg_text(result, row, 3)), .day = arena_text(out, pg_text(result, row, 4)),
                                   .until = arena_text(out, pg_text(result, row, 5)), .what = arena_text(out, pg_text(result, row, 6)),
                                   .place = arena_text(out, pg_text(result, row, 7)), .role = arena_text(out, pg_text(result, row, 8)),
                                   .group = arena_text(out, pg_text(result, row, 9))};
    return true;
}

bool person_forget(Arena *out, Pg *db, int board_no, const Person *person, const bool match[static PERSON_MATCHES], PersonChanges *changes, Err *err)
{
    const char *birth = match[PERSON_BY_BIRTH] ? person->id[PERSON_BY_BIRTH] : "", *name = match[PERSON_BY_NAME] ? person->id[PERSON_BY_NAME] : "";
    const char *ids = arena_format(out, "{%s%s%s}", birth, *birth && *name ? "," : "", name);

    if (pg_begin(db, err) && person_db_erase(out, db, board_no, ids, changes, err) && person_db_amended(db, board_no, "forget", changes, err) &&
        pg_commit(db, err))
        return true;
    pg_rollback(db);
    return false;
}
