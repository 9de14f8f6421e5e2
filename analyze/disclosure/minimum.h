/**
 * The fewest secondary cells that will do, for small tables (protect.h takes them where it hides more; the tests ask how far it is from them). By cutting planes: an integer program proposes what to
 * hide; an attacker of its own (plain linear programs over the whole table, nothing shared with attack.h) answers with the published
 * cells on which his argument rests, one of which must be hidden too; until he has no argument left.
 *
 * Every cut is a necessary condition, so the number found is a proven lower bound; where the attacker is asked for whole numbers it may still not be
 * enough. rules.insiders and rules.contributors_min are not asked here. Time grows quickly: meant for up to about 200 cells.
 */
#ifndef VB_DISCLOSURE_MINIMUM_H
#define VB_DISCLOSURE_MINIMUM_H

#include "analyze/disclosure/system.h"

/**
 * \param enough stop when no fewer than so many will do; SIZE_MAX = go on
 * \param hide   one byte a cell, filled with the pattern (primaries included)
 * \param count  filled with the number of secondaries: no pattern that meets the rules has fewer
 * \param proven filled: false when rounds_max, enough, or the most branches that are looked at were reached first; then count is a lower bound and hide is no solution yet
 * \return false: ERR_DISCLOSURE when no hiding will do, ERR_STAT when the solver broke down
 */
bool minimum_find(const System *system, const SystemRules *rules, int rounds_max, size_t enough, uint8_t *hide, size_t *count, bool *proven, Err *err);

#endif
