/**
 * Words and numbers as every block of an edition writes them: sentences of config/wording.json in the words that the edition may
 * use, values with their decimals and unit, where figures come from, cells of a table.
 *
 * Ownership: results are owned by the arena of the report (c->out), or borrowed from the configuration.
 */
#ifndef VB_REPORTS_EDITION_PHRASE_H
#define VB_REPORTS_EDITION_PHRASE_H

#include "common/buf.h"
#include "reports/edition/composer.h"

/** A text in the words that this edition may use: those of the GMR hold for all wide editions, before what is the edition's own. */
const char *phrase_words(const Composer *c, const char *text);

/** The sentence of this key of config/wording.json, filled; the key itself when there is none, so that a test finds it. */
const char *phrase(const Composer *c, const char *key, const MessageValue *values, size_t count);

/** Without values to fill in. */
const char *phrase_plain(const Composer *c, const char *key);
/** Heads of columns, divided by | in the wording: filled, n of them; what the wording lacks stays empty, so that no column is without. */
void phrase_heads(const Composer *c, const char *key, const char **heads, size_t n);

/** How sure a difference is, by the chance that there is none: "zeker" to "niet te zeggen"; "" for NaN. */
/** The word of composer_change as a cell says it: "hoger (zeker)"; "" of none. */
const char *phrase_change(const Composer *c, const char *change, const ReleaseFigure *now);
/** What the signs under a table mean. \param valued there are values with margins, not counts alone */
const char *phrase_signs(const Composer *c, bool valued);
const char *phrase_certainty(const Composer *c, double p);
/** With a small letter in front, as titles stand inside a sentence. */
const char *phrase_lower(const Composer *c, const char *title);
/** Without this ending, if it has it. */
const char *phrase_without_end(const Composer *c, const char *text, const char *end);
/** "a, b en c"; of more than `most` the number of the others. */
const char *phrase_names(const Composer *c, const char *const *names, size_t count, size_t most);
/** "2025-10" and "kwartaal 1" as a reader says them; of other breakdowns the label. */
const char *phrase_period(const Composer *c, const ReleaseFigure *figure);

/** The title of an indicator by month when its months stand together: "Incidenten per periode". */
const char *phrase_periods(const Composer *c, const IndicatorText *text);

/** Where it comes from and until when: "Bron: incidentregistratie, ontvangen tot en met 14 september 2026." */
const char *phrase_sources(const Composer *c, const IndicatorText *const *text, size_t count);
const char *phrase_source(const Composer *c, const IndicatorText *text);
/** A line more under a table; an empty one adds nothing. */
void phrase_line_add(Buf *note, const char *line);

/** With the decimals of the indicator; "." for NaN. */
const char *phrase_value(const Composer *c, const IndicatorText *text, double value);
/** And with a % when that is its unit. */
const char *phrase_value_unit(const Composer *c, const IndicatorText *text, double value);
TableCell phrase_cell_value(const Composer *c, const IndicatorText *text, double value);
TableCell phrase_cell_count(const Composer *c, int64_t count);
TableCell phrase_cell_interval(const Composer *c, const IndicatorText *text, double low, double high); /* empty for NaN */

#endif
