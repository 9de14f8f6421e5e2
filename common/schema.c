#include "common/schema.h"

#include <sodium.h>
#include <string.h>

#include "common/buf.h"
#include "common/due.h"
#include "common/pg.h"
#include "sql_embed.h"

static void text_sha256(const char *text, char hex[static 65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *) text, strlen(text));
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}

/* The private cluster starts without our database: make it, connected to the one that is always there. */
static bool database_make(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;
    PG_AUTO result = NULL;

    if (cluster->dsn)
        return true;
    if (!pg_open(&db, arena_format(arena, "host=%s port=5432 dbname=postgres user=vb_super", cluster->sockets), err) ||
        !pg_query(db, &sql_ops_database_exists, PG_ONE_ROW, &result, err, ""))
        return false;
    return pg_bool(result, 0, 0) || pg_query(db, &sql_ops_database_create, PG_NO_ROWS, NULL, err, "");
}

static bool scripts_run(Pg *db, const char *prefix, Err *err)
{
    for (const PgQuery *const *query = pg_queries; *query; query++)
        if (strncmp((*query)->name, prefix, strlen(prefix)) == 0 && !pg_script(db, *query, err))
            return err_frame(err, "%s", (*query)->name);
    return true;
}

static bool migration_apply(Pg *db, const PgQuery *file, bool *applied, Err *err)
{
    PG_AUTO known = NULL;
    char sha256[65];

    text_sha256(file->text, sha256);
    if (!pg_query(db, &sql_ops_migration_find, PG_MAYBE_ROW, &known, err, "t", file->name))
        return false;
    if (pg_rows(known) == 1) {
        if (strcmp(pg_text(known, 0, 0), sha256) == 0)
            return true;
        return err_set(err, ERR_DB, "migration %s was applied with another text; a migration is never edited, add a new one", file->name);
    }
    *applied = true;
    if (pg_begin(db, err) && pg_script(db, file, err) &&
        pg_query(db, &sql_ops_migration_add, PG_NO_ROWS, NULL, err, "tt", file->name, sha256) && pg_commit(db, err))
        return true;
    pg_rollback(db);
    return err_frame(err, "%s", file->name);
}

static bool codes_copy(Pg *db, const Codes *codes, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(db, "register.code", "list, no, code, label, label_wide, ord", NULL, &copy, err))
        return false;
    for (size_t list = 0; list < codes->n_lists; list++)
        for (size_t at = 0; at < codes->list[list].count; at++) {
            const Code *code = &codes->list[list].code[at];
            PgRow *to = pg_copy_row(copy, 6);
            pgrow_text(to, codes->list[list].name);
            pgrow_int2(to, code->no);
            pgrow_text(to, code->code);
            pgrow_text(to, code->label);
            pgrow_text(to, code->label_wide);
            pgrow_int2(to, (int) at + 1);
        }
    return pg_copy_end(copy, NULL, err);
}

