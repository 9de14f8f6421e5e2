#include "common/sweep.h"

#include "sql_embed.h"

enum { WAL_ROUNDS = 3 };

static bool number(Pg *db, const PgQuery *query, int64_t *out, Err *err)
{
    PG_AUTO result = NULL;

    if (!pg_query(db, query, PG_ONE_ROW, &result, err, ""))
        return false;
    *out = pg_int(result, 0, 0);
    return true;
}

/* Files that wait to be written were recycled from old ones and are only overwritten by going through them. A server that has not
 * read its settings yet may recycle once more, hence the rounds. */
static bool wal_renew(Pg *super, Err *err)
{
    int64_t ahead, unused;

    for (int round = 0; round < WAL_ROUNDS; round++) {
        if (!number(super, &sql_ops_wal_ahead, &ahead, err))
            return false;
        if (round > 1 && ahead == 0)
            break;
        for (int64_t file = 0; file <= ahead; file++)
            if (!pg_query(super, &sql_ops_checkpoint, PG_NO_ROWS, NULL, err, "") || !number(super, &sql_ops_wal_switch, &unused, err))
                return false;
    }
    /* the last one removes the file that the last switch filled */
    return pg_query(super, &sql_ops_checkpoint, PG_NO_ROWS, NULL, err, "");
}

static bool private_sweep(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();
    PG_DB_AUTO super = NULL;
    int64_t unused;
    Err ignored = {0};

    if (!pg_open(&super, cluster_dsn(arena, cluster, NULL), err) || !pg_query(super, &sql_ops_statistics_erase, PG_NO_ROWS, NULL, err, "") ||
        !pg_rewrite(super, "pg_catalog", "pg_statistic", err) || !pg_query(super, &sql_ops_wal_recycle_off, PG_NO_ROWS, NULL, err, ""))
        return false;
    bool good = number(super, &sql_ops_settings_reload, &unused, err) && wal_renew(super, err);
    bool reset = pg_query(super, &sql_ops_wal_recycle_reset, PG_NO_ROWS, NULL, good ? err : &ignored, "") &&
                 number(super, &sql_ops_settings_reload, &unused, good ? err : &ignored);
    return good && reset;
}

bool sweep_amendments(Pg *owner, const Cluster *cluster, size_t *tables, Err *err)
{
    PG_AUTO parts = NULL;

    *tables = 0;
    if (!pg_query(owner, &sql_ops_amendment_parts, PG_ANY_ROWS, &parts, err, ""))
        return false;
    if (pg_rows(parts) == 0)
        return true;
    for (size_t row = 0; row < pg_rows(parts); row++, ++*tables)
        if (!pg_rewrite(owner, "fact", pg_text(parts, row, 0), err))
            return false;
    return (cluster->dsn || private_sweep(cluster, err)) && pg_query(owner, &sql_ops_amendment_swept, PG_NO_ROWS, NULL, err, "");
}
