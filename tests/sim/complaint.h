/** Complaints: one register per board and school year, for its schools and its office, with the dates of every step. */
#ifndef VB_SIM_COMPLAINT_H
#define VB_SIM_COMPLAINT_H

#include "tests/sim/ledger.h"

/** The registers of all boards for one school year. What was still open when a register came in follows a year later ("_v2"). */
bool sim_complaint_store(Arena *arena, const World *world, Ledger *ledger, int year, Err *err);

#endif
