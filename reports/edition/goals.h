/**
 * The goals of board and schools: baseline, target, where it stands, and why some cannot be judged.
 *
 * Shape: one table of seven columns, a row a goal, and lines by reason; a sentence when there are no goals.
 */
#ifndef VB_REPORTS_EDITION_GOALS_H
#define VB_REPORTS_EDITION_GOALS_H

#include "reports/edition/composer.h"

/** Block "goals". */
bool goals_block(Composer *c, const ConfigNode *block, Err *err);

#endif
