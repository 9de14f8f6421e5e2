/**
 * Whether indicators rise or fall over the school years since the last break, as the release says it (analyze/disclosure/derive.h):
 * a sentence for each kind of answer, and a table with the change a year.
 *
 * Shape: a paragraph and a table of five columns, a row an indicator; nothing where no trend was released.
 */
#ifndef VB_REPORTS_EDITION_TRENDS_H
#define VB_REPORTS_EDITION_TRENDS_H

#include "reports/edition/composer.h"

/** Block "trends": {"indicators": [...], "title"}. ERR_CONFIG for an unknown key or indicator. */
bool trends_block(Composer *c, const ConfigNode *block, Err *err);

#endif
