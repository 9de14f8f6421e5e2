/** PDCA goals of boards and schools, set in September of the school year: one file per board. */
#ifndef VB_SIM_GOAL_H
#define VB_SIM_GOAL_H

#include "tests/sim/ledger.h"

bool sim_goal_store(const World *world, Ledger *ledger, int year, Err *err);

#endif
