/**
 * What somebody can subtract who kept an earlier table and is shown a new one. Knows no schools: groups are sets of codes.
 *
 * Two ways to divide the same codes into groups have in common what their overlaps join: the smallest sets that are unions of groups on both sides. How
 * much each of those moved is known exactly, so it must be nothing, or at least the threshold. And such a set must be one group on one of the two
 * sides. Then, even for a reader who takes it that numbers only grow, what is hidden in the one group stays as wide as the set moved; where {a, b}, {c}
 * became {a}, {b, c}, b would be told by c of then and {b, c} of now (docs/onthulling.md).
 *
 * Of shares, those who said yes and those who said no moved too. What can be worked out of that from the printed numbers, even by who knows from elsewhere how
 * many answered, is at least four numbers wide, or nothing, or surely at least the threshold.
 *
 * Who knows his own records (a holder) takes off by how much he moved himself. Where something hides, what is left to each of them is held the same way; of a
 * number that stands by itself, where only one other moved with him, and would be found (more than one other hide each other).
 */
#ifndef VB_DISCLOSURE_MOVEMENT_H
#define VB_DISCLOSURE_MOVEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What one holder has in a group. */
typedef struct MovementOwn {
    uint32_t holder;
    double   events, yes; /* yes: of a share, who said so */
} MovementOwn;

typedef struct MovementGroup {
    const uint32_t *code; /* numbers of what it holds, each below n_codes of the rules, none in two groups of one view */
    size_t          n_codes;
    double          events; /* as printed */
    double          value;  /* of a share: the printed percentage who said yes; NaN = none */
    double          half;   /* of a share then: half of the last decimal it was printed with; 0 = as in the rules */
    double          exact;  /* of a share now: how many answered; NaN = only events, rounded to fives, is known */
    const MovementOwn *own; /* each holder once */
    size_t          n_own;
    bool            own_known; /* those are all; else no holder is asked */
    bool            hides;     /* a union: what is in it stands nowhere by itself */
} MovementGroup;

/** One table at one moment. */
typedef struct MovementView {
    const MovementGroup *group;
    size_t               n;
} MovementView;

typedef struct MovementRules {
    double threshold;
    double slack;     /* how far the printed numbers of one group in both views can together be from the true ones */
    double half;      /* of a share: half of the last printed decimal; 0 = no shares */
    bool   partition; /* the groups are all there is: a code that is nowhere counts nothing. Else each group stands alone, and one that went is a conflict. */
    size_t n_codes;
} MovementRules;

/**
 * Can now stand beside then?
 * \param conflict one per group of now; set for those that cannot, never cleared
 * \return false: something cannot, be it a group of then that is gone
 */
bool movement_safe(const MovementView *now, const MovementView *then, const MovementRules *rules, bool *conflict);

/** A share of now, of nothing that hides, that was the sum of these shares of then. \param then_events how many answered then, as printed; \return false: what moved in it can be told */
bool movement_sum_safe(const MovementGroup *now, double then_events, const MovementView *then, const MovementRules *rules);

/**
 * What a whole leaves beside its part is a count as well: over the smallest sets that are unions of groups of part and whole, now and then, it must have moved by
 * nothing or by at least the threshold.
 * \param conflict one per group of part_now; set for those that cannot stand
 */
bool movement_rest_safe(const MovementView *part_now, const MovementView *whole_now, const MovementView *part_then, const MovementView *whole_then, const MovementRules *rules, bool *conflict);

/** The same for one number that was known under another name: compared only with a group of the very same codes. */
bool movement_alone_safe(const MovementView *now, const MovementGroup *then, const MovementRules *rules, bool *conflict);

#endif
