/**
 * When in the year and where it happens most: months beside the average month, places and schools that have half of all.
 *
 * Shapes: sentences and a table of months; a note where the level of the months changed and nobody declared why.
 * Errors: ERR_CONFIG for an unknown key or indicator.
 */
#ifndef VB_REPORTS_EDITION_SPREAD_H
#define VB_REPORTS_EDITION_SPREAD_H

#include "reports/edition/composer.h"

/** Block "season": {"indicator", "title"}. */
bool spread_season(Composer *c, const ConfigNode *block, Err *err);
/** Block "concentration": {"indicator"}. */
bool spread_concentration(Composer *c, const ConfigNode *block, Err *err);

#endif
