/**
 * Released tables as tables on a page: an indicator over the years, its cells of this year beside last year, or plain counts. Under
 * each stand its definitions, what the disclosure control did to it, what the signs mean and where it comes from.
 *
 * Shapes: at most six columns; a row a cell of the release, and the total. A table that was withheld is a sentence that says why.
 * Errors: ERR_CONFIG for an unknown key or indicator.
 */
#ifndef VB_REPORTS_EDITION_TABLES_H
#define VB_REPORTS_EDITION_TABLES_H

#include "common/buf.h"
#include "reports/edition/composer.h"

/** Are pupils asked for it: so that its number is of those who answered. */
bool tables_asks_pupils(const IndicatorText *text);
/** Definitions of what stands in a table, a line each; one that several share stands once. */
void tables_definitions(const Composer *c, Buf *note, const IndicatorText *const *text, size_t count);

/** Block "years": {"indicators": [...], "title"}: a row for each indicator and school year. */
bool tables_years(Composer *c, const ConfigNode *block, Err *err);
/** Block "table": {"indicator", "breakdown", "title"?}: a row for each group of this school year. */
bool tables_table(Composer *c, const ConfigNode *block, Err *err);
/** Block "counts": {"indicator", "breakdown", "title", "text"?}: counts alone, with an explanation before them. */
bool tables_counts(Composer *c, const ConfigNode *block, Err *err);

#endif
