/** What is planted beside the ordinary records: the list of it for geplant.json, and the file that must be refused. */
#ifndef VB_SIM_PLANT_H
#define VB_SIM_PLANT_H

#include "tests/sim/ledger.h"

void sim_plant_list(const World *world, Ledger *ledger);
/** One file with a signal that may not be registered; it is in no manifest. */
bool sim_plant_refused_store(Arena *arena, const World *world, Err *err);

#endif
