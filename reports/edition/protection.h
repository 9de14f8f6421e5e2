/**
 * What was done so that no child can be found, in words: under a table, and for the edition as a whole with the method and the
 * certificate.
 *
 * Ownership: texts are owned by the arena of the report. Errors: ERR_CONFIG for an unknown key.
 */
#ifndef VB_REPORTS_EDITION_PROTECTION_H
#define VB_REPORTS_EDITION_PROTECTION_H

#include "reports/edition/composer.h"

/** That a table stands as it was published before, and since when; "" when it does not. */
const char *protection_kept(const Composer *c, const ReleaseDecision *decision);
/**
 * The same of indicators over school years: which years of which stand as they were published before, in one sentence; "" of none.
 * \param text the indicators, of which the tables of this breakdown are looked at; \param first to last: school years
 */
const char *protection_kept_years(const Composer *c, const IndicatorText *const *text, size_t count, const char *breakdown, int first, int last);
/** The sentence for a picture of a table and of the total beside it: the table's own, else the total's. */
const char *protection_kept_note(const Composer *c, const char *indicator, const char *breakdown);
/** Why a table is not shown as it is; "" when nothing was done. The release holds a name of it, config/wording.json the words ("reden."). */
const char *protection_reason(const Composer *c, const ReleaseDecision *decision);
/** The same of a table that is not shown at all: then there is always something to say. */
const char *protection_absence(const Composer *c, const ReleaseDecision *decision);
/** What the gate did to a table, in sentences; "" when nothing. */
const char *protection_decision(const Composer *c, const ReleaseDecision *decision);
/** The same of a table of this school year. */
const char *protection_note(const Composer *c, const char *indicator, const char *breakdown);

/** Block "withheld": what was done to which tables, by what and why. The reader asks whether anything was hidden, not what was done to each. */
bool protection_withheld(Composer *c, const ConfigNode *block, Err *err);
/** Block "method". */
bool protection_method(Composer *c, const ConfigNode *block, Err *err);
/** Block "reader": the method in plain words, for readers who need no more of it. */
bool protection_reader(Composer *c, const ConfigNode *block, Err *err);
/** Block "certificate". */
bool protection_certificate(Composer *c, const ConfigNode *block, Err *err);

#endif
