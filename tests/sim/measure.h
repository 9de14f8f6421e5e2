/** Time-outs, suspensions and removals: one file per board and school year. */
#ifndef VB_SIM_MEASURE_H
#define VB_SIM_MEASURE_H

#include "tests/sim/ledger.h"

bool sim_measure_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err);

#endif
