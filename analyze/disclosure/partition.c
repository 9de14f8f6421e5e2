#include "analyze/disclosure/partition.h"

#include <math.h>
#include <string.h>

#include "common/arena.h"

static bool count_safe(double count, bool strict, double threshold)
{
    return isnan(count) || count >= threshold || (!strict && count == 0);
}

bool partition_two_safe(const double *own, const double *base, size_t n_holders, double threshold, double share_max, bool strict)
{
    size_t n = 0;
    double least = INFINITY, most = 0;

    for (size_t at = 0; at < n_holders; at++) {
        if (!(base[at] > 0))
            continue;
        n++;
        least = fmin(least, own[at]);
        most = fmax(most, own[at]);
    }
    return n != 2 || (count_safe(least, strict, threshold) && most <= share_max * (least + most));
}

bool partition_cell_safe(const PartitionCell *cell, double threshold)
{
    if (cell->told)
        return false;
    for (size_t at = 0; at < PARTITION_MEASURES; at++)
        if (!count_safe(cell->measure[at], cell->strict[at], threshold))
            return false;
    /* No persons known in a cell with events is not "no persons": then the events alone decide. */
    return (isnan(cell->persons) || cell->persons == 0 || cell->persons >= threshold) &&
           (!(cell->measure[1] > 0) || isnan(cell->rest_persons) || cell->rest_persons >= threshold);
}

/* A union has at least the holders of its largest part, and the persons beside it. */
static void least_join(PartitionCell *sum, const PartitionCell *cell)
{
    sum->holders = cell->holders > sum->holders ? cell->holders : sum->holders;
    sum->rest_persons = fmax(sum->rest_persons, cell->rest_persons); /* of NaN and a number the number */
}

/* The remainder as one cell. Distinct persons of a union are at least those of its largest part, and at least all
 * persons of the table less those of the cells outside it. */
static PartitionCell remainder_sum(const PartitionCell *cells, size_t n, const PartitionRules *rules, size_t *members)
{
    PartitionCell sum = {.persons = NAN, .rest_persons = NAN};
    double largest = 0, outside = 0;
    bool persons_known = false, outside_known = true;

    *members = 0;
    for (size_t measure = 0; measure < PARTITION_MEASURES; measure++)
        sum.measure[measure] = NAN;
    for (size_t at = 0; at < n; at++) {
        if (!cells[at].merged) {
            /* A cell with events and unknown persons may hold any of them: then the total says nothing about the rest. */
            outside_known = outside_known && (!isnan(cells[at].persons) || cells[at].measure[0] == 0);
            outside += isnan(cells[at].persons) ? 0 : cells[at].persons;
            continue;
        }
        ++*members;
        least_join(&sum, &cells[at]);
        for (size_t measure = 0; measure < PARTITION_MEASURES; measure++) {
            double value = cells[at].measure[measure];
            sum.strict[measure] = cells[at].strict[measure];
            if (!isnan(value))
                sum.measure[measure] = (isnan(sum.measure[measure]) ? 0 : sum.measure[measure]) + value;
        }
        if (!isnan(cells[at].persons)) {
            persons_known = true;
            largest = fmax(largest, cells[at].persons);
        }
    }
    if (persons_known)
        sum.persons = isnan(rules->total_persons) || !outside_known ? largest : fmax(largest, rules->total_persons - outside);
    return sum;
}

/* What other holders have together in the cells of a union, to each who has something in it himself: nothing, or enough to hide in. \param in one per cell
 * \param asked per measure: several cells have something of it. NULL = of all */
static bool others_safe(const PartitionCell *cells, const bool *in, const size_t *asked, size_t n, const PartitionRules *rules)
{
    for (size_t measure = 0; measure < PARTITION_OWN; measure++)
        for (size_t holder = 0; holder < rules->n_holders && (!asked || asked[measure] > 1); holder++) {
            double own = 0, sum = 0;
            bool known = true;
            for (size_t at = 0; at < n; at++) {
                if (!in[at] || isnan(cells[at].measure[measure]))
                    continue;
                known = known && cells[at].own[measure];
                sum += cells[at].measure[measure];
                own += cells[at].own[measure] ? cells[at].own[measure][holder] : 0;
            }
            if (known && own > 0 && sum > own && sum - own < rules->threshold)
                return false;
        }
    return true;
}

