/**
 * Two divisions of the same records, one of them by who holds them (schools). A cell of their crossing that everybody knows to be empty gives others away: a school that
 * delivered late is alone in the months after the others stopped, a form that does not ask for the hour leaves all of its records without one. What the holders of some
 * groups have in all is then those groups, and the rest of them is what they have elsewhere.
 *
 * Nobody tells the program which empty crossings are known, so every one that is empty counts as known.
 */
#ifndef VB_DISCLOSURE_CROSSING_H
#define VB_DISCLOSURE_CROSSING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"

typedef struct CrossingGroup {
    double        n, yes; /* how many; of answers, how many of them said so */
    const double *own;    /* of each holder: how many; borrowed */
} CrossingGroup;

/**
 * Takes every union of groups; of more than CROSSING_ALL groups each one, each but one, each two, and those that are behind each other (months).
 * \param groups  a complete division, as it is shown
 * \param holders the other one, as it is shown: each holder in one of them
 * \param answers of each number that is left, both answers are asked: of those left at all no fewer than the threshold said either
 * \return is what some union leaves of its holders' groups a number from 1 to below the threshold?
 */
bool crossing_told(const CrossingGroup *groups, size_t n_groups, const CrossingGroup *holders, size_t n_holder_groups, size_t n_holders, double threshold, bool answers);

#endif
