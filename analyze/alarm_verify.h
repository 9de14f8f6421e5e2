/**
 * Every stored alarm computed again, from schema result: the series and the settings that stand there, through the same engine.
 * What is compared: which periods are unusual, every number of each (1e-9 relative), the baseline with its rows and weights, and how
 * periods were joined into alarms; of each alarm all that the bulletin tells (numbers, days, certainty, parts, what else changed) and the choice of the
 * yearly budget, given what earlier runs had shown; likely breaks; and where incidents concentrate, from the incidents that are kept with an alarm as day and codes, of which
 * every period of the alarm must hold as many as its series. Nothing is asked of the facts. An alarm
 * that is missing is a difference like one too many.
 */
#ifndef VB_ANALYZE_ALARM_VERIFY_H
#define VB_ANALYZE_ALARM_VERIFY_H

#include "common/arena.h"
#include "common/pg.h"

typedef struct AlarmVerified {
    size_t      boards, series, points, alarms, differ;
    const char *first; /* "board 99001, location 12, pest per month, 2026-03-01: expected"; NULL = no difference. Owned by out */
} AlarmVerified;

/** \param db role vb_analyze; a role that reads result and register only would do */
bool alarm_verify(Arena *out, Pg *db, AlarmVerified *verified, Err *err);

#endif
