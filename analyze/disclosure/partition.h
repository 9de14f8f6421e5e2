/**
 * The wall in its first form: a table is published as a complete partition of its total in which every group is safe.
 * Nothing is suppressed inside a published table, so there is nothing to subtract: every sum or difference of published
 * cells is again a union of published groups. Knows no schools: cells are numbers.
 *
 * A group is safe when each of its measures is 0 or at least the threshold, where `strict` asks at least the threshold
 * also of zero (attribute disclosure: "nobody", "everybody"). Unsafe cells are merged into one remainder; while the
 * remainder is unsafe or has too few members or holders, the smallest safe cell joins it. A table whose cells all end in the
 * remainder is withheld. docs/onthulling.md says why this is enough between tables of one total.
 */
#ifndef VB_DISCLOSURE_PARTITION_H
#define VB_DISCLOSURE_PARTITION_H

#include <stdbool.h>
#include <stddef.h>

enum { PARTITION_MEASURES = 4, PARTITION_OWN = 2 };

typedef struct PartitionCell {
    double measure[PARTITION_MEASURES]; /* additive counts; NaN = does not apply */
    bool   strict[PARTITION_MEASURES];  /* zero is not safe either */
    double persons;                     /* distinct persons, not additive; NaN = unknown */
    double rest_persons;                /* of measure 1, what a larger group has beside this one: surely so many distinct persons; NaN = unknown */
    size_t holders;                     /* schools (or whoever else knows his own records) that have something in it; not additive */
    const double *own[PARTITION_OWN];   /* of the first measures: what each holder has of it, n_holders of the rules long; NULL = not known */
    bool   several;                     /* it is a union already: what it leaves to a holder counts as in a remainder */
    bool   told;                        /* by itself it tells one holder of another (partition_two_safe): not safe alone */
    bool   forced;                      /* goes into the remainder whatever it holds */
    bool   merged;                      /* filled: belongs to the remainder */
} PartitionCell;

typedef enum PartitionResult { PARTITION_WHOLE, PARTITION_MERGED, PARTITION_WITHHELD } PartitionResult;

typedef struct PartitionRules {
    double threshold;
    double total_persons; /* distinct persons over the whole table; NaN = unknown. Bounds the persons of a union from below. */
    size_t members_min;   /* a remainder has at least so many cells (3 where cells are schools: one can subtract itself) */
    size_t holders_min;   /* and at least so many holders behind it: of two, each would find the other. 0 = not asked */
    size_t n_holders;     /* length of own of each cell. What is left of a union of cells to a holder who takes off his own is 0 or at least the threshold. */
} PartitionRules;

/**
 * Behind a number that stands by itself are two holders: each takes off his own and has the other's. Where there are more, or one, nobody is told of
 * one other (METHODS: dominance).
 * \param own what each has of it
 * \param share_max the larger one has at most this part of it; 1 = not asked
 * \param strict that the other has nothing would tell too (answers); then who counts is said by base: what each has of what is asked about
 */
bool partition_two_safe(const double *own, const double *base, size_t n_holders, double threshold, double share_max, bool strict);

/** Is one cell safe by itself? */
bool partition_cell_safe(const PartitionCell *cell, double threshold);

/** Decide for a whole table. Fills merged of every cell. n = 0 is PARTITION_WHOLE. Deterministic: ties go to the lower index. */
PartitionResult partition_solve(PartitionCell *cells, size_t n, const PartitionRules *rules);

/** The cell by itself that costs least to merge too: fewest events (measure 0), not zero; else any zero cell. -1: none left. */
long partition_cheapest(const PartitionCell *cells, size_t n);

/**
 * Ordered cells (months) can only be merged with their neighbours: is every group of a fixed grouping safe?
 * \param group group number of each cell, 0..n_groups-1
 * \param rules threshold; and holders_min, for groups of several cells
 */
bool partition_groups_safe(const PartitionCell *cells, const int *group, size_t n, int n_groups, const PartitionRules *rules);

#endif
