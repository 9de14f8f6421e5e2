#include "analyze/disclosure/movement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/disclosure/system.h"

#define NOWHERE UINT32_MAX

/* -- sets ---------------------------------------------------------------------------------------- */

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

/* Groups of several views as nodes, numbered through; joined where they overlap. Owned by arena. */
static uint32_t *views_join(Arena *out, const MovementView *const *view, size_t n_views, size_t n_codes)
{
    size_t n = 0;

    for (size_t at = 0; at < n_views; at++)
        n += view[at]->n;
    uint32_t *where = arena_array(out, n_codes + 1, sizeof *where), *parent = arena_array(out, n + 1, sizeof *parent), node = 0;
    memset(where, 0xff, n_codes * sizeof *where);
    for (uint32_t at = 0; at < n; at++)
        parent[at] = at;
    for (size_t at = 0; at < n_views; at++)
        for (size_t group = 0; group < view[at]->n; group++, node++)
            for (size_t code = 0; code < view[at]->group[group].n_codes; code++) {
                uint32_t *first = &where[view[at]->group[group].code[code]];
                if (*first == NOWHERE)
                    *first = node;
                else
                    nodes_join(parent, *first, node);
            }
    return parent;
}

/* -- holders ------------------------------------------------------------------------------------- */

/* By how much one holder moved himself within one root. */
typedef struct Moved {
    uint32_t root, holder;
    double   events, yes;
} Moved;

/* Per root, those who are asked: to whom too little of the others may be left. */
typedef struct Asked {
    Moved  *who;
    size_t *first; /* n_nodes + 1 long: those of a root are who[first[root]..first[root + 1]) */
} Asked;

static int moved_order(const void *a, const void *b)
{
    const Moved *one = a, *other = b;

    if (one->root != other->root)
        return one->root < other->root ? -1 : 1;
    return one->holder < other->holder ? -1 : one->holder > other->holder;
}

/* \param sign of each view's counts */
static Asked asked_make(Arena *batch, const MovementView *const *view, const int *sign, size_t n_views, uint32_t *parent)
{
    size_t n = 0, n_nodes = 0, made = 0;

    for (size_t at = 0; at < n_views; at++, n_nodes += view[at - 1]->n)
        for (size_t group = 0; group < view[at]->n; group++)
            n += view[at]->group[group].n_own;
    Asked asked = {arena_array(batch, n + 1, sizeof *asked.who), arena_array(batch, n_nodes + 2, sizeof *asked.first)};
    bool *hides = arena_array(batch, n_nodes + 1, sizeof *hides), *unknown = arena_array(batch, n_nodes + 1, sizeof *unknown);
    uint32_t node = 0;
    for (size_t at = 0; at < n_views; at++)
        for (size_t group = 0; group < view[at]->n; group++, node++) {
            const MovementGroup *its = &view[at]->group[group];
            uint32_t root = root_of(parent, node);
            hides[root] |= its->hides;
            unknown[root] |= !its->own_known;
            for (size_t one = 0; one < its->n_own; one++)
                asked.who[made++] = (Moved){root, its->own[one].holder, sign[at] * its->own[one].events, sign[at] * its->own[one].yes};
        }
    if (made)
        qsort(asked.who, made, sizeof *asked.who, moved_order);
    size_t kept = 0, next = 0;
    for (uint32_t root = 0; root <= n_nodes; root++) {
        size_t begin = asked.first[root] = kept, moved = 0;
        for (; next < made && asked.who[next].root == root; kept++) {
            Moved sum = asked.who[next++];
            for (; next < made && asked.who[next].root == root && asked.who[next].holder == sum.holder; next++) {
                sum.events += asked.who[next].events;
                sum.yes += asked.who[next].yes;
            }
            moved += sum.events != 0 || sum.yes != 0;
            asked.who[kept] = sum;
        }
        if (root == n_nodes || unknown[root] || (!hides[root] && moved != 2))
            kept = begin;
    }
    asked.first[n_nodes + 1] = kept;
    return asked;
}

/* Is what others moved together too little to one who takes off his own? */
static bool others_told(const Asked *asked, uint32_t root, double apart, double enough)
{
    for (size_t at = asked->first[root]; at < asked->first[root + 1]; at++)
        if (asked->who[at].events != 0 && too_few(apart - asked->who[at].events, enough))
            return true;
    return false;
}

/* -- shares -------------------------------------------------------------------------------------- */

/* How many may have said yes (or no: percent 100 - value), of n who answered. */
typedef struct Span { double low, high; } Span;

static Span span_of(double n, double percent, double half)
{
    if (!isfinite(percent))
        return (Span){0, n};
    return (Span){fmax(0, ceil((percent - half) * n / 100 - 1e-9)), fmin(n, floor((percent + half) * n / 100 + 1e-9))};
}

