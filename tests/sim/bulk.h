/** One large canonical file of board 99001, written as it is made: for measuring how fast files are read. */
#ifndef VB_SIM_BULK_H
#define VB_SIM_BULK_H

#include "tests/sim/world.h"

/** \param kind "incident" or "enquete"; ERR_USAGE for another. world->out is the file. Memory: about 1 MiB. */
bool sim_bulk_store(const World *world, const char *kind, long rows, Err *err);

#endif
