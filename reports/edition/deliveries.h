/**
 * How complete the data are and since when they can be compared: what was asked of whom, what came, and the breaks in the series.
 *
 * Shapes: a table by kind of delivery, a table of what is late or not there, lines of breaks.
 * Errors: ERR_CONFIG for an unknown key.
 */
#ifndef VB_REPORTS_EDITION_DELIVERIES_H
#define VB_REPORTS_EDITION_DELIVERIES_H

#include "reports/edition/composer.h"

/** The kinds of delivery in the order of the tables, and what a reader calls one. */
size_t deliveries_kinds(void);
const char *deliveries_kind(size_t at);
const char *deliveries_word(const Composer *c, const char *kind);
/** Deliveries of this kind that came. \param asked filled: how many were asked */
int deliveries_count(const Composer *c, const char *kind, int *asked);
/**
 * Whose deliveries are not as they should be, by kind: "incidenten (De Boom); vragenlijst (De Boom en De Beuk)"; "" = nobody's.
 * \param status     a status of the release, like "niet ontvangen"
 * \param unreadable instead those of which more than 5% of the rows was rejected
 */
const char *deliveries_lack(const Composer *c, const char *status, bool unreadable);

/** Block "deliveries". */
bool deliveries_block(Composer *c, const ConfigNode *block, Err *err);
/** Block "breaks": those of the years that the edition shows. */
bool deliveries_breaks(Composer *c, const ConfigNode *block, Err *err);

#endif
