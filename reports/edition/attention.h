/**
 * What a board can act on: goals that are behind, schools far outside what is usual, and data that are not there.
 *
 * Shape: a heading with lines, or with one sentence that nothing asks for attention.
 */
#ifndef VB_REPORTS_EDITION_ATTENTION_H
#define VB_REPORTS_EDITION_ATTENTION_H

#include "reports/edition/composer.h"

/** Block "attention". */
bool attention_block(Composer *c, const ConfigNode *block, Err *err);

#endif
