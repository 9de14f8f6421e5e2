/**
 * The year in a few lines: one sentence for each indicator that the edition names, with how sure the difference with last year is; and
 * how the goals and the deliveries stand. What nothing was received of is one line together: a page of "no data" hides what there is.
 *
 * Shape: block lines and a small explanation of the labels, into the last chapter.
 */
#ifndef VB_REPORTS_EDITION_SUMMARY_H
#define VB_REPORTS_EDITION_SUMMARY_H

#include "reports/edition/composer.h"

/** The sentence of an indicator of the board. \param absent set when there is nothing to say but that there are no data */
Line summary_indicator(const Composer *c, const char *name, bool *absent);

/** Block "summary": {"lines": [indicator, "doelen" or "leveringen"]}, at most 16. ERR_CONFIG for an unknown key. */
bool summary_block(Composer *c, const ConfigNode *block, Err *err);

#endif
