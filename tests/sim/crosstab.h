/** Tables of counts for `disclose --table`, drawn as the literature's and METHODS part 1 describe: for measuring protection. */
#ifndef VB_SIM_CROSSTAB_H
#define VB_SIM_CROSSTAB_H

#include "tests/sim/world.h"

/** \return kind is one of ours: "dense", "sparse" (schools in boards of 10, 8, 6, 4, 2 x 12 forms in 4 categories x 8 periods), "months" (boards x
 *  12 forms x 10 months), "groups" (schools in boards of 10 x 4 groups) */
bool sim_crosstab_kind(const char *kind);
/** \param units schools (or boards, for months). Files table.csv and <dimension>.csv in the directory world->out, which exists. */
bool sim_crosstab_store(const World *world, const char *kind, long units, Err *err);

#endif
