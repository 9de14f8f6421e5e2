/**
 * What somebody can subtract who kept an earlier table and is shown a new one. Knows no schools: groups are sets of codes.
 *
 * Two ways to divide the same codes into groups have in common what their overlaps join: the smallest sets that are unions of groups on both sides. How
 * much each of those moved is known exactly, so it must be nothing, or at least the threshold. And such a set must be one group on one of the two
 * sides. Then, even for a reader who takes it that numbers only grow, what is hidden in the one group stays as wide as the set moved; where {a, b}, {c}
 * became {a}, {b, c}, b would be told by c of then and {b, c} of now (docs/onthulling.md).
 */
#ifndef VB_DISCLOSURE_MOVEMENT_H
#define VB_DISCLOSURE_MOVEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MovementGroup {
    const uint32_t *code; /* numbers of what it holds, each below n_codes of the rules, none in two groups of one view */
    size_t          n_codes;
    double          events; /* as printed */
} MovementGroup;

/** One table at one moment. */
typedef struct MovementView {
    const MovementGroup *group;
    size_t               n;
} MovementView;

typedef struct MovementRules {
    double threshold;
    double slack;     /* how far the printed numbers of one group in both views can together be from the true ones */
    bool   partition; /* the groups are all there is: a code that is nowhere counts nothing. Else each group stands alone, and one that went is a conflict. */
    size_t n_codes;
} MovementRules;

/**
 * Can now stand beside then?
 * \param conflict one per group of now; set for those that cannot, never cleared
 * \return false: something cannot, be it a group of then that is gone
 */
bool movement_safe(const MovementView *now, const MovementView *then, const MovementRules *rules, bool *conflict);

/** The same for one number that was known under another name: compared only with a group of the very same codes. */
bool movement_alone_safe(const MovementView *now, const MovementGroup *then, const MovementRules *rules, bool *conflict);

#endif
