/**
 * Blocks about one school, of an edition with scope "school": its own figures beside those of the board, over the years, and in plain words why some are not there. The
 * release that they see is the part about the school (selection.h): nothing of another school can be said, because nothing of one is there.
 *
 * Shapes: lines, tables of at most seven columns, a chart; a sentence where there is nothing to show. In an edition about a board they add nothing.
 * Errors: ERR_CONFIG for an unknown key or indicator.
 */
#ifndef VB_REPORTS_EDITION_SCHOOL_H
#define VB_REPORTS_EDITION_SCHOOL_H

#include "reports/edition/composer.h"

/** Block "school_summary": {"lines": [...]}: a sentence for each indicator of which the school has a figure of its own, with the board's behind it; those of which it has none
 *  together in one. Where it has none at all: that, and the sentences of the board. */
bool school_summary(Composer *c, const ConfigNode *block, Err *err);
/** Block "school_years": {"indicators": [...], "title"}: a row for each indicator and school year, the school beside the board. */
bool school_years(Composer *c, const ConfigNode *block, Err *err);
/** Block "school_chart": {"indicator"}: the school's years beside the board's; nothing where the school has fewer than two. */
bool school_chart(Composer *c, const ConfigNode *block, Err *err);
/** Block "school_hidden": which figures of this year the school does not have by itself, and why. */
bool school_hidden(Composer *c, const ConfigNode *block, Err *err);
/** Block "school_deliveries": what the school delivered for this year. */
bool school_deliveries(Composer *c, const ConfigNode *block, Err *err);

#endif
