#include "analyze/disclosure/movement.h"

#include <math.h>
#include <string.h>

#include "common/arena.h"

#define NOWHERE UINT32_MAX

/* Nodes are the groups of both views, those of then after those of now, joined where they overlap; a root is its own parent. */
static uint32_t root_of(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

static void nodes_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    parent[a > b ? a : b] = a > b ? b : a;
}

static bool too_few(double apart, double enough)
{
    return apart != 0 && fabs(apart) < enough;
}

bool movement_safe(const MovementView *now, const MovementView *then, const MovementRules *rules, bool *conflict)
{
    ARENA_AUTO batch = arena_new();
    size_t n = now->n + then->n;
    uint32_t *where = arena_array(batch, rules->n_codes + 1, sizeof *where), *parent = arena_array(batch, n + 1, sizeof *parent);
    size_t *n_now = arena_array(batch, n + 1, sizeof *n_now), *n_then = arena_array(batch, n + 1, sizeof *n_then); /* groups, per root */
    double *apart = arena_array(batch, n + 1, sizeof *apart);
    bool safe = true;

    memset(where, 0xff, rules->n_codes * sizeof *where);
    for (uint32_t node = 0; node < n; node++)
        parent[node] = node;
    for (size_t at = 0; at < now->n; at++)
        for (size_t code = 0; code < now->group[at].n_codes; code++)
            where[now->group[at].code[code]] = (uint32_t) at;
    for (size_t at = 0; at < then->n; at++)
        for (size_t code = 0; code < then->group[at].n_codes; code++)
            if (where[then->group[at].code[code]] != NOWHERE)
                nodes_join(parent, where[then->group[at].code[code]], (uint32_t) (now->n + at));
    for (uint32_t at = 0; at < n; at++) {
        uint32_t root = root_of(parent, at);
        if (at < now->n) {
            n_now[root]++;
            apart[root] += now->group[at].events;
        } else {
            n_then[root]++;
            apart[root] -= then->group[at - now->n].events;
        }
    }
    for (uint32_t at = 0; at < n; at++) {
        uint32_t root = root_of(parent, at);
        size_t groups = n_now[root] > n_then[root] ? n_now[root] : n_then[root];
        bool told = too_few(apart[root], rules->threshold + rules->slack * (double) groups);
        bool crossed = n_now[root] > 1 && n_then[root] > 1;
        bool other = !rules->partition && (n_now[root] == 0 || groups > 1);
        if (!told && !crossed && !other)
            continue;
        safe = false;
        if (at < now->n)
            conflict[at] = true;
    }
    return safe;
}

static bool same_codes(const MovementGroup *a, const MovementGroup *b)
{
    if (a->n_codes != b->n_codes)
        return false;
    for (size_t at = 0; at < a->n_codes; at++) {
        bool there = false;
        for (size_t other = 0; other < b->n_codes && !there; other++)
            there = a->code[at] == b->code[other];
        if (!there)
            return false;
    }
    return true;
}

bool movement_alone_safe(const MovementView *now, const MovementGroup *then, const MovementRules *rules, bool *conflict)
{
    bool safe = true;

    for (size_t at = 0; at < now->n; at++)
        if (same_codes(&now->group[at], then) && too_few(now->group[at].events - then->events, rules->threshold + rules->slack)) {
            conflict[at] = true;
            safe = false;
        }
    return safe;
}
