#include "ingest/person_db.h"

#include <string.h>

#include "common/buf.h"
#include "sql_embed.h"

const char *const person_kinds[PERSON_KINDS] = {"incident", "klacht", "maatregel", "meldcode", "ongeval"};

bool person_db_board(Pg *db, int board_no, bool *known, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, &sql_ingest_board_known, PG_ONE_ROW, &result, err, "i", (int64_t) board_no))
        return false;
    *known = pg_bool(result, 0, 0);
    return true;
}

bool person_db_rows(Pg *db, int board_no, const char *with_birth, const char *name_only, PgResult **rows, Err *err)
{
    return pg_query(db, &sql_ingest_person_rows, PG_ANY_ROWS, rows, err, "itt", (int64_t) board_no, with_birth, name_only);
}

static void changes_read(Arena *out, const PgResult *rows, bool people, PersonChanges *changes)
{
    BUF_AUTO parts = {0};

    memset(changes, 0, sizeof *changes);
    for (size_t row = 0; row < pg_rows(rows); row++) {
        for (int kind = 0; kind < PERSON_KINDS; kind++)
            if (strcmp(person_kinds[kind], pg_text(rows, row, 0)) == 0)
                changes->rows[kind] += pg_int(rows, row, 2);
        changes->total += pg_int(rows, row, 2);
        changes->people += people ? pg_int(rows, row, 3) : 0;
        buf_format(&parts, "%s%s", row ? "," : "{", pg_text(rows, row, 1));
    }
    buf_text(&parts, pg_rows(rows) ? "}" : "{}");
    changes->parts = arena_text(out, parts.data);
}

bool person_db_erase(Arena *out, Pg *db, int board_no, const char *ids, PersonChanges *changes, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_ingest_person_erase, PG_ANY_ROWS, &rows, err, "it", (int64_t) board_no, ids))
        return false;
    changes_read(out, rows, false, changes);
    return true;
}

bool person_db_amended(Pg *db, int board_no, const char *cause, const PersonChanges *changes, Err *err)
{
    return changes->total == 0 || pg_query(db, &sql_ops_amendment_add, PG_NO_ROWS, NULL, err, "itit", (int64_t) board_no, cause, changes->total, changes->parts);
}

bool person_db_rotation_find(Pg *db, int board_no, const char *key_id, bool *there, bool *done, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_ingest_rotation_find, PG_MAYBE_ROW, &rows, err, "it", (int64_t) board_no, key_id))
        return false;
    *there = pg_rows(rows) == 1;
    *done = *there && pg_bool(rows, 0, 0);
    return true;
}

bool person_db_rotation_begin(Pg *db, int board_no, const char *key_id, bool keep, Err *err)
{
    return pg_query(db, &sql_ops_rotation_begin, PG_NO_ROWS, NULL, err, "itb", (int64_t) board_no, key_id, (int) keep);
}

bool person_db_rotation_done(Pg *db, int board_no, const char *key_id, Err *err)
{
    return pg_query(db, &sql_ops_rotation_done, PG_NO_ROWS, NULL, err, "it", (int64_t) board_no, key_id);
}

bool person_db_map_begin(Pg *db, Err *err)
{
    return pg_script(db, &sql_ingest_rotate_begin, err);
}

bool person_db_map_people(Pg *db, int board_no, PgEach *each, void *context, Err *err)
{
    return pg_each(db, &sql_ingest_rotate_people, each, context, err, "i", (int64_t) board_no);
}

bool person_db_map_rows(Arena *out, Pg *db, int board_no, PersonChanges *changes, Err *err)
{
    PG_AUTO rows = NULL;

    if (!pg_query(db, &sql_ingest_rotate_map_rows, PG_ANY_ROWS, &rows, err, "i", (int64_t) board_no))
        return false;
    changes_read(out, rows, true, changes);
    return true;
}