/* The number of groups together that somebody may have had, who knows how many answered in each: where it begins, and how wide it is. Only narrow ones matter. */
typedef struct Narrow {
    bool  *at;   /* per begin less base, SYSTEM_WIDTH widths */
    double base;
    size_t n;    /* begins */
} Narrow;

enum { SHIFTS = 5 }; /* what was rounded to fives was from two less to two more */

static Narrow narrow_add(Arena *batch, const Narrow *sum, const MovementGroup *group, bool yes, double half)
{
    Span span[SHIFTS];
    double printed = group->half > 0 ? group->half : half;
    double least = INFINITY, most = -INFINITY;

    for (int shift = 0; shift < SHIFTS; shift++) {
        span[shift] = span_of(group->events + shift - 2, yes ? group->value : 100 - group->value, printed);
        if (span[shift].low > span[shift].high || span[shift].high - span[shift].low >= SYSTEM_WIDTH)
            continue;
        least = fmin(least, span[shift].low);
        most = fmax(most, span[shift].low);
    }
    if (most < least)
        return (Narrow){NULL, 0, 0}; /* wide whatever n is */
    Narrow wider = {arena_array(batch, (sum->n + (size_t) (most - least)) * SYSTEM_WIDTH + 1, sizeof *wider.at), sum->base + least, sum->n + (size_t) (most - least)};
    for (int shift = 0; shift < SHIFTS; shift++)
        for (size_t begin = 0; begin < sum->n; begin++)
            for (size_t width = 0; width < SYSTEM_WIDTH; width++) {
                double more = span[shift].high - span[shift].low;
                if (sum->at[begin * SYSTEM_WIDTH + width] && more >= 0 && (double) width + more < SYSTEM_WIDTH)
                    wider.at[(begin + (size_t) (span[shift].low - least)) * SYSTEM_WIDTH + width + (size_t) more] = true;
            }
    return wider;
}

static bool range_told(double low, double high, double threshold)
{
    return low < threshold && high > -threshold && high - low < SYSTEM_WIDTH && (low != 0 || high != 0);
}

/* Does one of the narrow sums of then tell that few more, or fewer, said so now? Of those who did not, where `more` in all answered: NaN = not asked. */
static bool narrow_told(const Narrow *then, Span now, double more, double threshold)
{
    for (size_t begin = 0; begin < then->n; begin++)
        for (size_t width = 0; width < SYSTEM_WIDTH; width++) {
            double low = now.low - then->base - (double) (begin + width), high = now.high - then->base - (double) begin;
            if (then->at[begin * SYSTEM_WIDTH + width] && (range_told(low, high, threshold) || (isfinite(more) && range_told(more - high, more - low, threshold))))
                return true;
        }
    return false;
}

static bool shifted_told(const Narrow *then, Span now, const Moved *who, bool yes, double more, double threshold)
{
    double own = yes ? who->yes : who->events - who->yes;

    return own != 0 && narrow_told(then, (Span){now.low - own, now.high - own}, more - who->events, threshold);
}

/* Groups of now, and groups of then, that together are the same: to a reader, and to each of those asked. \param in which of them, in the order of the view
 * \param same the very same print says nothing new to a reader */
static bool shares_told(const MovementView *now, const bool *in_now, const MovementView *then, const bool *in_then, const Asked *asked, uint32_t root, bool same, const MovementRules *rules)
{
    for (int yes = 0; yes < 2; yes++) {
        ARENA_AUTO batch = arena_new();
        Narrow sum = {arena_array(batch, SYSTEM_WIDTH, sizeof *sum.at), 0, 1};
        Span is = {0, 0};
        sum.at[0] = true;
        for (size_t at = 0; at < now->n; at++) {
            const MovementGroup *group = &now->group[at];
            if (!in_now[at])
                continue;
            Span one = span_of(group->exact, yes ? group->value : 100 - group->value, rules->half);
            is = (Span){is.low + one.low, is.high + one.high};
        }
        for (size_t at = 0; at < then->n && sum.n; at++)
            if (in_then[at])
                sum = narrow_add(batch, &sum, &then->group[at], yes, rules->half);
        if (!same && narrow_told(&sum, is, NAN, rules->threshold))
            return true;
        for (size_t at = asked->first[root]; at < asked->first[root + 1]; at++)
            if (shifted_told(&sum, is, &asked->who[at], yes, NAN, rules->threshold))
                return true;
    }
    return false;
}

