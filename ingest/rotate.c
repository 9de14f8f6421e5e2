#include "ingest/rotate.h"

#include <sodium.h>
#include <string.h>

#include "ingest/pseudonym.h"

bool rotate_settle(Pg *db, const char *var, int board_no, Err *err)
{
    PseudonymNext next;
    char id[33];
    bool there, done;

    if (!pseudonym_rotate_next(var, board_no, &next, id, err))
        return false;
    if (next == PSEUDONYM_NEXT_NONE)
        return true;
    if (next == PSEUDONYM_NEXT_TORN) /* the database only follows a file that was written out */
        return pseudonym_rotate_undo(var, board_no, err);
    if (!person_db_rotation_find(db, board_no, id, &there, &done, err))
        return false;
    if (!there)
        return err_set(err, ERR_CONFIG, "the key of board %05d was being rotated with another database; end that first, with a command on that database", board_no);
    return done ? pseudonym_rotate_done(var, board_no, err) : pseudonym_rotate_undo(var, board_no, err);
}

/* The different pseudonyms of a board: its pupils, not its rows. */
typedef struct Map {
    const uint8_t *layer;
    PgRow          rows; /* in the form COPY takes them */
    int64_t        people, places;
} Map;

static void map_add(void *context, const PgResult *row)
{
    Map *map = context;
    uint8_t old[16] = {0}, new[16];

    sodium_hex2bin(old, sizeof old, pg_text(row, 0, 0), 32, NULL, NULL, NULL);
    pseudonym_layer(map->layer, old, new);
    pgrow_begin(&map->rows, 2);
    pgrow_bytes(&map->rows, old, sizeof old);
    pgrow_bytes(&map->rows, new, sizeof new);
    map->people++;
    map->places += pg_int(row, 0, 1);
}

static bool rows_follow(Arena *out, Pg *db, int board_no, Map *map, PersonChanges *changes, Err *err)
{
    PgCopy *copy;

    if (!person_db_map_begin(db, err) || !person_db_map_people(db, board_no, map_add, map, err) ||
        !pg_copy_begin(db, "pg_temp.key_map", "old, new", NULL, &copy, err))
        return false;
    if (map->people)
        pg_copy_rows(copy, map->rows.data, map->rows.used);
    if (!pg_copy_end(copy, NULL, err) || !person_db_map_rows(out, db, board_no, changes, err))
        return false;
    return changes->people == map->places ||
           err_set(err, ERR_BUG, "%lld pseudonyms were to be hashed again, %lld were", (long long) map->places, (long long) changes->people);
}

bool rotate_board(Arena *out, Pg *db, const char *var, int board_no, bool keep, PersonChanges *changes, int64_t *people, Err *err)
{
    uint8_t layer[32];
    char id[33];
    Map map = {.layer = layer};
    Err ignored = {0};

    memset(changes, 0, sizeof *changes);
    changes->parts = "{}";
    if (!rotate_settle(db, var, board_no, err))
        return false;
    pseudonym_layer_new(layer, id);
    if (!person_db_rotation_begin(db, board_no, id, keep, err) || !pseudonym_rotate(var, board_no, keep, layer, err)) {
        sodium_memzero(layer, sizeof layer);
        return false;
    }
    bool good = pg_begin(db, err) && (!keep || rows_follow(out, db, board_no, &map, changes, err)) &&
                person_db_amended(db, board_no, "rotate", changes, err) && person_db_rotation_done(db, board_no, id, err);
    sodium_memzero(layer, sizeof layer);
    pgrow_free(&map.rows);
    *people = map.people;
    if (!good) {
        pg_rollback(db);
        pseudonym_rotate_undo(var, board_no, &ignored);
        return false;
    }
    /* A commit that fails may have happened all the same: the file then waits for rotate_settle. */
    return pg_commit(db, err) && pseudonym_rotate_done(var, board_no, err);
}
