#include "ingest/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { PARTS_MAX = 2 };

typedef struct Part {
    const PartsPlan *plan;
    int              no;
    Pg              *db;
    const char      *table;
    PgCopy          *copy;
    pthread_mutex_t  busy; /* somebody sends rows */
    int64_t          taken;
    bool             own, committed; /* own: a connection that only this part uses */
    Err              err;
    bool             good;
} Part;

struct Parts {
    PartsPlan plan;
    Arena    *names;
    Part      part[PARTS_MAX];
    int       count, turn;
};

static bool part_table(Parts *parts, Part *part, Err *err)
{
    part->table = parts->plan.table;
    return !parts->plan.bulk || ingest_db_bulk_begin(parts->names, part->db, parts->plan.delivery, parts->plan.table, part->no, &part->table, err);
}

bool parts_open(const PartsPlan *plan, Parts **out, Err *err)
{
    Parts *parts = calloc(1, sizeof *parts);

    if (!parts)
        _exit(70);
    *out = parts;
    parts->plan = *plan;
    parts->names = arena_new();
    parts->count = plan->bulk && plan->dsn ? PARTS_MAX : 1;
    for (int no = 0; no < parts->count; no++)
        parts->part[no] = (Part) {.busy = PTHREAD_MUTEX_INITIALIZER, .plan = &parts->plan, .no = no, .db = no ? plan->second : plan->db, .own = no > 0};
    for (int no = 1; no < parts->count; no++) {
        Part *part = &parts->part[no];
        if ((!part->db && !pg_open(&part->db, plan->dsn, err)) || !pg_begin(part->db, err) || !part_table(parts, part, err))
            return false;
    }
    return true;
}

bool parts_copy(Parts *parts, Err *err)
{
    if (!part_table(parts, &parts->part[0], err))
        return false;
    for (int no = 0; no < parts->count; no++) {
        Part *part = &parts->part[no];
        if (!pg_copy_begin(part->db, part->table, parts->plan.columns, parts->plan.bulk ? "FREEZE" : NULL, &part->copy, err))
            return false;
    }
    return true;
}

PgCopy *parts_turn(Parts *parts)
{
    PgCopy *copy[PARTS_MAX];

    for (int no = 0; no < parts->count; no++)
        copy[no] = parts->part[no].copy;
    parts->turn = parts->count == 1 ? 0 : pg_copy_ready(copy, parts->count, (parts->turn + 1) % parts->count);
    return copy[parts->turn];
}

PgCopy *parts_take(Parts *parts, int worker)
{
    Part *part = &parts->part[worker % parts->count];

    pthread_mutex_lock(&part->busy);
    return part->copy;
}

void parts_give(Parts *parts, int worker)
{
    pthread_mutex_unlock(&parts->part[worker % parts->count].busy);
}

/* What follows the rows, on the connection of the part: the server of each does it at the same time. */
static void *part_end(void *context)
{
    Part *part = context;
    PgCopy *copy = part->copy;

    part->copy = NULL;
    part->good = pg_copy_end(copy, &part->taken, &part->err) &&
                 (!part->plan->bulk || ingest_db_bulk_index(part->db, part->plan->delivery, part->plan->table, part->no, &part->err)) &&
                 (!part->own || pg_commit(part->db, &part->err));
    part->committed = part->good && part->own;
    return NULL;
}

bool parts_end(Parts *parts, int64_t *taken, Err *err)
{
    pthread_t thread[PARTS_MAX];
    bool started[PARTS_MAX] = {false}, good = true;

    for (int no = 1; no < parts->count; no++)
        started[no] = pthread_create(&thread[no], NULL, part_end, &parts->part[no]) == 0;
    for (int no = 0; no < parts->count; no++)
        if (!started[no])
            part_end(&parts->part[no]);
    *taken = 0;
    for (int no = 0; no < parts->count; no++) {
        Part *part = &parts->part[no];
        if (started[no])
            pthread_join(thread[no], NULL);
        if (good && !part->good)
            *err = part->err;
        good = good && part->good;
        *taken += part->taken;
    }
    for (int no = 0; good && parts->plan.bulk && no < parts->count; no++)
        good = ingest_db_bulk_attach(parts->plan.db, parts->plan.delivery, parts->plan.table, no, err);
    return good;
}

void parts_abort(Parts *parts)
{
    for (int no = 0; parts && no < parts->count; no++) {
        pg_copy_abort(parts->part[no].copy);
        parts->part[no].copy = NULL;
    }
}

void parts_close(Parts *parts, bool kept)
{
    Err ignored;

    if (!parts)
        return;
    parts_abort(parts);
    for (int no = 0; no < parts->count; no++) {
        Part *part = &parts->part[no];
        if (!part->own || !part->db)
            continue;
        if (part->committed && !kept) /* if even this fails, the next run does it */
            ingest_db_bulk_orphans(part->db, &ignored);
        pg_close(part->db);
    }
    arena_free(parts->names);
    free(parts);
}
