/** The register of the invented schools in the layouts of the public files: locations, boards and pupil counts. */
#ifndef VB_SIM_REGISTER_H
#define VB_SIM_REGISTER_H

#include "tests/sim/world.h"

bool sim_register_store(Arena *arena, const World *world, Err *err);

#endif