static bool remainder_others_safe(const PartitionCell *cells, size_t n, const PartitionRules *rules)
{
    ARENA_AUTO batch = arena_new();
    bool *in = arena_array(batch, n + 1, sizeof *in);

    for (size_t at = 0; at < n; at++)
        in[at] = cells[at].merged;
    return others_safe(cells, in, NULL, n, rules);
}

long partition_cheapest(const PartitionCell *cells, size_t n)
{
    long best = -1;

    for (size_t at = 0; at < n; at++) {
        if (cells[at].merged)
            continue;
        bool zero = cells[at].measure[0] == 0, best_zero = best >= 0 && cells[best].measure[0] == 0;
        if (best < 0 || (best_zero && !zero) || (best_zero == zero && cells[at].measure[0] < cells[best].measure[0]))
            best = (long) at;
    }
    return best;
}

PartitionResult partition_solve(PartitionCell *cells, size_t n, const PartitionRules *rules)
{
    size_t members;
    bool any = false;

    for (size_t at = 0; at < n; at++) {
        cells[at].merged = cells[at].forced || !partition_cell_safe(&cells[at], rules->threshold) || (cells[at].several && !others_safe(&cells[at], (const bool[]){true}, NULL, 1, rules));
        any = any || cells[at].merged;
    }
    if (!any)
        return PARTITION_WHOLE;
    for (;;) {
        PartitionCell sum = remainder_sum(cells, n, rules, &members);
        if (members >= rules->members_min && members >= 2 && sum.holders >= rules->holders_min && partition_cell_safe(&sum, rules->threshold) &&
            remainder_others_safe(cells, n, rules))
            break;
        long next = partition_cheapest(cells, n);
        if (next < 0)
            return PARTITION_WITHHELD;
        cells[next].merged = true;
    }
    /* A remainder beside nothing but zeros is the total under another name. */
    bool other = false;
    for (size_t at = 0; at < n; at++)
        other = other || (!cells[at].merged && cells[at].measure[0] != 0);
    return other ? PARTITION_MERGED : PARTITION_WITHHELD;
}

bool partition_groups_safe(const PartitionCell *cells, const int *group, size_t n, int n_groups, const PartitionRules *rules)
{
    ARENA_AUTO batch = arena_new();
    bool *in = arena_array(batch, n + 1, sizeof *in);

    for (int wanted = 0; wanted < n_groups; wanted++) {
        PartitionCell sum = {.persons = NAN, .rest_persons = NAN};
        bool any = false;
        size_t members[PARTITION_OWN] = {0}; /* cells with something of each measure: nothing hides in a month without any */
        for (size_t measure = 0; measure < PARTITION_MEASURES; measure++)
            sum.measure[measure] = NAN;
        for (size_t at = 0; at < n; at++) {
            in[at] = group[at] == wanted;
            if (!in[at])
                continue;
            sum.told = sum.told || cells[at].told;
            for (size_t measure = 0; measure < PARTITION_OWN; measure++)
                members[measure] += cells[at].several ? 2 : cells[at].measure[measure] != 0 && !isnan(cells[at].measure[measure]);
            least_join(&sum, &cells[at]);
            for (size_t measure = 0; measure < PARTITION_MEASURES; measure++) {
                sum.strict[measure] = cells[at].strict[measure];
                if (!isnan(cells[at].measure[measure]))
                    sum.measure[measure] = (any && !isnan(sum.measure[measure]) ? sum.measure[measure] : 0) + cells[at].measure[measure];
            }
            /* of months, only the largest is a sure lower bound: the same person comes back */
            if (!isnan(cells[at].persons))
                sum.persons = isnan(sum.persons) ? cells[at].persons : fmax(sum.persons, cells[at].persons);
            any = true;
        }
        sum.told = sum.told && (members[0] < 2 || members[1] == 1); /* in a union it is hidden, and others_safe asks */
        if (any && (!partition_cell_safe(&sum, rules->threshold) || (members[0] > 1 && sum.holders < rules->holders_min) || !others_safe(cells, in, members, n, rules)))
            return false;
    }
    return true;
}
