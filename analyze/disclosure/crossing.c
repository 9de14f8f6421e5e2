#include "analyze/disclosure/crossing.h"

#include <stdint.h>

enum { CROSSING_ALL = 12 };

typedef struct Crossing {
    const CrossingGroup *groups, *holders;
    size_t   n_groups, n_holder_groups;
    uint8_t *touches; /* per group and group of holders: they have something in common */
    uint8_t *taken;   /* per group */
    double   threshold;
    bool     answers;
} Crossing;

static bool few(double n, double threshold)
{
    return n > 0 && n < threshold;
}

/* What is left of the groups of holders that have anything in what is taken. */
static bool left_told(const Crossing *crossing)
{
    double n = 0, yes = 0;

    for (size_t holder = 0; holder < crossing->n_holder_groups; holder++) {
        bool touched = false;
        for (size_t group = 0; group < crossing->n_groups && !touched; group++)
            touched = crossing->taken[group] && crossing->touches[group * crossing->n_holder_groups + holder];
        n += touched ? crossing->holders[holder].n : 0;
        yes += touched ? crossing->holders[holder].yes : 0;
    }
    for (size_t group = 0; group < crossing->n_groups; group++) {
        n -= crossing->taken[group] ? crossing->groups[group].n : 0;
        yes -= crossing->taken[group] ? crossing->groups[group].yes : 0;
    }
    return few(n, crossing->threshold) || (crossing->answers && n > 0 && (yes < crossing->threshold || n - yes < crossing->threshold));
}

static bool unions_told(Crossing *crossing)
{
    size_t n = crossing->n_groups;
    bool told = false;

    for (uint32_t mask = 1; n <= CROSSING_ALL && mask < (uint32_t) 1 << n && !told; mask++) {
        for (size_t at = 0; at < n; at++)
            crossing->taken[at] = mask >> at & 1;
        told = left_told(crossing);
    }
    for (size_t first = 0; n > CROSSING_ALL && first < n && !told; first++)
        for (size_t last = first; last < n && !told; last++)
            for (int way = 0; way < 3 && !told; way++) { /* from first to last, those two only, all but them */
                for (size_t at = 0; at < n; at++)
                    crossing->taken[at] = way == 0 ? at >= first && at <= last : way == 1 ? at == first || at == last : at != first && at != last;
                told = left_told(crossing);
            }
    return told;
}

bool crossing_told(const CrossingGroup *groups, size_t n_groups, const CrossingGroup *holders, size_t n_holder_groups, size_t n_holders, double threshold, bool answers)
{
    ARENA_AUTO batch = arena_new();
    Crossing crossing = {groups, holders, n_groups, n_holder_groups, arena_array(batch, n_groups * n_holder_groups + 1, 1), arena_array(batch, n_groups + 1, 1), threshold, answers};

    for (size_t group = 0; group < n_groups; group++)
        for (size_t of = 0; of < n_holder_groups; of++)
            for (size_t holder = 0; holder < n_holders; holder++)
                crossing.touches[group * n_holder_groups + of] |= groups[group].own[holder] > 0 && holders[of].own[holder] > 0;
    return unions_told(&crossing);
}