/* Can it be worked out that few more, or fewer, of the groups of one root said yes, or no? */
static bool share_told(const MovementView *now, const MovementView *then, uint32_t *parent, uint32_t root, const Asked *asked, const MovementRules *rules)
{
    ARENA_AUTO batch = arena_new();
    bool *in = arena_array(batch, now->n + then->n + 1, sizeof *in);
    size_t groups = 0, groups_then = 0;
    const MovementGroup *one = NULL, *other = NULL;

    for (uint32_t at = 0; at < now->n + then->n; at++) {
        in[at] = root_of(parent, at) == root;
        if (!in[at])
            continue;
        if (at < now->n) {
            one = &now->group[at];
            groups++;
        } else {
            other = &then->group[at - now->n];
            groups_then++;
        }
    }
    if (!groups || !groups_then)
        return false; /* from nothing, or to nothing: the count alone decides */
    bool same = groups == 1 && groups_then == 1 && one->events == other->events && (one->value == other->value || (isnan(one->value) && isnan(other->value)));
    return shares_told(now, in, then, in + now->n, asked, root, same, rules);
}

bool movement_sum_safe(const MovementGroup *now, double then_events, const MovementView *then, const MovementRules *rules)
{
    ARENA_AUTO batch = arena_new();
    Narrow sum = {arena_array(batch, SYSTEM_WIDTH, sizeof *sum.at), 0, 1};
    Span is = span_of(now->exact, now->value, rules->half);
    MovementView all = {now, 1};
    Asked asked = asked_make(batch, (const MovementView *const[]){&all, then}, (const int[]){1, -1}, 2, arena_array(batch, then->n + 2, sizeof(uint32_t))); /* all of one root: 0 */

    sum.at[0] = true;
    for (size_t at = 0; at < then->n && sum.n; at++)
        sum = narrow_add(batch, &sum, &then->group[at], true, rules->half);
    for (int shift = 0; shift < SHIFTS; shift++) {
        double more = now->exact - then_events - shift + 2;
        if (narrow_told(&sum, is, more, rules->threshold))
            return false;
        for (size_t at = asked.first[0]; at < asked.first[1]; at++)
            if (shifted_told(&sum, is, &asked.who[at], true, more, rules->threshold))
                return false;
    }
    return true;
}

bool movement_safe(const MovementView *now, const MovementView *then, const MovementRules *rules, bool *conflict)
{
    ARENA_AUTO batch = arena_new();
    size_t n = now->n + then->n;
    uint32_t *parent = views_join(batch, (const MovementView *const[]){now, then}, 2, rules->n_codes);
    size_t *n_now = arena_array(batch, n + 1, sizeof *n_now), *n_then = arena_array(batch, n + 1, sizeof *n_then); /* groups, per root */
    double *apart = arena_array(batch, n + 1, sizeof *apart);
    Asked asked = asked_make(batch, (const MovementView *const[]){now, then}, (const int[]){1, -1}, 2, parent);
    bool safe = true;

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
        bool told = too_few(apart[root], rules->threshold + rules->slack * (double) groups) || (rules->half > 0 && share_told(now, then, parent, root, &asked, rules)) ||
                    (rules->slack == 0 && others_told(&asked, root, apart[root], rules->threshold)); /* rounding leaves of others as many as the width asks */
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

bool movement_rest_safe(const MovementView *part_now, const MovementView *whole_now, const MovementView *part_then, const MovementView *whole_then, const MovementRules *rules, bool *conflict)
{
    static const int sign[] = {-1, 1, 1, -1}; /* whole less part, now less then */
    ARENA_AUTO batch = arena_new();
    const MovementView *view[] = {part_now, whole_now, part_then, whole_then};
    size_t n = part_now->n + whole_now->n + part_then->n + whole_then->n;
    uint32_t *parent = views_join(batch, view, 4, rules->n_codes), node = 0;
    double *apart = arena_array(batch, n + 1, sizeof *apart);
    bool *parts = arena_array(batch, n + 1, sizeof *parts); /* per root: a group of the part is in it, now or then */
    Asked asked = asked_make(batch, view, sign, 4, parent);
    bool safe = true;

    for (size_t at = 0; at < 4; at++)
        for (size_t group = 0; group < view[at]->n; group++, node++) {
            apart[root_of(parent, node)] += sign[at] * view[at]->group[group].events;
            parts[root_of(parent, node)] |= at % 2 == 0;
        }
    for (node = 0; node < n; node++) {
        uint32_t root = root_of(parent, node);
        if (!parts[root] || (!too_few(apart[root], rules->threshold) && !others_told(&asked, root, apart[root], rules->threshold)))
            continue;
        safe = false;
        if (node < part_now->n)
            conflict[node] = true;
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

    for (size_t at = 0; at < now->n; at++) {
        ARENA_AUTO batch = arena_new();
        MovementView one = {&now->group[at], 1}, other = {then, 1};
        double apart = now->group[at].events - then->events;
        if (!same_codes(&now->group[at], then))
            continue;
        Asked asked = asked_make(batch, (const MovementView *const[]){&one, &other}, (const int[]){1, -1}, 2, arena_array(batch, 2, sizeof(uint32_t)));
        if (!too_few(apart, rules->threshold + rules->slack) && (rules->slack > 0 || !others_told(&asked, 0, apart, rules->threshold)))
            continue;
        conflict[at] = true;
        safe = false;
    }
    return safe;
}