static bool instruments_copy(Pg *db, const Codes *codes, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(db, "register.instrument", "instrument, code, title, definition, respondents", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < codes->n_instruments; at++) {
        const Instrument *instrument = &codes->instrument[at];
        PgRow *to = pg_copy_row(copy, 5);
        pgrow_int2(to, instrument->no);
        pgrow_text(to, instrument->name);
        pgrow_text(to, instrument->title);
        pgrow_text(to, instrument->definition);
        pgrow_text(to, instrument->respondents);
    }
    if (!pg_copy_end(copy, NULL, err) ||
        !pg_copy_begin(db, "register.item", "instrument, pos, code, label, aspect, topic, direction, scale_min, scale_max, hit_mask, in_mean", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < codes->n_instruments; at++)
        for (size_t pos = 0; pos < codes->instrument[at].count; pos++) {
            const Item *item = &codes->instrument[at].item[pos];
            PgRow *to = pg_copy_row(copy, 11);
            pgrow_int2(to, codes->instrument[at].no);
            pgrow_int2(to, (int) pos + 1);
            pgrow_text(to, item->code);
            pgrow_text(to, item->label);
            pgrow_text(to, item->aspect);
            pgrow_text(to, item->topic);
            pgrow_int2(to, item->direction);
            pgrow_int2(to, item->scale_min);
            pgrow_int2(to, item->scale_max);
            pgrow_int4(to, (int32_t) item->hit_mask);
            pgrow_bool(to, item->in_mean);
        }
    return pg_copy_end(copy, NULL, err);
}

static bool due_copy(Pg *db, const Due *due, size_t count, Err *err)
{
    PgCopy *copy;

    if (!pg_copy_begin(db, "register.due", "kind, respondents, asked_of, month, day, year", NULL, &copy, err))
        return false;
    for (size_t at = 0; at < count; at++) {
        PgRow *to = pg_copy_row(copy, 6);
        pgrow_text(to, due[at].kind);
        pgrow_text(to, due[at].respondents);
        pgrow_text(to, due[at].asked_of);
        pgrow_int2(to, due[at].month);
        pgrow_int2(to, due[at].day);
        pgrow_int2(to, due[at].year);
    }
    return pg_copy_end(copy, NULL, err);
}

/* Replace the copy of config/ when its hash changed; the hash is kept as a pseudo-migration "config". */
static bool codes_store(Pg *db, const Place *place, bool *changed, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_AUTO known = NULL;
    Codes codes;
    Due *due;
    size_t n_due;
    char hash[65];

    if (!config_hash(place, hash, err) || !pg_query(db, &sql_ops_migration_find, PG_MAYBE_ROW, &known, err, "t", "config"))
        return false;
    if (pg_rows(known) == 1 && strcmp(pg_text(known, 0, 0), hash) == 0)
        return true;
    *changed = true;
    if (codes_load(arena, place, &codes, err) && due_load(arena, place, &due, &n_due, err) && pg_begin(db, err) && pg_query(db, &sql_ops_codes_clear, PG_NO_ROWS, NULL, err, "") &&
        codes_copy(db, &codes, err) && instruments_copy(db, &codes, err) && due_copy(db, due, n_due, err) &&
        pg_query(db, &sql_ops_config_set, PG_NO_ROWS, NULL, err, "t", hash) && pg_commit(db, err))
        return true;
    pg_rollback(db);
    return false;
}

static bool owner_migrate(const Cluster *cluster, const Place *place, SchemaChange *change, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;
    bool got, any = false;

    if (!pg_open(&db, cluster_dsn(arena, cluster, "vb_owner"), err) || !pg_lock_try(db, "migrate", &got, err))
        return false;
    if (!got)
        return err_set(err, ERR_DB, "another run is changing the schema of this database");
    /* The table of migrations itself is made by the first one. */
    PG_AUTO exists = NULL;
    if (!pg_query(db, &sql_ops_migrations_exist, PG_ONE_ROW, &exists, err, ""))
        return false;
    if (!pg_bool(exists, 0, 0) && !pg_script(db, &sql_ops_migrations_bootstrap, err))
        return false;
    for (const PgQuery *const *query = pg_queries; *query; query++) {
        bool applied = false;
        if (strncmp((*query)->name, "migrate/", 8) == 0 && !migration_apply(db, *query, &applied, err))
            return false;
        change->migrations += applied;
        any = any || applied;
    }
    PG_AUTO built = NULL;
    char hash[65];
    BUF_AUTO all = {0};
    for (const PgQuery *const *query = pg_queries; *query; query++)
        if (strncmp((*query)->name, "view/", 5) == 0 || strncmp((*query)->name, "function/", 9) == 0 || strncmp((*query)->name, "role/", 5) == 0)
            buf_text(&all, (*query)->text);
    text_sha256(all.data, hash);
    if (!pg_query(db, &sql_ops_migration_find, PG_MAYBE_ROW, &built, err, "t", "rerunnable"))
        return false;
    if (any || pg_rows(built) == 0 || strcmp(pg_text(built, 0, 0), hash) != 0) {
        if (!pg_begin(db, err) || !scripts_run(db, "function/", err) || !scripts_run(db, "view/", err) ||
            !pg_script(db, &sql_role_grants, err) || !pg_query(db, &sql_ops_rerunnable_set, PG_NO_ROWS, NULL, err, "t", hash) ||
            !pg_commit(db, err)) {
            pg_rollback(db);
            return false;
        }
    }
    return codes_store(db, place, &change->codes, err);
}

bool schema_migrate(const Cluster *cluster, const Place *place, SchemaChange *change, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;

    memset(change, 0, sizeof *change);
    if (!database_make(cluster, err) || !pg_open(&db, cluster_dsn(arena, cluster, NULL), err) || !pg_script(db, &sql_role_roles, err))
        return false;
    return owner_migrate(cluster, place, change, err);
}

bool schema_check(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO db = NULL;

    if (!pg_open(&db, cluster_dsn(arena, cluster, "vb_owner"), err))
        return false;
    for (const PgQuery *const *query = pg_queries; *query; query++) {
        PG_AUTO known = NULL;
        char sha256[65];
        if (strncmp((*query)->name, "migrate/", 8) != 0)
            continue;
        text_sha256((*query)->text, sha256);
        if (!pg_query(db, &sql_ops_migration_find, PG_MAYBE_ROW, &known, err, "t", (*query)->name) || pg_rows(known) == 0 ||
            strcmp(pg_text(known, 0, 0), sha256) != 0)
            return err_set(err, ERR_DB, "the schema of this database is not that of this program; run: veiligbeeld db migrate");
    }
    return true;
}
